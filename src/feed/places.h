/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where in the file of a recording a moment is; for replay.c.  The index at the
 * end tells it; where that is missing or wrong, heads of blocks do, which are
 * found from anywhere.  Nothing of the file is believed: what it says moves the
 * place at worst, and whoever reads on from there checks all.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct places;

/* FD, of a regular file, is borrowed.  Reads nothing yet. */
struct places *places_new(int fd);
void places_free(struct places *places);

struct place {
	uint64_t at;       /* of a head: a state's; 0: there is none before */
	uint32_t sequence; /* of that block */
	uint64_t since_ns; /* when the state was made */
};

/* Where to begin so that all that came up to TIME_NS is known; a state that is
 * damaged is passed over for the one before. */
struct place places_find(struct places *places, uint64_t time_ns);

/* The least and greatest time of events; false: it has none. */
bool places_span(struct places *places, uint64_t *ret_first_ns,
		 uint64_t *ret_last_ns);
