/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/blocked.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

void blocked_init(struct blocked *blocked, size_t limit_bytes)
{
	*blocked = (struct blocked){.limit_bytes = limit_bytes};
}

static void list_done(struct blocked_list *list)
{
	free(list->bytes);
	free(list->entries);
}

void blocked_done(struct blocked *blocked)
{
	list_done(&blocked->now);
	list_done(&blocked->next);
	*blocked = (struct blocked){0};
}

void blocked_put(struct blocked *blocked, const struct event_call *ev)
{
	struct blocked_list *list = &blocked->next;
	size_t size = ev->h.size;
	if (list->used + size > blocked->limit_bytes || ev->ret <= 0)
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
		.id = (uint64_t)ev->ret, .at = list->used};
	list->used += size;
}

static int compare_ids(const void *a, const void *b)
{
	const struct blocked_entry *x = a;
	const struct blocked_entry *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

void blocked_end(struct blocked *blocked, const struct event *ev)
{
	struct blocked_list spare = blocked->now;
	blocked->now = blocked->next;
	blocked->next = spare;
	blocked->next.used = 0;
	blocked->next.count = 0;
	blocked->time_ns = ev->time_ns;
	if (blocked->now.count > 0)
		qsort(blocked->now.entries, blocked->now.count,
		      sizeof(*blocked->now.entries), compare_ids);
}

const struct event_call *blocked_at(const struct blocked *blocked, size_t i)
{
	return (const void *)(blocked->now.bytes + blocked->now.entries[i].at);
}

const struct event_call *blocked_find(const struct blocked *blocked,
				      uint64_t id)
{
	const struct blocked_entry key = {.id = id};
	const struct blocked_entry *found = NULL;
	if (blocked->now.count > 0)
		found = bsearch(&key, blocked->now.entries, blocked->now.count,
				sizeof(key), compare_ids);
	return found ? (const void *)(blocked->now.bytes + found->at) : NULL;
}
