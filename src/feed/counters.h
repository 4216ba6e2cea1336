/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Turns what the kernel side has counted into growths: EVENT_STAT per syscall,
 * EVENT_COUNT per process and syscall, EVENT_ERROR per process, syscall and
 * errno, each only where something changed.
 *
 * The counters of a process are what its live threads hold in their slots plus
 * what was flushed to a hash.  The hash is read first: a flush in between is
 * then missing for one sample and never counted twice.
 */
#pragma once

#include "feed/errors.h"
#include "feed/sink.h"

#include <stdint.h>

struct counters;

struct counters_source {
	int stats_fd;    /* per-CPU array of struct control_stat, CONTROL_PLACES
			    long */
	int odd_fd;      /* hash of struct control_stat by number key */
	int counts_fd;   /* hash of struct event_growth by struct
			    control_count_key */
	int iterator_fd; /* link of the program that writes struct
			    control_thread */
	unsigned cpus;   /* possible ones */
	const void *other; /* struct event_growth[CONTROL_PLACES], shared with
			      the kernel */
	struct errors_source errors;
};

/* SOURCE's descriptors are borrowed. */
struct counters *counters_new(const struct counters_source *source);
void counters_free(struct counters *counters);

/* Reads everything once.  What cannot be read now is read the next time. */
void counters_sample(struct counters *counters, uint64_t now_ns,
		     const struct sink *to);
