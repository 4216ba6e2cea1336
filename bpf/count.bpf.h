/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Exact counters.  Per syscall: a per-CPU array.  Per process and syscall:
 * slots in the thread's own state, written by that thread alone and moved to a
 * hash when another syscall needs the slot, or when the thread ends.  Failures,
 * which are few: a hash by errno.
 */
#pragma once

#include "filter.bpf.h"

/* Numbers outside the table that are kept apart. */
#define COUNT_ODD_LIMIT 256

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, CONTROL_PLACES);
	__type(key, u32);
	__type(value, struct control_stat);
} stats SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, COUNT_ODD_LIMIT);
	__type(key, u64); /* control_nr_key() */
	__type(value, struct control_stat);
} odd_stats SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1); /* set from the memory budget before loading */
	__type(key, struct control_count_key);
	__type(value, struct event_growth);
} counts SEC(".maps");

/* Where a flush goes when "counts" is full: the bucket "other", per syscall. */
struct event_growth other[CONTROL_PLACES];

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 1); /* as of "counts" */
	__type(key, struct control_error_key);
	__type(value, u64);
} errors SEC(".maps");

/* Where a failure is counted when "errors" is full. */
__u64 other_errors[CONTROL_PLACES * CONTROL_ERRNOS_OTHER];
__u64 other_errors_sum = 0; /* grows with any of them */

static const struct control_stat count_no_stat = {};

/* Adds with atomics: several threads of a process may flush at once. */
static __always_inline void count_add(struct event_growth *to,
				      const struct event_growth *sum)
{
	__sync_fetch_and_add(&to->calls, sum->calls);
	__sync_fetch_and_add(&to->time_ns, sum->time_ns);
	if (sum->errors)
		__sync_fetch_and_add(&to->errors, sum->errors);
	if (sum->restarted)
		__sync_fetch_and_add(&to->restarted, sum->restarted);
	if (sum->bytes)
		__sync_fetch_and_add(&to->bytes, sum->bytes);
	if (sum->max_ns > to->max_ns)
		to->max_ns = sum->max_ns; /* a lost race costs precision of a
					     maximum only */
}

/* Moves a slot's counters to the hash and leaves it free. */
__noinline int count_flush(const struct state *st, struct control_slot *slot)
{
	if (!st || !slot || !slot->nr_key)
		return 0;
	struct control_count_key key = {
		.start_ns = st->start_ns,
		.nr_key = slot->nr_key,
		.pid = st->pid,
	};
	struct event_growth *sum = bpf_map_lookup_elem(&counts, &key);
	if (!sum) {
		struct event_growth none = {};
		/* Another thread of the process may be first: then there is an
		 * element all the same. */
		(void)bpf_map_update_elem(&counts, &key, &none, BPF_NOEXIST);
		sum = bpf_map_lookup_elem(&counts, &key);
	}
	if (!sum)
		sum = &other[kernel_place((u32)slot->nr_key,
					  slot->nr_key >> 32 & 1)];
	count_add(sum, &slot->sum);
	/*
	 * Free first, then zero: who reads the slot meanwhile finds too little,
	 * never another syscall's counters.
	 */
	slot->nr_key = 0;
	barrier();
	__builtin_memset(&slot->sum, 0, sizeof(slot->sum));
	barrier();
	return 0;
}

/* Spreads the numbers that are busiest together over different slots. */
static __always_inline u32 count_slot(u64 nr_key)
{
	u32 nr = (u32)nr_key;
	return (nr ^ nr >> 5 ^ nr >> 7) % CONTROL_SLOTS;
}

/* Without a branch: each would double what the verifier has to follow. */
static __always_inline u32 count_log2(u64 ns)
{
	if (ns >> 32)
		return EVENT_HIST_SLOTS - 1;
	u64 v = ns | 1;
	v |= v >> 1;
	v |= v >> 2;
	v |= v >> 4;
	v |= v >> 8;
	v |= v >> 16;
	/* Now as many low bits are set as there are up to the highest one. */
	v -= v >> 1 & 0x55555555;
	v = (v & 0x33333333) + (v >> 2 & 0x33333333);
	v = (v + (v >> 4)) & 0x0f0f0f0f;
	return (u32)((v * 0x01010101 >> 24 & 0xff) - 1);
}

