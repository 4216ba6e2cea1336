/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/prompt.h"

#include <criterion/criterion.h>

#include "ui/keycode.h"

static void type(struct prompt *prompt, const char *text)
{
	for (; *text; text++)
		cr_assert(prompt_key(prompt, (unsigned char)*text));
}

Test(prompt, inserts_where_the_cursor_is)
{
	struct prompt prompt;
	prompt_open(&prompt, "Search:", "opt");
	prompt_key(&prompt, KEYCODE_LEFT);
	type(&prompt, "ena");
	cr_assert_str_eq(prompt.text, "openat");
}

Test(prompt, erases_whole_characters)
{
	struct prompt prompt;
	prompt_open(&prompt, "Search:", "a");
	prompt_key(&prompt, 0x4e2d);
	prompt_key(&prompt, 0x1f40d);
	cr_assert_str_eq(prompt.text, "a\xe4\xb8\xad\xf0\x9f\x90\x8d");
	prompt_key(&prompt, KEYCODE_BACKSPACE);
	cr_assert_str_eq(prompt.text, "a\xe4\xb8\xad");
	prompt_key(&prompt, KEYCODE_BACKSPACE);
	cr_assert_str_eq(prompt.text, "a");
}

Test(prompt, erases_a_word_and_everything_before)
{
	struct prompt prompt;
	prompt_open(&prompt, "Filter:", "one two three");
	prompt_key(&prompt, KEYCODE_CTRL('W'));
	cr_assert_str_eq(prompt.text, "one two ");
	prompt_key(&prompt, KEYCODE_CTRL('U'));
	cr_assert_str_eq(prompt.text, "");
}

Test(prompt, erasing_nothing_is_harmless)
{
	struct prompt prompt;
	prompt_open(&prompt, "Filter:", "");
	prompt_key(&prompt, KEYCODE_BACKSPACE);
	prompt_key(&prompt, KEYCODE_DELETE);
	prompt_key(&prompt, KEYCODE_LEFT);
	prompt_key(&prompt, KEYCODE_RIGHT);
	cr_assert_str_eq(prompt.text, "");
	cr_assert_eq(prompt.at, 0);
}

Test(prompt, stops_when_it_is_full)
{
	struct prompt prompt;
	prompt_open(&prompt, "Filter:", "");
	for (int i = 0; i < 1000; i++)
		prompt_key(&prompt, 0x4e2d);
	cr_assert_eq(prompt.len, 255);
	cr_assert_eq(prompt.text[prompt.len], '\0');
}

Test(prompt, leaves_other_keys_alone)
{
	struct prompt prompt;
	prompt_open(&prompt, "Filter:", "x");
	cr_assert_not(prompt_key(&prompt, KEYCODE_F(5)));
	cr_assert_not(prompt_key(&prompt, KEYCODE_TAB));
	cr_assert_str_eq(prompt.text, "x");
}
