/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only way to the screen: every character passes next_char(), which lets
 * nothing through that could steer the terminal.
 */
#include "config.h"

#include "ui/draw.h"

#include <curses.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <wchar.h>

#include "base/escape.h"
#include "ui/term.h"
#include "ui/theme.h"

bool draw_init_roles(const struct theme *theme)
{
	if (!theme->has_color || !has_colors() || start_color() != OK)
		return false;
	bool own = use_default_colors() == OK;
	for (int i = 0; i < ROLE_COUNT; i++) {
		short fg = theme->looks[i].fg;
		short bg = theme->looks[i].bg;
		if (fg == THEME_NONE && !own)
			fg = COLOR_WHITE;
		if (bg == THEME_NONE && !own)
			bg = COLOR_BLACK;
		/* pair 0 is the terminal's own and cannot be set */
		if (init_pair((short)(i + 1), fg, bg) != OK)
			return false;
	}
	return true;
}

static void set_look(const struct term *term, enum role role, bool escape)
{
	const struct theme *theme = term_theme(term);
	bool color = term_has_color(term);
	attr_t attr = color ? theme->looks[role].attr : theme_mono(role);
	if (escape)
		attr |= A_UNDERLINE;
	(void)attr_set(attr, color ? (short)(role + 1) : 0,
		       NULL); /* fails for no valid pair */
}

void draw_clear(struct term *term)
{
	set_look(term, ROLE_TEXT, false);
	if (term_has_color(term)) /* what is empty has a background, too */
		bkgdset((chtype)' ' | (chtype)COLOR_PAIR(ROLE_TEXT + 1));
	(void)erase(); /* always OK with a screen, as all below */
}

void draw_flush(struct term *term)
{
	(void)term;
	(void)refresh();
}

void draw_all_again(struct term *term)
{
	(void)term;
	(void)clearok(curscr, TRUE);
}

void draw_cursor_at(struct term *term, int y, int x)
{
	bool shown = x >= 0 && x < term_cols(term);
	(void)curs_set(shown ? 1 : 0); /* a terminal may be unable to */
	(void)move(y, shown ? x : 0);
}

/* One character at TEXT, "?" where it cannot be shown; how many bytes. */
static size_t next_char(const char *text, size_t len, bool ascii, wchar_t *ret,
			int *ret_width)
{
	uint32_t c = 0;
	size_t used = escape_decode_utf8(text, len, &c);
	int width = used ? escape_char_width(c) : -1;
	bool shown = width >= 0 && !(ascii && c >= 0x7f);
	*ret = shown ? (wchar_t)c : L'?';
	*ret_width = shown ? width : 1;
	return used ? used : 1;
}

struct pen {
	struct term *term;
	int y, x;
	int skip, width; /* columns still to leave out, to fill */
	enum role role;
};

/* Puts LEN bytes of TEXT in one look. */
static void put_run(struct pen *pen, const char *text, size_t len, bool escaped)
{
	set_look(pen->term, pen->role, escaped);
	for (size_t i = 0; i < len && pen->width > 0;) {
		wchar_t c;
		int width;
		i += next_char(text + i, len - i, term_is_ascii(pen->term), &c,
			       &width);
		if (pen->skip > 0) {
			pen->skip -= width;
			continue;
		}
		if (width > pen->width) {
			pen->width = 0;
			return;
		}
		(void)mvaddnwstr(pen->y, pen->x, &c, 1);
		pen->x += width;
		pen->width -= width;
	}
}

int draw_text(struct term *term, int y, int x, int width, enum role role,
	      const char *text)
{
	struct pen pen = {
		.term = term, .y = y, .x = x, .width = width, .role = role};
	put_run(&pen, text, strlen(text), false);
	return pen.x - x;
}

int draw_foreign_from(struct term *term, int y, int x, int width, int skip,
		      enum role role, const char *text)
{
	struct pen pen = {.term = term,
			  .y = y,
			  .x = x,
			  .skip = skip,
			  .width = width,
			  .role = role};
	size_t len = strlen(text);
	struct escape_run run = {0};
	while (pen.width > 0 && escape_next_run(text, len, &run))
		put_run(&pen, text + run.start, run.len, run.escaped);
	return pen.x - x;
}

int draw_foreign(struct term *term, int y, int x, int width, enum role role,
		 const char *text)
{
	return draw_foreign_from(term, y, x, width, 0, role, text);
}

int draw_fit(struct term *term, int y, int x, int width, enum role role,
	     const char *text)
{
	if (width < 1 || draw_width(text) <= width)
		return draw_foreign(term, y, x, width, role, text);
	int used = draw_foreign(term, y, x, width - 1, role, text);
	used += draw_text(term, y, x + used, 1, role,
			  term_is_ascii(term) ? "~" : "…");
	return used;
}

void draw_blank(struct term *term, int y, int x, int width, enum role role)
{
	set_look(term, role, false);
	for (int i = 0; i < width; i++)
		(void)mvaddnwstr(y, x + i, L" ", 1);
}

int draw_width(const char *text)
{
	return (int)escape_width(text, strlen(text));
}
