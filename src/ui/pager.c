/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/pager.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "ui/term.h"

#define LABEL_WIDTH_LIMIT 26
#define TEXT_WIDTH_MIN    10 /* narrower, the label gives way */

void pager_init(struct pager *pager, const char *title)
{
	*pager = (struct pager){.title = xstrdup(title)};
}

void pager_done(struct pager *pager)
{
	for (size_t i = 0; i < pager->count; i++) {
		free(pager->lines[i].label);
		free(pager->lines[i].text);
	}
	free(pager->lines);
	free(pager->title);
	*pager = (struct pager){0};
}

static struct pager_line *append(struct pager *pager)
{
	if (pager->count == pager->capacity) {
		pager->capacity = pager->capacity ? pager->capacity * 2 : 64;
		pager->lines = xrealloc(
			pager->lines, pager->capacity * sizeof(*pager->lines));
	}
	return &pager->lines[pager->count++];
}

void pager_heading(struct pager *pager, const char *text)
{
	if (pager->count > 0)
		pager_add(pager, "", ROLE_TEXT, "");
	*append(pager) = (struct pager_line){.label = xstrdup(""),
					     .text = xstrdup(text),
					     .role = ROLE_GROUP,
					     .heading = true};
}

void pager_add(struct pager *pager, const char *label, enum role role,
	       const char *text)
{
	int width = draw_width(label);
	if (width > pager->label_width)
		pager->label_width =
			width < LABEL_WIDTH_LIMIT ? width : LABEL_WIDTH_LIMIT;
	*append(pager) = (struct pager_line){
		.label = xstrdup(label), .text = xstrdup(text), .role = role};
}

void pager_scroll(struct pager *pager, long rows)
{
	if (rows < 0 && (size_t)-rows > pager->top)
		pager->top = 0;
	else
		pager->top += (size_t)rows;
}

/* Bytes of TEXT up to its first blank, comma or bar, that one included. */
static size_t word_length(const char *text)
{
	size_t n = strcspn(text, " ,|");
	return text[n] ? n + 1 : n;
}

/* Bytes of TEXT that fit WIDTH columns, broken behind a word where possible. */
static size_t fitting(const char *text, int width)
{
	size_t last = 0;
	int used = 0;
	while (text[last]) {
		size_t step = word_length(text + last);
		char word[256];
		if (step >= sizeof(word))
			step = sizeof(word) - 1;
		memcpy(word, text + last, step);
		word[step] = '\0';
		used += draw_width(word);
		bool is_blank_over = used == width + 1 && word[step - 1] == ' ';
		if (used > width && !is_blank_over)
			break;
		last += step;
	}
	if (last > 0)
		return last;
	while (text[last] && (int)last < width) /* one long word: cut it */
		last++;
	while (((unsigned char)text[last] & 0xc0) == 0x80)
		last++;
	return last;
}

struct cursor {
	struct term *term;
	const struct area *area;
	size_t row; /* counted from the text's first */
	size_t top;
};

/* Screen line of the row the cursor is on; -1 outside the area. */
static int screen_line(const struct cursor *cursor)
{
	if (cursor->row < cursor->top ||
	    cursor->row - cursor->top >= (size_t)cursor->area->rows)
		return -1;
	return cursor->area->y + (int)(cursor->row - cursor->top);
}

static void draw_line(struct cursor *cursor, const struct pager *pager,
		      const struct pager_line *line)
{
	const struct area *area = cursor->area;
	int indent =
		line->heading || !line->label[0] ? 0 : pager->label_width + 2;
	if (area->cols - indent < TEXT_WIDTH_MIN)
		indent = 0;
	int y = screen_line(cursor);
	if (y >= 0 && indent > 0)
		(void)draw_text(cursor->term, y, area->x, indent - 1,
				ROLE_STRONG, line->label);
	const char *rest = line->text;
	do {
		size_t n = fitting(rest, area->cols - indent);
		char part[1024];
		if (n >= sizeof(part))
			n = sizeof(part) - 1;
		memcpy(part, rest, n);
		size_t shown = n;
		while (shown > 0 && part[shown - 1] == ' ')
			shown--;
		part[shown] = '\0';
		y = screen_line(cursor);
		if (y >= 0)
			(void)draw_foreign(cursor->term, y, area->x + indent,
					   area->cols - indent, line->role,
					   part);
		rest += n;
		while (*rest == ' ')
			rest++;
		cursor->row++;
	} while (*rest);
}

/* Rows the whole text takes. */
static size_t draw_from(struct term *term, const struct area *area,
			const struct pager *pager)
{
	struct cursor cursor = {.term = term, .area = area, .top = pager->top};
	for (size_t i = 0; i < pager->count; i++)
		draw_line(&cursor, pager, &pager->lines[i]);
	return cursor.row;
}

void pager_draw(struct term *term, const struct area *area, struct pager *pager)
{
	const struct area nowhere = {.cols = area->cols};
	size_t rows = draw_from(term, &nowhere, pager);
	size_t shown = (size_t)area->rows;
	size_t last_top = rows > shown ? rows - shown : 0;
	if (pager->top > last_top)
		pager->top = last_top;
	(void)draw_from(term, area, pager);
}
