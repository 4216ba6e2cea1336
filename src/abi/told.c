/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/told.h"

#include <stddef.h>

#include "abi/chunk.h"
#include "abi/show.h"
#include "base/buf.h"

/* The next text of PHASE at or behind *AT. */
static const struct event_chunk *next_text(const struct event_call *ev,
					   enum event_phase phase, size_t *at)
{
	const struct event_chunk *chunk;
	while ((chunk = chunk_next(ev, at))) {
		if (chunk->what == EVENT_CHUNK_TEXT && chunk->phase == phase)
			return chunk;
	}
	return NULL;
}

/* Quotation marks and backslashes are those of whoever printed it. */
static void print_text(struct buf *buf, const struct event_chunk *chunk,
		       bool utf8)
{
	const char *text = (const char *)(chunk + 1);
	size_t from = 0;
	for (size_t i = 0; i <= chunk->size; i++) {
		bool end = i == chunk->size;
		if (!end && text[i] != '"' && text[i] != '\\')
			continue;
		show_quoted_inside(buf, text + from, i - from, utf8, "");
		if (!end)
			buf_putc(buf, text[i]);
		from = i + 1;
	}
	if (chunk->status == EVENT_CHUNK_CUT)
		buf_puts(buf, "...");
}

bool told_is(const struct event_call *ev)
{
	size_t at = 0;
	return next_text(ev, EVENT_AT_EXIT, &at) != NULL;
}

void told_print_arguments(struct buf *buf, const struct event_call *ev,
			  bool utf8)
{
	const struct event_chunk *chunk;
	const char *comma = "";
	size_t at = 0;
	while ((chunk = next_text(ev, EVENT_AT_ENTRY, &at))) {
		buf_puts(buf, comma);
		print_text(buf, chunk, utf8);
		comma = ", ";
	}
}

void told_print_argument(struct buf *buf, const struct event_call *ev,
			 unsigned arg, bool utf8)
{
	const struct event_chunk *chunk;
	size_t at = 0;
	while ((chunk = next_text(ev, EVENT_AT_ENTRY, &at))) {
		if (chunk->arg == arg)
			print_text(buf, chunk, utf8);
	}
}

void told_print_result(struct buf *buf, const struct event_call *ev, bool utf8)
{
	size_t at = 0;
	const struct event_chunk *chunk = next_text(ev, EVENT_AT_EXIT, &at);
	if (chunk)
		print_text(buf, chunk, utf8);
}
