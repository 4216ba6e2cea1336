/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/sctoprc.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "app/conf.h"
#include "app/options.h"
#include "app/setting.h"
#include "base/buf.h"
#include "base/err.h"

static struct conf conf;
static struct options options;

static void set_up(void)
{
	unsetenv("NO_COLOR");
	setenv("XDG_CONFIG_HOME", "/c", 1);
}

static void tear_down(void)
{
	options_done(&options);
	conf_done(&conf);
}

TestSuite(sctoprc, .init = set_up, .fini = tear_down);

static void read_with(const char *text, const char *argument)
{
	char *argv[] = {(char *)"sctop", (char *)argument, NULL};
	struct err err = {0};
	tear_down();
	cr_assert_eq(conf_parse(&conf, text, strlen(text), NULL), 0);
	cr_assert_eq(
		options_parse(&options, &conf, argument ? 2 : 1, argv, &err), 0,
		"%s", err.text);
	sctoprc_check(&conf);
}

static void expect_fault(const char *text, const char *expected)
{
	struct err fault = {0};
	size_t at = 0;
	read_with(text, NULL);
	bool found = sctoprc_next_fault(&conf, &at, &fault);
	cr_expect_str_eq(found ? fault.text : "none", expected);
	cr_expect_not(sctoprc_next_fault(&conf, &at, &fault), "%s", fault.text);
}

Test(sctoprc, options_take_what_they_take_on_the_command_line)
{
	read_with("theme = night\nascii = yes\nno-mouse = no\ndelay = 500ms\n"
		  "string-limit = 64\ndecode-fds = path\nrow-memory = 8M\n"
		  "color = always\n",
		  NULL);
	cr_expect_str_eq(options.theme, "night");
	cr_expect(options.ascii);
	cr_expect_not(options.no_mouse);
	cr_expect_eq(options.delay_ns, 500000000);
	cr_expect_eq(options.string_limit, 64);
	cr_expect_eq(options.fds, FDS_PATH);
	cr_expect_eq(options.row_bytes, 8 << 20);
	cr_expect_eq(options.color, COLOR_ALWAYS);
}

Test(sctoprc, a_delay_that_is_kept_asks_for_no_tables)
{
	read_with("delay = 2\n", "-c");
	cr_expect_not(options.delay_given);
}

Test(sctoprc, the_command_line_is_over_it)
{
	read_with("theme = night\n", "--theme=light");
	cr_expect_str_eq(options.theme, "light");
	read_with("ascii = yes\n", "--ascii=no");
	cr_expect_not(options.ascii);
}

Test(sctoprc, the_environment_is_over_it_and_under_the_command_line)
{
	setenv("NO_COLOR", "1", 1);
	read_with("color = always\n", NULL);
	cr_expect_eq(options.color, COLOR_NEVER);
	read_with("color = never\n", "--color=always");
	cr_expect_eq(options.color, COLOR_ALWAYS);
}

Test(sctoprc, says_of_an_option_what_it_takes)
{
	expect_fault("\ntheme = nihgt\n",
		     "/c/sctop/sctoprc:2: --theme takes one of: default light "
		     "blind contrast night blue mono, not 'nihgt'");
	expect_fault("ascii = maybe\n",
		     "/c/sctop/sctoprc:1: --ascii takes yes or no, not "
		     "'maybe'");
	expect_fault("delay = 1ns\n",
		     "/c/sctop/sctoprc:1: -d, --delay takes a duration from "
		     "100ms to 24h (a number with ns, us, ms, s, m or h; "
		     "seconds without), not '1ns'");
}

Test(sctoprc, names_the_setting_that_was_meant)
{
	expect_fault("thme = night\n", "/c/sctop/sctoprc:1: there is no "
				       "setting 'thme'; nearest: theme");
	expect_fault("pid = 1\n", "/c/sctop/sctoprc:1: pid is for the command "
				  "line alone; it cannot be kept");
	expect_fault("columns.evnts = pid\n",
		     "/c/sctop/sctoprc:1: there is no view 'evnts'; nearest: "
		     "events");
}

Test(sctoprc, says_what_columns_take)
{
	expect_fault("columns.events = pid comn\n",
		     "/c/sctop/sctoprc:1: the view events has no column "
		     "'comn'; nearest: comm");
	expect_fault("columns.events = \xc2\x9b\n",
		     "/c/sctop/sctoprc:1: the view events has no column "
		     "'\\u009b'");
	expect_fault("columns.events = comm:0\n",
		     "/c/sctop/sctoprc:1: 'comm' takes a width from 1 to 200, "
		     "as in comm:20");
	expect_fault("columns.events =\n",
		     "/c/sctop/sctoprc:1: a view takes columns by name, such "
		     "as 'pid comm:20'");
	expect_fault("columns.events = pid comm?????????\n",
		     "/c/sctop/sctoprc:1: 'comm' takes up to 8 ?, as in "
		     "comm??");
	expect_fault("columns.events = pid comm????????\n", "none");
	expect_fault("columns.events = pid? comm:20?? args:200\n", "none");
}

Test(sctoprc, says_what_an_order_takes)
{
	expect_fault("sort.processes = -speed\n",
		     "/c/sctop/sctoprc:1: sort.processes takes a column, with "
		     "- before it for the greatest first, not '-speed'");
	expect_fault("sort.processes = -errors\nsort.events =\n", "none");
}

static void expect_same_again(const struct options_row *row)
{
	struct options usual;
	char text[64], again[64];
	struct buf buf;
	struct err err = {0};
	options_init(&usual);
	buf_init(&buf, text, sizeof(text));
	setting_print(&buf, &usual, row);
	cr_expect_eq(options_keep(&usual, row, text, &err), 0, "%s: %s",
		     row->name, err.text);
	buf_init(&buf, again, sizeof(again));
	setting_print(&buf, &usual, row);
	cr_expect_str_eq(text, again, "%s", row->name);
	cr_expect_str_neq(text, "", "%s", row->name);
}

Test(sctoprc, what_is_printed_of_an_option_can_be_read)
{
	const struct options_row *row;
	for (size_t i = 0; (row = options_at(i)); i++)
		if (row->kept)
			expect_same_again(row);
}

Test(sctoprc, a_bad_line_leaves_the_others_in_force)
{
	read_with("theme = night\nnonsense\nascii = yes\n", NULL);
	cr_expect_str_eq(options.theme, "night");
	cr_expect(options.ascii);
}
