/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run looks at the source rows one by one, and keeps what passes: all of it
 * without a limit, else up to twice as many, of which the first are then kept.
 * Calls without a sort are taken from one end and need neither.
 */
#include "config.h"

#include "model/query.h"

#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/xalloc.h"
#include "model/field.h"
#include "model/filter.h"
#include "model/shown.h"
#include "model/state.h"

/* Text that a getter builds is compared by this many bytes. */
#define KEY_TEXT 64

struct key {
	struct row row;
	struct value value;
	struct value then;
	uint64_t order; /* in which it came */
	char *text;     /* owned copy of a text that is gone by the next row */
};

struct run {
	const struct query *query;
	const struct model *model;
	struct query_result *result;
	const struct task_process *process; /* scope; NULL: any */
	struct key *keys;
	size_t count, capacity;
	bool parted; /* the first LIMIT keys are those to list until now, and
			the last of them stands behind the others */
	struct filter *text; /* owned */
	struct field_scratch scratch;
};

static bool call_in_scope(const struct query *query,
			  const struct task_process *process,
			  const struct event_call *call)
{
	const struct task_key key = task_key_of(&call->h);
	if (process && !task_is_same(&process->key, &key))
		return false;
	return !query->failed || model_call_failed(call);
}

static bool in_scope(const struct query *query, const struct model *model,
		     const struct task_process *process, const struct row *row)
{
	const struct task_process *object = row->object;
	bool any_syscall = query->syscall == SYSCALL_NONE;
	if (query->process && !process)
		return false;
	switch (row->kind) {
	case ROW_CALL:
		if (!call_in_scope(query, process, row->object))
			return false;
		break;
	case ROW_PROCESS:
		if (!any_syscall &&
		    !stat_pair_find(&object->pairs, query->syscall))
			return false;
		return !process || process == object;
	case ROW_PAIR:
	case ROW_ERROR:
	case ROW_BLOCKED:
		if (process && process != model_process_of(model, row))
			return false;
		break;
	case ROW_SYSCALL:
	case ROW_CLASS:
	case ROW_FILE:
	case ROW_BUCKET:
	case ROW_KINDS:
		break;
	}
	return any_syscall || model_row_syscall(model, row) == query->syscall;
}

struct query_within query_within_row(const struct row *row)
{
	struct query_within within = {0};
	if (row->kind == ROW_FILE)
		within.file = row->id;
	within.error = model_row_error(row);
	if (row->kind == ROW_BUCKET) {
		within.from_ns = stat_slot_from(model_bucket_slot(row));
		within.to_ns = stat_slot_to(model_bucket_slot(row));
	}
	return within;
}

bool query_is_within_same(const struct query_within *a,
			  const struct query_within *b)
{
	return a->file == b->file && a->error == b->error &&
	       a->from_ns == b->from_ns && a->to_ns == b->to_ns &&
	       a->after_ns == b->after_ns && a->until_ns == b->until_ns;
}

/* Whether the call is about the file. */
static bool is_about(const struct model *model, const struct event_call *call,
		     uint64_t id)
{
	const struct fileuse *file = fileuse_find(&model->uses, id);
	struct targets targets;
	if (!file)
		return false;
	target_of_call(model->plans, model->references.files, call, &targets);
	for (unsigned i = 0; i < targets.count; i++)
		if (fileuse_is(file, &targets.at[i]))
			return true;
	return false;
}

static bool took_so_long(const struct query_within *within,
			 const struct event_call *call)
{
	if (!within->to_ns)
		return true;
	return !(call->h.flags & EVENT_CALL_NO_RESULT) &&
	       call->duration_ns >= within->from_ns &&
	       call->duration_ns < within->to_ns;
}

static bool is_within(const struct query *query, const struct model *model,
		      const struct row *row)
{
	const struct query_within *within = &query->within;
	const struct event_call *call = row->object;
	if (row->kind != ROW_CALL)
		return true;
	if (within->error &&
	    (!model_call_failed(call) || call->ret != -(int64_t)within->error))
		return false;
	if (within->until_ns && (call->h.time_ns <= within->after_ns ||
				 call->h.time_ns > within->until_ns))
		return false;
	if (!took_so_long(within, call))
		return false;
	return !within->file || is_about(model, call, within->file);
}

