/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Copying by OSC 52: the terminal is asked to put a text into its clipboard.
 * Whether it does cannot be told, and one that does not know the sequence may
 * print it; so it is sent only to those that are known to have it, unless
 * --clipboard says otherwise.
 */
#pragma once

#include "app/options.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct desk;

#define CLIPBOARD_LIMIT 65536 /* bytes of text; tmux, xterm take some more */

/* What is known of the terminal. */
struct clipboard_terminal {
	const char *type;    /* $TERM */
	const char *program; /* $TERM_PROGRAM */
	const char *device;  /* of standard output; "" if unknown */
	bool tmux, screen;
};

void clipboard_look(struct clipboard_terminal *ret);

/* Why nothing is sent, with the remedy; NULL: it is. */
const char *clipboard_why_not(enum options_clipboard wanted,
			      const struct clipboard_terminal *terminal);

/* What the terminal is sent. */
void clipboard_print(struct buf *buf, const char *text, size_t len);

/* Sends it, and says that WHAT was sent, or why not. */
void clipboard_send(struct desk *desk, const char *what, const char *text,
		    size_t len);

/* The cell of the chosen rows, or the rows. */
unsigned clipboard_copy(struct desk *desk, int unused);
