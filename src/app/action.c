/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/action.h"

#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "app/chosen.h"
#include "app/desk.h"
#include "app/dialog.h"
#include "app/options.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fmt.h"
#include "model/field.h"
#include "model/model.h"
#include "model/past.h"
#include "ui/keycode.h"
#include "ui/term.h"
#include "view/columns.h"
#include "view/views.h"

static struct table *table_of(struct desk *desk)
{
	if (desk->stale)
		desk_refresh(desk);
	return &desk_place(desk)->table;
}

unsigned action_move(struct desk *desk, int rows)
{
	struct table *table = table_of(desk);
	bool was_last = table->cursor + 1 >= desk->count;
	if (rows < 0 || !was_last)
		table->follow = false;
	table_move(table, desk->rows, desk->count, rows);
	desk->stale = table->anchored;
	return ACTION_DRAW;
}

unsigned action_page(struct desk *desk, int half_pages)
{
	int height = table_of(desk)->height;
	int rows = height > 2 ? height / 2 : 1;
	return action_move(desk, rows * half_pages);
}

/* The first call kept may lie outside the rows listed around the cursor. */
static void go_to_first_call(struct desk *desk, struct table *table)
{
	struct desk_place *place = desk_place(desk);
	const struct query query = {
		.kind = ROW_CALL,
		.process = place->process,
		.syscall = place->syscall,
		.within = place->within,
		.filter = place->passing,
		.failed = desk->failed_only,
		.since_id = 1,
		.limit = 1,
	};
	query_run(&query, desk->model, &desk->result);
	if (desk->result.count == 0)
		return;
	table->id = desk->result.rows[0].id;
	table->kind = ROW_CALL;
	table->placed = true;
	table->top = table->cursor; /* on the first line */
	desk->stale = true;
}

unsigned action_edge(struct desk *desk, int end)
{
	struct table *table = table_of(desk);
	table->follow = end && table->anchored;
	if (table->anchored && !end)
		go_to_first_call(desk, table);
	else
		table_move_to(table, desk->rows, desk->count,
			      end ? desk->count : 0);
	/* the first row is a place: whatever comes to stand there */
	table->pinned = end;
	desk->stale = table->anchored;
	return ACTION_DRAW;
}

unsigned action_cell(struct desk *desk, int step)
{
	struct table *table = table_of(desk);
	const struct layout layout = desk_layout(desk, desk_place(desk));
	if (step)
		table_move_cell(table, &layout, term_cols(desk->term), step);
	else
		table->shift = 0;
	if (!step)
		table->cell = NULL;
	return ACTION_DRAW;
}

static const struct syscall *syscall_of(const struct desk *desk, uint32_t index)
{
	return catalogue_get(model_catalogue(desk->model), index);
}

static bool can_trace(const struct desk *desk, uint32_t index)
{
	return syscall_of(desk, index)->presence != SYSCALL_ABSENT;
}

/* Which syscalls a tick of many is about. */
struct choice {
	bool (*has)(const struct desk *desk, const void *what, uint32_t index);
	const void *what;
};

/* Ticks all of them, or unticks them if all are ticked; how many there are. */
static uint32_t tick_all(struct desk *desk, const struct choice *choice,
			 bool *ret_on)
{
	uint32_t count = catalogue_count(model_catalogue(desk->model));
	uint32_t chosen = 0;
	bool on = false;
	for (uint32_t i = 0; i < count; i++) {
		if (!can_trace(desk, i) || !choice->has(desk, choice->what, i))
			continue;
		chosen++;
		on = on || !model_is_traced(desk->model, i);
	}
	for (uint32_t i = 0; i < count; i++)
		if (can_trace(desk, i) && choice->has(desk, choice->what, i))
			desk_set_traced(desk, i, on);
	*ret_on = on;
	return chosen;
}

static bool in_class(const struct desk *desk, const void *what, uint32_t index)
{
	const enum syscall_class *class = what;
	return syscall_of(desk, index)->class == *class;
}

static bool in_list(const struct desk *desk, const void *what, uint32_t index)
{
	(void)what; /* the desk has the list */
	for (size_t i = 0; i < desk->count; i++)
		if (desk->rows[i].kind == ROW_SYSCALL &&
		    desk->rows[i].id == index)
			return true;
	return false;
}

