/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is traced, and of which calls stacks are taken, as it changes during a
 * run; and the numbers that are learned by then. */
#pragma once

#include "bpf/event.h"

#include <stdint.h>

struct model;

/* An EVENT_TRACED or EVENT_NUMBER. */
void traced_put(struct model *model, const struct event_named *ev);

/* EVENT_TRACED_* of a call, as it is now. */
uint32_t traced_value(const struct model *model, uint32_t index);
