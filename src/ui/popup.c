/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/popup.h"

#include <stdio.h>

#include "ui/draw.h"
#include "ui/term.h"

void popup_open(struct popup *popup, const char *title, bool question)
{
	*popup = (struct popup){.title = title, .question = question};
}

void popup_add(struct popup *popup, const char *text, const char *note)
{
	popup_add_key(popup, 0, text, note);
}

void popup_add_key(struct popup *popup, char key, const char *text,
		   const char *note)
{
	if (popup->count < POPUP_ITEMS_LIMIT)
		popup->items[popup->count++] = (struct popup_item){
			.key = key, .text = text, .note = note};
}

bool popup_move_to_key(struct popup *popup, uint32_t key)
{
	for (size_t i = 0; i < popup->count; i++) {
		if (!popup->items[i].key ||
		    (unsigned char)popup->items[i].key != key)
			continue;
		popup->cursor = i;
		return true;
	}
	return false;
}

void popup_move(struct popup *popup, long delta)
{
	if (popup->count == 0)
		return;
	long last = (long)popup->count - 1;
	long at = (long)popup->cursor + delta;
	popup->cursor = (size_t)(at < 0 ? 0 : at > last ? last : at);
}

#define KEY_WIDTH 3 /* a letter and two blanks */

struct widths {
	int key, text, note;
};

static struct widths measure(const struct popup *popup)
{
	struct widths widths = {0};
	for (size_t i = 0; i < popup->count; i++) {
		int text = draw_width(popup->items[i].text);
		int note = draw_width(popup->items[i].note);
		if (text > widths.text)
			widths.text = text;
		if (note > widths.note)
			widths.note = note;
		if (popup->items[i].key)
			widths.key = KEY_WIDTH;
	}
	return widths;
}

static void draw_edge(struct term *term, const struct area *box, int y,
		      const char *const parts[3])
{
	draw_text(term, y, box->x, 1, ROLE_STRONG, parts[0]);
	for (int x = 1; x < box->cols - 1; x++)
		draw_text(term, y, box->x + x, 1, ROLE_STRONG, parts[1]);
	draw_text(term, y, box->x + box->cols - 1, 1, ROLE_STRONG, parts[2]);
}

static void draw_box(struct term *term, const struct area *box,
		     const char *title)
{
	static const char *const lines[2][3][3] = {
		{{"┌", "─", "┐"}, {"│", " ", "│"}, {"└", "─", "┘"}},
		{{"+", "-", "+"}, {"|", " ", "|"}, {"+", "-", "+"}},
	};
	bool ascii = term_is_ascii(term);
	for (int i = 0; i < box->rows; i++) {
		int part = i == 0 ? 0 : i == box->rows - 1 ? 2 : 1;
		draw_edge(term, box, box->y + i, lines[ascii][part]);
	}
	int x = box->x + 2;
	x += draw_text(term, box->y, x, 1, ROLE_STRONG, " ");
	x += draw_text(term, box->y, x, box->cols - 6, ROLE_STRONG, title);
	(void)draw_text(term, box->y, x, 1, ROLE_STRONG, " ");
}

/* Where there are more items than lines: which one the cursor is on. */
static void draw_position(struct term *term, const struct area *box,
			  const struct popup *popup)
{
	char text[32];
	(void)snprintf(text, sizeof(text), " %zu of %zu ", popup->cursor + 1,
		       popup->count); /* fits */
	int width = draw_width(text);
	if (popup->question || width + 4 > box->cols)
		return;
	(void)draw_text(term, box->y + box->rows - 1,
			box->x + box->cols - 2 - width, width, ROLE_STRONG,
			text);
}

static void draw_item(struct term *term, const struct area *box, int y,
		      const struct popup *popup, size_t i,
		      const struct widths *widths)
{
	const struct popup_item *item = &popup->items[i];
	bool on = !popup->question && i == popup->cursor;
	const char key[2] = {item->key};
	int room = box->cols - 4 - widths->key;
	draw_blank(term, y, box->x + 1, box->cols - 2,
		   on ? ROLE_CURSOR : ROLE_TEXT);
	int x = box->x + 2;
	(void)draw_text(term, y, x, widths->key, on ? ROLE_CURSOR : ROLE_STRONG,
			key);
	x += widths->key;
	(void)draw_fit(term, y, x, room, on ? ROLE_CURSOR : ROLE_TEXT,
		       item->text);
	int left = room - widths->text - 2;
	if (left > 0)
		(void)draw_fit(term, y, x + widths->text + 2, left,
			       on ? ROLE_CURSOR : ROLE_DIM, item->note);
}

void popup_draw(struct term *term, const struct area *area, struct popup *popup)
{
	struct widths widths = measure(popup);
	int cols = widths.key + widths.text + 4 +
		   (widths.note ? widths.note + 2 : 0);
	int title = draw_width(popup->title) + 6;
	if (cols < title)
		cols = title;
	struct area box = {.rows = (int)popup->count + 2, .cols = cols};
	if (box.cols > area->cols)
		box.cols = area->cols;
	if (box.rows > area->rows)
		box.rows = area->rows;
	box.y = area->y + (area->rows - box.rows) / 2;
	box.x = area->x + (area->cols - box.cols) / 2;
	size_t height = box.rows > 2 ? (size_t)box.rows - 2 : 1;
	if (popup->cursor < popup->top)
		popup->top = popup->cursor;
	if (popup->cursor >= popup->top + height)
		popup->top = popup->cursor - height + 1;
	draw_box(term, &box, popup->title);
	if (popup->count > height)
		draw_position(term, &box, popup);
	for (size_t i = 0; i < height && popup->top + i < popup->count; i++)
		draw_item(term, &box, box.y + 1 + (int)i, popup, popup->top + i,
			  &widths);
}
