/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "golden.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/conf.h"
#include "app/desk.h"
#include "ui/keycode.h"

static const struct golden_config usual = {.rows = 24, .cols = 80};

/* The sections are reached from the columns by Tab. */
#define COLUMNS  "S"
#define SETTINGS "S\t"
#define KEYS     "S\t\t"

static void expect_conf(const struct golden *golden, const char *kind,
			const char *what, const char *expected)
{
	const char *value = conf_get(golden_conf(golden), kind, what);
	cr_expect_str_eq(value ? value : "none", expected, "%s: %s", kind,
			 value);
}

static int line_of(struct golden *golden, const char *text)
{
	int y = 0;
	char *screen = golden_print(golden);
	const char *found = strstr(screen, text);
	cr_assert(found);
	for (const char *p = screen; p < found; p++)
		y += *p == '\n';
	free(screen);
	return y;
}

static void press_down(struct golden *golden, int times)
{
	for (int i = 0; i < times; i++)
		golden_key(golden, KEYCODE_DOWN);
}

static void go_to_setting(struct golden *golden, const char *name)
{
	struct form_lines lines = {.count = 0};
	golden_type(golden, SETTINGS);
	setup_settings_lines(golden_desk(golden), &lines);
	for (size_t i = 0; i < lines.count; i++)
		if (strcmp(lines.at[i].name, name) == 0)
			press_down(golden, (int)i);
}

Test(setup, a_column_is_hidden_and_the_table_follows)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2" COLUMNS);
	press_down(golden, 1);
	cr_expect(golden_shows(golden, "[x] user"));
	cr_expect(golden_shows(golden, "USER"));
	golden_type(golden, " ");
	cr_expect(golden_shows(golden, "[ ] user"));
	cr_expect_not(golden_shows(golden, "USER"));
	expect_conf(golden, "columns", "processes",
		    "pid comm rate error_rate time_pct top status");
	golden_free(golden);
}

Test(setup, a_column_that_is_shown_comes_last)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2" COLUMNS);
	press_down(golden, 8); /* the first of those that are not shown */
	golden_type(golden, " ");
	golden_type(golden, "q");
	expect_conf(
		golden, "columns", "processes",
		"pid user comm rate error_rate time_pct top status blocked");
	golden_free(golden);
}

Test(setup, a_column_is_moved_and_the_cursor_with_it)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2" COLUMNS "]]");
	expect_conf(golden, "columns", "processes",
		    "user comm pid rate error_rate time_pct top status");
	golden_type(golden, "[");
	expect_conf(golden, "columns", "processes",
		    "user pid comm rate error_rate time_pct top status");
	golden_type(golden, "[[");
	cr_expect(golden_shows(golden, "it moves among the columns"));
	golden_free(golden);
}

Test(setup, a_column_is_widened_from_the_width_it_has)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2" COLUMNS "++-");
	expect_conf(golden, "columns", "processes",
		    "pid:8 user comm rate error_rate time_pct top status");
	golden_free(golden);
}

Test(setup, one_column_stays)
{
	const struct golden_config config = {
		.rows = 24, .cols = 80, .conf = "columns.processes = pid\n"};
	struct golden *golden = golden_new(&config);
	golden_type(golden, "2" COLUMNS " ");
	cr_expect(golden_shows(golden, "a view keeps one column"));
	expect_conf(golden, "columns", "processes", "pid");
	golden_free(golden);
}

Test(setup, the_order_is_kept_and_a_hidden_column_can_have_it)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2" COLUMNS "s ");
	expect_conf(golden, "sort", "processes", "-pid");
	golden_type(golden, "q");
	cr_expect_not(golden_shows(golden, "PID"));
	golden_type(golden, "><");
	golden_key(golden, KEYCODE_RIGHT);
	golden_type(golden, "+");
	cr_expect(golden_shows(golden, "filter: "));
	golden_free(golden);
}

Test(setup, a_reset_gives_the_view_its_own_back)
{
	const struct golden_config config = {
		.rows = 24,
		.cols = 80,
		.conf = "columns.processes = pid\nsort.processes = pid\n"};
	struct golden *golden = golden_new(&config);
	golden_type(golden, "2" COLUMNS "r");
	expect_conf(golden, "columns", "processes", "none");
	expect_conf(golden, "sort", "processes", "none");
	cr_expect(golden_shows(golden, "TOP CALL"));
	golden_free(golden);
}

