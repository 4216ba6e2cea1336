/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The columns of a view, those that are shown first.  Until something is chosen
 * these are the ones that the screen has room for; then they are the user's,
 * on a screen of any size.
 */
#include "config.h"

#include "app/setup.h"

#include <stdio.h>
#include <string.h>

#include "app/action.h"
#include "app/conf.h"
#include "app/desk.h"
#include "base/buf.h"
#include "model/field.h"
#include "ui/term.h"
#include "view/columns.h"
#include "view/layout.h"
#include "view/views.h"

#define LIST_SIZE  2048 /* every field of a view with its width */
#define SORT_SIZE  64
#define WIDTH_STEP 1

/* All fields that the rows have: SHOWN of them in their order, then the rest.
 */
struct chosen {
	struct layout_item items[LAYOUT_ITEMS_LIMIT];
	size_t shown, count;
};

static bool is_there(const struct chosen *chosen, const struct field *field)
{
	for (size_t i = 0; i < chosen->count; i++)
		if (chosen->items[i].field == field)
			return true;
	return false;
}

static void add(struct chosen *chosen, struct layout_item item)
{
	if (chosen->count < LAYOUT_ITEMS_LIMIT && !is_there(chosen, item.field))
		chosen->items[chosen->count++] = item;
}

static void add_displayed(struct chosen *chosen, const struct desk *desk)
{
	const struct layout layout = {
		.view = desk->setup.view,
		.hosts = model_has_hosts(desk->model),
	};
	struct columns columns;
	columns_layout(&columns, &layout, term_cols(desk->term));
	for (size_t i = 0; i < columns.count; i++)
		add(chosen, (struct layout_item){columns.at[i].field, 0, 0});
}

static void get_chosen(const struct desk *desk, struct chosen *ret)
{
	enum row_kind kind = desk->setup.view->kind;
	const char *list =
		conf_get(desk->conf, "columns", desk->setup.view->name);
	*ret = (struct chosen){.count = 0};
	if (list)
		ret->count = layout_parse(ret->items, list, kind);
	else
		add_displayed(ret, desk);
	ret->shown = ret->count;
	for (size_t i = 0; i < field_count(); i++)
		if (field_has(field_at(i), kind) &&
		    (!(field_at(i)->kinds & FIELD_HOST) ||
		     model_has_hosts(desk->model)))
			add(ret, (struct layout_item){field_at(i), 0, 0});
}

/* Rows that a hidden column had the cursor in have it as a whole. */
static unsigned keep(struct desk *desk, const struct chosen *chosen)
{
	char text[LIST_SIZE];
	struct buf list;
	buf_init(&list, text, sizeof(text));
	layout_print(&list, chosen->items, chosen->shown);
	if (list.cut) {
		desk_say(desk, ROLE_ALARM, "the list of columns is too long");
		return ACTION_DRAW;
	}
	conf_set(desk->conf, "columns", desk->setup.view->name, text);
	desk_place(desk)->table.cell = NULL;
	return ACTION_DRAW;
}

static size_t *cursor_of(struct desk *desk)
{
	return &desk->setup.forms[SETUP_COLUMNS].cursor;
}

static const char *sort_of(const struct desk *desk)
{
	const char *sort = conf_get(desk->conf, "sort", desk->setup.view->name);
	return sort ? sort : desk->setup.view->sort;
}

void setup_columns_lines(const struct desk *desk, struct form_lines *ret)
{
	struct chosen chosen;
	bool ascii = term_is_ascii(desk->term);
	const char *sort = sort_of(desk);
	bool down = sort[0] == '-';
	const struct field *sorted =
		field_of_kind(desk->setup.view->kind, sort + down);
	get_chosen(desk, &chosen);
	for (size_t i = 0; i < chosen.count; i++) {
		const struct layout_item *item = &chosen.items[i];
		struct form_line *line = form_add(ret);
		struct buf value;
		line->box = i < chosen.shown ? FORM_ON : FORM_OFF;
		(void)snprintf(line->name, sizeof(line->name), "%s",
			       item->field->name); /* fits */
		line->help = item->field->help;
		buf_init(&value, line->value, sizeof(line->value));
		if (item->width > 0)
			buf_printf(&value, "%d ", item->width);
		if (item->field == sorted)
			buf_puts(&value, down ? (ascii ? "v" : "▽")
					      : (ascii ? "^" : "△"));
	}
}

