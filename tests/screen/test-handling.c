/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times other than now, tags, copying. */
#include "config.h"

#include "golden.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "app/desk.h"
#include "app/options.h"
#include "model/model.h"
#include "tests/lib/evtext.h"
#include "ui/keycode.h"

static const struct golden_config usual = {.rows = 24, .cols = 80};

static bool traced(struct golden *golden, const char *name)
{
	struct model *model = golden_model(golden);
	return model_is_traced(model,
			       catalogue_by_name(model_catalogue(model), name));
}

#define MORE                                                                   \
	"stat nr=0 calls=777 errors=5 time=9ms hist=10:777\n"                  \
	"count pid=812 start=0 nr=0 calls=777 errors=5 time=9ms\n"             \
	"tick t=300s\n"

Test(handling, a_pause_counts_on_and_shows_all_when_it_ends)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "p");
	golden_feed(golden, MORE);
	cr_assert(golden_shows(golden, "[paused, 777 calls since]"));
	golden_type(golden, "/read\r");
	cr_assert_not(golden_shows(golden, " 9.0 ms"));
	golden_type(golden, "p");
	cr_assert(golden_shows(golden, " 9.0 ms"));
	cr_assert_not(golden_shows(golden, "[paused"));
	golden_free(golden);
}

Test(handling, nothing_but_the_count_of_calls_moves_while_it_is_paused)
{
	struct golden *golden = golden_new(&usual);
	for (char view = '1'; view <= '7'; view++) {
		const char keys[] = {view, 'p', '\0'};
		golden_type(golden, keys);
		golden_feed(golden, "tick t=299s\n");
		char *before = golden_print(golden);
		golden_feed(golden,
			    MORE "fork pid=99999 comm=newcomer leader\n"
				 "call t=300s pid=901 comm=nginx nr=3 ret=0\n");
		char *after = golden_print(golden);
		char *figure = strstr(after, "777 calls");
		cr_assert_not_null(figure, "%s", after);
		memcpy(figure - 1, "0 calls since]  ", 16);
		size_t rest = strcspn(before, "[");
		cr_expect_eq(strncmp(before, after, rest), 0, "%c", view);
		const char *a = strstr(before, "\n 1 ");
		const char *b = strstr(after, "\n 1 ");
		const char *end = strstr(a, "-- looks");
		cr_assert(a && b && end);
		cr_expect_eq(strncmp(a, b, (size_t)(end - a)), 0, "%s%s",
			     before, after);
		golden_type(golden, "p");
		free(before);
		free(after);
	}
	golden_free(golden);
}

Test(handling, a_mark_is_told_and_taken_away_again)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "m/read\r");
	golden_feed(golden, MORE);
	cr_assert(golden_shows(golden, "[since mark "));
	cr_assert(golden_shows(golden, "777 "));
	golden_type(golden, "m");
	cr_assert_not(golden_shows(golden, "[since mark "));
	golden_type(golden, "mz");
	cr_assert_not(golden_shows(golden, "[since mark "));
	golden_type(golden, "m");
	cr_assert(golden_shows(golden, "[since mark "));
	golden_free(golden);
}

Test(handling, the_cursor_stays_among_rows_when_its_own_leaves_the_budget)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "3g");
	for (int i = 0; i < 3; i++)
		golden_key(golden, KEYCODE_DOWN);
	uint64_t id = desk_row(golden_desk(golden))->id;
	for (int i = 0; i < 9000; i++)
		cr_assert_eq(evtext_feed("call t=200s pid=901 comm=nginx "
					 "nr=3 ret=0\n",
					 model_put, golden_model(golden)),
			     0);
	golden_feed(golden, "tick t=201s\n");
	const struct row *row = desk_row(golden_desk(golden));
	struct row oldest;
	cr_assert_not_null(row);
	uint64_t first = row->id; /* the row is borrowed until a key */
	cr_assert_gt(first, id);
	cr_assert_not(model_find_row(golden_model(golden), ROW_CALL, first - 1,
				     &oldest));
	golden_type(golden, "p");
	golden_key(golden, KEYCODE_UP);
	golden_key(golden, KEYCODE_DOWN);
	cr_assert_geq(desk_row(golden_desk(golden))->id, first);
	golden_free(golden);
}

