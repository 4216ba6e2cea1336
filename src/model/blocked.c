/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/blocked.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "model/task.h"

/* Threads have 32 bits of an id. */
#define ID_HOST_SHIFT 32

void blocked_init(struct blocked *blocked, size_t limit_bytes)
{
	*blocked = (struct blocked){.limit_bytes = limit_bytes};
}

static void list_done(struct blocked_list *list)
{
	free(list->bytes);
	free(list->entries);
	free(list->by_process);
}

void blocked_done(struct blocked *blocked)
{
	list_done(&blocked->now);
	list_done(&blocked->later);
	for (unsigned i = 0; i < EVENT_HOSTS; i++)
		list_done(&blocked->next[i]);
	*blocked = (struct blocked){0};
}

/* Where there is room within LIMIT bytes. */
static void add(struct blocked_list *list, size_t limit,
		const struct event_call *ev)
{
	size_t size = ev->h.size;
	if (list->used + size > limit)
		return;
	if (list->used + size > list->capacity) {
		list->capacity = list->capacity * 2 + size;
		list->bytes = xrealloc(list->bytes, list->capacity);
	}
	if (list->count == list->room) {
		list->room = list->room * 2 + 64;
		list->entries = xrealloc(list->entries,
					 list->room * sizeof(*list->entries));
	}
	memcpy(list->bytes + list->used, ev, size);
	list->entries[list->count++] = (struct blocked_entry){
		.id = (uint64_t)EVENT_HOST(&ev->h) << ID_HOST_SHIFT |
		      (uint32_t)ev->ret,
		.at = list->used,
	};
	list->used += size;
}

void blocked_put(struct blocked *blocked, const struct event_call *ev)
{
	if (ev->ret > 0)
		add(&blocked->next[EVENT_HOST(&ev->h)], blocked->limit_bytes,
		    ev);
}

static int compare_ids(const void *a, const void *b)
{
	const struct blocked_entry *x = a;
	const struct blocked_entry *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static const struct event_call *call_at(const struct blocked_list *list,
					size_t at)
{
	return (const void *)(list->bytes + at);
}

static int compare_process(const struct event_call *call,
			   const struct task_key *process)
{
	const struct task_key own = task_key_of(&call->h);
	if (own.pid != process->pid)
		return own.pid < process->pid ? -1 : 1;
	if (own.host != process->host)
		return own.host < process->host ? -1 : 1;
	return (own.start_ns > process->start_ns) -
	       (own.start_ns < process->start_ns);
}

static int compare_begins(const void *a, const void *b, void *list)
{
	const struct blocked_entry *x = a;
	const struct blocked_entry *y = b;
	const struct event_call *one = call_at(list, x->at);
	const struct event_call *other = call_at(list, y->at);
	uint64_t begin = one->h.time_ns - one->duration_ns;
	uint64_t began = other->h.time_ns - other->duration_ns;
	const struct task_key process = task_key_of(&other->h);
	int order = compare_process(one, &process);
	if (order == 0)
		order = (begin > began) - (begin < began);
	return order;
}

static void sort(struct blocked_list *list)
{
	size_t size = list->count * sizeof(*list->entries);
	qsort(list->entries, list->count, sizeof(*list->entries), compare_ids);
	list->by_process = xrealloc(list->by_process, size);
	memcpy(list->by_process, list->entries, size);
	qsort_r(list->by_process, list->count, sizeof(*list->entries),
		compare_begins, list);
}

/* What other hosts are known to be in stays until their own walks end. */
static void keep_others(struct blocked_list *list, size_t limit,
			const struct blocked_list *before, unsigned host)
{
	for (size_t i = 0; i < before->count; i++) {
		const struct event_call *call =
			call_at(before, before->entries[i].at);
		if (EVENT_HOST(&call->h) != host)
			add(list, limit, call);
	}
}

static void swap(struct blocked_list *a, struct blocked_list *b)
{
	struct blocked_list spare = *a;
	*a = *b;
	*b = spare;
}

void blocked_end(struct blocked *blocked, const struct event *ev)
{
	struct blocked_list *next = &blocked->next[EVENT_HOST(ev)];
	keep_others(next, blocked->limit_bytes,
		    blocked->is_behind ? &blocked->later : &blocked->now,
		    EVENT_HOST(ev));
	if (next->count > 0)
		sort(next);
	swap(next, blocked->is_held ? &blocked->later : &blocked->now);
	blocked->is_behind = blocked->is_held;
	next->used = 0;
	next->count = 0;
	blocked->time_ns = ev->time_ns;
}

void blocked_hold(struct blocked *blocked, bool on)
{
	if (!on && blocked->is_behind)
		swap(&blocked->now, &blocked->later);
	blocked->is_behind = blocked->is_behind && on;
	blocked->is_held = on;
}

const struct event_call *blocked_at(const struct blocked *blocked, size_t i)
{
	return call_at(&blocked->now, blocked->now.entries[i].at);
}

const struct event_call *blocked_find(const struct blocked *blocked,
				      uint64_t id)
{
	const struct blocked_entry key = {.id = id};
	const struct blocked_entry *found = NULL;
	if (blocked->now.count > 0)
		found = bsearch(&key, blocked->now.entries, blocked->now.count,
				sizeof(key), compare_ids);
	return found ? call_at(&blocked->now, found->at) : NULL;
}

const struct event_call *blocked_longest(const struct blocked *blocked,
					 const struct task_key *process)
{
	const struct blocked_list *list = &blocked->now;
	size_t from = 0;
	size_t to = list->count;
	while (from < to) { /* the first that is not before the process */
		size_t middle = from + (to - from) / 2;
		const struct event_call *call =
			call_at(list, list->by_process[middle].at);
		if (compare_process(call, process) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	if (from == list->count)
		return NULL;
	const struct event_call *call =
		call_at(list, list->by_process[from].at);
	return compare_process(call, process) == 0 ? call : NULL;
}