static void run_init(struct run *run, const struct query *query,
		     const struct model *model, struct query_result *result)
{
	run->query = query;
	run->model = model;
	run->result = result;
	run->process = query->process
			       ? task_find_id(&model->tasks, query->process)
			       : NULL;
	run->keys = NULL;
	run->count = 0;
	run->capacity = 0;
	run->parted = false;
	const char *text = query->text ? query->text : "";
	run->text = filter_of_text(text, query->kind, query->match,
				   query->match_count);
}

static void run_done(struct run *run)
{
	for (size_t i = 0; i < run->capacity; i++)
		free(run->keys[i].text);
	free(run->keys);
	filter_free(run->text);
}

static bool passes(struct run *run, const struct row *row)
{
	const struct query *query = run->query;
	return in_scope(query, run->model, run->process, row) &&
	       is_within(query, run->model, row) &&
	       (!query->filter || filter_matches(query->filter, run->model, row,
						 &run->scratch)) &&
	       filter_matches(run->text, run->model, row, &run->scratch);
}

bool query_matches(const struct query *query, const struct model *model,
		   const struct row *row)
{
	struct run run;
	run_init(&run, query, model, NULL);
	bool matches = passes(&run, row);
	run_done(&run);
	return matches;
}

static void list_row(struct query_result *result, const struct row *row)
{
	if (result->count == result->capacity) {
		result->capacity = result->capacity * 2 + 64;
		result->rows =
			xrealloc(result->rows, result->capacity * sizeof(*row));
	}
	result->rows[result->count++] = *row;
}

/* Below 0: A is listed before B. */
static int compare_keys(const struct query *query, const struct key *a,
			const struct key *b)
{
	int order = 0;
	if (query->sort)
		order = field_compare(query->sort, &a->value, &b->value);
	/* unknown values come last whatever the direction */
	if (order && query->descending && a->value.known && b->value.known)
		order = -order;
	if (order == 0 && query->then)
		order = -field_compare(query->then, &a->then, &b->then);
	if (order)
		return order;
	return (a->order > b->order) - (a->order < b->order);
}

static int compare_for_qsort(const void *a, const void *b, void *query)
{
	return compare_keys(query, a, b);
}

static void swap_keys(struct key *a, struct key *b)
{
	struct key swapped = *a;
	*a = *b;
	*b = swapped;
}

/*
 * Keeps the LIMIT keys that are listed first, the last of them behind the
 * others: quickselect, as by C. A. R. Hoare, "Algorithm 65: Find".
 */
static void keep_first(struct run *run)
{
	struct key *keys = run->keys;
	ptrdiff_t last = (ptrdiff_t)run->query->limit - 1;
	ptrdiff_t low = 0;
	ptrdiff_t high = (ptrdiff_t)run->count - 1;
	while (low < high) {
		const struct key middle = keys[low + (high - low) / 2];
		ptrdiff_t i = low;
		ptrdiff_t j = high;
		while (i <= j) {
			while (compare_keys(run->query, &keys[i], &middle) < 0)
				i++;
			while (compare_keys(run->query, &middle, &keys[j]) < 0)
				j--;
			if (i <= j)
				swap_keys(&keys[i++], &keys[j--]);
		}
		if (last > j && last < i)
			break;
		if (last <= j)
			high = j;
		else
			low = i;
	}
	run->count = run->query->limit;
	run->parted = true;
}

/* Puts KEY where TO is, with a copy of a text that will not last. */
static void store_key(struct run *run, struct key *to, const struct key *key)
{
	char *text = to->text;
	*to = *key;
	to->text = text;
	if (key->value.text != run->scratch.text)
		return;
	if (!to->text)
		to->text = xmalloc(KEY_TEXT);
	size_t len = strnlen(key->value.text, KEY_TEXT - 1);
	memcpy(to->text, key->value.text, len);
	to->text[len] = '\0';
	to->value.text = to->text;
}

