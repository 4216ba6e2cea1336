/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names for the frames of stacks: a sink before another, which puts an
 * EVENT_SYMBOL before the first row that has a place in code.  Files are looked
 * up as rows arrive, so that whoever keeps the events needs none.
 */
#pragma once

#include "feed/sink.h"

#include <stddef.h>
#include <stdint.h>

struct symbols;

struct symbols_config {
	size_t path_bytes; /* of paths that rows may refer to */
	size_t name_bytes; /* of functions of files, and places told */
	uint64_t life;     /* what so many others were told after is told again:
			      it may have been forgotten */
};

struct symbols *symbols_new(const struct symbols_config *config);
void symbols_free(struct symbols *symbols);

/* Replaces the one of an earlier call. */
struct sink symbols_sink(struct symbols *symbols, const struct sink *to);
