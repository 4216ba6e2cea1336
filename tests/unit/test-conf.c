/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/conf.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"

static struct conf conf;

static void tear_down(void)
{
	conf_done(&conf);
}

TestSuite(conf, .fini = tear_down);

static void parse(const char *text)
{
	cr_assert_eq(conf_parse(&conf, text, strlen(text), NULL), 0);
}

static void expect_text(const char *expected)
{
	char data[1024];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	conf_print(&conf, &buf);
	cr_expect_str_eq(data, expected);
}

Test(conf, reads_names_and_values_around_the_first_equals_sign)
{
	parse("theme=night\n  columns.events =  pid comm:20 \r\n"
	      "filter.slow = ret == 0 # no comment\n");
	cr_expect_str_eq(conf_get(&conf, "theme", NULL), "night");
	cr_expect_str_eq(conf_get(&conf, "columns", "events"), "pid comm:20");
	cr_expect_str_eq(conf_get(&conf, "filter", "slow"),
			 "ret == 0 # no comment");
	cr_expect_null(conf_get(&conf, "columns", NULL));
	cr_expect_null(conf_get(&conf, "columns", "files"));
}

Test(conf, the_last_of_two_lines_holds)
{
	parse("theme = night\ntheme = light\n");
	cr_expect_str_eq(conf_get(&conf, "theme", NULL), "light");
}

Test(conf, tells_what_a_line_takes)
{
	parse("# theme = night\n\ntheme night\n= night\nthe\033me = x\n");
	cr_expect_null(conf.lines[0].name);
	cr_expect_null(conf.lines[1].name);
	cr_expect_str_eq(conf.lines[2].fault, "a line takes NAME = VALUE");
	cr_expect_str_eq(conf.lines[3].fault, "a line takes NAME = VALUE");
	cr_expect_str_eq(conf.lines[4].fault,
			 "a line takes no control characters");
}

Test(conf, keeps_what_it_does_not_understand)
{
	static const char text[] = "# mine\n\n  theme =night  \nnonsense\n"
				   "key.of.tomorrow = x\n";
	parse(text);
	expect_text(text);
	conf_set(&conf, "ascii", NULL, "yes");
	conf_set(&conf, "theme", NULL, "light");
	expect_text("# mine\n\ntheme = light\nnonsense\n"
		    "key.of.tomorrow = x\nascii = yes\n");
}

Test(conf, takes_every_line_of_a_name_away)
{
	parse("theme = night\nascii = yes\ntheme = light\n");
	conf_set(&conf, "theme", NULL, NULL);
	expect_text("ascii = yes\n");
	cr_expect_null(conf_get(&conf, "theme", NULL));
}

Test(conf, a_value_is_one_line)
{
	conf_set(&conf, "filter", "x", " pid == 1\nascii = yes");
	expect_text("filter.x = pid == 1\n");
}

Test(conf, a_refused_line_has_no_value_and_stays)
{
	parse("theme = night\ntheme = nihgt\n");
	conf_refuse(&conf, 1, "no theme %s", "nihgt");
	cr_expect_str_eq(conf_get(&conf, "theme", NULL), "night");
	cr_expect_str_eq(conf.lines[1].fault, "no theme nihgt");
	expect_text("theme = night\ntheme = nihgt\n");
}

Test(conf, repeats_changes_on_what_another_wrote)
{
	struct conf other = {0};
	parse("theme = night\n# written meanwhile\n");
	conf_set(&other, "theme", NULL, "light");
	conf_set(&other, "ascii", NULL, "yes");
	conf_set(&other, "ascii", NULL, NULL);
	conf_set(&other, "delay", NULL, "2s");
	cr_expect_eq(other.change_count, 3);
	conf_repeat(&conf, &other);
	expect_text("theme = light\n# written meanwhile\ndelay = 2s\n");
	conf_done(&other);
}

Test(conf, refuses_what_is_no_text)
{
	struct err err = {0};
	static char large[CONF_SIZE_LIMIT + 1];
	memset(large, '\n', sizeof(large));
	cr_expect_eq(conf_parse(&conf, "a = b\n\0", 7, &err), -EINVAL);
	cr_expect_str_eq(err.text, "it is no text");
	cr_expect_eq(conf_parse(&conf, large, sizeof(large), &err), -EFBIG);
	cr_expect_eq(conf.count, 0);
}
