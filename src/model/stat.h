/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Counters: per syscall, per class, per process, per (process, syscall).  All
 * are fed with growths.  Intervals between ticks are numbered from 1; what
 * grew in the last closed one gives rates.
 */
#pragma once

#include "bpf/event.h"

#include "abi/syscall.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct task_process;

struct stat_growth {
	uint64_t calls, errors, time_ns, bytes;
};

struct stat_sum {
	uint64_t calls, errors, restarted;
	uint64_t time_ns;
	uint64_t bytes;
	uint64_t max_ns; /* longest since zeroed; 0: none above the floor */
	uint64_t max_floor_ns; /* longest before that */
	uint64_t tick;         /* number of the interval that OPEN is about */
	struct stat_growth open;
	struct stat_growth closed; /* of the interval before */
	uint64_t noted;            /* for model/pictures.h */
};

struct stat_syscall {
	uint32_t index;     /* in the catalogue */
	uint32_t processes; /* that made it, ended ones included */
	bool traced;
	bool stacks; /* of its calls are taken */
	struct stat_sum sum;
	uint64_t hist[EVENT_HIST_SLOTS];
	uint64_t lost[EVENT_LOST_CAUSES];
};

struct stat_class {
	enum syscall_class class;
	uint32_t syscalls; /* that this kernel has */
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

/* Every syscall of a catalogue, and their sums. */
struct stat_table {
	struct catalogue *cat; /* borrowed */
	struct stat_syscall *at;
	uint32_t count, capacity;
	uint32_t traced;
	struct stat_class classes[CLASS_COUNT];
	struct stat_sum total;
};

void stat_init(struct stat_table *table, struct catalogue *cat);
void stat_done(struct stat_table *table);

/* The counters of an index of the catalogue; grows with it. */
struct stat_syscall *stat_at(struct stat_table *table, uint32_t index);

/* Adds to the syscall, its class and the total. */
void stat_add(struct stat_table *table, uint32_t index,
	      const struct event_stat *ev, uint64_t now);
void stat_zero(struct stat_table *table); /* ticks stay */
void stat_set_traced(struct stat_table *table, uint32_t index, bool traced);

/* Whether this kernel has the syscall, or it was seen all the same. */
bool stat_is_listed(const struct stat_table *table, uint32_t index);

/* NOW is the number of the open interval. */
void stat_sum_add(struct stat_sum *sum, const struct event_growth *growth,
		  uint64_t now);
void stat_sum_merge(struct stat_sum *to, const struct stat_sum *from,
		    uint64_t now);
void stat_sum_zero(struct stat_sum *sum);

/* What grew in the closed interval. */
struct stat_growth stat_sum_closed(const struct stat_sum *sum, uint64_t now);

/* Where a slot of a log2 histogram begins, and the next one; UINT64_MAX: it is
 * open-ended. */
uint64_t stat_slot_from(unsigned slot);
uint64_t stat_slot_to(unsigned slot);

/*
 * Upper bound of the quantile (0 to 1) of a log2 histogram: the end of the slot
 * that holds it.  False if the histogram is empty, or that slot open-ended.
 */
bool stat_quantile(const uint64_t hist[EVENT_HIST_SLOTS], double quantile,
		   uint64_t *ret_ns);

/* The pair of SYSCALL, or NULL. */
struct stat_pair *stat_pair_find(const struct stat_pairs *pairs,
				 uint32_t syscall);

/* Found or made; pointers to other pairs of the process are void then. */
struct stat_pair *stat_pair_make(struct stat_pairs *pairs,
				 struct task_process *process,
				 uint32_t syscall);
size_t stat_pairs_bytes(const struct stat_pairs *pairs);
void stat_pairs_done(struct stat_pairs *pairs);
