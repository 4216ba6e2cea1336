/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/lost.h"

#include <stdbool.h>

void lost_tell_place(uint32_t place, enum event_lost_cause cause,
		     uint64_t count, uint64_t now_ns, const struct sink *to)
{
	bool compat = place > CONTROL_NRS;
	struct event_lost ev = {
		.h = {.size = sizeof(ev),
		      .kind = EVENT_LOST,
		      .compat = compat,
		      .time_ns = now_ns},
		.nr = place - (compat ? CONTROL_NRS + 1 : 0),
		.cause = cause,
		.count = count,
	};
	if (ev.nr == CONTROL_NR_OTHER)
		ev.nr = EVENT_NR_NONE;
	sink_put(to, &ev.h);
}

void lost_tell(struct lost *lost, uint64_t now_ns, const struct sink *to)
{
	for (uint32_t place = 0; place < CONTROL_PLACES; place++) {
		for (uint32_t cause = 0; cause < EVENT_LOST_CAUSES; cause++) {
			uint64_t now = lost->source.rows[place][cause];
			uint64_t *told = &lost->told[place][cause];
			if (now == *told)
				continue;
			lost_tell_place(place, (enum event_lost_cause)cause,
					now - *told, now_ns, to);
			*told = now;
		}
	}
	uint64_t tasks = *lost->source.tasks;
	if (tasks == lost->tasks_told)
		return;
	lost_tell_place(CONTROL_NR_OTHER, EVENT_LOST_RING,
			tasks - lost->tasks_told, now_ns, to);
	lost->tasks_told = tasks;
}

uint64_t lost_sum(const struct lost *lost, enum event_lost_cause cause)
{
	uint64_t sum = 0;
	for (uint32_t place = 0; place < CONTROL_PLACES; place++)
		sum += lost->source.rows[place][cause];
	return sum;
}
