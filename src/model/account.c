/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/account.h"

#include "abi/syscall.h"
#include "model/shown.h"
#include "model/state.h"

void account_drop(struct model *model, struct task_process *process)
{
	model->pair_bytes -= stat_pairs_bytes(&process->pairs) +
			     failure_bytes(&process->failures);
	stat_pairs_done(&process->pairs);
	failure_done(&process->failures);
	task_drop(&model->tasks, process);
}

static struct stat_pair *make_pair(struct model *model,
				   struct task_process *process, uint32_t index)
{
	model->pair_bytes -= stat_pairs_bytes(&process->pairs);
	struct stat_pair *pair =
		stat_pair_make(&process->pairs, process, index);
	model->pair_bytes += stat_pairs_bytes(&process->pairs);
	return pair;
}

static struct failure *make_failure(struct model *model,
				    struct task_process *process,
				    uint32_t index, uint32_t code)
{
	model->pair_bytes -= failure_bytes(&process->failures);
	struct failure *failure =
		failure_make(&process->failures, process, index, code);
	model->pair_bytes += failure_bytes(&process->failures);
	return failure;
}

static void fold_failures(struct model *model, struct task_process *other,
			  const struct failures *failures)
{
	for (uint32_t i = 0; i < failures->count; i++) {
		const struct failure *failure = &failures->at[i];
		if (failure->count == 0)
			continue;
		struct failure *to = make_failure(
			model, other, failure->syscall, failure->code);
		const struct row from = model_row_of_failure(failure);
		const struct row into = model_row_of_failure(to);
		shown_fold(model, &from, &into);
		failure_merge(to, failure, model->tick);
	}
}

/* Adds what an ended process did to "other", so that sums stay exact. */
static void fold(struct model *model, struct task_process *process)
{
	struct task_process *other =
		task_make_other(&model->tasks, process->key.host);
	const struct row gone = {ROW_PROCESS, process, process->id};
	const struct row rest = {ROW_PROCESS, other, other->id};
	for (uint32_t i = 0; i < process->pairs.count; i++) {
		const struct stat_pair *pair = &process->pairs.at[i];
		struct stat_pair *to = make_pair(model, other, pair->syscall);
		const struct row from = model_row_of_pair(pair);
		const struct row into = model_row_of_pair(to);
		shown_fold(model, &from, &into);
		stat_sum_merge(&to->sum, &pair->sum, model->tick);
	}
	shown_fold(model, &gone, &rest);
	stat_sum_merge(&other->sum, &process->sum, model->tick);
	fold_failures(model, other, &process->failures);
	account_drop(model, process);
	model->folded++;
}

static bool has_room(const struct model *model)
{
	return model->tasks.used_bytes + model->pair_bytes <
	       model->limits.count_bytes;
}

/*
 * Folds ended processes, oldest first, until there is room.  Those that ended
 * in this interval or the one before stay: their last counters may be under way
 * and would make them rise from the dead.  KEPT, or NULL, stays: it needs the
 * room.
 */
static bool make_room(struct model *model, const struct task_process *kept)
{
	while (!has_room(model)) {
		struct task_process *oldest = model->tasks.ended;
		if (!oldest || oldest == kept ||
		    oldest->ended_tick + 1 >= model->tick)
			return false;
		fold(model, oldest);
	}
	return true;
}

struct task_process *account_process(struct model *model,
				     const struct event *ev)
{
	struct task_process *process =
		task_find(&model->tasks, task_key_of(ev));
	if (process || !make_room(model, NULL))
		return process;
	return task_make(&model->tasks, task_key_of(ev));
}

void account_failed_call(struct model *model, struct task_process *process,
			 const struct event_call *ev, uint64_t id)
{
	uint32_t index = catalogue_by_nr(model->cat, ev->nr, ev->h.compat);
	uint32_t code = (uint32_t)-ev->ret;
	struct failure *failure = failure_find(&process->failures, index, code);
	if (!failure && make_room(model, process))
		failure = make_failure(model, process, index, code);
	if (!failure)
		return;
	shown_note_failure(model, failure);
	failure->last_call = id;
}

void account_count(struct model *model, const struct event_count *ev)
{
	uint32_t index = catalogue_by_nr(model->cat, ev->nr, ev->h.compat);
	bool other = ev->h.pid == 0 && ev->h.start_ns == 0;
	struct task_process *process =
		other ? NULL : account_process(model, &ev->h);
	struct stat_pair *pair =
		process ? stat_pair_find(&process->pairs, index) : NULL;
	if (!pair) {
		if (!process || !make_room(model, process))
			process = task_make_other(&model->tasks,
						  EVENT_HOST(&ev->h));
		pair = make_pair(model, process, index);
	}
	shown_note_syscall(model, index);
	shown_note_process(model, process);
	shown_note_pair(model, pair);
	if (pair->sum.calls == 0 && !task_is_other(process))
		stat_at(&model->stats, index)->processes++;
	stat_sum_add(&pair->sum, &ev->growth, model->tick);
	stat_sum_add(&process->sum, &ev->growth, model->tick);
}

void account_error(struct model *model, const struct event_error *ev)
{
	uint32_t index = catalogue_by_nr(model->cat, ev->nr, ev->h.compat);
	bool other = ev->h.pid == 0 && ev->h.start_ns == 0;
	struct task_process *process =
		other ? NULL : account_process(model, &ev->h);
	struct failure *failure =
		process ? failure_find(&process->failures, index, ev->code)
			: NULL;
	if (!failure) {
		if (!process || !make_room(model, process))
			process = task_make_other(&model->tasks,
						  EVENT_HOST(&ev->h));
		failure = make_failure(model, process, index, ev->code);
	}
	shown_note_failure(model, failure);
	failure_add(failure, ev->count, model->tick);
}
