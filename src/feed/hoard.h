/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The latest blocks of a recording, in memory and within a budget.  They begin
 * with a state, so that what is kept can be read from there: a stretch is a
 * state and what came behind it, and the oldest goes as a whole.
 */
#pragma once

#include "feed/recording.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct hoard;

struct hoard *hoard_new(uint64_t limit_bytes);
void hoard_free(struct hoard *hoard);

/* Keeps a block with the data that its head says are stored.  What no state
 * leads to is not kept. */
void hoard_put(struct hoard *hoard, const struct recording_block *block,
	       const uint8_t *data);

/* Whether the stretch that grows is long enough for a new one to begin.  Where
 * a state alone is more than the budget, not too often. */
bool hoard_wants_state(const struct hoard *hoard);

struct hoard_extent {
	uint64_t bytes;    /* that are kept */
	uint64_t since_ns; /* of the first state; 0: nothing is kept */
};
void hoard_extent(const struct hoard *hoard, struct hoard_extent *ret);

/*
 * All that is kept now, one block after another, while more comes: what was not
 * yet gone through stays meanwhile, budget or not.
 */
void hoard_begin_reading(struct hoard *hoard);

/* The next block, borrowed until the next call; NULL: that was all. */
const struct recording_block *hoard_read(struct hoard *hoard,
					 const uint8_t **ret_data);
