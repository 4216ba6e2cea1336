/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/stacks.h"

#include "abi/decode.h"
#include "abi/stack.h"
#include "abi/syscall.h"
#include "app/action.h"
#include "app/desk.h"
#include "base/buf.h"
#include "model/model.h"
#include "ui/pager.h"

#define LINE_SIZE    8192 /* a path of which every byte is escaped, and more */
#define STRING_LIMIT 64   /* bytes of a string of the call */
#define FEW_FRAMES   2    /* then frame pointers are missing, most likely */
#define CHIP_NAMES   3

static const struct syscall *syscall_of(const struct desk *desk, uint32_t index)
{
	return catalogue_get(model_catalogue(desk->model), index);
}

static unsigned take(struct desk *desk, uint32_t index, bool on,
		     const char *then)
{
	const struct syscall *sc = syscall_of(desk, index);
	if (sc->presence == SYSCALL_ABSENT) {
		desk_say(desk, ROLE_ALARM, "this kernel has no %s", sc->name);
		return ACTION_DRAW;
	}
	if (sc->presence == SYSCALL_COMPAT) {
		desk_say(desk, ROLE_MESSAGE,
			 "only 32-bit programs make %s, and of those no stacks "
			 "are taken",
			 sc->name);
		return ACTION_DRAW;
	}
	desk->hooks->set_stacks(desk->hooks->self, index, on);
	if (model_has_stacks(desk->model, index) != on) {
		desk_say(desk, ROLE_MESSAGE,
			 "a recording has the stacks that were taken, and no "
			 "others");
		return ACTION_DRAW;
	}
	if (on)
		desk_set_traced(desk, index, true);
	desk_say(desk, ROLE_MESSAGE,
		 on ? "taking stacks of %s from now on%s"
		    : "taking no more stacks of %s",
		 sc->name, then);
	return ACTION_ROWS;
}

static void add_frame(struct pager *pager, const struct stack_frame *frame)
{
	char data[LINE_SIZE];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	stack_print_function(&text, frame, true);
	pager_add(pager, "", ROLE_TEXT, data);
	buf_clear(&text);
	buf_puts(&text, "    ");
	stack_print_place(&text, frame, true);
	pager_add(pager, "", ROLE_DIM, data);
}

static void add_frames(struct pager *pager, const struct event_call *call,
		       const struct print_files *files)
{
	struct stack_walk walk;
	struct stack_frame frame;
	size_t count = 0;
	if (!stack_walk_init(&walk, call, files))
		return;
	for (; stack_walk_next(&walk, &frame); count++)
		add_frame(pager, &frame);
	if (stack_is_cut(call))
		pager_add(pager, "", ROLE_DIM, "... and more frames");
	if (count > FEW_FRAMES)
		return;
	pager_add(pager, "", ROLE_TEXT, "");
	pager_add(pager, "", ROLE_MESSAGE,
		  "Frame pointers lead no further: the program may have been "
		  "built without them.");
}

static void add_call(struct pager *pager, const struct syscall *sc,
		     const struct event_call *call,
		     const struct print_files *files)
{
	const struct decode_options options = {
		.string_limit = STRING_LIMIT, .utf8 = true, .files = *files};
	char data[DECODE_ROOM];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	decode_call(&text, sc, call, &options);
	pager_add(pager, "", ROLE_STRONG, data);
	pager_add(pager, "", ROLE_TEXT, "");
}

static unsigned open_page(struct desk *desk, const struct row *row,
			  uint32_t index)
{
	const struct event_call *call = row->object;
	const struct print_files files = model_files(desk->model);
	const struct syscall *sc = syscall_of(desk, index);
	struct pager *pager =
		desk_open_page(desk, DESK_PAGE_STACK, "Stack of the call");
	char data[128];
	struct buf text;
	add_call(pager, sc, call, &files);
	add_frames(pager, call, &files);
	if (!stack_chunk(call))
		pager_add(pager, "", ROLE_DIM, "No stack was taken.");
	buf_init(&text, data, sizeof(data));
	buf_printf(&text, "K: take %s stacks of %s",
		   model_has_stacks(desk->model, index) ? "no more" : "more",
		   sc->name);
	pager_add(pager, "", ROLE_TEXT, "");
	pager_add(pager, "", ROLE_DIM, data);
	return ACTION_DRAW;
}

unsigned stacks_show(struct desk *desk, int unused)
{
	(void)unused;
	const struct row *row = desk_row(desk);
	uint32_t index =
		row ? model_row_syscall(desk->model, row) : SYSCALL_NONE;
	if (index == SYSCALL_NONE) {
		desk_say(desk, ROLE_MESSAGE, "no system call is here");
		return ACTION_DRAW;
	}
	bool on = model_has_stacks(desk->model, index);
	if (row->kind != ROW_CALL)
		return take(desk, index, !on, "; K on its events shows them");
	if (stack_chunk(row->object) || desk->mode == DESK_PAGE)
		return open_page(desk, row, index);
	if (!on)
		return take(desk, index, true, "; K again on a later row");
	desk_say(desk, ROLE_MESSAGE,
		 "no stack was taken of this %s: it came before, or from a "
		 "32-bit program",
		 syscall_of(desk, index)->name);
	return ACTION_DRAW;
}

unsigned stacks_toggle(struct desk *desk, int unused)
{
	(void)unused;
	const struct row *row = desk_row(desk);
	if (desk->page != DESK_PAGE_STACK || !row)
		return ACTION_NOTHING;
	uint32_t index = model_row_syscall(desk->model, row);
	unsigned redo =
		take(desk, index, !model_has_stacks(desk->model, index), "");
	return redo | stacks_show(desk, 0);
}

void stacks_print(const struct desk *desk, struct buf *buf)
{
	uint32_t traced = 0, count = 0;
	uint32_t all = catalogue_count(model_catalogue(desk->model));
	for (uint32_t i = 0; i < all; i++) {
		if (!model_is_traced(desk->model, i))
			continue;
		traced++;
		if (model_has_stacks(desk->model, i) && count++ < CHIP_NAMES)
			buf_printf(buf, "%s%s", count > 1 ? ", " : "",
				   syscall_of(desk, i)->name);
	}
	if (count <= CHIP_NAMES)
		return;
	if (count < traced) {
		buf_printf(buf, " + %u", count - CHIP_NAMES);
		return;
	}
	buf_clear(buf);
	buf_puts(buf, "all calls");
}
