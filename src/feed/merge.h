/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Several recordings on one line of time, with the calls of a replay.  Each is
 * of a host, which its events then bear; but files of one rotated recording are
 * one host's, read one after another.  Times are those of the host that began
 * first, to which the others' are added by their clocks.
 *
 * Of files events come in the order of their times.  Of pipes they come as they
 * arrive, in order as far as that is known after a short wait: clocks may
 * differ, and a host may be silent.
 */
#pragma once

#include "bpf/event.h"
#include "feed/replay.h"

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalogue;
struct merge;

#define MERGE_FILES 512 /* more are refused */

struct merge_source {
	const char *path; /* "-": standard input */
	int fd;           /* as in struct replay_config */
};

struct merge_config {
	const struct merge_source *sources; /* borrowed, as is their text */
	size_t count;
	const char *option; /* which named them, for sentences: "-r" */
	void (*gap)(void *self, unsigned host, const struct replay_gap *gap);
	void *self;
};

/* As replay_open(); -E2BIG: there are too many. */
int merge_open(struct merge **ret, const struct merge_config *config,
	       struct err *err);
void merge_close(struct merge *merge);

/* How many hosts there are, from 1; of each the name of its first source, its
 * header and its text. */
unsigned merge_count(const struct merge *merge);
const char *merge_path(const struct merge *merge, unsigned host);
const struct recording_header *merge_header(const struct merge *merge,
					    unsigned host);
const char *merge_facts(const struct merge *merge, unsigned host,
			size_t *ret_size);

/* To be added to the times of events for Unix time, and when the first
 * recording began. */
uint64_t merge_wall_offset_ns(const struct merge *merge);
uint64_t merge_start_ns(const struct merge *merge);

/* As replay_use(), of each. */
void merge_use(struct merge *merge, struct catalogue *cat);

size_t merge_pump(struct merge *merge, const struct sink *to, size_t limit,
		  uint64_t until_ns);
uint64_t merge_peek_ns(struct merge *merge);
bool merge_span(struct merge *merge, uint64_t *ret_first_ns,
		uint64_t *ret_last_ns);
int merge_seek(struct merge *merge, uint64_t time_ns);
uint64_t merge_state_ns(const struct merge *merge, uint64_t time_ns);
uint64_t merge_since_ns(const struct merge *merge);
bool merge_is_over(const struct merge *merge);

/* Whether that host's events have all been handed over. */
bool merge_has_ended(const struct merge *merge, unsigned host);

/* What to wait for, and at most how long: the descriptors of pipes, of which
 * one is readable when there is more; how many.  *RET_MS -1: however long. */
size_t merge_fds(const struct merge *merge, struct pollfd ret[EVENT_HOSTS],
		 int *ret_ms);
