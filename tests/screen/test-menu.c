/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "golden.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "app/desk.h"
#include "ui/keycode.h"

/* The machine of the fixture, and what was typed. */
static struct golden *after(const char *keys)
{
	const struct golden_config config = {.rows = 24, .cols = 120};
	struct golden *golden = golden_new(&config);
	golden_type(golden, keys);
	return golden;
}

static void expect_sent(const char *keys, const char *sent)
{
	struct golden *golden = after(keys);
	cr_expect_str_eq(golden_sent(golden), sent, "%s", keys);
	golden_free(golden);
}

Test(menu, sends_what_was_chosen_to_the_process_of_the_row_by_its_start)
{
	expect_sent("2k\ry", "15 to 901 of 901 ms");
	expect_sent("2akGy", "");
	expect_sent("2akG\ry", "64 to 901 of 901 ms");
}

Test(menu, sends_nothing_without_a_yes)
{
	expect_sent("2k\r", "");
	expect_sent("2k\rn", "");
	expect_sent("2k\r\r", "");
	expect_sent("2kq", "");
}

Test(menu, says_why_a_signal_was_not_sent)
{
	struct golden *golden = after("2/systemd\rk\ry");
	cr_expect(golden_shows(golden, "SIGTERM not sent to systemd (1): "
				       "Operation not permitted"));
	golden_free(golden);
}

Test(menu, does_nothing_to_a_process_that_has_ended)
{
	struct golden *golden = after("2/cc1\rk");
	cr_expect(golden_shows(golden, "cc1 (2310) has ended"));
	cr_expect_eq(golden_desk(golden)->mode, DESK_TABLE);
	golden_type(golden, "l");
	cr_expect(golden_shows(golden, "cc1 (2310) has ended"));
	golden_free(golden);
}

Test(menu, offers_no_signal_if_it_may_only_read)
{
	struct golden *golden = after("2");
	golden_desk(golden)->readonly = true;
	golden_type(golden, "a");
	cr_expect(golden_shows(golden, "open files"));
	cr_expect(!golden_shows(golden, "send a signal"));
	golden_type(golden, "qk");
	cr_expect(golden_shows(golden, "k does nothing here"));
	golden_type(golden, "ai");
	cr_expect_eq(golden_desk(golden)->page, DESK_PAGE_DETAIL);
	golden_free(golden);
}

Test(menu, says_that_nobody_may_look_into_a_process)
{
	struct golden *golden = after("2/systemd\rl");
	cr_expect(golden_shows(golden, "nobody may look into it"));
	cr_expect_eq(golden_desk(golden)->mode, DESK_TABLE);
	golden_free(golden);
}

Test(menu, each_line_does_what_its_key_does)
{
	static const char *const keys[] = {"o", "O", "e", "l", "k", "i"};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct golden *with = after("2a");
		struct golden *without = after("2");
		golden_type(with, keys[i]);
		golden_type(without, keys[i]);
		char *one = golden_print(with);
		char *other = golden_print(without);
		cr_expect_str_eq(one, other, "%s", keys[i]);
		free(one);
		free(other);
		golden_free(with);
		golden_free(without);
	}
}

Test(menu, acts_on_the_row_it_was_opened_for_whatever_comes)
{
	struct golden *golden = after("3a");
	cr_assert_str_eq(golden_desk(golden)->target.name, "systemd (1)");
	golden_feed(golden, "call t=200s pid=901 comm=nginx nr=39 args= "
			    "ret=901\n");
	cr_expect(golden_shows(golden, "systemd (1)"));
	golden_type(golden, "o");
	cr_expect(golden_shows(golden, "[rows only of systemd"));
	golden_free(golden);
}
