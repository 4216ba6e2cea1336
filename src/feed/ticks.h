/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The ticks of several hosts as those of one.  A tick closes an interval of all
 * and has the totals of all; so those of one host count, and another one's when
 * that has not ticked between two of them: it has ended, or is slower.
 */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>

struct ticks {
	struct event_tick latest[EVENT_HOSTS]; /* zeros: none yet */
	bool ticked[EVENT_HOSTS];              /* since one that counted */
	unsigned leader;                       /* whose tick that was */
};

/* Takes a tick of HOST; whether it counts.  Then the totals of all, and the
 * rest of it, are in *RET. */
bool ticks_put(struct ticks *ticks, unsigned host,
	       const struct event_tick *tick, struct event_tick *ret);
