/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/json.h"

#include <string.h>

#include "base/buf.h"
#include "base/escape.h"

static const char digits[] = "0123456789abcdef";

void json_key(struct buf *buf, const char *key)
{
	if (buf->len > 0 && buf->data[buf->len - 1] != '{')
		buf_putc(buf, ',');
	buf_putc(buf, '"');
	buf_puts(buf, key);
	buf_write(buf, "\":", 2);
}

static bool is_plain(char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

static void put_unit(struct buf *buf, uint32_t unit)
{
	buf_write(buf, "\\u", 2);
	for (int shift = 12; shift >= 0; shift -= 4)
		buf_putc(buf, digits[unit >> shift & 0xf]);
}

/* Above the first plane: as two UTF-16 surrogates. */
static void put_spelt(struct buf *buf, uint32_t c)
{
	if (c < 0x10000) {
		put_unit(buf, c);
		return;
	}
	c -= 0x10000;
	put_unit(buf, 0xd800 | c >> 10);
	put_unit(buf, 0xdc00 | (c & 0x3ff));
}

static void put_special(struct buf *buf, char c)
{
	static const char from[] = "\"\\\n\t\r\b\f";
	static const char to[] = "\"\\ntrbf";
	const char *found = c ? strchr(from, c) : NULL;
	if (!found) {
		put_unit(buf, (unsigned char)c);
		return;
	}
	buf_putc(buf, '\\');
	buf_putc(buf, to[found - from]);
}

void json_string(struct buf *buf, const char *text, size_t len)
{
	buf_putc(buf, '"');
	for (size_t i = 0; i < len;) {
		size_t plain = i;
		while (plain < len && is_plain(text[plain]))
			plain++;
		buf_write(buf, text + i, plain - i);
		i = plain;
		if (i == len)
			break;
		uint32_t c = 0;
		size_t n = escape_decode_utf8(text + i, len - i, &c);
		if (n == 0)
			buf_puts(buf, "\xef\xbf\xbd");
		else if (c < 0x80)
			put_special(buf, text[i]);
		else if (escape_is_hostile(c))
			put_spelt(buf, c);
		else
			buf_write(buf, text + i, n);
		i += n ? n : 1;
	}
	buf_putc(buf, '"');
}

bool json_is_utf8(const char *text, size_t len)
{
	uint32_t c = 0;
	for (size_t i = 0; i < len;) {
		size_t n = escape_decode_utf8(text + i, len - i, &c);
		if (n == 0)
			return false;
		i += n;
	}
	return true;
}

void json_hex(struct buf *buf, uint64_t value)
{
	buf_putc(buf, '"');
	if (value)
		buf_hex(buf, value);
	else
		buf_write(buf, "0x0", 3);
	buf_putc(buf, '"');
}

void json_bytes(struct buf *buf, const char *data, size_t len)
{
	buf_putc(buf, '"');
	for (size_t i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)data[i];
		buf_putc(buf, digits[byte >> 4]);
		buf_putc(buf, digits[byte & 0xf]);
	}
	buf_putc(buf, '"');
}

void json_double(struct buf *buf, double value)
{
	if (value < 0) {
		buf_putc(buf, '-');
		value = -value;
	}
	if (value > 1e15)
		value = 1e15; /* beyond any rate or percentage */
	uint64_t thousandths = (uint64_t)(value * 1000 + 0.5);
	buf_u64(buf, thousandths / 1000);
	buf_putc(buf, '.');
	buf_putc(buf, digits[thousandths / 100 % 10]);
	buf_putc(buf, digits[thousandths / 10 % 10]);
	buf_putc(buf, digits[thousandths % 10]);
}
