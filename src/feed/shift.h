/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The events of one of several hosts, put among those of the others: all that
 * identifies is kept apart, and times are those of one line. */
#pragma once

#include "bpf/event.h"

#include <stdint.h>

struct shift {
	unsigned host;     /* below EVENT_HOSTS */
	uint64_t later_ns; /* is added to its times */
};

/* EV must be sane; its size stays. */
void shift_event(struct event *ev, const struct shift *shift);
