/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Getters of what only processes have. */
#include "config.h"

#include "abi/syscall.h"
#include "model/getter.h"
#include "model/shown.h"
#include "model/state.h"

FIELD_GETTER(field_process_threads)
{
	const struct task_process *process = row->object;
	bool counted = process->has_task && !shown_has_ended(model, process);
	return counted ? number(process->threads + 1u) : unknown;
}

static struct stat_sum sum_of(const struct model *model,
			      const struct stat_pair *pair)
{
	const struct row row = model_row_of_pair(pair);
	return shown_state(model, &row).sum;
}

FIELD_GETTER(field_process_syscalls)
{
	const struct stat_pairs *pairs =
		&((const struct task_process *)row->object)->pairs;
	uint64_t count = 0;
	for (uint32_t i = 0; i < pairs->count; i++)
		count += sum_of(model, &pairs->at[i]).calls > 0;
	return number(count);
}

/* The most frequent call of the last interval; of an idle process, ever. */
FIELD_GETTER(field_process_top)
{
	const struct stat_pairs *pairs =
		&((const struct task_process *)row->object)->pairs;
	const struct stat_pair *top = NULL;
	struct stat_growth most = {0};
	uint64_t most_ever = 0;
	for (uint32_t i = 0; i < pairs->count; i++) {
		const struct stat_pair *pair = &pairs->at[i];
		const struct stat_sum sum = sum_of(model, pair);
		struct stat_growth last =
			stat_sum_closed(&sum, shown_tick(model));
		if (sum.calls == 0)
			continue;
		if (!top || last.calls > most.calls ||
		    (last.calls == most.calls && sum.calls > most_ever)) {
			top = pair;
			most = last;
			most_ever = sum.calls;
		}
	}
	if (!top)
		return unknown;
	return hostile_text(catalogue_get(model->cat, top->syscall)->name);
}

const struct event_call *field_process_longest(const struct model *model,
					       const struct row *row)
{
	const struct task_key *key =
		&((const struct task_process *)row->object)->key;
	if (model->pictures.shown) /* samples do not remember it */
		return NULL;
	return blocked_longest(&model->blocked, key);
}

FIELD_GETTER(field_process_blocked)
{
	const struct event_call *call = field_process_longest(model, row);
	if (!call)
		return unknown;
	const struct row in = {.kind = ROW_BLOCKED, .object = call};
	uint32_t index = model_row_syscall(model, &in);
	return hostile_text(catalogue_get(model->cat, index)->name);
}

/* Bytes per second of the calls whose bytes leave, or come. */
static struct value byte_rate(const struct model *model, const struct row *row,
			      bool leave)
{
	const struct stat_pairs *pairs =
		&((const struct task_process *)row->object)->pairs;
	uint64_t interval_ns = shown_interval_ns(model);
	uint64_t bytes = 0;
	for (uint32_t i = 0; i < pairs->count; i++) {
		const struct stat_pair *pair = &pairs->at[i];
		const struct syscall *sc =
			catalogue_get(model->cat, pair->syscall);
		if (((sc->marks & SYSCALL_WRITES) != 0) != leave)
			continue;
		const struct stat_sum sum = sum_of(model, pair);
		bytes += stat_sum_closed(&sum, shown_tick(model)).bytes;
	}
	if (interval_ns == 0)
		return unknown;
	return number((uint64_t)((double)bytes * 1e9 / (double)interval_ns));
}

FIELD_GETTER(field_process_in_rate)
{
	return byte_rate(model, row, false);
}

FIELD_GETTER(field_process_out_rate)
{
	return byte_rate(model, row, true);
}

FIELD_GETTER(field_process_started)
{
	const struct task_process *process = row->object;
	if (process->made_ns)
		return field_wall_time(model, process->made_ns);
	uint64_t asleep_ns = model->hosts.at[process->key.host].asleep_ns;
	if (process->key.start_ns < asleep_ns || !process->key.start_ns)
		return unknown;
	return field_wall_time(model, process->key.start_ns - asleep_ns);
}

FIELD_GETTER(field_process_ended)
{
	const struct task_process *process = row->object;
	return shown_has_ended(model, process)
		       ? field_wall_time(model, process->ended_ns)
		       : unknown;
}

FIELD_GETTER(field_process_status)
{
	const struct task_process *process = row->object;
	if (!shown_has_ended(model, process))
		return unknown;
	struct buf buf = scratch_buf(scratch);
	task_print_status(&buf, process->status);
	return clean_text(scratch->text);
}