unsigned setup_columns_toggle(struct desk *desk, int unused)
{
	(void)unused;
	struct chosen chosen;
	size_t at = *cursor_of(desk);
	get_chosen(desk, &chosen);
	if (at >= chosen.count)
		return ACTION_NOTHING;
	if (at < chosen.shown && chosen.shown == 1) {
		desk_say(desk, ROLE_MESSAGE, "a view keeps one column");
		return ACTION_DRAW;
	}
	struct layout_item item = chosen.items[at];
	size_t to = at < chosen.shown ? chosen.shown - 1 : chosen.shown;
	if (to > at)
		memmove(chosen.items + at, chosen.items + at + 1,
			(to - at) * sizeof(item));
	else
		memmove(chosen.items + to + 1, chosen.items + to,
			(at - to) * sizeof(item));
	chosen.items[to] = item;
	if (at < chosen.shown) {
		chosen.shown--;
	} else {
		chosen.shown++;
		*cursor_of(desk) = to; /* so that it can be moved */
	}
	return keep(desk, &chosen);
}

unsigned setup_columns_shift(struct desk *desk, int step)
{
	struct chosen chosen;
	size_t at = *cursor_of(desk);
	size_t to = at + (size_t)step;
	get_chosen(desk, &chosen);
	if (at >= chosen.shown || to >= chosen.shown) { /* or above the first */
		desk_say(desk, ROLE_MESSAGE,
			 "it moves among the columns that are shown");
		return ACTION_DRAW;
	}
	struct layout_item item = chosen.items[at];
	chosen.items[at] = chosen.items[to];
	chosen.items[to] = item;
	*cursor_of(desk) = to;
	return keep(desk, &chosen);
}

/* The width that the field under the cursor has on the screen. */
static int width_now(const struct desk *desk, const struct layout_item *item)
{
	const struct layout layout = {
		.view = desk->setup.view,
		.chosen =
			conf_get(desk->conf, "columns", desk->setup.view->name),
	};
	struct columns columns;
	columns_layout(&columns, &layout, term_cols(desk->term));
	for (size_t i = 0; i < columns.count; i++)
		if (columns.at[i].field == item->field)
			return columns.at[i].width;
	return item->field->width < 0 ? -item->field->width
				      : item->field->width;
}

unsigned setup_columns_widen(struct desk *desk, int step)
{
	struct chosen chosen;
	size_t at = *cursor_of(desk);
	get_chosen(desk, &chosen);
	if (at >= chosen.shown) {
		desk_say(desk, ROLE_MESSAGE, "it is not shown; Space shows it");
		return ACTION_DRAW;
	}
	struct layout_item *item = &chosen.items[at];
	int width = item->width ? item->width : width_now(desk, item);
	width += step * WIDTH_STEP;
	if (width < 1 || width > LAYOUT_WIDTH_LIMIT)
		return ACTION_NOTHING;
	item->width = width;
	return keep(desk, &chosen);
}

/* Every place that the view is in takes the new order. */
static void order_places(struct desk *desk, const struct field *field,
			 bool descending)
{
	for (size_t i = 0; i < views_count() + desk->depth; i++) {
		struct desk_place *place =
			i < views_count() ? &desk->roots[i]
					  : &desk->drilled[i - views_count()];
		if (place->view != desk->setup.view)
			continue;
		place->sort = field;
		place->descending = descending;
		place->table.follow = !field && place->view->kind == ROW_CALL;
	}
	desk->reorder = true;
}

unsigned setup_columns_sort(struct desk *desk, int unused)
{
	(void)unused;
	struct chosen chosen;
	char text[SORT_SIZE];
	size_t at = *cursor_of(desk);
	get_chosen(desk, &chosen);
	if (at >= chosen.count)
		return ACTION_NOTHING;
	const struct field *field = chosen.items[at].field;
	const char *sort = sort_of(desk);
	bool down = sort[0] == '-';
	bool same = field_of_kind(desk->setup.view->kind, sort + down) == field;
	down = same ? !down : field_is_number(field);
	(void)snprintf(text, sizeof(text), "%s%s", down ? "-" : "",
		       field->name); /* names are short */
	conf_set(desk->conf, "sort", desk->setup.view->name, text);
	order_places(desk, field, down);
	return ACTION_ROWS;
}

unsigned setup_columns_view(struct desk *desk, int step)
{
	size_t count = views_count();
	size_t at = 0;
	while (at + 1 < count && views_at(at) != desk->setup.view)
		at++;
	desk->setup.view = views_at((at + count + (size_t)step) % count);
	desk->setup.forms[SETUP_COLUMNS] = (struct form){0};
	return ACTION_DRAW;
}

unsigned setup_columns_reset(struct desk *desk, int unused)
{
	(void)unused;
	const struct view *view = desk->setup.view;
	bool down = view->sort[0] == '-';
	conf_set(desk->conf, "columns", view->name, NULL);
	conf_set(desk->conf, "sort", view->name, NULL);
	order_places(desk, field_of_kind(view->kind, view->sort + down), down);
	desk_place(desk)->table.cell = NULL;
	desk_say(desk, ROLE_MESSAGE, "the view's own columns and order");
	return ACTION_ROWS;
}