static void add_key(struct run *run, const struct key *key)
{
	size_t limit = run->query->limit;
	if (limit && run->count == limit * 2)
		keep_first(run);
	if (run->parted &&
	    compare_keys(run->query, key, &run->keys[limit - 1]) >= 0)
		return;
	if (run->count == run->capacity) {
		size_t before = run->capacity;
		run->capacity = before * 2 + 64;
		run->keys =
			xrealloc(run->keys, run->capacity * sizeof(*run->keys));
		for (size_t i = before; i < run->capacity; i++)
			run->keys[i].text = NULL;
	}
	store_key(run, &run->keys[run->count++], key);
}

/* A row that passes is counted, and kept if it is among the first. */
static void look_at(struct run *run, const struct row *row)
{
	const struct query *query = run->query;
	if (!passes(run, row))
		return;
	struct key key = {.row = *row, .order = run->result->matched++};
	if (query->sort)
		key.value =
			field_get(query->sort, run->model, row, &run->scratch);
	if (query->sort && query->then)
		key.then =
			field_get(query->then, run->model, row, &run->scratch);
	if (!query->sort && query->descending)
		key.order = UINT64_MAX - key.order;
	add_key(run, &key);
}

/* Until the time that is shown. */
static bool was_counted(const struct run *run, const struct row *row)
{
	const struct stat_sum sum = shown_whole(run->model, row).sum;
	return sum.calls + sum.errors > 0; /* a failure has no calls */
}

static void look_at_syscalls(struct run *run)
{
	const struct stat_table *stats = &run->model->stats;
	for (uint32_t i = 0; i < stats->count; i++) {
		struct row row = {ROW_SYSCALL, &stats->at[i], i};
		if (run->query->called ? was_counted(run, &row)
				       : stat_is_listed(stats, i))
			look_at(run, &row);
	}
}

static void look_at_pairs(struct run *run, const struct task_process *process)
{
	for (uint32_t i = 0; i < process->pairs.count; i++) {
		struct row row = model_row_of_pair(&process->pairs.at[i]);
		if (was_counted(run, &row))
			look_at(run, &row);
	}
}

static void look_at_failures(struct run *run,
			     const struct task_process *process)
{
	for (uint32_t i = 0; i < process->failures.count; i++) {
		struct row row = model_row_of_failure(&process->failures.at[i]);
		if (was_counted(run, &row))
			look_at(run, &row);
	}
}

static void look_at_process(struct run *run, const struct task_process *process)
{
	struct row row = {ROW_PROCESS, process, process->id};
	if (!shown_process_is(run->model, process))
		return;
	if (run->query->kind == ROW_PAIR)
		look_at_pairs(run, process);
	else if (run->query->kind == ROW_ERROR)
		look_at_failures(run, process);
	else
		look_at(run, &row);
}

static void look_at_processes(struct run *run)
{
	if (run->query->kind != ROW_PROCESS && run->process) {
		look_at_process(run, run->process);
		return;
	}
	const struct task_process *process = run->model->tasks.by_key;
	for (; process; process = process->hh.next)
		look_at_process(run, process);
}

/* From the first slot of the call that has any to the last. */
static void look_at_buckets(struct run *run)
{
	uint32_t index = run->query->syscall;
	if (index >= run->model->stats.count)
		return;
	const struct stat_syscall *stat = &run->model->stats.at[index];
	const struct row whole = {ROW_SYSCALL, stat, index};
	uint64_t hist[EVENT_HIST_SLOTS];
	unsigned first = 0;
	unsigned end = EVENT_HIST_SLOTS;
	shown_hist(run->model, &whole, hist);
	while (first < end && !hist[first])
		first++;
	while (end > first && !hist[end - 1])
		end--;
	for (unsigned slot = first; slot < end; slot++) {
		struct row row = {ROW_BUCKET, stat,
				  (uint64_t)index * EVENT_HIST_SLOTS + slot};
		look_at(run, &row);
	}
}

static void look_at_file(struct run *run, const struct fileuse *file)
{
	const struct row row = {ROW_FILE, file, file->id};
	if (shown_file_is(run->model, file->id))
		look_at(run, &row);
}

static void look_at_files(struct run *run)
{
	const struct fileuse_table *uses = &run->model->uses;
	for (unsigned host = 0; host < EVENT_HOSTS; host++) {
		const struct fileuse *file = uses->by_key[host];
		if (uses->others[host])
			look_at_file(run, uses->others[host]);
		for (; file; file = file->hh.next)
			look_at_file(run, file);
	}
}