Test(setup, the_columns_of_each_view_can_be_had)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, COLUMNS "v");
	cr_expect(golden_shows(golden, "[x] pid"));
	golden_type(golden, "VV");
	cr_expect(golden_shows(golden, "Syscalls of a process"));
	golden_type(golden, "]");
	expect_conf(golden, "columns", "syscalls", "none");
	cr_expect(conf_get(golden_conf(golden), "columns", "process"));
	golden_free(golden);
}

Test(setup, a_theme_is_tried_at_once)
{
	struct golden *golden = golden_new(&usual);
	go_to_setting(golden, "theme");
	golden_type(golden, "\r");
	cr_expect(golden_shows(golden, "theme          light"));
	expect_conf(golden, "theme", NULL, "light");
	golden_key(golden, KEYCODE_LEFT);
	golden_key(golden, KEYCODE_LEFT);
	expect_conf(golden, "theme", NULL, "mono");
	golden_type(golden, "r");
	expect_conf(golden, "theme", NULL, "none");
	cr_expect(golden_shows(golden, "theme          default"));
	golden_free(golden);
}

Test(setup, a_value_that_is_none_is_told_and_stays_to_be_changed)
{
	struct golden *golden = golden_new(&usual);
	go_to_setting(golden, "delay");
	golden_type(golden, "\r");
	cr_expect(golden_shows(golden, "Value: 1s"));
	golden_key(golden, KEYCODE_CTRL('U'));
	golden_type(golden, "1ns\r");
	cr_expect(golden_shows(golden, "takes a duration from 100ms to 24h"));
	cr_expect(golden_shows(golden, "Value: 1ns"));
	golden_key(golden, KEYCODE_CTRL('U'));
	golden_type(golden, "500ms\r");
	expect_conf(golden, "delay", NULL, "500ms");
	cr_expect_eq(golden_desk(golden)->delay_ns, 500000000);
	golden_free(golden);
}

Test(setup, what_cannot_change_now_is_said_to_change_later)
{
	struct golden *golden = golden_new(&usual);
	go_to_setting(golden, "decode-fds");
	golden_type(golden, "\r");
	expect_conf(golden, "decode-fds", NULL, "none");
	cr_expect(golden_shows(golden,
			       "decode-fds takes effect at the next start"));
	golden_free(golden);
}

Test(setup, what_would_keep_nothing_is_not_offered)
{
	struct form_lines lines = {.count = 0};
	struct golden *golden = golden_new(&usual);
	golden_type(golden, SETTINGS);
	setup_settings_lines(golden_desk(golden), &lines);
	cr_expect_gt(lines.count, 10);
	for (size_t i = 0; i < lines.count; i++)
		cr_expect_str_neq(lines.at[i].name, "no-save");
	golden_free(golden);
}

Test(setup, every_setting_goes_back_to_what_it_is_by_itself)
{
	struct form_lines lines = {.count = 0};
	struct golden *golden = golden_new(&usual);
	golden_type(golden, SETTINGS);
	setup_settings_lines(golden_desk(golden), &lines);
	for (size_t i = 0; i < lines.count; i++) {
		golden_type(golden, "r");
		cr_expect_neq(golden_desk(golden)->message_role, ROLE_ALARM,
			      "%s: %s", lines.at[i].name,
			      golden_desk(golden)->message);
		press_down(golden, 1);
	}
	golden_free(golden);
}

Test(setup, a_key_that_is_free_is_given_at_once)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, KEYS "\rJ");
	expect_conf(golden, "key", "help", "J F1 h ?");
	golden_type(golden, "qJ");
	cr_expect(golden_shows(golden, "Help"));
	golden_free(golden);
}

Test(setup, a_key_that_another_has_wants_a_second_press)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, KEYS "\rs");
	cr_expect(golden_shows(golden, "s is the key of sort; press it again"));
	expect_conf(golden, "key", "help", "none");
	golden_type(golden, "s");
	expect_conf(golden, "key", "help", "s F1 h ?");
	golden_type(golden, "q");
	cr_expect(golden_shows(golden, "sHelp"));
	golden_free(golden);
}

