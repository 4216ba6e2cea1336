/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which calls are in progress. */
#pragma once

#include "feed/sink.h"

#include <stdint.h>

struct bpf_link;
struct err;

/*
 * Runs LINK's walk over the threads and hands over what it finds, then an
 * EVENT_BLOCKED_END.  A thread that was found inside a call has been there
 * since before it was switched on: ON_NS has when that was, by control_place().
 * What descriptors refer to and has no name yet comes before, as EVENT_FILE.
 */
int progress_walk(struct bpf_link *link, const uint64_t *on_ns,
		  const struct sink *to, struct err *err);
