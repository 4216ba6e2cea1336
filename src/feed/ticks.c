/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/ticks.h"

static void add(struct event_tick *sum, const struct event_tick *tick)
{
	sum->seen += tick->seen;
	sum->filtered += tick->filtered;
	sum->sent += tick->sent;
	sum->unpaired += tick->unpaired;
	sum->bpf_ns += tick->bpf_ns;
	sum->bpf_runs += tick->bpf_runs;
	sum->cpu_ns += tick->cpu_ns;
	if (tick->h.size == 0 || tick->requests == EVENT_UNKNOWN)
		return;
	sum->requests = sum->requests == EVENT_UNKNOWN
				? tick->requests
				: sum->requests + tick->requests;
}

bool ticks_put(struct ticks *ticks, unsigned host,
	       const struct event_tick *tick, struct event_tick *ret)
{
	bool counts = host == ticks->leader || ticks->ticked[host];
	ticks->latest[host] = *tick;
	ticks->ticked[host] = true;
	if (!counts)
		return false;
	ticks->leader = host;
	*ret = (struct event_tick){
		.h = tick->h,
		.wall_offset_ns = tick->wall_offset_ns,
		.requests = EVENT_UNKNOWN,
	};
	for (unsigned i = 0; i < EVENT_HOSTS; i++) {
		add(ret, &ticks->latest[i]);
		ticks->ticked[i] = false;
	}
	return true;
}
