/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a log2 histogram grew by in each of the latest intervals between ticks:
 * a cell for each interval and slot.
 */
#pragma once

#include "bpf/event.h"

#include <stdint.h>

#define HEAT_INTERVALS 60 /* closed ones that are known */
#define HEAT_RING      64 /* with the open one, and a power of two */

struct heat {
	uint64_t tick[HEAT_RING]; /* number of the interval; 0: none */
	uint32_t calls[HEAT_RING][EVENT_HIST_SLOTS];
};

/* TICK is the number of the open interval, from 1. */
void heat_add(struct heat *heat, const __u64 hist[EVENT_HIST_SLOTS],
	      uint64_t tick);

/* The calls of a cell; HEAT may be NULL. */
uint32_t heat_calls(const struct heat *heat, uint64_t tick, unsigned slot);

/* The most calls that a cell of an interval before NOW has. */
uint32_t heat_most(const struct heat *heat, uint64_t now);
