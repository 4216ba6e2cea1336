/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/form.h"

#include "ui/draw.h"

#define GAP       2
#define BOX_WIDTH 4
/* A value leaves a third of the line to what it is about. */
#define VALUE_PART(cols) ((cols)*2 / 3)

struct form_line *form_add(struct form_lines *lines)
{
	if (lines->count == FORM_LINES)
		return &lines->at[FORM_LINES - 1];
	struct form_line *line = &lines->at[lines->count++];
	*line = (struct form_line){.help = ""};
	return line;
}

void form_move(struct form *form, const struct form_lines *lines, long delta)
{
	long last = (long)lines->count - 1;
	long at = (long)form->cursor + delta;
	at = at > last ? last : at;
	form->cursor = (size_t)(at < 0 ? 0 : at);
}

struct widths {
	int name, value;
};

static struct widths measure(const struct form_lines *lines, int cols)
{
	struct widths widths = {0};
	for (size_t i = 0; i < lines->count; i++) {
		int name = draw_width(lines->at[i].name);
		int value = draw_width(lines->at[i].value);
		widths.name = name > widths.name ? name : widths.name;
		widths.value = value > widths.value ? value : widths.value;
	}
	int room = VALUE_PART(cols) - widths.name;
	if (widths.value > room)
		widths.value = room > 0 ? room : 0;
	return widths;
}

static void draw_line(struct term *term, const struct area *line,
		      const struct form_line *what, struct widths widths,
		      bool cursor)
{
	static const char *const boxes[] = {
		[FORM_NO_BOX] = "", [FORM_OFF] = "[ ] ", [FORM_ON] = "[x] "};
	int x = line->x;
	int end = line->x + line->cols;
	enum role text = cursor ? ROLE_CURSOR : ROLE_TEXT;
	enum role dim = cursor ? ROLE_CURSOR : ROLE_DIM;
	enum role tick = cursor ? ROLE_CURSOR : ROLE_TICK;
	draw_blank(term, line->y, x, line->cols, text);
	if (what->box != FORM_NO_BOX) {
		(void)draw_text(term, line->y, x, end - x,
				what->box == FORM_ON ? tick : text,
				boxes[what->box]);
		x += BOX_WIDTH;
	}
	if (x < end)
		(void)draw_foreign(term, line->y, x, end - x, text, what->name);
	x += widths.name + GAP;
	/* without a help behind it, a value has all the room */
	int room = what->help[0] && widths.value < end - x ? widths.value
							   : end - x;
	if (room > 0)
		(void)draw_foreign(term, line->y, x, room, text, what->value);
	x += widths.value + (widths.value ? GAP : 0);
	if (x < end && what->help[0])
		(void)draw_foreign(term, line->y, x, end - x, dim, what->help);
}

void form_draw(struct term *term, const struct area *area, struct form *form,
	       const struct form_lines *lines)
{
	size_t height = area->rows > 0 ? (size_t)area->rows : 1;
	struct widths widths = measure(lines, area->cols);
	form_move(form, lines, 0);
	if (form->cursor < form->top)
		form->top = form->cursor;
	if (form->cursor >= form->top + height)
		form->top = form->cursor - height + 1;
	for (size_t i = 0; i < height && form->top + i < lines->count; i++) {
		const struct area line = {.y = area->y + (int)i,
					  .x = area->x,
					  .rows = 1,
					  .cols = area->cols};
		draw_line(term, &line, &lines->at[form->top + i], widths,
			  form->top + i == form->cursor);
	}
}

size_t form_at(const struct area *area, const struct form *form,
	       const struct form_lines *lines, int y)
{
	size_t line = form->top + (size_t)(y - area->y);
	return y < area->y || y >= area->y + area->rows || line > lines->count
		       ? lines->count
		       : line;
}
