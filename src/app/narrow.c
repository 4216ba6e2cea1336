/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/narrow.h"

#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/chosen.h"
#include "app/desk.h"
#include "base/buf.h"
#include "model/filter.h"
#include "view/views.h"

/* What a row is told by where the cursor is in no cell. */
static const struct field *usual_field(enum row_kind kind)
{
	const struct field *field = field_of_kind(kind, "syscall");
	return kind == ROW_PROCESS || !field ? field_of_kind(kind, "comm")
					     : field;
}

/* The filter in force, so that something can follow. */
static void put_filter(struct buf *to, const struct desk_place *place)
{
	bool is_or = place->passing && place->passing->root &&
		     place->passing->root->op == FILTER_OR;
	if (!place->filter[0])
		return;
	buf_puts(to, is_or ? "(" : "");
	buf_puts(to, place->filter);
	buf_puts(to, is_or ? ")" : "");
	buf_puts(to, " && ");
}

/* A test of what the row has in the field. */
struct test {
	char data[PROMPT_SIZE];
	bool cut;
};

static struct test test_of(const struct desk *desk, const struct field *field,
			   const struct row *row, bool include)
{
	struct test test;
	struct buf text;
	struct field_scratch scratch;
	buf_init(&text, test.data, sizeof(test.data));
	struct value value = field_get(field, desk->model, row, &scratch);
	filter_print_test(&text, field, &value, include);
	test.cut = text.cut;
	return test;
}

/* Tests of several rows, each once: any of them passes, or none. */
static void put_tests(struct buf *to, const struct desk *desk,
		      const struct field *field, const struct row *rows,
		      size_t count, bool include)
{
	buf_puts(to, count > 1 && include ? "(" : "");
	for (size_t i = 0; i < count && !to->cut; i++) {
		const struct test test =
			test_of(desk, field, &rows[i], include);
		bool again = false;
		for (size_t j = 0; j < i && !again; j++) {
			const struct test other =
				test_of(desk, field, &rows[j], include);
			again = strcmp(other.data, test.data) == 0;
		}
		if (again)
			continue;
		if (i > 0)
			buf_puts(to, include ? " || " : " && ");
		buf_puts(to, test.data);
		to->cut = to->cut || test.cut;
	}
	buf_puts(to, count > 1 && include ? ")" : "");
}

unsigned narrow_by_cell(struct desk *desk, int include)
{
	struct row *rows;
	size_t count = chosen_rows(desk, &rows);
	struct desk_place *place = desk_place(desk);
	enum row_kind kind = place->view->kind;
	const struct field *field =
		place->table.cell ? place->table.cell : usual_field(kind);
	if (count == 0 || !field || rows[0].kind != kind) {
		free(rows);
		desk_say(desk, ROLE_MESSAGE, "there is no row here");
		return ACTION_DRAW;
	}
	char text[PROMPT_SIZE];
	struct buf filter;
	buf_init(&filter, text, sizeof(text));
	put_filter(&filter, place);
	put_tests(&filter, desk, field, rows, count, include);
	free(rows);
	if (filter.cut) {
		desk_say(desk, ROLE_ALARM,
			 "the filter has no room for more; F4 edits it");
		return ACTION_DRAW;
	}
	desk_note_filter(desk);
	if (!desk_filter(desk, text))
		desk_say(desk, ROLE_ALARM, "%s", desk->mistake.text);
	place->table.pinned = false;
	return ACTION_ROWS;
}

unsigned narrow_undo(struct desk *desk, int unused)
{
	(void)unused;
	struct desk_place *place = desk_place(desk);
	if (place->undo_count == 0) {
		desk_say(desk, ROLE_MESSAGE, "the filter was not changed");
		return ACTION_DRAW;
	}
	char text[PROMPT_SIZE];
	memcpy(text, place->undo[place->undo_count - 1], sizeof(text));
	place->undo_count--;
	(void)desk_filter(desk, text); /* it was understood before */
	return ACTION_ROWS;
}
