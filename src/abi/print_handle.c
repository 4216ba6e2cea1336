/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * struct file_handle: two numbers and bytes, as many as the first says.  The
 * call that makes one is told how much room there is, and tells how much it
 * takes or would take.
 */
#include "config.h"

#include "abi/print.h"

#include <errno.h>

#include "abi/show.h"
#include "base/buf.h"

#define HEAD_SIZE    8
#define HANDLE_LIMIT 128 /* MAX_HANDLE_SZ, include/uapi/linux/fcntl.h */

static void print_rest(struct show *show, const char *bytes, size_t have)
{
	uint64_t size = show_number(bytes, 4);
	size_t shown = size < HANDLE_LIMIT ? (size_t)size : HANDLE_LIMIT;
	buf_puts(show->buf, ", handle_type=");
	buf_s64(show->buf, (int32_t)show_number(bytes + 4, 4));
	buf_puts(show->buf, ", f_handle=");
	if (shown > have - HEAD_SIZE)
		shown = have - HEAD_SIZE;
	show_quoted_hex(show->buf, bytes + HEAD_SIZE, shown);
	if (shown < size)
		buf_puts(show->buf, "...");
}

static void print_made(struct show *show, const char *asked, const char *made,
		       size_t have)
{
	uint64_t room = show_number(asked, 4);
	uint64_t size = made ? show_number(made, 4) : room;
	bool tells = !show->failed || show->ev->ret == -EOVERFLOW;
	if (tells && size != room) {
		buf_puts(show->buf, " => ");
		buf_u64(show->buf, size);
	}
	if (!show->failed && made)
		print_rest(show, made, have);
}

void print_file_handle(struct show *show, const struct show_arg *arg)
{
	const void *asked = NULL;
	const void *made = NULL;
	size_t have = show_available(show, arg->value, EVENT_AT_ENTRY, &asked);
	if (!arg->value || have < HEAD_SIZE) {
		show_address(show, arg->value);
		return;
	}
	buf_puts(show->buf, "{handle_bytes=");
	buf_u64(show->buf, show_number(asked, 4));
	if (arg->spec->direction & ARGTYPE_OUT) {
		have = show_available(show, arg->value, EVENT_AT_EXIT, &made);
		print_made(show, asked, have < HEAD_SIZE ? NULL : made, have);
	} else {
		print_rest(show, asked, have);
	}
	buf_putc(show->buf, '}');
}
