/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/dump.h"

#include <string.h>

#include "abi/remark.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/fmt.h"
#include "model/field.h"
#include "view/dump_row.h"
#include "view/dump_stack.h"

/* strace pads a TID to so many columns. */
#define TID_WIDTH 5

#define HOST_WIDTH 8 /* at least: most names are short */

static void put_stamp(struct buf *buf, const struct model *model,
		      const struct event_call *ev, enum dump_stamp stamp)
{
	uint64_t unix_ns =
		ev->h.time_ns - ev->duration_ns + model_wall_offset_ns(model);
	switch (stamp) {
	case DUMP_STAMP_NONE:
		return;
	case DUMP_STAMP_SECONDS:
		fmt_clock(buf, unix_ns, 0);
		break;
	case DUMP_STAMP_MICRO:
		fmt_clock(buf, unix_ns, 6);
		break;
	case DUMP_STAMP_EPOCH:
		fmt_seconds(buf, unix_ns);
		break;
	}
	buf_putc(buf, ' ');
}

static void put_fields(struct buf *buf, const struct model *model,
		       const struct event_call *ev, bool is_call,
		       const struct dump_options *options)
{
	const struct row row = {.kind = ROW_CALL, .object = ev};
	struct field_scratch scratch;
	for (size_t i = 0; i < options->field_count; i++) {
		const struct field *field = options->fields[i];
		size_t start = buf->len;
		struct value value = {0};
		if (is_call || field->kinds & FIELD_REMARK)
			value = field_get(field, model, &row, &scratch);
		field_print(buf, field, &value);
		if (field->width > 0)
			buf_pad(buf, ' ', start + (size_t)field->width);
		buf_putc(buf, ' ');
	}
}

static void put_host(struct buf *buf, const struct model *model,
		     const struct event *ev)
{
	const char *name = model_host_name(model, EVENT_HOST(ev));
	size_t start = buf->len;
	if (name)
		escape_text(buf, name, strlen(name));
	buf_pad(buf, ' ', start + HOST_WIDTH);
	buf_putc(buf, ' ');
}

/* Begins a line: the fields, then LINE for the rest, whose columns are counted
 * from there, as strace does. */
static void begin_line(struct buf *buf, struct buf *line,
		       const struct model *model, const struct event_call *ev,
		       const struct dump_options *options)
{
	if (options->hosts)
		put_host(buf, model, &ev->h);
	buf_split(line, buf, 0);
	if (ev->h.tid)
		buf_u64(line, ev->h.tid);
	else
		buf_putc(line, '-');
	buf_pad(line, ' ', TID_WIDTH);
	buf_putc(line, ' ');
	put_stamp(line, model, ev, options->stamp);
}

static void put_call(struct buf *buf, const struct model *model,
		     const struct event_call *ev,
		     const struct dump_options *options)
{
	struct buf line;
	put_fields(buf, model, ev, true, options);
	begin_line(buf, &line, model, ev, options);
	decode_call(&line, dump_row_syscall(model, ev->nr, ev->h.compat), ev,
		    &options->decode);
	if (options->duration && !(ev->h.flags & EVENT_CALL_NO_RESULT)) {
		buf_write(&line, " <", 2);
		fmt_seconds(&line, ev->duration_ns);
		buf_putc(&line, '>');
	}
	buf_join(buf, &line);
	if (options->stacks)
		dump_stack_lines(buf, ev, &options->decode.files);
}

static void put_remark(struct buf *buf, const struct model *model,
		       const struct event *ev,
		       const struct dump_options *options)
{
	enum abi abi = catalogue_native(model_catalogue(model));
	struct event_call call;
	struct buf line;
	dump_row_of_remark(&call, model, ev);
	for (size_t i = 0; i < remark_lines(ev); i++) {
		if (i)
			buf_putc(buf, '\n');
		put_fields(buf, model, &call, false, options);
		begin_line(buf, &line, model, &call, options);
		remark_print(&line, ev, i, abi);
		buf_join(buf, &line);
	}
}

void dump_text(struct buf *buf, const struct model *model,
	       const struct event *ev, const struct dump_options *options)
{
	if (ev->kind == EVENT_CALL)
		put_call(buf, model, (const void *)ev, options);
	else
		put_remark(buf, model, ev, options);
}
