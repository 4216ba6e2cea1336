/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

#include <stdio.h>
#include <string.h>

Test(print_strings, of_a_command)
{
	EXPECT_ARGS("execve",
		    "args=0x10,0x20,0x30 text0=\"/bin/ls\" "
		    "in1=0x100,0x200,0 text1@0x100=\"ls\" text1@0x200=\"-l\" "
		    "count2=23",
		    "\"/bin/ls\", [\"ls\", \"-l\"], 0x30 /* 23 vars */");
	EXPECT_ARGS("execve", "args=0x10,0x20,0x30 text0=\"a\" in1=0 count2=1",
		    "\"a\", [], 0x30 /* 1 var */");
	EXPECT_ARGS("execve", "args=0x10,0,0 text0=\"a\"", "\"a\", NULL, NULL");
}

Test(print_strings, of_a_32_bit_program)
{
	EXPECT_ARGS("execve",
		    "compat args=0x10,0x20,0x30 text0=\"a\" "
		    "in1=4:0x100,0x200,0 text1@0x100=\"b\" text1@0x200=\"c\" "
		    "count2=0",
		    "\"a\", [\"b\", \"c\"], 0x30 /* 0 vars */");
}

Test(print_strings, what_cannot_be_read_is_an_address)
{
	EXPECT_ARGS("execve",
		    "args=0x10,0x20,0x30 text0=\"a\" in1=0x100,1,0 "
		    "text1@0x100=\"b\"",
		    "\"a\", [\"b\", 0x1], 0x30");
	EXPECT_ARGS("execve", "args=0x10,0x20,0x30 text0=\"a\"",
		    "\"a\", 0x20, 0x30");
	EXPECT_ARGS("execve",
		    "args=0x10,0xff0,0xff0 text0=\"a\" in1=0x100,0x100 "
		    "text1@0x100=\"b\" cutcount2=2",
		    "\"a\", [\"b\", \"b\", ... /* 0x1000 */], "
		    "0xff0 /* 2 vars, unterminated */");
	EXPECT_ARGS("execve", "args=0x10,0x20,0x30 text0=\"a\" cutcount2=4096",
		    "\"a\", 0x20, 0x30");
}

Test(print_strings, texts_are_cut_at_the_limit)
{
	cr_expect(eq(str,
		     decoded_limited("execve",
				     "args=0x10,0x20,0 text0=\"long\" "
				     "in1=0x100,0x200,0x300,0 "
				     "text1@0x100=\"abc\" text1@0x200=\"abcd\" "
				     "cut1@0x300=\"abc\"",
				     3),
		     "\"long\", [\"abc\", \"abc\"..., \"abc\"...], NULL"));
}

/* An array of COUNT times the text "a", with its NULL. */
static const char *array_of(int count)
{
	static char words[4096];
	int n = snprintf(words, sizeof(words),
			 "args=0x10,0x20,0 text0=\"x\" text1@9=\"a\" in1=9");
	for (int i = 1; i < count; i++)
		n += snprintf(words + n, sizeof(words) - (size_t)n, ",9");
	if (count < 33)
		(void)snprintf(words + n, sizeof(words) - (size_t)n, ",0");
	return words;
}

Test(print_strings, thirty_two_are_shown)
{
	char expected[512] = "\"x\", [\"a\"";
	for (int i = 1; i < 32; i++)
		strcat(expected, ", \"a\"");
	size_t n = strlen(expected);
	strcpy(expected + n, "], NULL");
	cr_expect(eq(str, decoded("execve", array_of(32)), expected));
	strcpy(expected + n, ", ...], NULL");
	cr_expect(eq(str, decoded("execve", array_of(33)), expected));
}
