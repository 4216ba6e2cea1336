/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/export.h"

#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "view/columns.h"
#include "view/dump_row.h"
#include "view/json.h"

#define TEXT_LIMIT                                                             \
	16384 /* a row's payload with each byte as \x1b, and more              \
	       */

enum export_format export_format_of(const char *name)
{
	const char *dot = strrchr(name, '.');
	if (dot && strcasecmp(dot, ".csv") == 0)
		return EXPORT_CSV;
	if (dot &&
	    (strcasecmp(dot, ".json") == 0 || strcasecmp(dot, ".jsonl") == 0))
		return EXPORT_JSON;
	return EXPORT_TEXT;
}

static bool is_text(const struct field *field)
{
	return field->unit == UNIT_TEXT || field->unit == UNIT_ARGS;
}

/* What a program reads: as escaped as a screen's text, but whole. */
static void put_plain(struct buf *buf, const struct field *field,
		      const struct value *value)
{
	if (value->clean)
		buf_puts(buf, value->text);
	else if (is_text(field))
		escape_text(buf, value->text, strlen(value->text));
	else
		dump_row_number(buf, field, value);
}

/* Padded to its column; what is longer stays whole. */
static void put_cell(struct buf *buf, const char *text, int width, bool right,
		     bool last)
{
	int used = (int)escape_width(text, strlen(text));
	for (int i = used; right && i < width; i++)
		buf_putc(buf, ' ');
	buf_puts(buf, text);
	for (int i = used; !right && !last && i < width; i++)
		buf_putc(buf, ' ');
}

void export_heading(struct buf *buf, enum export_format format,
		    const struct columns *columns)
{
	for (size_t i = 0; i < columns->count; i++) {
		const struct field *field = columns->at[i].field;
		bool last = i + 1 == columns->count;
		if (format == EXPORT_CSV) {
			buf_puts(buf, i ? "," : "");
			buf_puts(buf, field->name);
		} else if (format == EXPORT_TEXT) {
			buf_puts(buf, i ? " " : "");
			put_cell(buf, field->title, columns->at[i].width,
				 columns->at[i].right, last);
		}
	}
}

static void put_member(struct buf *buf, const struct field *field,
		       const struct value *value)
{
	json_key(buf, field->name);
	if (!value->known)
		buf_puts(buf, "null");
	else if (is_text(field))
		json_string(buf, value->text, strlen(value->text));
	else
		dump_row_number(buf, field, value);
}

void export_row(struct buf *buf, enum export_format format,
		const struct columns *columns, const struct model *model,
		const struct row *row)
{
	struct field_scratch scratch;
	char data[TEXT_LIMIT];
	struct buf text;
	buf_puts(buf, format == EXPORT_JSON ? "{" : "");
	for (size_t i = 0; i < columns->count; i++) {
		const struct field *field = columns->at[i].field;
		struct value value = field_get(field, model, row, &scratch);
		bool last = i + 1 == columns->count;
		if (format == EXPORT_JSON) {
			put_member(buf, field, &value);
			continue;
		}
		buf_init(&text, data, sizeof(data));
		buf_puts(buf, i == 0 ? "" : format == EXPORT_CSV ? "," : " ");
		if (format == EXPORT_TEXT) {
			field_print(&text, field, &value);
			put_cell(buf, data, columns->at[i].width,
				 columns->at[i].right, last);
		} else if (value.known) {
			put_plain(&text, field, &value);
			dump_row_quoted(buf, data);
		}
	}
	buf_puts(buf, format == EXPORT_JSON ? "}" : "");
}
