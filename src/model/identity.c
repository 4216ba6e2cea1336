/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/identity.h"

#include "model/state.h"

#define AT_ONCE 4096 /* calls that end at the same time */

/* FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv). */
static uint64_t hash_of(const struct fileuse *file)
{
	uint64_t hash = 14695981039346656037u;
	for (size_t i = 0; i < file->key_size; i++)
		hash = (hash ^ (unsigned char)file->key[i]) * 1099511628211u;
	return hash;
}

/* How many of the lower bits of a row id tell what of its process it is. */
static unsigned bits_below_process(enum row_kind kind)
{
	switch (kind) {
	case ROW_PAIR:
		return MODEL_PAIR_BITS;
	case ROW_ERROR:
		return MODEL_PAIR_BITS + MODEL_ERROR_BITS;
	case ROW_PROCESS:
	case ROW_SYSCALL:
	case ROW_CLASS:
	case ROW_CALL:
	case ROW_BLOCKED:
	case ROW_FILE:
	case ROW_BUCKET:
	case ROW_KINDS:
		break;
	}
	return 0;
}

static bool is_of_process(enum row_kind kind)
{
	return kind == ROW_PROCESS || kind == ROW_PAIR || kind == ROW_ERROR;
}

bool identity_of(const struct model *model, enum row_kind kind, uint64_t id,
		 struct identity *ret)
{
	struct row row;
	if (!model_find_row(model, kind, id, &row))
		return false;
	*ret = (struct identity){.kind = kind, .key = id};
	if (is_of_process(kind)) {
		const struct task_process *process =
			model_process_of(model, &row);
		unsigned bits = bits_below_process(kind);
		ret->host = process->key.host;
		ret->pid = process->key.pid;
		ret->start_ns = process->key.start_ns;
		ret->key = id - (process->id << bits);
	} else if (kind == ROW_CALL) {
		const struct event_call *call = row.object;
		ret->host = EVENT_HOST(&call->h);
		ret->pid = call->h.pid;
		ret->tid = call->h.tid;
		ret->time_ns = call->h.time_ns;
	} else if (kind == ROW_FILE) {
		const struct fileuse *file = row.object;
		ret->host = file->host;
		ret->key = hash_of(file);
	}
	return true;
}

/* The first call that ended at TIME_NS or later. */
static uint64_t first_from(const struct ring *ring, uint64_t time_ns)
{
	uint64_t low = ring_oldest(ring);
	uint64_t high = ring_newest(ring) + 1;
	while (low < high) {
		uint64_t mid = low + (high - low) / 2;
		const struct event_call *call = ring_get(ring, mid);
		if (call && call->h.time_ns < time_ns)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static uint64_t find_call(const struct model *model,
			  const struct identity *identity)
{
	uint64_t first = first_from(model->ring, identity->time_ns);
	for (uint64_t id = first; id < first + AT_ONCE; id++) {
		const struct event_call *call = ring_get(model->ring, id);
		if (!call || call->h.time_ns > identity->time_ns)
			break;
		if (EVENT_HOST(&call->h) == identity->host &&
		    call->h.pid == identity->pid &&
		    call->h.tid == identity->tid)
			return id;
	}
	return 0;
}

static uint64_t find_file(const struct model *model,
			  const struct identity *identity)
{
	const struct fileuse *file = model->uses.by_key[identity->host];
	for (; file; file = file->hh.next)
		if (hash_of(file) == identity->key)
			return file->id;
	return 0;
}

bool identity_find(const struct model *model, const struct identity *identity,
		   uint64_t *ret_id)
{
	struct row row;
	uint64_t id = identity->key;
	if (is_of_process(identity->kind)) {
		const struct task_key key = {.host = identity->host,
					     .pid = identity->pid,
					     .start_ns = identity->start_ns};
		const struct task_process *process =
			task_find(&model->tasks, key);
		if (!process)
			return false;
		id += process->id << bits_below_process(identity->kind);
	} else if (identity->kind == ROW_CALL) {
		id = find_call(model, identity);
	} else if (identity->kind == ROW_FILE) {
		id = find_file(model, identity);
	}
	if (!model_find_row(model, identity->kind, id, &row))
		return false;
	*ret_id = id;
	return true;
}
