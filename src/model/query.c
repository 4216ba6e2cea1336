/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run looks at the source rows one by one, and keeps what passes: all of it
 * without a limit, else in a heap of LIMIT whose root is the row to give up
 * first.  Calls without a sort are taken from one end and need neither.
 */
#include "config.h"

#include "model/query.h"

#include <stdlib.h>
#include <string.h>

#include "abi/errno.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "model/field.h"
#include "model/state.h"

/* Text that a getter builds is compared by this many bytes. */
#define KEY_TEXT 64

struct key {
	struct row row;
	struct value value;
	uint64_t order; /* in which it came */
	char *text;     /* owned copy of a text that is gone by the next row */
};

struct run {
	const struct query *query;
	const struct model *model;
	struct query_result *result;
	const struct task_process *process; /* scope; NULL: any */
	struct key *keys; /* with a limit: a heap, the last to list on top */
	size_t count, capacity;
	struct field_scratch scratch;
};

static bool has_digit(const char *text)
{
	return text[strcspn(text, "0123456789")] != '\0';
}

static bool field_contains(const struct field *field, const struct model *model,
			   const struct row *row, const char *text,
			   struct field_scratch *scratch)
{
	bool number = field_is_number(field);
	if (field->unit == UNIT_TICK || (number && !has_digit(text)))
		return false;
	struct value value = field_get(field, model, row, scratch);
	if (!value.known)
		return false;
	if (!number && value.clean)
		return strcasestr(value.text, text);
	char shown[1024];
	struct buf buf;
	buf_init(&buf, shown, sizeof(shown));
	field_print(&buf, field, &value);
	return strcasestr(shown, text);
}

/* "%file": of that class, or of one whose name begins so. */
static bool class_matches(const struct model *model, const struct row *row,
			  const char *name)
{
	uint32_t index = model_row_syscall(model, row);
	if (index == SYSCALL_NONE)
		return false;
	const struct syscall *sc = catalogue_get(model->cat, index);
	return strncasecmp(syscall_class_name(sc->class), name, strlen(name)) ==
	       0;
}

static bool text_matches(const struct query *query, const struct model *model,
			 const struct row *row, struct field_scratch *scratch)
{
	const char *text = query->text;
	if (!text || !*text)
		return true;
	if (text[0] == '%' && text[1])
		return class_matches(model, row, text + 1);
	bool all = query->match_count == 0;
	size_t count = all ? field_count() : query->match_count;
	for (size_t i = 0; i < count; i++) {
		const struct field *field = all ? field_at(i) : query->match[i];
		if (field_has(field, row->kind) &&
		    field_contains(field, model, row, text, scratch))
			return true;
	}
	return false;
}

static bool has_failed(const struct event_call *call)
{
	return !(call->h.flags & EVENT_CALL_NO_RESULT) && call->ret < 0 &&
	       call->ret >= -4095 && !errno_is_restart((long)call->ret);
}

static bool in_scope(const struct query *query, const struct model *model,
		     const struct task_process *process, const struct row *row)
{
	const struct event_call *call = row->object;
	const struct task_process *object = row->object;
	bool any_syscall = query->syscall == SYSCALL_NONE;
	if (query->process && !process)
		return false;
	switch (row->kind) {
	case ROW_CALL:
		if (process && (call->h.pid != process->key.pid ||
				call->h.start_ns != process->key.start_ns))
			return false;
		if (query->failed && !has_failed(call))
			return false;
		break;
	case ROW_PROCESS:
		if (!any_syscall &&
		    !stat_pair_find(&object->pairs, query->syscall))
			return false;
		return !process || process == object;
	case ROW_PAIR:
		if (process && process != model_process_of(model, row))
			return false;
		break;
	case ROW_SYSCALL:
	case ROW_CLASS:
	case ROW_KINDS:
		break;
	}
	return any_syscall || model_row_syscall(model, row) == query->syscall;
}