Test(setup, a_key_is_taken_from_whom_it_was_given)
{
	const struct golden_config config = {
		.rows = 24, .cols = 80, .conf = "key.sort = J s\n"};
	struct golden *golden = golden_new(&config);
	golden_type(golden, KEYS "\rJJ");
	expect_conf(golden, "key", "sort", "s");
	expect_conf(golden, "key", "help", "J F1 h ?");
	golden_free(golden);
}

static void go_to_action(struct golden *golden, const char *name)
{
	struct form_lines lines = {.count = 0};
	golden_type(golden, KEYS);
	setup_keys_lines(golden_desk(golden), &lines);
	for (size_t i = 0; i < lines.count; i++)
		if (strcmp(lines.at[i].name, name) == 0)
			press_down(golden, (int)i);
}

Test(setup, a_key_is_taken_from_all_who_have_it)
{
	const struct golden_config config = {
		.rows = 24,
		.cols = 80,
		.conf = "key.page-next-row = Right n\n"}; /* next-match has it
							     as its own */
	struct golden *golden = golden_new(&config);
	go_to_action(golden, "up");
	golden_type(golden, "\rnn");
	cr_expect(golden_shows(golden, "n is a key of up"));
	expect_conf(golden, "key", "page-next-row", "Right");
	expect_conf(golden, "key", "up", "n Up Ctrl-P");
	golden_free(golden);
}

Test(setup, a_line_of_keys_that_is_refused_is_taken_back)
{
	/* quit's line comes behind, when zero has taken quit's own keys */
	const struct golden_config config = {
		.rows = 24,
		.cols = 80,
		.conf = "key.zero = q z\nkey.quit = Q W\n"};
	struct golden *golden = golden_new(&config);
	go_to_action(golden, "zero");
	golden_type(golden, "\r");
	golden_key(golden, KEYCODE_F(10));
	cr_expect(golden_shows(golden, "key.zero cannot take"));
	expect_conf(golden, "key", "zero", "q z");
	cr_expect_eq(golden_conf(golden)->count, 2);
	cr_expect_eq(golden_conf(golden)->change_count, 0);
	golden_free(golden);
}

Test(setup, an_action_with_eight_keys_takes_no_more)
{
	const struct golden_config config = {
		.rows = 24,
		.cols = 80,
		.conf = "key.help = F1 h ? F12 J j X H\n"};
	struct golden *golden = golden_new(&config);
	golden_type(golden, KEYS "\r");
	cr_expect(golden_shows(golden, "help has 8 keys, and takes no more"));
	golden_type(golden, "B");
	expect_conf(golden, "key", "help", "F1 h ? F12 J j X H");
	golden_free(golden);
}

Test(setup, keys_without_which_nobody_gets_out_stay)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, KEYS "ddd");
	cr_expect(golden_shows(golden, "key.help takes one key at least"));
	expect_conf(golden, "key", "help", "F1");
	golden_type(golden, "\r3");
	cr_expect(golden_shows(golden, "3, which stays"));
	golden_key(golden, KEYCODE_CTRL('C'));
	cr_expect_not(golden_desk(golden)->setup.grabs);
	golden_type(golden, "r");
	expect_conf(golden, "key", "help", "none");
	golden_free(golden);
}

Test(setup, a_filter_gets_a_name_and_comes_back_by_it)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "\\stat\rf");
	cr_expect(golden_shows(golden, "save the one in force"));
	golden_type(golden, "\rmine\r");
	expect_conf(golden, "filter", "mine", "stat");
	cr_expect(golden_shows(golden, "mine"));
	golden_type(golden, "q\033");
	cr_expect_not(golden_shows(golden, "[filter: stat]"));
	golden_type(golden, "f\r");
	cr_expect(golden_shows(golden, "[filter: stat]"));
	cr_expect_eq(golden_desk(golden)->mode, DESK_TABLE);
	golden_free(golden);
}

Test(setup, a_filter_of_another_view_says_so)
{
	const struct golden_config config = {
		.rows = 24,
		.cols = 80,
		.conf = "filter.slow = duration > 1ms\n"};
	struct golden *golden = golden_new(&config);
	golden_type(golden, "f");
	cr_expect(golden_shows(golden, "not of this view"));
	golden_type(golden, "\r");
	cr_expect(golden_shows(golden, "slow: "));
	cr_expect_eq(golden_desk(golden)->mode, DESK_SETUP);
	golden_type(golden, "q3f\r");
	cr_expect(golden_shows(golden, "[filter: duration > 1ms]"));
	golden_free(golden);
}

