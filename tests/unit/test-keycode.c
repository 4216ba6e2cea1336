/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/keycode.h"

#include <criterion/criterion.h>
#include <string.h>

static const char *name(uint32_t key)
{
	static char text[KEYCODE_NAME_SIZE];
	return keycode_name(key, text);
}

Test(keycode, names_keys_as_people_do)
{
	cr_assert_str_eq(name('a'), "a");
	cr_assert_str_eq(name(' '), "Space");
	cr_assert_str_eq(name(KEYCODE_F(4)), "F4");
	cr_assert_str_eq(name(KEYCODE_CTRL('L')), "Ctrl-L");
	cr_assert_str_eq(name(KEYCODE_ESC), "Esc");
	cr_assert_str_eq(name(0xe9), "\xc3\xa9");
}

Test(keycode, each_name_leads_back_to_its_key)
{
	char text[KEYCODE_NAME_SIZE];
	for (uint32_t key = 1; key <= KEYCODE_LAST; key++) {
		if (key == KEYCODE_SPECIAL || key == KEYCODE_RESIZE ||
		    (key > 0x7e && key < 0xa0) || key > 0x2fff)
			continue;
		cr_expect_eq(keycode_by_name(keycode_name(key, text)), key,
			     "%s", text);
	}
	for (uint32_t key = KEYCODE_UP; key <= KEYCODE_LAST; key++)
		if (key != KEYCODE_RESIZE && key != KEYCODE_F0)
			cr_expect_eq(keycode_by_name(keycode_name(key, text)),
				     key, "%s", text);
	cr_expect_eq(keycode_by_name("ctrl-l"), KEYCODE_CTRL('L'));
	cr_expect_eq(keycode_by_name("pgup"), KEYCODE_PAGE_UP);
	cr_expect_eq(keycode_by_name("F13"), KEYCODE_NONE);
	cr_expect_eq(keycode_by_name(""), KEYCODE_NONE);
	cr_expect_eq(keycode_by_name("ab"), KEYCODE_NONE);
}

static void check_bytes(uint32_t key, const char *expected)
{
	char bytes[8];
	size_t n = keycode_bytes(key, bytes);
	cr_assert_eq(n, strlen(expected));
	cr_assert_eq(memcmp(bytes, expected, n), 0);
}

Test(keycode, gives_programs_the_bytes_of_a_terminal)
{
	check_bytes('x', "x");
	check_bytes(KEYCODE_CTRL('C'), "\003");
	check_bytes(KEYCODE_UP, "\033[A");
	check_bytes(KEYCODE_BACKSPACE, "\177");
	check_bytes(0x4e2d, "\xe4\xb8\xad");
}

Test(keycode, a_key_that_is_no_character_has_no_text)
{
	char bytes[8];
	cr_assert_eq(keycode_utf8(KEYCODE_UP, bytes), 0);
	cr_assert_eq(keycode_utf8(0x7f, bytes), 0);
	cr_assert_eq(keycode_utf8('\n', bytes), 0);
}
