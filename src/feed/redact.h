/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Takes the contents of texts and buffers out of an event and leaves their
 * shape: every byte becomes an x, lengths and addresses stay.  So do numbers,
 * and structures of numbers, that arguments point to; names of commands, of
 * functions, addresses of networks.
 */
#pragma once

#include "bpf/event.h"

struct catalogue;

/* Copies EV to RET, of EVENT_SIZE_LIMIT bytes, without them.  EV is
 * well-formed. */
void redact_event(struct event *ret, const struct event *ev,
		  struct catalogue *cat);
