/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/term.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

/* Starting on the null device with that type fails, and says so. */
static void expect_refusal(const char *type, int code, const char *sentence)
{
	struct err err = {0};
	struct term *term = NULL;
	const struct term_config config = {
		.in = fopen("/dev/null", "r"),
		.out = fopen("/dev/null", "w"),
		.type = type,
	};
	cr_assert(config.in && config.out);
	cr_assert_eq(term_start(&term, &config, &err), code);
	cr_assert(strstr(err.text, sentence) != NULL, "%s", err.text);
	cr_assert_null(term);
}

Test(term, refuses_a_type_nobody_described)
{
	expect_refusal("no-such-terminal", -ENOENT,
		       "no description of terminal type 'no-such-terminal'");
}

Test(term, refuses_a_type_that_cannot_move_the_cursor)
{
	expect_refusal("dumb", -ENOTSUP, "cannot move the cursor");
}

Test(term, asks_for_a_type_where_there_is_none)
{
	unsetenv("TERM");
	expect_refusal(NULL, -ENOENT, "TERM is not set");
}

Test(term, is_ascii_in_a_locale_that_is)
{
	struct err err = {0};
	struct term *term = NULL;
	const struct term_config config = {
		.in = fopen("/dev/null", "r"),
		.out = fopen("/dev/null", "w"),
		.type = "vt100",
		.color = true,
	};
	setenv("LC_ALL", "C", 1);
	cr_assert_eq(term_start(&term, &config, &err), 0, "%s", err.text);
	cr_assert(term_is_ascii(term));
	cr_assert_not(term_has_color(term));
	term_stop(term);
}

/* What is written to a terminal of that locale from start to stop. */
static void capture(const char *locale, char *text, size_t size)
{
	struct err err = {0};
	struct term *term = NULL;
	FILE *out = tmpfile();
	const struct term_config config = {
		.in = fopen("/dev/null", "r"),
		.out = out,
		.type = "xterm",
	};
	setenv("LC_ALL", locale, 1);
	cr_assert(out);
	cr_assert_eq(term_start(&term, &config, &err), 0, "%s", err.text);
	term_stop(term);
	rewind(out);
	text[fread(text, 1, size - 1, out)] = '\0';
	(void)fclose(out);
}

Test(term, keeps_right_to_left_text_in_its_cells_until_it_stops)
{
	char text[4096];
	capture("C.UTF-8", text, sizeof(text));
	const char *keep = strstr(text, "\033[8l");
	cr_assert_not_null(keep);
	cr_expect_not_null(strstr(keep, "\033[8h"));
	capture("C", text, sizeof(text));
	cr_expect_null(strstr(text, "\033[8"));
}