static unsigned tick_class(struct desk *desk, enum syscall_class class)
{
	const struct choice choice = {.has = in_class, .what = &class};
	bool on;
	uint32_t n = tick_all(desk, &choice, &on);
	desk_say(desk, ROLE_MESSAGE, "%s the %u calls of class %s",
		 on ? "tracing" : "no longer tracing", n,
		 syscall_class_name(class));
	return ACTION_ROWS;
}

unsigned action_tick_listed(struct desk *desk)
{
	if (desk->stale)
		desk_refresh(desk);
	const struct choice choice = {.has = in_list};
	bool on;
	uint32_t n = tick_all(desk, &choice, &on);
	desk_say(desk, ROLE_MESSAGE, "%s the %u calls listed",
		 on ? "tracing" : "no longer tracing", n);
	return ACTION_ROWS;
}

static unsigned no_row(struct desk *desk)
{
	desk_say(desk, ROLE_MESSAGE, "there is no row here");
	return ACTION_DRAW;
}

static bool in_tagged(const struct desk *desk, const void *what, uint32_t index)
{
	const struct row *row = what; /* as many as are tagged */
	size_t count = tags_count(&desk->tags, row->kind);
	for (size_t i = 0; i < count; i++)
		if (model_row_syscall(desk->model, &row[i]) == index)
			return true;
	return false;
}

static unsigned tick_tagged(struct desk *desk)
{
	struct row *rows;
	bool on;
	if (chosen_rows(desk, &rows) == 0) {
		free(rows);
		return no_row(desk);
	}
	const struct choice choice = {.has = in_tagged, .what = rows};
	uint32_t n = tick_all(desk, &choice, &on);
	desk_say(desk, ROLE_MESSAGE, "%s the %u calls tagged",
		 on ? "tracing" : "no longer tracing", n);
	free(rows);
	return ACTION_ROWS;
}

unsigned action_tick(struct desk *desk, int unused)
{
	(void)unused;
	const struct row *row = desk_row(desk);
	desk_place(desk)->table.pinned = true;
	if (chosen_are_tagged(desk))
		return tick_tagged(desk);
	if (row && row->kind == ROW_CLASS)
		return tick_class(desk, (enum syscall_class)row->id);
	uint32_t index = row ? model_row_syscall(desk->model, row)
			     : desk_place(desk)->syscall;
	if (index == SYSCALL_NONE)
		return no_row(desk);
	const struct syscall *sc = syscall_of(desk, index);
	if (!can_trace(desk, index)) {
		desk_say(desk, ROLE_ALARM, "this kernel has no %s%s%s",
			 sc->name, sc->absent_why[0] ? ": " : "",
			 sc->absent_why);
		return ACTION_DRAW;
	}
	bool on = !model_is_traced(desk->model, index);
	desk_set_traced(desk, index, on);
	if (!row || row->kind != ROW_SYSCALL)
		desk_say(desk, ROLE_MESSAGE, "%s %s",
			 on ? "tracing" : "no longer tracing", sc->name);
	return ACTION_ROWS;
}

#define NAME_FIELDS 3

void action_name_row(const struct desk *desk, const struct row *row, char *name,
		     size_t size)
{
	struct buf buf;
	struct field_scratch scratch;
	static const char *const fields[ROW_KINDS][NAME_FIELDS] = {
		[ROW_SYSCALL] = {"syscall"},
		[ROW_PROCESS] = {"comm", "pid"},
		[ROW_PAIR] = {"syscall"},
		[ROW_ERROR] = {"comm", "syscall", "errno"},
		[ROW_CALL] = {"syscall"},
		[ROW_BLOCKED] = {"comm", "pid"},
		[ROW_FILE] = {"path"},
		[ROW_BUCKET] = {"from", "to"},
	};
	buf_init(&buf, name, size);
	for (int i = 0; i < NAME_FIELDS && fields[row->kind][i]; i++) {
		const struct field *field =
			field_of_kind(row->kind, fields[row->kind][i]);
		if (!field)
			continue;
		struct value value =
			field_get(field, desk->model, row, &scratch);
		if (buf.len > 0)
			buf_puts(&buf, row->kind == ROW_BUCKET ? " to " : " ");
		field_print(&buf, field, &value);
	}
}

