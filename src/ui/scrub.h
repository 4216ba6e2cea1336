/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The line that tells where one is in a recording:
 *
 *	playing x1    12:03:04.512  12:03:00 ──━━━●─────────── 12:04:10
 *
 * The bar is thick where rows are there. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct term;

#define SCRUB_COLS 64 /* narrower screens leave out first and last */

struct scrub {
	const char *state; /* "playing" */
	const char *speed; /* "x1" */
	const char *at;    /* the position, as are the ends of the bar: */
	const char *first, *last;
	uint64_t first_ns, last_ns; /* the same, none if they are equal */
	uint64_t since_ns, at_ns;
};

void scrub_draw(struct term *term, int y, const struct scrub *scrub);

/* The time at column X; false: no bar is there. */
bool scrub_time_at(const struct term *term, const struct scrub *scrub, int x,
		   uint64_t *ret_ns);
