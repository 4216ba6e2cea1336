/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Events that are about a call by its name: struct event_named. */
#pragma once

#include "bpf/event.h"

#include <stdint.h>

struct catalogue;

struct named {
	struct event_named ev;
	char name[EVENT_NAME_LIMIT]; /* of which EV says how much there is */
};

/* One of KIND about the call NAME; "": about every call.  A longer name is cut,
 * and then is none. */
void named_init(struct named *ret, enum event_kind kind, uint64_t time_ns,
		const char *name, uint32_t value);

/* The call that it is about; SYSCALL_NONE: every one, or none that is known. */
uint32_t named_call(const struct event_named *ev, const struct catalogue *cat);