struct count_call {
	s64 ret;
	u64 duration_ns;
	bool has_result;
	bool is_bytes;
	bool shed; /* its row is left out */
};

static __always_inline void count_grow(struct event_growth *sum,
				       const struct count_call *call)
{
	sum->calls++;
	sum->time_ns += call->duration_ns;
	if (call->duration_ns > sum->max_ns)
		sum->max_ns = call->duration_ns;
	if (!call->has_result)
		return;
	if (call->ret >= 0) {
		if (call->is_bytes)
			sum->bytes += (u64)call->ret;
	} else if (filter_is_restart(call->ret)) {
		sum->restarted++;
	} else if (filter_is_error(call->ret)) {
		sum->errors++;
	}
}

static __always_inline void count_stat(u32 nr, bool compat,
				       const struct count_call *call)
{
	u32 i = (u32)kernel_place(nr, compat);
	struct control_stat *stat = bpf_map_lookup_elem(&stats, &i);
	if (!stat)
		return;
	if (call->shed)
		stat->shed++;
	/* Hidden from clang, or Linux 6.1 does not see the bound. */
	u64 bucket = count_log2(call->duration_ns);
	asm volatile("" : "+r"(bucket));
	bucket %= EVENT_HIST_SLOTS;
	if (nr >= CONTROL_NRS) {
		u64 key = control_nr_key(nr, compat);
		struct control_stat *odd =
			bpf_map_lookup_elem(&odd_stats, &key);
		if (!odd) {
			(void)bpf_map_update_elem(&odd_stats, &key,
						  &count_no_stat, BPF_NOEXIST);
			odd = bpf_map_lookup_elem(&odd_stats, &key);
		}
		if (odd) {
			struct event_growth one = {};
			count_grow(&one, call);
			count_add(&odd->sum, &one);
			__sync_fetch_and_add(&odd->hist[bucket], 1);
			return;
		}
	}
	count_grow(&stat->sum, call);
	stat->hist[bucket]++;
}

/* Counts a failure by its errno. */
__noinline int count_error(const struct state *st, u32 code)
{
	if (!st)
		return 0;
	bool compat = (st->flags & STATE_COMPAT) != 0;
	struct control_error_key key = {
		.start_ns = st->start_ns,
		.nr_key = control_nr_key(st->nr, compat),
		.pid = st->pid,
		.code = code,
	};
	u64 *sum = bpf_map_lookup_elem(&errors, &key);
	if (!sum) {
		u64 none = 0;
		/* Another thread of the process may be first. */
		(void)bpf_map_update_elem(&errors, &key, &none, BPF_NOEXIST);
		sum = bpf_map_lookup_elem(&errors, &key);
	}
	if (sum) {
		__sync_fetch_and_add(sum, 1);
		return 0;
	}
	u64 i = code < CONTROL_ERRNOS_OTHER ? code : 0;
	i += kernel_place(st->nr, compat) * CONTROL_ERRNOS_OTHER;
	asm volatile("" : "+r"(i));
	if (i < CONTROL_PLACES * CONTROL_ERRNOS_OTHER)
		__sync_fetch_and_add(&other_errors[i], 1);
	__sync_fetch_and_add(&other_errors_sum, 1);
	return 0;
}

/* Counts a call that ended, for its syscall and for its process. */
__noinline int count(struct state *st, const struct count_call *call)
{
	if (!st || !call)
		return 0;
	bool compat = (st->flags & STATE_COMPAT) != 0;
	u64 key = control_nr_key(st->nr, compat);
	count_stat(st->nr, compat, call);
	struct control_slot *slot = &st->slots[count_slot(key)];
	if (slot->nr_key != key) {
		count_flush(st, slot);
		slot->nr_key = key;
	}
	count_grow(&slot->sum, call);
	st->version++;
	if (call->has_result && filter_is_error(call->ret))
		count_error(st, (u32)-call->ret);
	return 0;
}
