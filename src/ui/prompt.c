/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/prompt.h"

#include <string.h>

#include "ui/draw.h"
#include "ui/keycode.h"
#include "ui/term.h"

void prompt_open(struct prompt *prompt, const char *label, const char *text)
{
	*prompt = (struct prompt){.label = label};
	size_t n = strnlen(text, PROMPT_SIZE - 1);
	memcpy(prompt->text, text, n);
	prompt->len = n;
	prompt->at = n;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static void erase(struct prompt *prompt, size_t from, size_t to)
{
	memmove(prompt->text + from, prompt->text + to, prompt->len - to + 1);
	prompt->len -= to - from;
	prompt->at = from;
}

static void insert(struct prompt *prompt, const char *bytes, size_t n)
{
	if (prompt->len + n >= PROMPT_SIZE)
		return;
	memmove(prompt->text + prompt->at + n, prompt->text + prompt->at,
		prompt->len - prompt->at + 1);
	memcpy(prompt->text + prompt->at, bytes, n);
	prompt->len += n;
	prompt->at += n;
}

static size_t before(const struct prompt *prompt)
{
	size_t at = prompt->at;
	while (at > 0 && is_continuation(prompt->text[--at]))
		;
	return at;
}

static size_t after(const struct prompt *prompt)
{
	size_t at = prompt->at;
	if (at < prompt->len)
		at++;
	while (at < prompt->len && is_continuation(prompt->text[at]))
		at++;
	return at;
}

static size_t word_before(const struct prompt *prompt)
{
	size_t at = prompt->at;
	while (at > 0 && prompt->text[at - 1] == ' ')
		at--;
	while (at > 0 && prompt->text[at - 1] != ' ')
		at--;
	return at;
}

void prompt_replace(struct prompt *prompt, size_t start, const char *word)
{
	erase(prompt, start, prompt->at);
	insert(prompt, word, strlen(word));
}

bool prompt_key(struct prompt *prompt, uint32_t key)
{
	char bytes[8];
	size_t n = keycode_utf8(key, bytes);
	if (n > 0)
		insert(prompt, bytes, n);
	else if (key == KEYCODE_LEFT)
		prompt->at = before(prompt);
	else if (key == KEYCODE_RIGHT)
		prompt->at = after(prompt);
	else if (key == KEYCODE_HOME || key == KEYCODE_CTRL('A'))
		prompt->at = 0;
	else if (key == KEYCODE_END || key == KEYCODE_CTRL('E'))
		prompt->at = prompt->len;
	else if (key == KEYCODE_BACKSPACE)
		erase(prompt, before(prompt), prompt->at);
	else if (key == KEYCODE_DELETE)
		erase(prompt, prompt->at, after(prompt));
	else if (key == KEYCODE_CTRL('U'))
		erase(prompt, 0, prompt->at);
	else if (key == KEYCODE_CTRL('W'))
		erase(prompt, word_before(prompt), prompt->at);
	else
		return false;
	return true;
}

/* Columns that the first LEN bytes take. */
static int width_of(const struct prompt *prompt, size_t len)
{
	char left[PROMPT_SIZE];
	memcpy(left, prompt->text, len);
	left[len] = '\0';
	return draw_width(left);
}

void prompt_draw(struct term *term, int y, const struct prompt *prompt,
		 size_t wrong, const char *hint)
{
	int cols = term_cols(term);
	draw_blank(term, y, 0, cols, ROLE_TEXT);
	int x = draw_text(term, y, 0, cols, ROLE_KEY_LABEL, prompt->label);
	x += draw_text(term, y, x, cols - x, ROLE_TEXT, " ");
	int at = width_of(prompt, prompt->at);
	int room = cols - x - 1;
	int skip = at > room ? at - room : 0;
	int used = draw_foreign_from(term, y, x, cols - x, skip, ROLE_PROMPT,
				     prompt->text);
	int right = wrong < prompt->len ? width_of(prompt, wrong) - skip : used;
	if (right >= 0 && right < used)
		(void)draw_foreign(term, y, x + right, cols - x - right,
				   ROLE_ALARM, prompt->text + wrong);
	int hint_width = draw_width(hint);
	if (x + used + 2 + hint_width <= cols)
		(void)draw_text(term, y, cols - hint_width, hint_width,
				ROLE_DIM, hint);
	draw_cursor_at(term, y, x + at - skip);
}
