/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/term.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

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

/* The end of a new pseudoterminal that programs have; *RET is the other. */
static FILE *open_terminal(int *ret)
{
	*ret = posix_openpt(O_RDWR | O_NOCTTY);
	cr_assert_geq(*ret, 0);
	cr_assert_eq(grantpt(*ret), 0);
	cr_assert_eq(unlockpt(*ret), 0);
	/* not as the one that controls this process: its end would too */
	FILE *file = fdopen(open(ptsname(*ret), O_RDWR | O_NOCTTY), "r");
	cr_assert_not_null(file);
	return file;
}

static uint32_t key_of(struct term *term, int keyboard, const char *sent)
{
	uint32_t key = KEYCODE_NONE;
	cr_assert_eq(write(keyboard, sent, strlen(sent)),
		     (ssize_t)strlen(sent));
	for (int i = 0; i < 1000 && key == KEYCODE_NONE; i++) {
		(void)usleep(1000); /* an early end only looks more often */
		key = term_read_key(term);
	}
	return key;
}

Test(term, only_reads_keys_where_nothing_is_drawn)
{
	struct err err = {0};
	struct term *term = NULL;
	struct termios before, during, after;
	int keyboard;
	const struct term_config config = {
		.in = open_terminal(&keyboard),
		.out = tmpfile(),
		.type = "dumb",
		.keys_only = true,
	};
	int fd = fileno(config.in);
	cr_assert_eq(tcgetattr(fd, &before), 0);
	cr_assert_eq(term_start(&term, &config, &err), 0, "%s", err.text);
	cr_assert_eq(tcgetattr(fd, &during), 0);
	cr_assert_not(during.c_lflag & (ICANON | ECHO | ISIG));
	cr_assert(during.c_oflag & OPOST);
	cr_assert_eq(key_of(term, keyboard, "\033[A"), KEYCODE_UP);
	cr_assert_eq(key_of(term, keyboard, "\033OB"), KEYCODE_DOWN);
	cr_assert_eq(key_of(term, keyboard, "\r"), KEYCODE_ENTER);
	cr_assert_eq(key_of(term, keyboard, "\003"), KEYCODE_CTRL('C'));
	cr_assert(term_keys_have_ended(term));
	term_stop(term);
	cr_assert_eq(tcgetattr(fd, &after), 0);
	cr_assert_eq(before.c_lflag, after.c_lflag);
	cr_assert_eq(before.c_iflag, after.c_iflag);
	cr_assert_eq(ftell(config.out), 0);
	(void)fclose(config.in); /* only read from */
	(void)close(keyboard);   /* likewise */
}