Test(setup, a_filter_is_forgotten_and_brought_back)
{
	const struct golden_config config = {
		.rows = 24,
		.cols = 80,
		.conf = "filter.slow = duration > 1ms\n"};
	struct golden *golden = golden_new(&config);
	golden_type(golden, "fd");
	expect_conf(golden, "filter", "slow", "none");
	golden_type(golden, "u");
	expect_conf(golden, "filter", "slow", "duration > 1ms");
	golden_type(golden, "e && failed\r");
	expect_conf(golden, "filter", "slow", "duration > 1ms && failed");
	golden_free(golden);
}

Test(setup, a_filter_that_no_view_understands_is_refused)
{
	const struct golden_config config = {
		.rows = 24,
		.cols = 80,
		.conf = "filter.slow = duration > 1ms\n"};
	struct golden *golden = golden_new(&config);
	golden_type(golden, "fe && (failed\r");
	cr_expect(golden_shows(golden, "column "));
	cr_expect_not(golden_shows(golden, "duration is no field"));
	expect_conf(golden, "filter", "slow", "duration > 1ms");
	cr_expect_eq(golden_desk(golden)->mode, DESK_PROMPT);
	golden_type(golden, ")\r");
	expect_conf(golden, "filter", "slow", "duration > 1ms && (failed)");
	golden_free(golden);
}

#define MANY 2500

/* COUNT filters, f0 to the last; with AGAIN as many lines of one name. */
static struct golden *with_filters(size_t count, bool again)
{
	static char text[MANY * 26];
	size_t len = 0;
	for (size_t i = 0; i < count; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
					"filter.f%zu = stat%zu\n",
					again ? 0 : i, i);
	struct golden_config config = usual;
	config.conf = text;
	return golden_new(&config);
}

Test(setup, more_filters_than_lines_are_said_to_be_there)
{
	struct golden *golden = with_filters(140, false);
	golden_type(golden, "fG");
	cr_expect(golden_shows(golden, "and more"));
	golden_type(golden, "\r");
	cr_expect_eq(golden_desk(golden)->mode, DESK_SETUP);
	golden_key(golden, KEYCODE_UP);
	golden_type(golden, "\r");
	cr_expect(golden_shows(golden, "[filter: stat125]"));
	golden_free(golden);
}

Test(setup, a_file_full_of_filters_is_listed_at_once, .timeout = 10)
{
	struct golden *golden = with_filters(MANY, false);
	golden_type(golden, "f");
	cr_expect(golden_shows(golden, "stat0"));
	golden_free(golden);
	golden = with_filters(MANY, true);
	golden_type(golden, "f\r");
	cr_expect(golden_shows(golden, "[filter: stat2499]"));
	golden_free(golden);
}

Test(setup, a_name_with_an_equals_sign_is_refused)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "\\stat\rfaa=b\r");
	cr_expect(golden_shows(golden, "a name takes up to"));
	cr_expect_eq(golden_conf(golden)->count, 0);
	golden_free(golden);
}

Test(setup, a_click_ticks_a_box_and_picks_a_section)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2" COLUMNS);
	int y = line_of(golden, "[x] user");
	golden_click(golden, y, 1);
	cr_expect(golden_shows(golden, "[ ] user"));
	golden_click(golden, y - 2, 12);
	cr_expect(golden_shows(golden, "string-limit"));
	golden_free(golden);
}

Test(setup, help_and_lines_come_back_to_it)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, COLUMNS "?");
	cr_expect(golden_shows(golden, "In the setup, among columns"));
	golden_type(golden, "q");
	cr_expect(golden_shows(golden, "[x] syscall"));
	golden_type(golden, "q");
	cr_expect_not(golden_shows(golden, "[x] syscall"));
	golden_free(golden);
}

Test(setup, every_size_is_drawn)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, COLUMNS);
	for (int rows = 1; rows <= 40; rows += rows < 14 ? 1 : 9)
		for (int cols = 1; cols <= 130; cols += cols < 50 ? 7 : 40) {
			golden_resize(golden, rows, cols);
			golden_type(golden, "\t\t\t\t");
		}
	golden_resize(golden, 24, 80);
	cr_expect(golden_shows(golden, "[x] syscall"));
	golden_free(golden);
}