Test(handling, tagged_rows_are_what_keys_are_about)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "/futex\rT");
	golden_key(golden, KEYCODE_ESC);
	golden_type(golden, "/epoll_wait\rT");
	golden_key(golden, KEYCODE_ESC);
	golden_type(golden, "g");
	cr_assert(golden_shows(golden, "[2 tagged]"));
	cr_assert(golden_shows(golden, "*[ ] futex "));
	cr_assert_not(golden_shows(golden, "*[ ] close "));
	golden_type(golden, " ");
	cr_assert(golden_shows(golden, "tracing the 2 calls tagged"));
	cr_assert(traced(golden, "futex") && traced(golden, "epoll_wait"));
	cr_assert_not(traced(golden, "close"));
	golden_type(golden, "2");
	cr_assert_not(golden_shows(golden, "tagged]"));
	golden_type(golden, "1");
	cr_assert(golden_shows(golden, "[2 tagged]"));
	golden_key(golden, KEYCODE_CTRL('T'));
	cr_assert(golden_shows(golden, "untagged 2 rows"));
	cr_assert_not(golden_shows(golden, "tagged]"));
	golden_free(golden);
}

Test(handling, tagged_processes_are_picked_out_together)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2TTo");
	cr_assert(golden_shows(golden, "[rows only of 2 processes]"));
	golden_type(golden, "o");
	cr_assert_not(golden_shows(golden, "[rows only of"));
	golden_type(golden, "O");
	cr_assert(golden_desk(golden)->only.follow);
	golden_free(golden);
}

Test(handling, other_processes_picked_out_replace_those_before)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2TToT");
	golden_key(golden, KEYCODE_UP);
	golden_key(golden, KEYCODE_UP);
	golden_type(golden, "To");
	cr_assert(golden_shows(golden, "[rows only of 2 processes]"));
	golden_free(golden);
}

Test(handling, a_process_that_has_ended_is_not_picked_out)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2/cc1\ro");
	cr_assert(golden_shows(golden, "it has ended"));
	cr_assert_not(golden_shows(golden, "[rows only of"));
	golden_free(golden);
}

Test(handling, a_pause_before_the_first_row_holds_it_back)
{
	const struct golden_config quiet = {
		.rows = 24, .cols = 80, .quiet = true};
	struct golden *golden = golden_new(&quiet);
	golden_type(golden, "3p");
	golden_feed(golden, "call t=200s pid=901 comm=nginx nr=39 args= "
			    "ret=901\n");
	cr_assert_not(golden_shows(golden, "nginx"));
	golden_type(golden, "p");
	cr_assert(golden_shows(golden, "nginx"));
	golden_free(golden);
}

Test(handling, the_delay_ends_where_its_option_does)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "[[[[[[");
	cr_assert(golden_shows(golden, "125 ms, which is the shortest"));
	golden_type(golden, "]");
	cr_assert(golden_shows(golden, "every 250 ms"));
	golden_free(golden);
}

Test(handling, the_filter_takes_or_leaves_what_is_tagged)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2TT+");
	const char *filter = desk_place(golden_desk(golden))->filter;
	cr_assert_str_eq(filter, "(comm == nginx || comm == node)");
	cr_assert_not(golden_shows(golden, "postgres"));
	golden_type(golden, "u-");
	cr_assert_str_eq(filter, "comm != nginx && comm != node");
	golden_key(golden, KEYCODE_CTRL('T'));
	golden_type(golden, "u3gTTT+");
	cr_assert_not(golden_shows(golden, "|| syscall == openat || syscall "
					   "== openat"));
	golden_free(golden);
}

Test(handling, a_tag_goes_with_its_row)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "3gT");
	cr_assert(golden_shows(golden, "[1 tagged]"));
	model_clear_calls(golden_model(golden));
	golden_type(golden, "3");
	cr_assert_not(golden_shows(golden, "tagged]"));
	golden_free(golden);
}

#define ESC_52(base64) "\033]52;c;" base64 "\007"

