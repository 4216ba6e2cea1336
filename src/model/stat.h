/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counters: per syscall, per class, per process, per (process, syscall).  All
 * are fed with growths; the interval between two ticks gives rates.
 */
#pragma once

#include "bpf/event.h"

#include "abi/syscall.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct task_process;

/* Growth in the open interval and in the one before it. */
struct stat_interval {
	uint32_t tick; /* number of the interval that "open" is about */
	uint32_t open_errors;
	uint32_t closed_errors;
	uint32_t pad;
	uint64_t open_calls, closed_calls;
	uint64_t open_time_ns, closed_time_ns;
};

struct stat_sum {
	uint64_t calls, errors, restarted;
	uint64_t time_ns;
	uint64_t bytes;
	uint64_t max_ns; /* longest since counters were zeroed; 0: none longer
			    than the floor */
	uint64_t max_floor_ns; /* longest before that */
	struct stat_interval interval;
};

struct stat_syscall {
	uint32_t index;     /* in the catalogue */
	uint32_t processes; /* that made it, ended ones included */
	bool traced;
	struct stat_sum sum;
	uint64_t hist[EVENT_HIST_SLOTS];
	uint64_t lost[EVENT_LOST_CAUSES];
};

struct stat_class {
	enum syscall_class class;
	uint32_t syscalls; /* present ones */
	uint32_t traced;   /* of these */
	struct stat_sum sum;
	uint64_t hist[EVENT_HIST_SLOTS];
};

struct stat_pair {
	struct task_process *process;
	uint32_t syscall; /* index */
	struct stat_sum sum;
};

/* The pairs of one process, by syscall. */
struct stat_pairs {
	struct stat_pair *at;
	uint32_t count, capacity;
};

/* What grew in the closed interval; NOW is the number of the open one. */
struct stat_growth {
	uint64_t calls, errors, time_ns;
};

void stat_sum_add(struct stat_sum *sum, const struct event_growth *growth,
		  uint32_t now);
void stat_sum_merge(struct stat_sum *to, const struct stat_sum *from,
		    uint32_t now);
void stat_sum_zero(struct stat_sum *sum);
struct stat_growth stat_sum_closed(const struct stat_sum *sum, uint32_t now);

/*
 * Upper bound of the quantile (0..1) of a log2 histogram: the end of the slot
 * that holds it.  False if it is empty, or in the open-ended last slot.
 */
bool stat_quantile(const uint64_t hist[EVENT_HIST_SLOTS], double quantile,
		   uint64_t *ret_ns);

/* The pair of SYSCALL, or NULL. */
struct stat_pair *stat_pairs_find(const struct stat_pairs *pairs,
				  uint32_t syscall);
