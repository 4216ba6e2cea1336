/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text on the screen, by meaning: a role is what a piece of text is, its
 * colour or attribute follows.  No meaning is carried by colour alone.
 */
#pragma once

#include <stdbool.h>

struct term;
struct theme;

enum role {
	ROLE_TEXT,
	ROLE_DIM,    /* zeros, units, remarks */
	ROLE_STRONG, /* numbers of the header, titles */
	ROLE_GOOD,
	ROLE_WARN,
	ROLE_BAD,
	ROLE_CHIP, /* what is in force: [failed only] */
	ROLE_TAB,
	ROLE_TAB_ON,
	ROLE_HEADING,      /* column titles */
	ROLE_HEADING_SORT, /* the one rows are sorted by */
	ROLE_GROUP,        /* a heading between rows */
	ROLE_TICK,
	ROLE_CURSOR,
	ROLE_CELL,      /* of the cursor's row, the one it is in */
	ROLE_KEY,       /* footer: the key */
	ROLE_KEY_LABEL, /* footer: what it does */
	ROLE_PROMPT,
	ROLE_MESSAGE,
	ROLE_ALARM, /* a message that something failed */
	ROLE_COUNT,
};

/* Once, after the terminal has started; whether colours are in use. */
bool draw_init_roles(const struct theme *theme);

void draw_clear(struct term *term);
void draw_flush(struct term *term); /* what changed goes to the terminal */
void draw_all_again(struct term *term);
void draw_cursor_at(struct term *term, int y, int x); /* x < 0: hidden */

/*
 * Puts at most WIDTH columns of TEXT (UTF-8) at Y, X; returns how many columns
 * were used.  What cannot be shown becomes "?".
 */
int draw_text(struct term *term, int y, int x, int width, enum role role,
	      const char *text);

/* The same for text from traced programs: escapes get another attribute. */
int draw_foreign(struct term *term, int y, int x, int width, enum role role,
		 const char *text);

/* Leaves out the first SKIP columns of TEXT. */
int draw_foreign_from(struct term *term, int y, int x, int width, int skip,
		      enum role role, const char *text);

/* The same where it all fits; else it ends in an ellipsis. */
int draw_fit(struct term *term, int y, int x, int width, enum role role,
	     const char *text);

void draw_blank(struct term *term, int y, int x, int width, enum role role);

/* Columns that TEXT takes. */
int draw_width(const char *text);
