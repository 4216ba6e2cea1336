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