bool query_matches(const struct query *query, const struct model *model,
		   const struct row *row)
{
	struct field_scratch scratch;
	const struct task_process *process =
		query->process ? task_find_id(&model->tasks, query->process)
			       : NULL;
	return in_scope(query, model, process, row) &&
	       text_matches(query, model, row, &scratch);
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

static void sift_up(struct run *run, size_t i)
{
	while (i > 0) {
		size_t parent = (i - 1) / 2;
		if (compare_keys(run->query, &run->keys[parent],
				 &run->keys[i]) >= 0)
			return;
		swap_keys(&run->keys[parent], &run->keys[i]);
		i = parent;
	}
}

static void sift_down(struct run *run)
{
	struct key *keys = run->keys;
	for (size_t i = 0;;) {
		size_t last = i;
		for (size_t child = 2 * i + 1; child <= 2 * i + 2; child++) {
			if (child < run->count &&
			    compare_keys(run->query, &keys[child],
					 &keys[last]) > 0)
				last = child;
		}
		if (last == i)
			return;
		swap_keys(&keys[last], &keys[i]);
		i = last;
	}
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
	if (limit && run->count == limit) {
		if (compare_keys(run->query, key, &run->keys[0]) >= 0)
			return;
		store_key(run, &run->keys[0], key);
		sift_down(run);
		return;
	}
	if (run->count == run->capacity) {
		run->capacity = run->capacity * 2 + 64;
		run->keys =
			xrealloc(run->keys, run->capacity * sizeof(*run->keys));
	}
	run->keys[run->count].text = NULL;
	store_key(run, &run->keys[run->count++], key);
	if (limit)
		sift_up(run, run->count - 1);
}

/* A row that passes is counted, and kept if it is among the first. */
static void look_at(struct run *run, const struct row *row)
{
	const struct query *query = run->query;
	if (!in_scope(query, run->model, run->process, row) ||
	    !text_matches(query, run->model, row, &run->scratch))
		return;
	struct key key = {.row = *row, .order = run->result->matched++};
	if (query->sort)
		key.value =
			field_get(query->sort, run->model, row, &run->scratch);
	else if (query->descending)
		key.order = UINT64_MAX - key.order;
	add_key(run, &key);
}

static void look_at_syscalls(struct run *run)
{
	const struct stat_table *stats = &run->model->stats;
	for (uint32_t i = 0; i < stats->count; i++) {
		struct row row = {ROW_SYSCALL, &stats->at[i], i};
		if (stat_is_listed(stats, i))
			look_at(run, &row);
	}
}

static void look_at_pairs(struct run *run, const struct task_process *process)
{
	for (uint32_t i = 0; i < process->pairs.count; i++) {
		struct row row = model_row_of_pair(&process->pairs.at[i]);
		if (process->pairs.at[i].sum.calls > 0)
			look_at(run, &row);
	}
}

static void look_at_processes(struct run *run)
{
	bool pairs = run->query->kind == ROW_PAIR;
	if (pairs && run->process) {
		look_at_pairs(run, run->process);
		return;
	}
	const struct task_process *process = run->model->tasks.by_key;
	for (; process; process = process->hh.next) {
		struct row row = {ROW_PROCESS, process, process->id};
		if (pairs)
			look_at_pairs(run, process);
		else
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
		if (!in_scope(query, run->model, run->process, &row) ||
		    !text_matches(query, run->model, &row, &run->scratch))
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
	struct run *run = xcalloc(1, sizeof(*run));
	run->query = query;
	run->model = model;
	run->result = result;
	if (query->process)
		run->process = task_find_id(&model->tasks, query->process);
	result->count = 0;
	result->matched = 0;
	switch (query->kind) {
	case ROW_SYSCALL:
		look_at_syscalls(run);
		break;
	case ROW_PROCESS:
	case ROW_PAIR:
		look_at_processes(run);
		break;
	case ROW_CALL:
		run_calls(run);
		break;
	case ROW_CLASS:
	case ROW_KINDS:
		break;
	}
	if (run->count > 0)
		list_keys(run);
	for (size_t i = 0; i < run->count; i++)
		free(run->keys[i].text);
	free(run->keys);
	free(run);
}

void query_done(struct query_result *result)
{
	free(result->rows);
	*result = (struct query_result){0};
}