static uint64_t process_of(const struct desk *desk, const struct row *row)
{
	return model_row_process(desk->model, row);
}

/* The calls that ROW counts, of the sample that is stepped to. */
static struct query_within within_cell(const struct desk *desk,
				       const struct row *row)
{
	struct query_within within = query_within_row(row);
	struct past_view view;
	past_view(desk->model, &view);
	if (row->kind == ROW_BUCKET && view.stepped) {
		within.after_ns = view.after_ns;
		within.until_ns = view.time_ns;
	}
	return within;
}

unsigned action_open(struct desk *desk, int unused)
{
	const struct row *row = desk_row(desk);
	struct desk_place *place = desk_place(desk);
	if (!row)
		return no_row(desk);
	place->table.pinned = true;
	if (row->kind == ROW_CLASS)
		return tick_class(desk, (enum syscall_class)row->id);
	const struct view *view = views_by_name(place->view->drill);
	if (!view)
		return dialog_detail(desk, unused);
	char name[DESK_NAME_SIZE];
	action_name_row(desk, row, name, sizeof(name));
	struct desk_scope scope = {
		.process =
			place->process ? place->process : process_of(desk, row),
		.syscall = place->syscall != SYSCALL_NONE
				   ? place->syscall
				   : model_row_syscall(desk->model, row),
		.within = within_cell(desk, row),
	};
	if (view->kind == ROW_PAIR) /* it is about all of them */
		scope.syscall = SYSCALL_NONE;
	desk_drill(desk, view, &scope, name);
	return ACTION_ROWS;
}

unsigned action_events(struct desk *desk, int unused)
{
	(void)unused;
	const struct row *row = desk_row(desk);
	uint64_t process =
		row ? process_of(desk, row) : desk_place(desk)->process;
	const struct view *view = views_by_name("events");
	struct row found;
	if (!process || !view ||
	    !model_find_row(desk->model, ROW_PROCESS, process, &found))
		return no_row(desk);
	desk_place(desk)->table.pinned = true;
	char name[DESK_NAME_SIZE];
	action_name_row(desk, &found, name, sizeof(name));
	const struct desk_scope scope = {.process = process,
					 .syscall = SYSCALL_NONE};
	desk_drill(desk, view, &scope, name);
	return ACTION_ROWS;
}

static bool clear_narrowing(struct desk *desk)
{
	struct desk_place *place = desk_place(desk);
	bool had = place->search[0] || place->filter[0];
	place->search[0] = '\0';
	(void)desk_filter(desk, ""); /* understood */
	desk->reorder = true;
	return had;
}

unsigned action_back(struct desk *desk, int unused)
{
	(void)unused;
	if (desk->key == KEYCODE_ESC && clear_narrowing(desk))
		return ACTION_ROWS;
	if (!desk_back(desk) && !clear_narrowing(desk))
		desk_say(desk, ROLE_MESSAGE, "this is the top; q quits");
	return ACTION_ROWS;
}

unsigned action_next_view(struct desk *desk, int step)
{
	size_t count = views_count();
	size_t view = desk->root;
	do
		view = (view + count + (size_t)step) % count;
	while (!views_at(view)->tab);
	desk_go_root(desk, view);
	return ACTION_ROWS;
}

unsigned action_number(struct desk *desk, int unused)
{
	(void)unused;
	uint32_t wanted = desk->key - '0';
	for (size_t i = 0; i < views_count(); i++) {
		if (!views_at(i)->tab || --wanted > 0)
			continue;
		desk_go_root(desk, i);
		return ACTION_ROWS;
	}
	desk_say(desk, ROLE_MESSAGE, "there is no view %c", (int)desk->key);
	return ACTION_DRAW;
}

