/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/dump_stack.h"

#include "abi/stack.h"
#include "base/buf.h"
#include "view/json.h"

#define TEXT_SIZE 2048 /* more than the longest path that is told */

void dump_stack_lines(struct buf *buf, const struct event_call *ev,
		      const struct print_files *files)
{
	struct stack_walk walk;
	struct stack_frame frame;
	if (!stack_walk_init(&walk, ev, files)) {
		buf_puts(buf, "\n > no stack");
		return;
	}
	while (stack_walk_next(&walk, &frame)) {
		buf_puts(buf, "\n > ");
		stack_print_frame(buf, &frame, false);
	}
	if (stack_is_cut(ev))
		buf_puts(buf, "\n > ...");
}

static void put_text(struct buf *buf, const char *key, const struct buf *text,
		     bool is_known)
{
	json_key(buf, key);
	if (is_known)
		json_string(buf, text->data, text->len);
	else
		buf_puts(buf, "null");
}

static void put_frame(struct buf *buf, const struct stack_frame *frame)
{
	char data[TEXT_SIZE];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	stack_put_file(&text, frame);
	buf_putc(buf, '{');
	put_text(buf, "file", &text, frame->file || text.data[0] == '[');
	buf_clear(&text);
	stack_put_function(&text, frame);
	put_text(buf, "function", &text, stack_is_named(frame));
	json_key(buf, "within");
	json_hex(buf, stack_within(frame));
	json_key(buf, "offset");
	json_hex(buf, stack_offset(frame));
	buf_putc(buf, '}');
}

void dump_stack_json(struct buf *buf, const struct event_call *ev,
		     const struct print_files *files)
{
	struct stack_walk walk;
	struct stack_frame frame;
	size_t n = 0;
	if (!stack_walk_init(&walk, ev, files)) {
		buf_puts(buf, "null");
		return;
	}
	buf_putc(buf, '[');
	while (stack_walk_next(&walk, &frame)) {
		if (n++)
			buf_putc(buf, ',');
		put_frame(buf, &frame);
	}
	buf_putc(buf, ']');
}
