/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An entry is a call (no process), a call of a process, or an errno of that
 * (code not 0).
 */
#include "config.h"

#include "feed/strace_count.h"

#include <stdlib.h>
#include <uthash.h>

#include "abi/errno.h"
#include "base/xalloc.h"
#include "feed/sink.h"

#define ENTRIES 4096

struct strace_count_entry {
	struct key {
		uint64_t start_ns; /* 0: of no process */
		uint32_t pid;
		uint32_t nr;
		uint32_t code;
		uint32_t compat;
	} key;
	struct event_growth growth;
	uint64_t hist[EVENT_HIST_SLOTS];
	UT_hash_handle hh;
};

void strace_count_done(struct strace_count *count)
{
	struct strace_count_entry *entry;
	struct strace_count_entry *next;
	HASH_ITER (hh, count->table, entry, next) {
		HASH_DEL(count->table, entry);
		free(entry);
	}
}

bool strace_count_is_full(const struct strace_count *count)
{
	return HASH_COUNT(count->table) >= ENTRIES;
}

static struct strace_count_entry *entry_of(struct strace_count *count,
					   struct key key)
{
	struct strace_count_entry *entry;
	HASH_FIND(hh, count->table, &key, sizeof(key), entry);
	if (entry)
		return entry;
	entry = xcalloc(1, sizeof(*entry));
	entry->key = key;
	HASH_ADD(hh, count->table, key, sizeof(entry->key), entry);
	return entry;
}

static unsigned slot_of(uint64_t ns)
{
	unsigned slot = ns ? 63u - (unsigned)__builtin_clzll(ns) : 0;
	return slot < EVENT_HIST_SLOTS ? slot : EVENT_HIST_SLOTS - 1;
}

static void grow(struct strace_count_entry *entry, const struct event_call *ev,
		 bool failed, bool bytes)
{
	struct event_growth *growth = &entry->growth;
	bool returned = !(ev->h.flags & EVENT_CALL_NO_RESULT);
	growth->calls++;
	growth->errors += failed;
	growth->restarted += returned && errno_is_restart((long)ev->ret);
	growth->time_ns += ev->duration_ns;
	if (ev->duration_ns > growth->max_ns)
		growth->max_ns = ev->duration_ns;
	if (bytes && returned && ev->ret > 0)
		growth->bytes += (uint64_t)ev->ret;
	entry->hist[slot_of(ev->duration_ns)]++;
}

void strace_count_add(struct strace_count *count, const struct event_call *ev,
		      bool bytes)
{
	bool failed = !(ev->h.flags & EVENT_CALL_NO_RESULT) && ev->ret < 0 &&
		      ev->ret >= -4095 && /* MAX_ERRNO, <linux/err.h> */
		      !errno_is_restart((long)ev->ret);
	struct key key = {.nr = ev->nr, .compat = ev->h.compat};
	grow(entry_of(count, key), ev, failed, bytes);
	key.start_ns = ev->h.start_ns;
	key.pid = ev->h.pid;
	grow(entry_of(count, key), ev, failed, bytes);
	if (!failed)
		return;
	key.code = (uint32_t)-ev->ret;
	entry_of(count, key)->growth.errors++;
}

static void tell_entry(const struct strace_count_entry *entry,
		       const struct sink *to, uint64_t time_ns)
{
	struct event_stat stat = {
		.h = {.size = sizeof(stat),
		      .kind = EVENT_STAT,
		      .compat = (uint8_t)entry->key.compat,
		      .time_ns = time_ns,
		      .start_ns = entry->key.start_ns,
		      .pid = entry->key.pid,
		      .tid = entry->key.pid},
		.nr = entry->key.nr,
		.growth = entry->growth,
	};
	if (entry->key.code) {
		struct event_error error = {
			.h = stat.h,
			.nr = stat.nr,
			.code = entry->key.code,
			.count = entry->growth.errors,
		};
		error.h.size = sizeof(error);
		error.h.kind = EVENT_ERROR;
		sink_put(to, &error.h);
	} else if (entry->key.start_ns) {
		struct event_count pair = {
			.h = stat.h,
			.nr = stat.nr,
			.growth = stat.growth,
		};
		pair.h.size = sizeof(pair);
		pair.h.kind = EVENT_COUNT;
		sink_put(to, &pair.h);
	} else {
		memcpy(stat.hist, entry->hist, sizeof(stat.hist));
		sink_put(to, &stat.h);
	}
}

void strace_count_tell(struct strace_count *count, const struct sink *to,
		       uint64_t time_ns)
{
	struct strace_count_entry *entry;
	struct strace_count_entry *next;
	HASH_ITER (hh, count->table, entry, next) {
		tell_entry(entry, to, time_ns);
		HASH_DEL(count->table, entry);
		free(entry);
	}
}
