/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the programs could not put out, as events. */
#pragma once

#include "bpf/control.h"
#include "feed/sink.h"

#include <stdint.h>

/* Counters of the programs, in shared pages. */
struct lost_source {
	__u64 (*rows)[EVENT_LOST_CAUSES]; /* CONTROL_PLACES */
	const __u64 *tasks;               /* task events */
};

struct lost {
	struct lost_source source;
	uint64_t told[CONTROL_PLACES][EVENT_LOST_CAUSES];
	uint64_t tasks_told;
};

/* An EVENT_LOST for each call and cause that lost more since the last time. */
void lost_tell(struct lost *lost, uint64_t now_ns, const struct sink *to);

/* An EVENT_LOST of the call in PLACE. */
void lost_tell_place(uint32_t place, enum event_lost_cause cause,
		     uint64_t count, uint64_t now_ns, const struct sink *to);

/* Rows, whatever the cause. */
uint64_t lost_sum(const struct lost *lost, enum event_lost_cause cause);
