/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The chunks of a row, with every size checked: a row may be hostile. */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>

/* The chunk at byte *AT of the payload, which then moves on; NULL: the end, or
 * not well-formed.  *AT begins at 0. */
const struct event_chunk *chunk_next(const struct event_call *ev, size_t *at);

/* Whether the payload is chunks and nothing else, each with sane members. */
bool chunk_are_sane(const struct event_call *ev);

/* SIZE rounded up to what it takes in a row. */
size_t chunk_padded(size_t size);