static void look_at_blocked(struct run *run)
{
	const struct blocked *blocked = &run->model->blocked;
	if (run->model->pictures.shown)
		return; /* which were in progress then is not kept */
	for (size_t i = 0; i < blocked->now.count; i++) {
		struct row row = {ROW_BLOCKED, blocked_at(blocked, i),
				  blocked->now.entries[i].id};
		look_at(run, &row);
	}
}

/* All of the range, for a sort to choose from. */
static void look_at_calls(struct run *run, uint64_t first, uint64_t last)
{
	for (uint64_t id = first; id <= last; id++) {
		struct row row = {ROW_CALL, ring_get(run->model->ring, id), id};
		look_at(run, &row);
	}
}

static void reverse(struct query_result *result)
{
	for (size_t i = 0; i < result->count / 2; i++) {
		struct row *a = &result->rows[i];
		struct row *b = &result->rows[result->count - 1 - i];
		struct row swapped = *a;
		*a = *b;
		*b = swapped;
	}
}

/* Lists the first LIMIT that pass from one end of the range. */
static void take_calls(struct run *run, uint64_t first, uint64_t last)
{
	const struct query *query = run->query;
	struct query_result *result = run->result;
	bool forward = query->since_id != 0;
	for (uint64_t i = 0; first + i <= last; i++) {
		uint64_t id = forward ? first + i : last - i;
		struct row row = {ROW_CALL, ring_get(run->model->ring, id), id};
		if (!passes(run, &row))
			continue;
		list_row(result, &row);
		if (query->limit && result->count == query->limit)
			break;
	}
	result->matched = result->count;
	if (forward == query->descending)
		reverse(result);
}

static void run_calls(struct run *run)
{
	const struct query *query = run->query;
	uint64_t first = ring_oldest(run->model->ring);
	uint64_t last = ring_newest(run->model->ring);
	if (query->since_id > first)
		first = query->since_id;
	if (query->until_id && query->until_id < last)
		last = query->until_id;
	if (query->sort)
		look_at_calls(run, first, last);
	else
		take_calls(run, first, last);
}

/* Lists the keys, each class under its heading. */
static void list_by_class(struct run *run)
{
	const struct stat_table *stats = &run->model->stats;
	for (uint64_t class = 0; class < CLASS_COUNT; class ++) {
		struct row heading = {ROW_CLASS, &stats->classes[class], class};
		bool headed = false;
		for (size_t i = 0; i < run->count; i++) {
			const struct row *row = &run->keys[i].row;
			uint32_t index = model_row_syscall(run->model, row);
			if (catalogue_get(run->model->cat, index)->class !=
			    class)
				continue;
			if (!headed)
				list_row(run->result, &heading);
			headed = true;
			list_row(run->result, row);
		}
	}
}

static void list_keys(struct run *run)
{
	const struct query *query = run->query;
	qsort_r(run->keys, run->count, sizeof(*run->keys), compare_for_qsort,
		(void *)query); /* only read */
	if (query->limit && run->count > query->limit)
		run->count = query->limit;
	if (query->by_class && query->kind == ROW_SYSCALL) {
		list_by_class(run);
		return;
	}
	for (size_t i = 0; i < run->count; i++)
		list_row(run->result, &run->keys[i].row);
}

void query_run(const struct query *query, const struct model *model,
	       struct query_result *result)
{
	struct run run_state;
	struct run *run = &run_state;
	run_init(run, query, model, result);
	result->count = 0;
	result->matched = 0;
	switch (query->kind) {
	case ROW_SYSCALL:
		look_at_syscalls(run);
		break;
	case ROW_PROCESS:
	case ROW_PAIR:
	case ROW_ERROR:
		look_at_processes(run);
		break;
	case ROW_CALL:
		run_calls(run);
		break;
	case ROW_BLOCKED:
		look_at_blocked(run);
		break;
	case ROW_FILE:
		look_at_files(run);
		break;
	case ROW_BUCKET:
		look_at_buckets(run);
		break;
	case ROW_CLASS:
	case ROW_KINDS:
		break;
	}
	if (run->count > 0)
		list_keys(run);
	run_done(run);
}

void query_done(struct query_result *result)
{
	free(result->rows);
	*result = (struct query_result){0};
}
