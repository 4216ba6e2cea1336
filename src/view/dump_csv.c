/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/dump.h"

#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/escape.h"
#include "model/field.h"
#include "view/dump_row.h"

/* A row's payload with each byte as \x1b, and more. */
#define TEXT_LIMIT 16384

static void put_text(struct buf *buf, const struct value *value)
{
	char data[TEXT_LIMIT];
	struct buf text;
	if (value->clean) {
		dump_row_quoted(buf, value->text);
		return;
	}
	buf_init(&text, data, sizeof(data));
	escape_text(&text, value->text, strlen(value->text));
	dump_row_quoted(buf, data);
}

/* With the caller's limit for strings, which a field does not know. */
static void put_arguments(struct buf *buf, const struct model *model,
			  const struct event_call *ev,
			  const struct dump_options *options)
{
	char data[TEXT_LIMIT];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	decode_args(&text, dump_row_syscall(model, ev->nr, ev->h.compat), ev,
		    &options->decode);
	dump_row_quoted(buf, data);
}

void dump_csv_heading(struct buf *buf, const struct dump_options *options)
{
	const struct field *field;
	size_t i = 0;
	bool first = true;
	while ((field = dump_row_field(options, &i))) {
		if (!first)
			buf_putc(buf, ',');
		first = false;
		buf_puts(buf, field->name);
	}
}

void dump_csv(struct buf *buf, const struct model *model,
	      const struct event_call *ev, const struct dump_options *options)
{
	const struct row row = {.kind = ROW_CALL, .object = ev};
	const struct field *field;
	struct field_scratch scratch;
	size_t i = 0;
	bool first = true;
	while ((field = dump_row_field(options, &i))) {
		if (!first)
			buf_putc(buf, ',');
		first = false;
		if (field->unit == UNIT_ARGS) {
			put_arguments(buf, model, ev, options);
			continue;
		}
		struct value value = field_get(field, model, &row, &scratch);
		if (value.known && field->unit == UNIT_TEXT)
			put_text(buf, &value);
		else if (value.known)
			dump_row_number(buf, field, &value);
	}
}
