/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Decides how many rows a second each process may have of each call when more
 * come than can be used.  It knows only what is measured, so that a test can
 * make a storm.
 *
 * More come than can be used where they push each other out of the budget of
 * rows within seconds, where sctop takes most of a CPU for them, or where they
 * do not fit into the ring buffers.  Then the share is made smaller until the
 * budget lasts for a minute, but not so small that a process which is no storm
 * would notice, unless rows would be lost otherwise.
 */
#pragma once

#include <stdint.h>

#define SHED_WINDOW_NS 100000000ull /* between two decisions */

/* What has been until now, since start. */
struct shed_load {
	uint64_t now_ns;
	uint64_t cpu_ns;      /* sctop's own */
	uint64_t taken_bytes; /* of rows, out of the ring buffers */
	uint64_t shed;        /* rows left out */
	uint64_t lost;        /* rows that were not meant to be */
	unsigned fill_pct;    /* of the fullest ring buffer, now */
};

struct shed {
	uint64_t row_bytes; /* the budget of rows */
	struct shed_load last;
	double bytes_per_s; /* that come, of about the last second */
	double cpu_pct;     /* the same */
	unsigned over;      /* windows of overload one after the other */
	unsigned calm;      /* windows in which nothing was left out */
	uint32_t share;     /* as returned last */
};

void shed_init(struct shed *shed, uint64_t row_bytes);

/*
 * Called once in each window.  Returns how many rows a second a process may
 * have of a call; 0: all.
 */
uint32_t shed_step(struct shed *shed, const struct shed_load *load);
