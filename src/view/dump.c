/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/dump.h"

#include "base/buf.h"
#include "base/fmt.h"
#include "model/field.h"
#include "view/dump_row.h"

/* strace pads a TID to so many columns. */
#define TID_WIDTH 5

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
		       const struct event_call *ev,
		       const struct dump_options *options)
{
	const struct row row = {.kind = ROW_CALL, .object = ev};
	struct field_scratch scratch;
	for (size_t i = 0; i < options->field_count; i++) {
		const struct field *field = options->fields[i];
		size_t start = buf->len;
		struct value value = field_get(field, model, &row, &scratch);
		field_print(buf, field, &value);
		if (field->width > 0)
			buf_pad(buf, ' ', start + (size_t)field->width);
		buf_putc(buf, ' ');
	}
}

void dump_text(struct buf *buf, const struct model *model,
	       const struct event_call *ev, const struct dump_options *options)
{
	if (options->field_count > 0)
		put_fields(buf, model, ev, options);
	struct buf line; /* its columns are counted from here, as strace does */
	buf_init(&line, buf->data + buf->len, buf->size - buf->len);
	if (ev->h.tid)
		buf_u64(&line, ev->h.tid);
	else
		buf_putc(&line, '-');
	buf_pad(&line, ' ', TID_WIDTH);
	buf_putc(&line, ' ');
	put_stamp(&line, model, ev, options->stamp);
	decode_call(&line, dump_row_syscall(model, ev->nr, ev->h.compat), ev,
		    &options->decode);
	if (options->duration && !(ev->h.flags & EVENT_CALL_NO_RESULT)) {
		buf_write(&line, " <", 2);
		fmt_seconds(&line, ev->duration_ns);
		buf_putc(&line, '>');
	}
	buf->len += line.len;
	buf->cut |= line.cut;
}
