/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A bounded text builder over the caller's memory.  It can only truncate: what
 * does not fit is dropped and `cut` is set.  The text is always terminated.
 * Printing numbers here is fast on purpose: it is the path of every batch row.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
	char *data;  /* borrowed from the caller of buf_init() */
	size_t size; /* of data, at least 1 */
	size_t len;  /* without the terminating NUL; below size */
	bool cut;
};

void buf_init(struct buf *buf, char *data, size_t size);
void buf_clear(struct buf *buf);
void buf_puts(struct buf *buf, const char *text);
void buf_write(struct buf *buf, const void *data, size_t len);
void buf_u64(struct buf *buf, uint64_t value); /* decimal */
void buf_s64(struct buf *buf, int64_t value);  /* decimal */
void buf_hex(struct buf *buf,
	     uint64_t value); /* 0x1f; 0 is "0" as strace prints it */
void buf_octal(struct buf *buf, uint64_t value);    /* leading 0 */
void buf_pad(struct buf *buf, char c, size_t upto); /* until len == upto */
void buf_printf(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* PART becomes the room that BUF has left, but for KEEP bytes, which stay for
 * what follows; buf_join() makes what was put into it, or cut, BUF's own. */
void buf_split(struct buf *part, const struct buf *buf, size_t keep);
void buf_join(struct buf *buf, const struct buf *part);

/* Here because it is called for nearly every character of a row. */
static inline void buf_putc(struct buf *buf, char c)
{
	if (buf->len + 1 >= buf->size) {
		buf->cut = true;
		return;
	}
	buf->data[buf->len++] = c;
	buf->data[buf->len] = '\0';
}
