/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/stack.h"

#include "abi/chunk.h"
#include "abi/show.h"
#include "base/buf.h"

uint64_t stack_site(uint64_t file, uint64_t offset)
{
	uint64_t hash = (file ^ offset << 1) * 0x9e3779b97f4a7c15u;
	hash = (hash ^ hash >> 29 ^ offset) * 0xbf58476d1ce4e5b9u;
	return hash ^ hash >> 32;
}

const struct event_chunk *stack_chunk(const struct event_call *ev)
{
	const struct event_chunk *chunk;
	size_t at = 0;
	while ((chunk = chunk_next(ev, &at)))
		if (chunk->what == EVENT_CHUNK_STACK)
			return chunk;
	return NULL;
}

bool stack_is_cut(const struct event_call *ev)
{
	const struct event_chunk *chunk = stack_chunk(ev);
	return chunk && chunk->status == EVENT_CHUNK_CUT;
}

static void complete(const struct stack_walk *walk, struct stack_frame *frame)
{
	const struct print_files *files = walk->files;
	uint64_t file = frame->at->file;
	uint64_t offset = frame->at->offset;
	if (file && files->find)
		frame->file = files->find(files->self, file);
	if (!files->find_symbol || frame->at->kind > EVENT_FRAME_VDSO)
		return;
	frame->symbol = files->find_symbol(files->self, file, offset);
	/* Two places may share the number under which one was kept. */
	if (frame->symbol &&
	    (frame->symbol->file != file || frame->symbol->offset != offset))
		frame->symbol = NULL;
}

bool stack_walk_init(struct stack_walk *walk, const struct event_call *ev,
		     const struct print_files *files)
{
	const struct event_chunk *chunk = stack_chunk(ev);
	if (!chunk)
		return false;
	*walk = (struct stack_walk){
		.frames = (const void *)(chunk + 1),
		.count = chunk->size / sizeof(struct event_frame),
		.files = files,
		.slot = EVENT_SLOT_UNKNOWN,
	};
	if (walk->count == 0)
		return false;
	struct stack_frame first = {.at = walk->frames};
	complete(walk, &first);
	if (first.symbol)
		walk->slot = first.symbol->slot;
	if (walk->slot == EVENT_SLOT_UNKNOWN)
		walk->slot = 0; /* so it is where nothing was put on top */
	return true;
}

bool stack_walk_next(struct stack_walk *walk, struct stack_frame *ret)
{
	const struct event_frame *at;
	do {
		if (walk->i == walk->count)
			return false;
		at = &walk->frames[walk->i++];
	} while (at->flags & EVENT_FRAME_GUESS && at->slot != walk->slot);
	*ret = (struct stack_frame){.at = at};
	complete(walk, ret);
	return true;
}

static const char *const kinds[EVENT_FRAME_KINDS] = {
	[EVENT_FRAME_FILE] = "?",
	[EVENT_FRAME_VDSO] = "[vdso]",
	[EVENT_FRAME_ANON] = "[anon]",
	[EVENT_FRAME_BUSY] = "?",
};

static const char unknown[] = "[unknown]";

bool stack_is_named(const struct stack_frame *frame)
{
	return frame->symbol && frame->symbol->size > 0;
}

void stack_put_file(struct buf *buf, const struct stack_frame *frame)
{
	if (!frame->file)
		buf_puts(buf, kinds[frame->at->kind % EVENT_FRAME_KINDS]);
	else
		buf_write(buf, frame->file + 1, frame->file->size);
	if (frame->at->flags & EVENT_FRAME_DELETED)
		buf_puts(buf, " (deleted)");
}

void stack_put_function(struct buf *buf, const struct stack_frame *frame)
{
	if (stack_is_named(frame))
		buf_write(buf, frame->symbol + 1, frame->symbol->size);
	else
		buf_puts(buf, unknown);
}

uint64_t stack_within(const struct stack_frame *frame)
{
	uint64_t begin = stack_is_named(frame) ? frame->symbol->begin : 0;
	return frame->at->offset - begin;
}

uint64_t stack_offset(const struct stack_frame *frame)
{
	return frame->at->kind <= EVENT_FRAME_VDSO ? frame->at->offset
						   : frame->at->address;
}

static void print_file(struct buf *buf, const struct stack_frame *frame,
		       bool utf8)
{
	if (frame->file)
		show_quoted_inside(buf, (const char *)(frame->file + 1),
				   frame->file->size, utf8, "()");
	else
		buf_puts(buf, kinds[frame->at->kind % EVENT_FRAME_KINDS]);
	if (frame->at->flags & EVENT_FRAME_DELETED)
		buf_puts(buf, " (deleted)");
}

static void print_offset(struct buf *buf, const struct stack_frame *frame)
{
	buf_printf(buf, " [0x%llx]", (unsigned long long)stack_offset(frame));
}

void stack_print_function(struct buf *buf, const struct stack_frame *frame,
			  bool utf8)
{
	if (stack_is_named(frame))
		show_quoted_inside(buf, (const char *)(frame->symbol + 1),
				   frame->symbol->size, utf8, "+()");
	else
		buf_puts(buf, unknown);
	buf_printf(buf, "+0x%llx", (unsigned long long)stack_within(frame));
}

void stack_print_place(struct buf *buf, const struct stack_frame *frame,
		       bool utf8)
{
	print_file(buf, frame, utf8);
	print_offset(buf, frame);
}

void stack_print_frame(struct buf *buf, const struct stack_frame *frame,
		       bool utf8)
{
	print_file(buf, frame, utf8);
	buf_putc(buf, '(');
	stack_print_function(buf, frame, utf8);
	buf_putc(buf, ')');
	print_offset(buf, frame);
}

bool stack_print_functions(struct buf *buf, const struct event_call *ev,
			   const struct print_files *files)
{
	struct stack_walk walk;
	struct stack_frame frame;
	size_t start = buf->len;
	if (!stack_walk_init(&walk, ev, files))
		return false;
	while (stack_walk_next(&walk, &frame)) {
		if (buf->len > start)
			buf_puts(buf, " < ");
		stack_put_function(buf, &frame);
	}
	if (stack_is_cut(ev))
		buf_puts(buf, " < ...");
	return true;
}
