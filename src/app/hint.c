/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/hint.h"

#include "abi/decode.h"
#include "abi/errno.h"
#include "abi/syscall.h"
#include "app/desk.h"
#include "base/buf.h"
#include "base/fmt.h"
#include "model/field.h"
#include "model/model.h"
#include "model/past.h"
#include "ui/frame.h"

#define HINT_SIZE         4096 /* more than a line of any screen */
#define HINT_STRING_LIMIT 128

static void hint_of_syscall(const struct desk *desk, int y, uint32_t index)
{
	const struct syscall *sc =
		catalogue_get(model_catalogue(desk->model), index);
	char data[512];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	buf_puts(&text, sc->meaning);
	if (sc->absent_why[0])
		buf_printf(&text, " (not in this kernel: %s)", sc->absent_why);
	frame_draw_hint(desk->term, y, sc->name, data);
}

/* The call in full: its columns may not have the room. */
static void hint_of_call(const struct desk *desk, int y, const struct row *row,
			 uint32_t index)
{
	const struct syscall *sc =
		catalogue_get(model_catalogue(desk->model), index);
	const struct decode_options options = {
		.string_limit = HINT_STRING_LIMIT,
		.utf8 = true,
		.files = model_files(desk->model),
	};
	char data[HINT_SIZE];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	decode_call(&text, sc, row->object, &options);
	frame_draw_hint(desk->term, y, "", data);
}

/* A field of the row in full. */
static void hint_of_field(const struct desk *desk, int y, const struct row *row,
			  const char *name)
{
	struct field_scratch scratch;
	const struct field *field = field_of_kind(row->kind, name);
	struct value value = field_get(field, desk->model, row, &scratch);
	char data[HINT_SIZE];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	if (value.known)
		field_print(&text, field, &value);
	frame_draw_hint(desk->term, y, "", data);
}

/* What the error says, and of which call. */
static void hint_of_error(const struct desk *desk, int y, const struct row *row,
			  uint32_t index)
{
	const struct syscall *sc =
		catalogue_get(model_catalogue(desk->model), index);
	int code = (int)model_row_error(row);
	const char *name = errno_name(code);
	char data[512];
	struct buf text;
	if (!name) {
		hint_of_syscall(desk, y, index);
		return;
	}
	buf_init(&text, data, sizeof(data));
	buf_printf(&text, "%s; %s of %s, which %s", errno_text(code),
		   errno_is_usual(code, sc->name) ? "usual" : "unusual",
		   sc->name, sc->meaning);
	frame_draw_hint(desk->term, y, name, data);
}

/* Of the sample that is stepped to: when it was, and how many calls it adds. */
static bool hint_of_cell(const struct desk *desk, int y, const struct row *row)
{
	char data[128];
	struct buf text;
	struct past_view view;
	uint64_t offset_ns = model_wall_offset_ns(desk->model);
	past_view(desk->model, &view);
	if (row->kind != ROW_BUCKET || !view.stepped)
		return false;
	buf_init(&text, data, sizeof(data));
	fmt_clock(&text, view.after_ns + offset_ns, 1);
	buf_puts(&text, " to ");
	fmt_clock(&text, view.time_ns + offset_ns, 1);
	buf_puts(&text, ": ");
	uint64_t calls = past_bucket_calls(desk->model, row);
	buf_u64(&text, calls);
	buf_puts(&text, calls == 1 ? " call" : " calls");
	buf_puts(&text, "; Enter lists what was traced");
	frame_draw_hint(desk->term, y, "", data);
	return true;
}

void hint_draw(struct desk *desk, int y)
{
	const struct row *row =
		table_row(&desk_place(desk)->table, desk->rows, desk->count);
	if (!row)
		return;
	uint32_t index = model_row_syscall(desk->model, row);
	if (hint_of_cell(desk, y, row))
		return;
	enum syscall_class class = (enum syscall_class)row->id;
	if (row->kind == ROW_CLASS)
		frame_draw_hint(desk->term, y, syscall_class_name(class),
				syscall_class_meaning(class));
	else if (row->kind == ROW_PROCESS)
		hint_of_field(desk, y, row, "cmdline");
	else if (row->kind == ROW_FILE)
		hint_of_field(desk, y, row, "path");
	else if ((row->kind == ROW_CALL || row->kind == ROW_BLOCKED) &&
		 index != SYSCALL_NONE)
		hint_of_call(desk, y, row, index);
	else if (row->kind == ROW_ERROR)
		hint_of_error(desk, y, row, index);
	else if (index != SYSCALL_NONE)
		hint_of_syscall(desk, y, index);
}
