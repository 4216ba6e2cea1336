/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One line of text being typed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct term;

#define PROMPT_SIZE 256 /* longer than any name or path one would type */

struct prompt {
	const char *label; /* borrowed: a literal */
	char text[PROMPT_SIZE];
	size_t len;
	size_t at; /* the cursor: bytes before it */
};

void prompt_open(struct prompt *prompt, const char *label, const char *text);

/* Edits; false if KEY means nothing here.  Text stays valid UTF-8. */
bool prompt_key(struct prompt *prompt, uint32_t key);

/* Puts WORD where what stands between byte START and the cursor is. */
void prompt_replace(struct prompt *prompt, size_t start, const char *word);

/* What is wrong begins WRONG bytes behind the start; all of it is right:
 * PROMPT_SIZE. */
void prompt_draw(struct term *term, int y, const struct prompt *prompt,
		 size_t wrong, const char *hint);
