/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/field.h"

#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/fmt.h"

static void print_tick(struct buf *buf, const struct value *value)
{
	static const char *const marks[] = {"[ ]", "[x]", "[-]"};
	buf_puts(buf, value->u && value->more ? "[k]" : marks[value->u % 3]);
}

static void print_bound(struct buf *buf, const struct value *value)
{
	if (value->bound)
		buf_puts(buf, "<= ");
	if (value->least)
		buf_puts(buf, "> ");
}

void field_print(struct buf *buf, const struct field *field,
		 const struct value *value)
{
	if (!value->known) {
		buf_putc(buf, '-');
		return;
	}
	print_bound(buf, value);
	switch (field->unit) {
	case UNIT_COUNT:
		fmt_count(buf, value->u);
		break;
	case UNIT_RATE:
		fmt_rate(buf, value->f);
		break;
	case UNIT_NS:
		fmt_duration(buf, value->u);
		break;
	case UNIT_TIME:
		fmt_clock(buf, value->u, 6);
		break;
	case UNIT_DATE:
		fmt_date(buf, value->u);
		break;
	case UNIT_BYTES:
		fmt_bytes(buf, value->u);
		break;
	case UNIT_PERCENT:
		fmt_percent(buf, value->f);
		break;
	case UNIT_ID:
		buf_u64(buf, value->u);
		break;
	case UNIT_INT:
		buf_s64(buf, value->i);
		break;
	case UNIT_TEXT:
	case UNIT_ARGS:
		if (value->clean)
			buf_puts(buf, value->text);
		else
			escape_text(buf, value->text, strlen(value->text));
		break;
	case UNIT_TICK:
		print_tick(buf, value);
		break;
	}
}

void field_print_exact(struct buf *buf, const struct field *field,
		       const struct value *value)
{
	bool has_digits = field->unit == UNIT_COUNT ||
			  field->unit == UNIT_BYTES || field->unit == UNIT_NS;
	if (!value->known || !has_digits) {
		field_print(buf, field, value);
		return;
	}
	print_bound(buf, value);
	buf_u64(buf, value->u);
	if (field->unit == UNIT_NS)
		buf_puts(buf, " ns");
}
