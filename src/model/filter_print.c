/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/filter.h"

#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/escape.h"

#define WHOLE_TEXT 80 /* a longer one is told by how it begins */
#define SECOND_NS  1000000000ull

static bool is_bare(const char *text)
{
	return *text && !text[strcspn(text, " \t()=<>~!,\"'&|\\%")];
}

/* TEXT in the quotes that suit it. */
static void put_text(struct buf *to, const char *text, const char *behind)
{
	char quote = strchr(text, '"') && !strchr(text, '\'') ? '\'' : '"';
	if (!*behind && is_bare(text)) {
		buf_puts(to, text);
		return;
	}
	buf_putc(to, quote);
	for (; *text; text++) {
		if (*text == quote)
			buf_putc(to, '\\');
		buf_putc(to, *text);
	}
	buf_puts(to, behind);
	buf_putc(to, quote);
}

/* The bytes of the character at TEXT, and whether it is one that no filter may
 * hold: a filter is drawn and copied as it was typed. */
static size_t look_at(const char *text, size_t len, bool *ret_hostile)
{
	uint32_t c = 0;
	size_t size = escape_decode_utf8(text, len, &c);
	*ret_hostile = size == 0 || escape_is_hostile(c);
	return size ? size : 1;
}

static bool has_hostile(const char *text, size_t len)
{
	bool hostile = false;
	for (size_t i = 0; i < len && !hostile;)
		i += look_at(text + i, len - i, &hostile);
	return hostile;
}

/* As a glob: what is special in one, and what is hostile, is any byte. */
static void put_glob(struct buf *to, const char *text, size_t len,
		     const char *behind)
{
	char glob[WHOLE_TEXT + 1];
	for (size_t i = 0; i < len;) {
		bool hostile;
		size_t size = look_at(text + i, len - i, &hostile);
		memcpy(glob + i, text + i, size);
		if (hostile || strchr("*?[\\", text[i]))
			memset(glob + i, '?', size);
		i += size;
	}
	glob[len] = '\0';
	put_text(to, glob, behind);
}

static void print_text_test(struct buf *to, const struct field *field,
			    const char *text, bool include)
{
	size_t len = strnlen(text, WHOLE_TEXT + 1);
	bool is_whole = len <= WHOLE_TEXT;
	bool ends_quote = len > 0 && text[len - 1] == '\\';
	buf_puts(to, field->name);
	if (is_whole && !ends_quote && !has_hostile(text, len)) {
		buf_puts(to, include ? " == " : " != ");
		put_text(to, text, "");
	} else {
		buf_puts(to, include ? " ~ " : " !~ ");
		put_glob(to, text, is_whole ? len : WHOLE_TEXT,
			 is_whole ? "" : "*");
	}
}

static void put_clock(struct buf *to, uint64_t time_ns)
{
	time_t seconds = (time_t)(time_ns / SECOND_NS);
	struct tm tm = {0};
	(void)localtime_r(&seconds, &tm); /* zeros for a year that is no int */
	buf_printf(to, "%02d:%02d:%02d.%09u", tm.tm_hour, tm.tm_min, tm.tm_sec,
		   (unsigned)(time_ns % SECOND_NS));
}

/* Rounded down to tenths; it is not negative, and no rate is that high. */
static void put_tenths(struct buf *to, double value)
{
	uint64_t tenths = value < 1e17 ? (uint64_t)(value * 10) : 0;
	buf_u64(to, tenths / 10);
	buf_putc(to, '.');
	buf_u64(to, tenths % 10);
}

static void print_unknown_test(struct buf *to, const struct field *field,
			       bool include)
{
	bool is_text = field->unit == UNIT_TEXT || field->unit == UNIT_ARGS;
	bool is_signed = field->unit == UNIT_INT;
	bool is_time = field->unit == UNIT_TIME || field->unit == UNIT_DATE;
	const char *any = is_text     ? "~ *"
			  : is_signed ? "<= 9223372036854775807"
			  : is_time   ? ">= 00:00"
				      : ">= 0";
	buf_printf(to, include ? "!(%s %s)" : "%s %s", field->name, any);
}

/* Whether values are told apart by being equal, not by order. */
static bool is_name(const struct field *field)
{
	return field->unit == UNIT_ID || field->unit == UNIT_INT;
}

void filter_print_test(struct buf *to, const struct field *field,
		       const struct value *value, bool include)
{
	if (!value->known) {
		print_unknown_test(to, field, include);
		return;
	}
	if (field->unit == UNIT_TEXT || field->unit == UNIT_ARGS) {
		print_text_test(to, field, value->text, include);
		return;
	}
	if (field->unit == UNIT_TICK) {
		buf_puts(to, (value->u != 0) == include ? "" : "!");
		buf_puts(to, field->name);
		return;
	}
	const char *equal = include ? "==" : "!=";
	const char *from = include ? ">=" : "<";
	buf_printf(to, "%s %s ", field->name, is_name(field) ? equal : from);
	switch (field->unit) {
	case UNIT_INT:
		buf_s64(to, value->i);
		break;
	case UNIT_NS:
		buf_u64(to, value->u);
		buf_puts(to, "ns");
		break;
	case UNIT_RATE:
	case UNIT_PERCENT: /* rounded down: this row still passes */
		put_tenths(to, value->f);
		break;
	case UNIT_TIME:
	case UNIT_DATE:
		put_clock(to, value->u);
		break;
	default:
		buf_u64(to, value->u);
	}
}
