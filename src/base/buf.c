/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define DIGITS_LIMIT 22 /* 2^64 - 1 in octal has 22 digits */

void buf_init(struct buf *buf, char *data, size_t size)
{
	assert(size > 0);
	buf->data = data;
	buf->size = size;
	buf_clear(buf);
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->cut = false;
	buf->data[0] = '\0';
}

void buf_write(struct buf *buf, const void *data, size_t len)
{
	size_t room = buf->size - 1 - buf->len;
	if (len > room) {
		len = room;
		buf->cut = true;
	}
	memcpy(buf->data + buf->len, data, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_puts(struct buf *buf, const char *text)
{
	buf_write(buf, text, strlen(text));
}

void buf_u64(struct buf *buf, uint64_t value)
{
	char digits[DIGITS_LIMIT];
	char *p = digits + sizeof(digits);
	do {
		*--p = (char)('0' + value % 10);
		value /= 10;
	} while (value);
	buf_write(buf, p, (size_t)(digits + sizeof(digits) - p));
}

void buf_s64(struct buf *buf, int64_t value)
{
	if (value < 0)
		buf_putc(buf, '-');
	buf_u64(buf, value < 0 ? -(uint64_t)value : (uint64_t)value);
}

static void put_power_of_two(struct buf *buf, uint64_t value, unsigned bits)
{
	static const char names[] = "0123456789abcdef";
	char digits[DIGITS_LIMIT];
	char *p = digits + sizeof(digits);
	do {
		*--p = names[value & ((1u << bits) - 1)];
		value >>= bits;
	} while (value);
	buf_write(buf, p, (size_t)(digits + sizeof(digits) - p));
}

void buf_hex(struct buf *buf, uint64_t value)
{
	if (value)
		buf_write(buf, "0x", 2);
	put_power_of_two(buf, value, 4);
}

void buf_octal(struct buf *buf, uint64_t value)
{
	if (value)
		buf_putc(buf, '0');
	put_power_of_two(buf, value, 3);
}

void buf_pad(struct buf *buf, char c, size_t upto)
{
	if (upto <= buf->len)
		return;
	size_t len = upto - buf->len;
	size_t room = buf->size - 1 - buf->len;
	if (len > room) {
		len = room;
		buf->cut = true;
	}
	memset(buf->data + buf->len, c, len);
	buf->len += len;
	buf->data[buf->len] = '\0';
}

void buf_split(struct buf *part, const struct buf *buf, size_t keep)
{
	size_t room = buf->size - buf->len;
	buf_init(part, buf->data + buf->len, room > keep ? room - keep : 1);
}

void buf_join(struct buf *buf, const struct buf *part)
{
	buf->len += part->len;
	buf->cut |= part->cut;
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	size_t room = buf->size - buf->len;
	va_list args;
	va_start(args, format);
	int n = vsnprintf(buf->data + buf->len, room, format, args);
	va_end(args);
	if (n < 0) {
		buf->data[buf->len] = '\0';
		buf->cut = true;
	} else if ((size_t)n >= room) {
		buf->len = buf->size - 1;
		buf->cut = true;
	} else {
		buf->len += (size_t)n;
	}
}
