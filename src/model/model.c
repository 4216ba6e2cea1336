/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/model.h"

#include <stdlib.h>
#include <string.h>

#include "abi/errno.h"
#include "abi/syscall.h"
#include "base/strtab.h"
#include "base/xalloc.h"
#include "model/account.h"
#include "model/shown.h"
#include "model/state.h"
#include "model/traced.h"

#define LOW_BITS(id, bits) ((id) & ((1u << (bits)) - 1))

/* Calls in progress: one in so many bytes of the budget of rows. */
#define BLOCKED_SHARE 4

struct model *model_new(struct catalogue *cat,
			const struct model_limits *limits)
{
	struct model *model = xcalloc(1, sizeof(*model));
	model->cat = cat;
	model->limits = *limits;
	references_init(&model->references, limits->name_bytes);
	model->names = strtab_new(limits->name_bytes / 8);
	hosts_init(&model->hosts, model->names);
	fileuse_init(&model->uses, limits->name_bytes / 4, &model->pictures);
	model->plans = xcalloc(1, sizeof(*model->plans));
	target_init(model->plans, cat);
	task_init(&model->tasks, model->names);
	stat_init(&model->stats, cat);
	model->ring = ring_new(limits->row_bytes);
	size_t blocked_bytes = limits->row_bytes / BLOCKED_SHARE;
	blocked_init(&model->blocked, blocked_bytes > EVENT_SIZE_LIMIT
					      ? blocked_bytes
					      : EVENT_SIZE_LIMIT);
	model->tick = 1;
	model->bpf_ns_per_run = -1;
	pictures_init(&model->pictures, limits->past_bytes);
	(void)shown_open(model, true); /* the first interval's beginning */
	return model;
}

void model_free(struct model *model)
{
	if (!model)
		return;
	struct task_process *process = model->tasks.by_key;
	for (; process; process = process->hh.next) {
		stat_pairs_done(&process->pairs);
		failure_done(&process->failures);
	}
	task_done(&model->tasks);
	hosts_done(&model->hosts);
	stat_done(&model->stats);
	ring_free(model->ring);
	blocked_done(&model->blocked);
	references_done(&model->references);
	fileuse_done(&model->uses);
	pictures_clear(&model->pictures);
	target_done(model->plans);
	free(model->plans);
	strtab_free(model->names);
	free(model);
}

/* Adds the call to the files that it is about. */
static void add_to_files(struct model *model, const struct event_call *ev,
			 const struct task_process *process)
{
	struct targets targets;
	target_of_call(model->plans, model->references.files, ev, &targets);
	model->nameless += targets.unknown;
	if (targets.count == 0)
		return;
	bool returned = !(ev->h.flags & EVENT_CALL_NO_RESULT);
	const struct event_growth growth = {
		.calls = 1,
		.errors = model_call_failed(ev),
		.restarted = returned && errno_is_restart((long)ev->ret),
		.time_ns = returned ? ev->duration_ns : 0,
		.max_ns = returned ? ev->duration_ns : 0,
	};
	for (unsigned i = 0; i < targets.count; i++)
		fileuse_add(&model->uses, &targets.at[i], &growth,
			    process ? process->id : 0, model->tick);
}

static void put_call(struct model *model, const struct event_call *ev)
{
	uint64_t id = ring_put(model->ring, ev);
	model->rows++;
	struct task_process *process =
		ev->h.start_ns ? account_process(model, &ev->h) : NULL;
	if (process && !process->has_task)
		task_learn(&model->tasks, process, ev);
	if (process && model_call_failed(ev))
		account_failed_call(model, process, ev, id);
	add_to_files(model, ev, process);
}

