/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The entries of a directory: where they are, and how many. */
#include "config.h"

#include "abi/print.h"

#include "abi/show.h"
#include "base/buf.h"

/* Counted while the call ended, unless there are none. */
static bool count_entries(const struct show *show, const struct show_arg *arg,
			  uint64_t *ret)
{
	if (!show_count(show, arg, ret))
		return false;
	if (!*ret)
		return true;
	const struct event_chunk *chunk =
		show_chunk(show, arg->value, EVENT_CHUNK_COUNT, arg->phase);
	if (!chunk || chunk->status != EVENT_CHUNK_WHOLE)
		return false;
	*ret = show_number(chunk + 1, sizeof(*ret));
	return true;
}

void print_entries(struct show *show, const struct show_arg *arg)
{
	uint64_t count = 0;
	show_address(show, arg->value);
	if (!arg->value || !count_entries(show, arg, &count))
		return;
	buf_puts(show->buf, " /* ");
	buf_u64(show->buf, count);
	buf_puts(show->buf, " entries */");
}
