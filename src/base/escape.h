/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hostile text made harmless.  Text of traced programs may hold control
 * characters (C0, C1, DEL), bidi controls, characters without width or glyph,
 * and invalid UTF-8; these become \x1b (a byte) or \u202e (a character), and a
 * backslash becomes \\, so that escaped text tells what was escaped.  strace's
 * forms (\33, \n, \") in decoded arguments are recognised too.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* Escapes what is hostile; other valid UTF-8 stays. */
void escape_text(struct buf *buf, const char *text, size_t len);

/* Escapes in addition what is not ASCII.  Backslashes stay: for text that
 * escape_text() has been through. */
void escape_ascii(struct buf *buf, const char *text, size_t len);

/* The character at TEXT into *RET; how many bytes it takes, 0 if these are not
 * valid UTF-8 or LEN is 0.  Overlong forms and surrogates are invalid. */
size_t escape_decode_utf8(const char *text, size_t len, uint32_t *ret);

/* Whether a character must not reach a terminal, a log or a table raw. */
bool escape_is_hostile(uint32_t c);

/*
 * Terminal columns of a character as the locale's wcwidth(3) has it: 0 for
 * combining marks, -1 for what it cannot show.
 */
int escape_char_width(uint32_t c);

/* Terminal columns of escaped text; invalid bytes and characters that the
 * locale cannot show count one. */
size_t escape_width(const char *text, size_t len);

/* A part of escaped text that is wholly escape sequences, or wholly not. */
struct escape_run {
	size_t start; /* bytes */
	size_t len;
	bool escaped; /* draw it in another attribute */
};

/* The part after RUN; begin with a zeroed one.  False at the end. */
bool escape_next_run(const char *text, size_t len, struct escape_run *run);
