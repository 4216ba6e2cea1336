/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is left out when there are more rows than can be used: each process has
 * a share of rows of each call, which is the same for all.  A share is a time,
 * "due": each row moves it on by the interval that user space sets, and while
 * it is further ahead of the clock than a second there is no row.  So who makes
 * fewer calls than the share keeps every row, also of a short burst, and of a
 * storm rows come evenly.
 *
 * Shares are in sets of four, by a hash.  One that is not ahead of the clock
 * says nothing, and another process may have its place.
 */
#pragma once

#include "state.bpf.h"

#define SHED_BITS     8 /* of a hash: the set */
#define SHED_WAYS     4 /* a cache line */
#define SHED_SHARES   (SHED_WAYS << SHED_BITS)
#define SHED_BURST_NS 1000000000ull

struct control_share shares[SHED_SHARES];

__u64 shed_interval_ns = 0; /* written by user space; 0: nothing is left out */

/* A hash by Knuth's multiplier (The Art of Computer Programming, 6.4). */
static __always_inline u64 shed_key(const struct state *st)
{
	u64 call = control_nr_key(st->nr, (st->flags & STATE_COMPAT) != 0);
	return (st->start_ns ^ (u64)st->pid << 32 ^ call) *
	       0x9e3779b97f4a7c15ull;
}

static __always_inline struct control_share *shed_at(u64 i)
{
	asm volatile("" : "+r"(i));
	return &shares[i % SHED_SHARES];
}

/* Finds the share of the call that begins.  A lost race between two CPUs is a
 * few rows more. */
static __always_inline struct control_share *shed_find(struct state *st,
						       u64 now)
{
	u64 key = shed_key(st);
	u64 set = (key >> (64 - SHED_BITS)) * SHED_WAYS;
	u64 found = set; /* where all are taken, one is used together */
	for (u64 i = set; i < set + SHED_WAYS; i++) {
		const struct control_share *share = shed_at(i);
		if (share->key == key) {
			found = i;
			break;
		}
		if (share->due_ns <= now)
			found = i;
	}
	struct control_share *share = shed_at(found);
	if (share->due_ns <= now)
		share->key = key;
	st->share = (u32)found + 1;
	return share;
}

/* Whether the call that begins gets no row; then it has begun. */
__noinline int shed_begin(struct state *st)
{
	if (!st)
		return 0;
	u64 now = bpf_ktime_get_ns();
	const struct control_share *share = shed_find(st, now);
	if (share->due_ns <= now + SHED_BURST_NS)
		return 0;
	st->enter_ns = now;
	st->flags |= STATE_SHED;
	return 1;
}

/* A row is put out. */
static __always_inline void shed_use(const struct state *st, u64 now)
{
	if (!st->share)
		return;
	struct control_share *share = shed_at(st->share - 1);
	u64 from = share->due_ns > now ? share->due_ns : now;
	share->due_ns = from + shed_interval_ns;
}