static void put_task(struct model *model, const struct event_task *ev)
{
	if (ev->h.start_ns == 0)
		return;
	struct task_process *process = account_process(model, &ev->h);
	if (!process)
		return;
	task_apply(&model->tasks, process, ev, model->tick);
	/* start_ns counts the time asleep, time_ns does not */
	if (ev->h.kind == EVENT_FORK && ev->h.start_ns > ev->h.time_ns)
		model->hosts.at[EVENT_HOST(&ev->h)].asleep_ns =
			ev->h.start_ns - ev->h.time_ns;
}

static void put_stat(struct model *model, const struct event_stat *ev)
{
	uint32_t index = catalogue_by_nr(model->cat, ev->nr, ev->h.compat);
	shown_note_syscall(model, index);
	stat_add(&model->stats, index, ev, model->tick);
	if (ev->h.compat)
		model->compat_calls += ev->growth.calls;
}

static void put_lost(struct model *model, const struct event_lost *ev)
{
	if (ev->cause >= EVENT_LOST_CAUSES)
		return;
	model->lost[ev->cause] += ev->count;
	if (ev->nr == EVENT_NR_NONE)
		return;
	uint32_t index = catalogue_by_nr(model->cat, ev->nr, ev->h.compat);
	shown_note_syscall(model, index);
	stat_at(&model->stats, index)->lost[ev->cause] += ev->count;
	if (ev->cause == EVENT_LOST_SAMPLED && ev->count > model->sampled.rows)
		model->sampled = (struct state_sampled){.syscall = index,
							.rows = ev->count};
}

static void put_tick(struct model *model, const struct event_tick *ev)
{
	uint64_t before = model->last.h.time_ns;
	model->interval_ns =
		before && ev->h.time_ns > before ? ev->h.time_ns - before : 0;
	model->previous = model->last;
	model->last = *ev;
	if (ev->wall_offset_ns)
		model->wall_offset_ns = ev->wall_offset_ns;
	uint64_t runs = ev->bpf_runs - model->previous.bpf_runs;
	if (ev->bpf_runs > model->previous.bpf_runs)
		model->bpf_ns_per_run =
			(double)(ev->bpf_ns - model->previous.bpf_ns) /
			(double)runs;
	model->closed_rows = model->rows;
	model->rows = 0;
	model->closed_sampled = model->sampled;
	model->sampled = (struct state_sampled){0};
	model->tick++;
	(void)shown_open(model, true); /* it is the newest */
}

void model_put(void *self, const struct event *ev)
{
	struct model *model = self;
	if (ev->time_ns > model->seen_ns)
		model->seen_ns = ev->time_ns;
	switch ((enum event_kind)ev->kind) {
	case EVENT_CALL:
		put_call(model, (const struct event_call *)ev);
		break;
	case EVENT_TASK:
	case EVENT_FORK:
	case EVENT_EXEC:
	case EVENT_EXIT:
	case EVENT_RENAME:
	case EVENT_CRED:
		put_task(model, (const struct event_task *)ev);
		break;
	case EVENT_STAT:
		put_stat(model, (const struct event_stat *)ev);
		break;
	case EVENT_COUNT:
		account_count(model, (const struct event_count *)ev);
		break;
	case EVENT_ERROR:
		account_error(model, (const struct event_error *)ev);
		break;
	case EVENT_BLOCKED:
		blocked_put(&model->blocked, (const struct event_call *)ev);
		break;
	case EVENT_BLOCKED_END:
		blocked_end(&model->blocked, ev);
		break;
	case EVENT_LOST:
		put_lost(model, (const struct event_lost *)ev);
		break;
	case EVENT_TICK:
		put_tick(model, (const struct event_tick *)ev);
		break;
	case EVENT_FILE:
		references_put_file(&model->references, (const void *)ev);
		break;
	case EVENT_SYMBOL:
		references_put_symbol(&model->references, (const void *)ev);
		break;
	case EVENT_TRACED:
	case EVENT_NUMBER:
		traced_put(model, (const void *)ev);
		break;
	case EVENT_SIGNAL:
		break;
	}
}

struct print_files model_files(const struct model *model)
{
	return references_files(&model->references);
}

