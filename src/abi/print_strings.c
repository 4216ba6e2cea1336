/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arrays of pointers to text that a NULL ends, such as argv. */
#include "config.h"

#include "abi/print.h"

#include "abi/show.h"
#include "base/buf.h"

/* Prints text I of an array that has HAVE pointers; false after the last. */
static bool print_one(struct show *show, uint64_t address, size_t i,
		      size_t have)
{
	size_t width = show_word(show);
	const void *bytes = NULL;
	uint64_t at = address + i * width;
	if (i < have)
		bytes = show_memory(show, at, width, EVENT_AT_ENTRY);
	uint64_t text = bytes ? show_number(bytes, width) : 0;
	if (bytes && !text)
		return false;
	if (i)
		buf_write(show->buf, ", ", 2);
	if (!bytes)
		show_unread(show, at);
	else if (i >= SHOW_ELEMENTS) /* further texts are not copied */
		buf_write(show->buf, "...", 3);
	else
		show_text(show, text, false);
	return bytes && i < SHOW_ELEMENTS;
}

void print_strings(struct show *show, const struct show_arg *arg)
{
	const void *bytes = NULL;
	size_t have = show_available(show, arg->value, EVENT_AT_ENTRY, &bytes) /
		      show_word(show);
	size_t i = 0;
	if (!arg->value || !have) {
		show_address(show, arg->value);
		return;
	}
	buf_putc(show->buf, '[');
	while (print_one(show, arg->value, i, have))
		i++;
	buf_putc(show->buf, ']');
}

/* The address, and as a comment how many texts there are. */
void print_strings_count(struct show *show, const struct show_arg *arg)
{
	show_address(show, arg->value);
	const struct event_chunk *chunk =
		show_chunk(show, arg->value, EVENT_CHUNK_COUNT, EVENT_AT_ENTRY);
	if (!chunk || chunk->status == EVENT_CHUNK_UNREADABLE)
		return;
	uint64_t count = show_number(chunk + 1, sizeof(count));
	bool cut = chunk->status == EVENT_CHUNK_CUT;
	if (cut && count >= EVENT_COUNT_LIMIT)
		return;
	buf_puts(show->buf, " /* ");
	buf_u64(show->buf, count);
	buf_puts(show->buf, count == 1 ? " var" : " vars");
	buf_puts(show->buf, cut ? ", unterminated */" : " */");
}
