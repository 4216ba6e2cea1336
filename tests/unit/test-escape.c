/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/escape.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <locale.h>
#include <string.h>

#include "base/buf.h"

static void expect_escaped(const char *text, size_t len, const char *expected)
{
	char data[256];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	escape_text(&buf, text, len);
	cr_expect(eq(str, data, (char *)expected));
}

#define EXPECT_ESCAPED(literal, expected)                                      \
	expect_escaped(literal, sizeof(literal) - 1, expected)

Test(escape, leaves_ordinary_text_alone)
{
	EXPECT_ESCAPED("/etc/passwd", "/etc/passwd");
	EXPECT_ESCAPED("na\xc3\xafve \xe4\xb8\xad\xe6\x96\x87",
		       "na\xc3\xafve \xe4\xb8\xad\xe6\x96\x87");
}

Test(escape, shows_control_bytes_as_hexadecimal)
{
	EXPECT_ESCAPED("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m");
	EXPECT_ESCAPED("a\nb\tc\0d", "a\\x0ab\\x09c\\x00d");
	EXPECT_ESCAPED("\x7f", "\\x7f");
}

Test(escape, shows_c1_bidi_and_invisible_characters_by_code_point)
{
	EXPECT_ESCAPED("\xc2\x9b", "\\u009b");
	EXPECT_ESCAPED("\xe2\x80\xae"
		       "evil",
		       "\\u202eevil");
	EXPECT_ESCAPED("\xe2\x81\xa6", "\\u2066");
	EXPECT_ESCAPED("a\xe2\x80\x8b"
		       "b",
		       "a\\u200bb");
	EXPECT_ESCAPED("\xef\xbb\xbf", "\\ufeff");
	EXPECT_ESCAPED("\xf3\xa0\x80\x81", "\\U000e0001");
}

Test(escape, shows_invalid_utf8_byte_by_byte)
{
	EXPECT_ESCAPED("\xff\xfe", "\\xff\\xfe");
	EXPECT_ESCAPED("\xc0\xaf", "\\xc0\\xaf");
	EXPECT_ESCAPED("\xed\xa0\x80", "\\xed\\xa0\\x80");
	EXPECT_ESCAPED("cut \xe4\xb8", "cut \\xe4\\xb8");
	EXPECT_ESCAPED("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
}

Test(escape, doubles_a_backslash)
{
	EXPECT_ESCAPED("a\\x1b", "a\\\\x1b");
}

Test(escape, never_cuts_a_character_in_half)
{
	char data[4];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	escape_text(&buf, "a\xe4\xb8\xad", 4);
	cr_expect(eq(str, data, "a"));
	cr_expect(buf.cut);
}

Test(escape, spells_what_is_not_ascii)
{
	static const char text[] = "\\x1b \xe4\xb8\xad\xf0\x9f\x90\x8d";
	char data[64];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	escape_ascii(&buf, text, sizeof(text) - 1);
	cr_expect(eq(str, data, "\\x1b \\u4e2d\\U0001f40d"));
}

Test(escape, counts_terminal_columns)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	cr_expect(eq(sz, escape_width("abc", 3), 3));
	cr_expect(eq(sz, escape_width("\xe4\xb8\xad\xe6\x96\x87", 6), 4));
	cr_expect(eq(sz, escape_width("e\xcc\x81", 3), 1));
	cr_expect(eq(sz, escape_width("\xff", 1), 1));
	cr_expect(eq(int, escape_char_width(0x202e), -1));
}

Test(escape, tells_which_parts_were_escaped)
{
	static const char text[] = "ab\\x1b\\u202ecd\\33";
	struct escape_run run = {0};
	cr_assert(escape_next_run(text, strlen(text), &run));
	cr_expect(eq(sz, run.start, 0));
	cr_expect(eq(sz, run.len, 2));
	cr_expect(not(run.escaped));
	cr_assert(escape_next_run(text, strlen(text), &run));
	cr_expect(eq(sz, run.start, 2));
	cr_expect(eq(sz, run.len, 10));
	cr_expect(run.escaped);
	cr_assert(escape_next_run(text, strlen(text), &run));
	cr_expect(eq(sz, run.start, 12));
	cr_expect(eq(sz, run.len, 2));
	cr_expect(not(run.escaped));
	cr_assert(escape_next_run(text, strlen(text), &run));
	cr_expect(eq(sz, run.len, 3));
	cr_expect(run.escaped);
	cr_expect(not(escape_next_run(text, strlen(text), &run)));
}

Test(escape, a_lone_backslash_at_the_end_is_ordinary)
{
	struct escape_run run = {0};
	cr_assert(escape_next_run("a\\", 2, &run));
	cr_expect(eq(sz, run.len, 2));
	cr_expect(not(run.escaped));
}
