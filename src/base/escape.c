/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/escape.h"

#include <string.h>
#include <wchar.h>

#include "base/buf.h"

struct range {
	uint32_t first, last;
};

/* Format, bidi and invisible characters: Unicode 15, general categories Cf, Zl,
 * Zp, Co, and default ignorables (DerivedCoreProperties.txt). */
static const struct range hostile[] = {
	{0x0000, 0x001f},   {0x007f, 0x009f},   {0x00ad, 0x00ad},
	{0x034f, 0x034f},   {0x0600, 0x0605},   {0x061c, 0x061c},
	{0x06dd, 0x06dd},   {0x070f, 0x070f},   {0x115f, 0x1160},
	{0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x200b, 0x200f},
	{0x2028, 0x202e},   {0x2060, 0x206f},   {0x3164, 0x3164},
	{0xd800, 0xf8ff},   {0xfdd0, 0xfdef},   {0xfe00, 0xfe0f},
	{0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb},
	{0xfffe, 0xffff},   {0x110bd, 0x110cd}, {0x13430, 0x1343f},
	{0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0x10ffff},
};

bool escape_is_hostile(uint32_t c)
{
	if (c >= 0x20 && c < 0x7f)
		return false;
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		if (c <= hostile[i].last)
			return c >= hostile[i].first;
	}
	return true;
}

size_t escape_decode_utf8(const char *text, size_t len, uint32_t *ret)
{
	/* by number of bytes: the least character that needs that many */
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *p = (const unsigned char *)text;
	if (len == 0)
		return 0;
	if (p[0] < 0x80) {
		*ret = p[0];
		return 1;
	}
	size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
	if (p[0] < 0xc2 || p[0] > 0xf4 || n > len)
		return 0;
	uint32_t c = p[0] & (0x7fu >> n);
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3fu);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*ret = c;
	return n;
}

static void put_hex(struct buf *buf, char letter, uint32_t value, int digits)
{
	static const char names[] = "0123456789abcdef";
	buf_putc(buf, '\\');
	buf_putc(buf, letter);
	for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
		buf_putc(buf, names[value >> shift & 0xf]);
}

static void put_character(struct buf *buf, uint32_t c)
{
	if (c < 0x80)
		put_hex(buf, 'x', c, 2);
	else if (c < 0x10000)
		put_hex(buf, 'u', c, 4);
	else
		put_hex(buf, 'U', c, 8);
}

static bool is_plain(char c)
{
	return c >= 0x20 && c < 0x7f && c != '\\';
}

static size_t plain_length(const char *text, size_t len)
{
	size_t n = 0;
	while (n < len && is_plain(text[n]))
		n++;
	return n;
}

/* Whole characters only: a cut text must not end in half a character. */
static void put_raw(struct buf *buf, const char *text, size_t len)
{
	if (buf->size - 1 - buf->len < len)
		buf->cut = true;
	else
		buf_write(buf, text, len);
}

void escape_text(struct buf *buf, const char *text, size_t len)
{
	for (size_t i = 0; i < len && !buf->cut;) {
		size_t plain = plain_length(text + i, len - i);
		buf_write(buf, text + i, plain);
		i += plain;
		if (i == len)
			return;
		uint32_t c = 0;
		size_t n = escape_decode_utf8(text + i, len - i, &c);
		if (n == 0)
			put_hex(buf, 'x', (unsigned char)text[i], 2);
		else if (c == '\\')
			buf_puts(buf, "\\\\");
		else if (escape_is_hostile(c))
			put_character(buf, c);
		else
			put_raw(buf, text + i, n);
		i += n ? n : 1;
	}
}

void escape_ascii(struct buf *buf, const char *text, size_t len)
{
	for (size_t i = 0; i < len && !buf->cut;) {
		uint32_t c = 0;
		size_t n = escape_decode_utf8(text + i, len - i, &c);
		if (n == 0)
			put_hex(buf, 'x', (unsigned char)text[i], 2);
		else if (c >= 0x20 && c < 0x7f)
			buf_putc(buf, (char)c);
		else
			put_character(buf, c);
		i += n ? n : 1;
	}
}

int escape_char_width(uint32_t c)
{
	if (c >= 0x20 && c < 0x7f)
		return 1;
	return escape_is_hostile(c) ? -1 : wcwidth((wchar_t)c);
}

size_t escape_width(const char *text, size_t len)
{
	size_t width = 0;
	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		size_t n = escape_decode_utf8(text + i, len - i, &c);
		int columns = n ? escape_char_width(c) : 1;
		width += columns < 0 ? 1 : (size_t)columns;
		i += n ? n : 1;
	}
	return width;
}

static size_t digits_length(const char *text, size_t len, size_t limit,
			    const char *digits)
{
	size_t n = 0;
	while (n < len && n < limit && text[n] && strchr(digits, text[n]))
		n++;
	return n;
}

/* Length of the escape sequence at TEXT, 0 if there is none. */
static size_t sequence_length(const char *text, size_t len)
{
	static const char hex[] = "0123456789abcdefABCDEF";
	if (len < 2 || text[0] != '\\')
		return 0;
	switch (text[1]) {
	case 'x':
		return 2 + digits_length(text + 2, len - 2, 2, hex);
	case 'u':
		return 2 + digits_length(text + 2, len - 2, 4, hex);
	case 'U':
		return 2 + digits_length(text + 2, len - 2, 8, hex);
	default:
		if ((unsigned char)text[1] >= 0x80) /* its rest was cut off */
			return 1;
		break;
	}
	size_t octal = digits_length(text + 1, len - 1, 3, "01234567");
	return octal ? 1 + octal : 2;
}

bool escape_next_run(const char *text, size_t len, struct escape_run *run)
{
	size_t start = run->start + run->len;
	if (start >= len)
		return false;
	size_t end = start;
	size_t n = sequence_length(text + start, len - start);
	bool escaped = n > 0;
	while (end < len) {
		n = sequence_length(text + end, len - end);
		if ((n > 0) != escaped)
			break;
		end += escaped ? n : 1;
	}
	run->start = start;
	run->len = end - start;
	run->escaped = escaped;
	return true;
}
