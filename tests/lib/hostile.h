/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows that a hostile program could make: well-formed, and nothing else is
 * true of them.  Arguments, pointers inside memory and the addresses of chunks
 * are drawn from a few pages, so that printers follow them.
 */
#pragma once

#include "bpf/event.h"

#include <stddef.h>
#include <stdint.h>

struct hostile_source {
	const uint8_t *bytes; /* what decides; when used up, zeros come */
	size_t left;
};

/* A call of NR into EV, which has room for EVENT_SIZE_LIMIT bytes. */
void hostile_call(struct event_call *ev, uint32_t nr,
		  struct hostile_source *source);
