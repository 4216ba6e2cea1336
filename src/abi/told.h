/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A call as someone else printed it: its arguments and its result came as text
 * (EVENT_CHUNK_TEXT), and are shown as they came, but for what is hostile in
 * them.
 */
#pragma once

#include <stdbool.h>

struct buf;
struct event_call;

bool told_is(const struct event_call *ev);

/* All that were printed, in that order. */
void told_print_arguments(struct buf *buf, const struct event_call *ev,
			  bool utf8);

/* Nothing where it was not printed. */
void told_print_argument(struct buf *buf, const struct event_call *ev,
			 unsigned arg, bool utf8);
void told_print_result(struct buf *buf, const struct event_call *ev, bool utf8);