Test(handling, a_cell_or_a_row_is_copied_by_the_terminal)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "/%zzz");
	golden_key(golden, KEYCODE_ESC);
	golden_type(golden, "2");
	golden_key(golden, KEYCODE_RIGHT);
	golden_type(golden, "y"); /* the PID */
	cr_assert_str_eq(golden_terminal(golden), ESC_52("OTAx"));
	cr_assert(golden_shows(golden, "sent the cell to the terminal's "
				       "clipboard: 3 bytes"));
	golden_type(golden, "TTy");
	cr_assert_str_eq(golden_terminal(golden), ESC_52("OTAxCjEyMDAK"));
	cr_assert(golden_shows(golden, "sent 2 cells"));
	golden_key(golden, KEYCODE_CTRL('T'));
	golden_type(golden, "^y");
	cr_assert(golden_shows(golden, "sent the row"));
	golden_free(golden);
}

Test(handling, what_a_program_calls_itself_is_copied_escaped)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2/evil\r");
	for (int i = 0; i < 3; i++)
		golden_key(golden, KEYCODE_RIGHT);
	golden_type(golden, "y"); /* \x1b[31mevil */
	cr_assert_str_eq(golden_terminal(golden), ESC_52("XHgxYlszMW1ldmls"));
	golden_free(golden);
}

Test(handling, copying_says_why_it_does_not)
{
	struct golden *golden = golden_new(&usual);
	golden_desk(golden)->options->clipboard = CLIPBOARD_AUTO;
	golden_type(golden, "2y");
	cr_assert(golden_shows(golden, "not copied: unsure whether"));
	golden_desk(golden)->options->clipboard = CLIPBOARD_OFF;
	golden_type(golden, "2y");
	cr_assert(golden_shows(golden, "not copied: --clipboard=off"));
	cr_assert_str_empty(golden_terminal(golden));
	golden_free(golden);
}

Test(handling, too_much_is_not_copied)
{
	struct golden *golden = golden_new(&usual);
	for (int i = 0; i < 1000; i++)
		cr_assert_eq(evtext_feed("call t=200s pid=901 comm=nginx "
					 "nr=3 ret=0\n",
					 model_put, golden_model(golden)),
			     0);
	golden_type(golden, "3G");
	for (int i = 0; i < 900; i++) {
		golden_key(golden, 'T');
		golden_key(golden, KEYCODE_UP);
		golden_key(golden, KEYCODE_UP);
	}
	golden_type(golden, "y");
	cr_assert(golden_shows(golden, "more than 65536 bytes are too much"));
	cr_assert_str_empty(golden_terminal(golden));
	golden_free(golden);
}

Test(handling, the_mouse_is_given_to_the_terminal_and_taken_back)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "M");
	cr_assert(golden_shows(golden, "the mouse is the terminal's"));
	cr_assert(golden_desk(golden)->options->no_mouse);
	golden_type(golden, "M");
	cr_assert(golden_shows(golden, "clicks here again"));
	cr_assert_not(golden_desk(golden)->options->no_mouse);
	golden_free(golden);
}

Test(handling, the_lines_of_the_page_of_commands_are_copied)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "?y");
	cr_assert_str_empty(golden_terminal(golden));
	golden_type(golden, "q2Yy");
	cr_assert(golden_shows(golden, "sent the lines to the terminal's"));
	/* "sctop -c " */
	cr_assert_eq(
		strncmp(golden_terminal(golden), "\033]52;c;c2N0b3AgLWMg", 19),
		0);
	golden_free(golden);
}

Test(handling, a_page_offers_the_next_row_only_if_it_is_about_one)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "?");
	cr_assert_not(golden_shows(golden, "Next row"));
	golden_type(golden, "q!");
	cr_assert_not(golden_shows(golden, "Next row"));
	golden_type(golden, "qi");
	cr_assert(golden_shows(golden, "Next row"));
	golden_free(golden);
}

Test(handling, a_search_begins_empty_and_has_the_last_one_above)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "/futex\r/");
	cr_assert_str_empty(golden_desk(golden)->prompt.text);
	cr_assert(golden_shows(golden, "[search: futex]")); /* until typed */
	golden_key(golden, KEYCODE_UP);
	cr_assert_str_eq(golden_desk(golden)->prompt.text, "futex");
	golden_type(golden, "\r/\r");
	cr_assert_str_eq(desk_place(golden_desk(golden))->search, "futex");
	golden_free(golden);
}
