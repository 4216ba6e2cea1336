/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The entries of a directory: where they are, and how many; of readdir(2) the
 * one that it reads. */
#include "config.h"

#include "abi/print.h"

#include "abi/decode.h"
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

/* struct old_linux_dirent of 32-bit callers: fs/readdir.c. */
#define DIRENT_OFFSET       4
#define DIRENT_LENGTH       8
#define DIRENT_NAME         10
#define DIRENT_NAME_AT_MOST 256

static void print_name(struct show *show, const struct show_arg *arg,
		       uint64_t length)
{
	uint64_t address = arg->value + DIRENT_NAME;
	const struct event_chunk *chunk =
		show_chunk(show, address, EVENT_CHUNK_STRING, arg->phase);
	if (!chunk || chunk->status == EVENT_CHUNK_UNREADABLE) {
		show_address(show, address);
		return;
	}
	if (length > DIRENT_NAME_AT_MOST)
		length = DIRENT_NAME_AT_MOST;
	uint64_t shown = chunk->size < length ? chunk->size : length;
	show_quoted(show->buf, (const char *)(chunk + 1), shown,
		    show->options->utf8);
	if (shown < chunk->size || chunk->status == EVENT_CHUNK_CUT)
		buf_write(show->buf, "...", 3);
}

void print_old_dirent(struct show *show, const struct show_arg *arg)
{
	const char *bytes = show_whole(show, arg, DIRENT_NAME);
	if (!bytes)
		return;
	uint64_t length = show_number(bytes + DIRENT_LENGTH, 2);
	buf_puts(show->buf, "{d_ino=");
	buf_u64(show->buf, show_number(bytes, 4));
	buf_puts(show->buf, ", d_off=");
	buf_u64(show->buf, show_number(bytes + DIRENT_OFFSET, 4));
	buf_puts(show->buf, ", d_reclen=");
	buf_u64(show->buf, length);
	buf_puts(show->buf, ", d_name=");
	print_name(show, arg, length);
	buf_putc(show->buf, '}');
}
