/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The calls in progress, as the latest walk over the threads found them; a row
 * is known by its thread.  What comes until EVENT_BLOCKED_END is the next list;
 * each host has its own walks.
 */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct task_key;

struct blocked_entry {
	uint64_t id; /* of the thread, from 1; above, its host */
	size_t at;   /* of its struct event_call in bytes */
};

struct blocked_list {
	unsigned char *bytes;
	size_t used, capacity;
	struct blocked_entry *entries;
	size_t count, room;
	/* the same by process, that of the call that began first before the
	 * others */
	struct blocked_entry *by_process;
};

struct blocked {
	size_t limit_bytes;
	struct blocked_list now; /* by id */
	struct blocked_list next[EVENT_HOSTS];
	struct blocked_list later; /* while NOW is held: the latest */
	bool is_held;
	bool is_behind;   /* LATER counts */
	uint64_t time_ns; /* when the latest was found */
};

void blocked_init(struct blocked *blocked, size_t limit_bytes);
void blocked_done(struct blocked *blocked);

/* Copies EV, an EVENT_BLOCKED, where there is room for it. */
void blocked_put(struct blocked *blocked, const struct event_call *ev);
void blocked_end(struct blocked *blocked, const struct event *ev);

/* NOW stays as it is, whatever comes; or is the latest list again. */
void blocked_hold(struct blocked *blocked, bool on);

/* The I-th of NOW, and that of an id or NULL; until the next blocked_end()
 * or blocked_hold(). */
const struct event_call *blocked_at(const struct blocked *blocked, size_t i);
const struct event_call *blocked_find(const struct blocked *blocked,
				      uint64_t id);

/* Of a process the one that began first, or NULL. */
const struct event_call *blocked_longest(const struct blocked *blocked,
					 const struct task_key *process);