unsigned action_next_match(struct desk *desk, int step)
{
	struct table *table = table_of(desk);
	struct desk_place *place = desk_place(desk);
	if (desk->count == 0)
		return no_row(desk);
	if (!place->search[0]) {
		desk_say(desk, ROLE_MESSAGE, "nothing to search for; / asks");
		return ACTION_DRAW;
	}
	size_t at = table->cursor;
	for (size_t i = 0; i < desk->count; i++) {
		at = (at + desk->count + (size_t)step) % desk->count;
		if (!desk_row_found(desk, place, &desk->rows[at]))
			continue;
		table->follow = false;
		table_move_to(table, desk->rows, desk->count, at);
		desk->stale = table->anchored;
		return ACTION_DRAW;
	}
	desk_say(desk, ROLE_ALARM, "not found: %s", place->search);
	return ACTION_DRAW;
}

static unsigned sort_by(struct desk *desk, const struct field *field,
			bool descending)
{
	struct desk_place *place = desk_place(desk);
	place->sort = field;
	place->descending = descending;
	place->table.follow = !field && place->view->kind == ROW_CALL;
	place->table.pinned = false; /* see the new order from its top */
	desk->reorder = true;
	return ACTION_ROWS;
}

unsigned action_sort_by(struct desk *desk, const char *name)
{
	struct desk_place *place = desk_place(desk);
	const struct field *field = field_of_kind(place->view->kind, name);
	if (field && field == place->sort)
		return action_reverse(desk, 0);
	return sort_by(desk, field, field && field_is_number(field));
}

unsigned action_sort_next(struct desk *desk, int step)
{
	struct desk_place *place = desk_place(desk);
	const struct layout layout = desk_layout(desk, place);
	struct columns columns;
	columns_layout(&columns, &layout, term_cols(desk->term));
	size_t count = columns.count;
	if (count == 0)
		return ACTION_NOTHING;
	size_t at = step > 0 ? count - 1 : 0;
	for (size_t i = 0; i < count; i++)
		if (columns.at[i].field == place->sort)
			at = i;
	at = (at + count + (size_t)step) % count;
	const struct field *field = columns.at[at].field;
	desk_say(desk, ROLE_MESSAGE, "sorted by %s", field->title);
	return sort_by(desk, field, field_is_number(field));
}

unsigned action_reverse(struct desk *desk, int unused)
{
	(void)unused;
	struct desk_place *place = desk_place(desk);
	return sort_by(desk, place->sort, !place->descending);
}

unsigned action_group(struct desk *desk, int unused)
{
	(void)unused;
	struct desk_place *place = desk_place(desk);
	place->by_class = !place->by_class;
	place->table.pinned = place->table.pinned && !place->by_class;
	desk->reorder = true;
	return ACTION_ROWS;
}

unsigned action_follow(struct desk *desk, int unused)
{
	(void)unused;
	struct table *table = table_of(desk);
	if (!table->anchored)
		return sort_by(desk, NULL, false);
	table->follow = !table->follow;
	return ACTION_ROWS;
}

unsigned action_tree(struct desk *desk, int unused)
{
	(void)unused;
	struct desk_place *place = desk_place(desk);
	place->tree = !place->tree;
	place->table.pinned = place->table.pinned && !place->tree;
	desk->reorder = true;
	return ACTION_ROWS;
}

unsigned action_failed(struct desk *desk, int unused)
{
	(void)unused;
	desk->failed_only = !desk->failed_only;
	return ACTION_ROWS;
}

unsigned action_clear(struct desk *desk, int unused)
{
	(void)unused;
	model_clear_calls(desk->model);
	desk_say(desk, ROLE_MESSAGE, "dropped the rows listed so far");
	return ACTION_ROWS;
}

unsigned action_delay(struct desk *desk, int step)
{
	const struct options_row *range = options_by_name("delay");
	uint64_t delay = step > 0 ? desk->delay_ns * 2 : desk->delay_ns / 2;
	bool allowed = delay >= range->least && delay <= range->most;
	if (allowed)
		desk->delay_ns = delay;
	char data[32];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	fmt_duration(&text, desk->delay_ns);
	desk_say(desk, ROLE_MESSAGE, "refreshed every %s%s", data,
		 allowed    ? ""
		 : step > 0 ? ", which is the longest"
			    : ", which is the shortest");
	return ACTION_DRAW;
}

unsigned action_request(struct desk *desk, int bits)
{
	(void)desk; /* the loop does it */
	return (unsigned)bits;
}