void model_set_link(struct model *model, unsigned host, uint32_t index,
		    const char *name)
{
	references_put_link(&model->references, host, index, name);
}

uint64_t model_file_count(size_t name_bytes)
{
	return references_file_count(name_bytes);
}

uint64_t model_symbol_count(size_t name_bytes)
{
	return references_symbol_count(name_bytes);
}

void model_zero(struct model *model)
{
	while (model->tasks.ended)
		account_drop(model, model->tasks.ended);
	for (unsigned i = 0; i < EVENT_HOSTS; i++)
		if (model->tasks.others[i])
			account_drop(model, model->tasks.others[i]);
	struct task_process *process = model->tasks.by_key;
	for (; process; process = process->hh.next) {
		stat_sum_zero(&process->sum);
		for (uint32_t i = 0; i < process->pairs.count; i++)
			stat_sum_zero(&process->pairs.at[i].sum);
		failure_zero(&process->failures);
	}
	stat_zero(&model->stats);
	memset(model->lost, 0, sizeof(model->lost));
	model->compat_calls = 0;
	model->folded = 0;
	fileuse_zero(&model->uses);
	model->nameless = 0;
	pictures_clear(&model->pictures);
	(void)shown_open(model, true); /* of nothing counted */
}

void model_clear_calls(struct model *model)
{
	ring_clear(model->ring);
}

struct catalogue *model_catalogue(const struct model *model)
{
	return model->cat;
}

uint64_t model_wall_offset_ns(const struct model *model)
{
	return model->wall_offset_ns;
}

void model_set_wall_offset_ns(struct model *model, uint64_t offset_ns)
{
	model->wall_offset_ns = offset_ns;
}

void model_set_host(struct model *model, unsigned host, const char *name)
{
	hosts_set_name(&model->hosts, host, name);
}

const char *model_host_name(const struct model *model, unsigned host)
{
	return model->hosts.at[host].name;
}

bool model_has_hosts(const struct model *model)
{
	return model->hosts.at[1].name;
}

const char *model_user_name(const struct model *model, unsigned host,
			    uint32_t uid)
{
	return hosts_user_name(&model->hosts, host, uid);
}

void model_set_user(struct model *model, unsigned host, uint32_t uid,
		    const char *name)
{
	hosts_set_user(&model->hosts, host, uid, name);
}

void model_set_traced(struct model *model, uint32_t index, bool traced)
{
	stat_set_traced(&model->stats, index, traced);
}

bool model_is_traced(const struct model *model, uint32_t index)
{
	return index < model->stats.count && model->stats.at[index].traced;
}

void model_set_stacks(struct model *model, uint32_t index, bool taken)
{
	stat_at(&model->stats, index)->stacks = taken;
}

bool model_has_stacks(const struct model *model, uint32_t index)
{
	return index < model->stats.count && model->stats.at[index].stacks;
}

static double per_second(const struct model *model, uint64_t count)
{
	if (model->interval_ns == 0)
		return 0;
	return (double)count * 1e9 / (double)model->interval_ns;
}

/* As sctop counts them elsewhere: what only 32-bit programs can make is not
 * among them. */
static void count_syscalls(const struct model *model, struct model_summary *sum)
{
	for (uint32_t i = 0; i < model->stats.count; i++) {
		enum syscall_presence presence =
			catalogue_get(model->cat, i)->presence;
		if (presence != SYSCALL_PRESENT &&
		    presence != SYSCALL_UNNUMBERED)
			continue;
		sum->syscalls++;
		sum->traced += model->stats.at[i].traced;
	}
}

static void summarize_sampled(const struct model *model,
			      struct model_summary *sum)
{
	const struct state_sampled *sampled = &model->closed_sampled;
	sum->sampled = SYSCALL_NONE;
	if (sampled->rows == 0)
		return;
	const struct stat_syscall *stat = &model->stats.at[sampled->syscall];
	uint64_t calls = stat_sum_closed(&stat->sum, model->tick).calls;
	uint64_t rows = calls > sampled->rows ? calls - sampled->rows : 1;
	sum->sampled = sampled->syscall;
	sum->sampled_of = (calls + rows / 2) / rows;
}

