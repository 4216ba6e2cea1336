/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The terminal: start, stop, suspend and resume, resize, keys.  Whatever ends
 * the program (exit, die(), a fatal signal) leaves the terminal as it was.
 */
#pragma once

#include "ui/keycode.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct err;
struct term;
struct theme;

#define TERM_ROWS_MIN 5 /* below either a message waits for a resize */
#define TERM_COLS_MIN 20

struct term_config {
	FILE *in, *out;    /* NULL: standard input and output, which must be a
			      terminal */
	const char *type;  /* terminfo name; NULL: $TERM */
	bool color;        /* false: bold, reverse and underline only */
	const char *theme; /* of src/ui/theme.c; NULL: default */
	bool ascii;        /* also when the locale is not UTF-8 */
	bool mouse;
	bool keys_only; /* nothing is drawn, only keys are read: any terminal or
		       none will do, and what is printed is the caller's */
};

enum term_button {
	TERM_BUTTON_LEFT,
	TERM_BUTTON_WHEEL_UP,
	TERM_BUTTON_WHEEL_DOWN,
};

struct term_mouse {
	int y, x;
	enum term_button button;
};

/*
 * Takes the terminal over.  -ENOTTY, -ENOENT (unknown terminal), -ENOTSUP
 * (cannot move the cursor) with a sentence; *RET is the caller's, one at a
 * time.
 */
int term_start(struct term **ret, const struct term_config *config,
	       struct err *err);
void term_stop(struct term *term);

/* Gives the terminal back, stops the process group, goes on when continued. */
void term_suspend(struct term *term);

/* Bytes that draw nothing, such as a sequence for the clipboard. */
void term_send(struct term *term, const char *bytes, size_t len);

int term_rows(const struct term *term);
int term_cols(const struct term *term);
bool term_is_ascii(const struct term *term);
bool term_has_color(const struct term *term);
const struct theme *term_theme(const struct term *term);
bool term_is_too_small(const struct term *term);

/* Another look from now on; without COLOR any theme is as if it were mono. */
void term_set_look(struct term *term, const char *theme, bool color,
		   bool ascii);
void term_set_mouse(struct term *term, bool on);

/* The next key that waits, KEYCODE_NONE if there is none.  Never blocks. */
uint32_t term_read_key(struct term *term);
/* With keys only, where something can be read: it is the end of a file. */
bool term_keys_have_ended(const struct term *term);
struct term_mouse
term_mouse(const struct term *term); /* of the last one read */
