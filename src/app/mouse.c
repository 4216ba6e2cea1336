/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/mouse.h"

#include "app/action.h"
#include "app/desk.h"
#include "app/dialog.h"
#include "app/keys.h"
#include "app/options.h"
#include "app/paint.h"
#include "app/playkeys.h"
#include "model/field.h"
#include "ui/keycode.h"
#include "ui/term.h"
#include "view/views.h"
#include "view/layout.h"

#define WHEEL_ROWS      3
#define DOUBLE_CLICK_NS 400000000ull

static unsigned wheel(struct desk *desk, int rows)
{
	switch (desk->mode) {
	case DESK_PAGE:
		return dialog_scroll(desk, rows);
	case DESK_LIST:
		return dialog_list_move(desk, rows);
	case DESK_OUTPUT:
		return dialog_output_scroll(desk, rows < 0 ? 1 : -1);
	case DESK_TABLE:
		return action_move(desk, rows);
	case DESK_SETUP:
		return setup_move(desk, rows);
	case DESK_PROMPT:
	case DESK_QUESTION:
	case DESK_CONFIRM:
		break;
	}
	return ACTION_NOTHING;
}

static unsigned click_footer(struct desk *desk, int x)
{
	struct frame_key keys[KEYS_FOOTER_LIMIT];
	struct keys_footer_text text;
	size_t count = keys_footer(desk, keys, &text);
	size_t hit = frame_key_at(desk->term, keys, count, x);
	unsigned where = keys_where(desk);
	for (size_t i = 0; hit < count && i < keys_count(); i++) {
		const struct keys_row *row = keys_at(i);
		if ((row->where & where) && row->label == keys[hit].label &&
		    keys_of(desk, i)[0])
			return keys_press(desk, keys_of(desk, i)[0]);
	}
	return ACTION_NOTHING;
}

static unsigned click_tab(struct desk *desk, int x)
{
	struct frame_tab tabs[PAINT_TABS_LIMIT];
	size_t count = paint_tabs(desk, tabs);
	size_t hit = frame_tab_at(tabs, count, x);
	if (hit == count)
		return ACTION_NOTHING;
	return keys_press(desk, '1' + (uint32_t)hit);
}

static unsigned click_body(struct desk *desk, const struct area *body,
			   struct term_mouse mouse)
{
	struct desk_place *place = desk_place(desk);
	struct table *table = &place->table;
	const struct layout layout = desk_layout(desk, place);
	const struct area beside =
		table_beside_tags(body, &desk->tags, place->view->kind);
	const struct field *field =
		table_field_at(&beside, table, &layout, mouse.x);
	if (mouse.y == body->y) {
		return field ? action_sort_by(desk, field->name)
			     : ACTION_NOTHING;
	}
	if (desk->stale)
		desk_refresh(desk);
	size_t index = table->top + (size_t)(mouse.y - body->y - 1);
	if (index >= desk->count)
		return ACTION_NOTHING;
	bool same = index == table->cursor;
	table->follow = false;
	table_move_to(table, desk->rows, desk->count, index);
	bool soon = desk->now_ns - desk->click_ns < DOUBLE_CLICK_NS;
	desk->click_ns = desk->now_ns;
	if (same && soon)
		return action_open(desk, 0);
	/* a box is there to be clicked */
	if (field && field->unit == UNIT_TICK)
		return action_tick(desk, 0);
	return ACTION_DRAW;
}

unsigned mouse_act(struct desk *desk, int unused)
{
	(void)unused;
	struct term_mouse mouse = term_mouse(desk->term);
	struct frame frame;
	paint_layout(desk, &frame);
	if (mouse.button == TERM_BUTTON_WHEEL_UP)
		return wheel(desk, -WHEEL_ROWS);
	if (mouse.button == TERM_BUTTON_WHEEL_DOWN)
		return wheel(desk, WHEEL_ROWS);
	if (mouse.y == frame.footer)
		return click_footer(desk, mouse.x);
	if (desk->mode == DESK_SETUP && !desk->setup.grabs)
		return setup_click(desk, &frame.body, mouse.y, mouse.x);
	if (desk->mode != DESK_TABLE)
		return ACTION_NOTHING;
	if (mouse.y == frame.scrub)
		return playkeys_click(desk, mouse.x);
	if (mouse.y == frame.tabs)
		return click_tab(desk, mouse.x);
	if (mouse.y >= frame.body.y && mouse.y < frame.body.y + frame.body.rows)
		return click_body(desk, &frame.body, mouse);
	return ACTION_NOTHING;
}

unsigned mouse_toggle(struct desk *desk, int unused)
{
	(void)unused;
	bool on = desk->options->no_mouse;
	desk->options->no_mouse = !on;
	term_set_mouse(desk->term, on);
	desk_say(
		desk, ROLE_MESSAGE, "%s",
		on ? "the mouse clicks here again"
		   : "the mouse is the terminal's: it selects text; M takes it "
		     "back");
	return ACTION_DRAW;
}