void model_summary_now(const struct model *model, struct model_summary *ret)
{
	const struct event_tick *last = &model->last;
	const struct event_tick *previous = &model->previous;
	struct model_summary sum = {
		.seen_per_s = per_second(model, last->seen - previous->seen),
		.shown_per_s = per_second(model, model->closed_rows),
		.filtered_per_s =
			per_second(model, last->filtered - previous->filtered),
		.calls_per_s = per_second(
			model, stat_sum_closed(&model->stats.total, model->tick)
				       .calls),
		.seen = last->seen,
		.sent = last->sent,
		.filtered = last->filtered,
		.compat_calls = model->compat_calls,
		.requests = last->requests,
		.shed = ring_shed(model->ring),
		.folded = model->folded,
		.nameless = model->nameless,
		.folded_files = model->uses.folded,
		.bpf_ns_per_call = -1,
		.cpu_percent = -1,
		.processes = model->tasks.alive_count,
		.ended = model->tasks.ended_count,
	};
	memcpy(sum.lost, model->lost, sizeof(sum.lost));
	count_syscalls(model, &sum);
	summarize_sampled(model, &sum);
	if (model->bpf_ns_per_run >= 0) /* a call runs two programs */
		sum.bpf_ns_per_call = 2 * model->bpf_ns_per_run;
	if (model->interval_ns > 0) {
		double busy_ns =
			per_second(model, last->cpu_ns - previous->cpu_ns);
		if (sum.bpf_ns_per_call > 0)
			busy_ns += sum.seen_per_s * sum.bpf_ns_per_call;
		sum.cpu_percent = busy_ns / 1e7;
	}
	*ret = sum;
}

void model_summary(const struct model *model, struct model_summary *ret)
{
	const struct picture *picture = shown_picture(model);
	if (!picture) {
		model_summary_now(model, ret);
		return;
	}
	*ret = picture->summary;
	ret->traced = ret->syscalls = 0;
	count_syscalls(model, ret); /* ticks are those of now */
}

void model_total(const struct model *model, struct stat_class *ret)
{
	*ret = (struct stat_class){.sum = model->stats.total};
	for (size_t i = 0; i < CLASS_COUNT; i++) {
		for (size_t slot = 0; slot < EVENT_HIST_SLOTS; slot++)
			ret->hist[slot] += model->stats.classes[i].hist[slot];
	}
}

static const struct stat_pair *find_pair(const struct model *model, uint64_t id)
{
	const struct task_process *process =
		task_find_id(&model->tasks, id >> MODEL_PAIR_BITS);
	uint32_t index = LOW_BITS(id, MODEL_PAIR_BITS);
	return process ? stat_pair_find(&process->pairs, index) : NULL;
}

static const struct failure *find_failure(const struct model *model,
					  uint64_t id)
{
	uint32_t code = LOW_BITS(id, MODEL_ERROR_BITS);
	id >>= MODEL_ERROR_BITS;
	const struct task_process *process =
		task_find_id(&model->tasks, id >> MODEL_PAIR_BITS);
	uint32_t index = LOW_BITS(id, MODEL_PAIR_BITS);
	return process ? failure_find(&process->failures, index, code) : NULL;
}

