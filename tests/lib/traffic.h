/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events as a busy machine makes them, the same each time: processes that come
 * and go, calls with arguments, failures, and counters that count them. */
#pragma once

#include "bpf/event.h"

#include <stdint.h>

#define TRAFFIC_PROCESSES 48
#define TRAFFIC_CALLS     8 /* different ones */

struct traffic {
	void (*put)(void *self, const struct event *ev);
	void *self;
	uint64_t now_ns;
	uint64_t seen;
	uint32_t random, last_pid;
	struct {
		uint32_t pid;
		uint64_t start_ns;
		struct event_growth growth[TRAFFIC_CALLS];
	} process[TRAFFIC_PROCESSES];
	struct event_stat stat[TRAFFIC_CALLS];
	uint64_t failed[TRAFFIC_PROCESSES];
};

/* Tells the processes that are there at NOW_NS. */
void traffic_begin(struct traffic *traffic, uint64_t now_ns);

/* A second with so many calls, and what was counted in it. */
void traffic_second(struct traffic *traffic, unsigned calls);
