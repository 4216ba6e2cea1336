/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/heat.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

void heat_add(struct heat *heat, const __u64 hist[EVENT_HIST_SLOTS],
	      uint64_t tick)
{
	unsigned i = tick % HEAT_RING;
	uint32_t *calls = heat->calls[i];
	if (heat->tick[i] != tick)
		memset(calls, 0, sizeof(heat->calls[i]));
	heat->tick[i] = tick;
	for (unsigned slot = 0; slot < EVENT_HIST_SLOTS; slot++) {
		uint64_t sum = calls[slot] + hist[slot];
		if (hist[slot] > UINT32_MAX || sum > UINT32_MAX)
			sum = UINT32_MAX;
		calls[slot] = (uint32_t)sum;
	}
}

uint32_t heat_calls(const struct heat *heat, uint64_t tick, unsigned slot)
{
	unsigned i = tick % HEAT_RING;
	bool known = heat && tick > 0 && heat->tick[i] == tick;
	return known ? heat->calls[i][slot] : 0;
}

uint32_t heat_most(const struct heat *heat, uint64_t now)
{
	uint32_t most = 0;
	for (unsigned i = 1; i <= HEAT_INTERVALS && i < now; i++) {
		for (unsigned slot = 0; slot < EVENT_HIST_SLOTS; slot++) {
			uint32_t calls = heat_calls(heat, now - i, slot);
			most = calls > most ? calls : most;
		}
	}
	return most;
}