bool model_find_row(const struct model *model, enum row_kind kind, uint64_t id,
		    struct row *ret)
{
	struct row row = {.kind = kind, .id = id};
	switch (kind) {
	case ROW_SYSCALL:
		if (id < model->stats.count)
			row.object = &model->stats.at[id];
		break;
	case ROW_CLASS:
		if (id < CLASS_COUNT)
			row.object = &model->stats.classes[id];
		break;
	case ROW_PROCESS:
		row.object = task_find_id(&model->tasks, id);
		break;
	case ROW_PAIR:
		row.object = find_pair(model, id);
		break;
	case ROW_ERROR:
		row.object = find_failure(model, id);
		break;
	case ROW_CALL:
		row.object = ring_get(model->ring, id);
		break;
	case ROW_BLOCKED:
		row.object = blocked_find(&model->blocked, id);
		break;
	case ROW_FILE:
		row.object = fileuse_find(&model->uses, id);
		break;
	case ROW_BUCKET:
		if (id / EVENT_HIST_SLOTS < model->stats.count)
			row.object = &model->stats.at[id / EVENT_HIST_SLOTS];
		break;
	case ROW_KINDS:
		break;
	}
	if (!row.object)
		return false;
	*ret = row;
	return true;
}

struct row model_row_of_pair(const struct stat_pair *pair)
{
	return (struct row){
		.kind = ROW_PAIR,
		.object = pair,
		.id = pair->process->id << MODEL_PAIR_BITS | pair->syscall,
	};
}

struct row model_row_of_failure(const struct failure *failure)
{
	uint64_t id =
		failure->process->id << MODEL_PAIR_BITS | failure->syscall;
	return (struct row){
		.kind = ROW_ERROR,
		.object = failure,
		.id = id << MODEL_ERROR_BITS | failure->code,
	};
}

unsigned model_bucket_slot(const struct row *row)
{
	return row->id % EVENT_HIST_SLOTS;
}

uint32_t model_row_syscall(const struct model *model, const struct row *row)
{
	const struct event_call *call = row->object;
	switch (row->kind) {
	case ROW_SYSCALL:
	case ROW_BUCKET:
		return ((const struct stat_syscall *)row->object)->index;
	case ROW_PAIR:
		return ((const struct stat_pair *)row->object)->syscall;
	case ROW_ERROR:
		return ((const struct failure *)row->object)->syscall;
	case ROW_CALL:
	case ROW_BLOCKED:
		return catalogue_by_nr(model->cat, call->nr, call->h.compat);
	case ROW_CLASS:
	case ROW_PROCESS:
	case ROW_FILE:
	case ROW_KINDS:
		break;
	}
	return SYSCALL_NONE;
}

bool model_call_failed(const struct event_call *call)
{
	return !(call->h.flags & EVENT_CALL_NO_RESULT) && call->ret < 0 &&
	       call->ret >= -4095 && /* MAX_ERRNO, include/linux/err.h */
	       !errno_is_restart((long)call->ret);
}

const struct task_process *model_process_of(const struct model *model,
					    const struct row *row)
{
	const struct event_call *call = row->object;
	switch (row->kind) {
	case ROW_PROCESS:
		return row->object;
	case ROW_PAIR:
		return ((const struct stat_pair *)row->object)->process;
	case ROW_ERROR:
		return ((const struct failure *)row->object)->process;
	case ROW_CALL:
	case ROW_BLOCKED:
		return task_find(&model->tasks, task_key_of(&call->h));
	case ROW_SYSCALL:
	case ROW_CLASS:
	case ROW_FILE:
	case ROW_BUCKET:
	case ROW_KINDS:
		break;
	}
	return NULL;
}

uint64_t model_row_parent(const struct model *model, const struct row *row)
{
	const struct task_process *process = row->object;
	const struct task_process *parent = task_parent(&model->tasks, process);
	return process->ppid && parent ? parent->id : 0;
}

uint64_t model_row_process(const struct model *model, const struct row *row)
{
	const struct task_process *process = model_process_of(model, row);
	return process ? process->id : 0;
}

uint64_t model_seen_ns(const struct model *model)
{
	return model->seen_ns;
}

uint32_t model_row_error(const struct row *row)
{
	return row->kind == ROW_ERROR
		       ? ((const struct failure *)row->object)->code
		       : 0;
}

uint64_t model_last_call(const struct model *model)
{
	return ring_newest(model->ring);
}
