/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/show.h"

#include <string.h>

#include "base/buf.h"
#include "base/escape.h"

static bool is_octal_digit(char c)
{
	return c >= '0' && c <= '7';
}

/* strace's way: as few octal digits as can be told from what follows. */
static void print_octal_escape(struct buf *buf, unsigned char c, bool full)
{
	buf_putc(buf, '\\');
	if (full || c >= 0100)
		buf_putc(buf, (char)('0' + (c >> 6)));
	if (full || c >= 010)
		buf_putc(buf, (char)('0' + (c >> 3 & 7)));
	buf_putc(buf, (char)('0' + (c & 7)));
}

static void print_escape(struct buf *buf, const char *text, size_t left)
{
	static const char controls[] = "\t\n\v\f\r\"\\";
	static const char letters[] = "tnvfr\"\\";
	const char *p = *text ? strchr(controls, *text) : NULL;
	if (p) {
		buf_putc(buf, '\\');
		buf_putc(buf, letters[p - controls]);
		return;
	}
	bool full = left > 1 && is_octal_digit(text[1]);
	print_octal_escape(buf, (unsigned char)*text, full);
}

static bool is_plain(char c, const char *more)
{
	return c >= ' ' && c <= '~' && c != '"' && c != '\\' &&
	       !strchr(more, c);
}

/* Bytes of a character that a terminal may be given as it is; 0: none. */
static size_t character_length(const char *text, size_t len)
{
	uint32_t c = 0;
	size_t n = escape_decode_utf8(text, len, &c);
	return n > 1 && !escape_is_hostile(c) ? n : 0;
}

void show_quoted_inside(struct buf *buf, const char *text, size_t len,
			bool utf8, const char *more)
{
	for (size_t i = 0; i < len;) {
		size_t plain = i;
		while (plain < len && is_plain(text[plain], more))
			plain++;
		buf_write(buf, text + i, plain - i);
		i = plain;
		if (i == len)
			break;
		size_t n = utf8 ? character_length(text + i, len - i) : 0;
		if (n > 0)
			buf_write(buf, text + i, n);
		else
			print_escape(buf, text + i, len - i);
		i += n > 0 ? n : 1;
	}
}

void show_quoted(struct buf *buf, const char *text, size_t len, bool utf8)
{
	buf_putc(buf, '"');
	show_quoted_inside(buf, text, len, utf8, "");
	buf_putc(buf, '"');
}

void show_quoted_hex(struct buf *buf, const void *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *p = bytes;
	buf_putc(buf, '"');
	for (size_t i = 0; i < len; i++) {
		buf_write(buf, "\\x", 2);
		buf_putc(buf, digits[p[i] >> 4]);
		buf_putc(buf, digits[p[i] & 15]);
	}
	buf_putc(buf, '"');
}
