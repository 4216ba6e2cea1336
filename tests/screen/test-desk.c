/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "golden.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "abi/syscall.h"
#include "app/action.h"
#include "app/desk.h"
#include "app/keys.h"
#include "model/model.h"
#include "tests/lib/evtext.h"
#include "ui/keycode.h"
#include "ui/pager.h"

static const struct golden_config usual = {.rows = 24, .cols = 80};
static const struct golden_config running = {
	.rows = 24, .cols = 80, .command = "make"};

static bool traced(struct golden *golden, const char *name)
{
	struct model *model = golden_model(golden);
	return model_is_traced(model,
			       catalogue_by_name(model_catalogue(model), name));
}

static unsigned count_traced(struct golden *golden)
{
	struct model_summary summary;
	model_summary(golden_model(golden), &summary);
	return summary.traced;
}

Test(desk, space_ticks_and_unticks_the_row_under_the_cursor)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "/futex\r");
	cr_assert_not(traced(golden, "futex"));
	golden_type(golden, " ");
	cr_assert(traced(golden, "futex"));
	golden_type(golden, " ");
	cr_assert_not(traced(golden, "futex"));
	golden_free(golden);
}

Test(desk, space_behind_a_class_in_search_ticks_all_of_it)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "U");
	cr_assert_eq(count_traced(golden), 0);
	golden_type(golden, "/%network ");
	cr_assert(traced(golden, "connect"));
	cr_assert(traced(golden, "recvmmsg"));
	cr_assert_not(traced(golden, "openat"));
	golden_type(golden, " ");
	cr_assert_eq(count_traced(golden), 0);
	golden_free(golden);
}

Test(desk, space_on_a_class_heading_ticks_all_of_the_class)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "Utg");
	const struct row *heading = desk_row(golden_desk(golden));
	cr_assert_eq(heading->kind, ROW_CLASS);
	enum syscall_class class = (enum syscall_class)heading->id;
	golden_type(golden, " ");
	struct catalogue *cat = model_catalogue(golden_model(golden));
	for (uint32_t i = 0; i < catalogue_count(cat); i++) {
		const struct syscall *sc = catalogue_get(cat, i);
		bool wanted =
			sc->class == class && sc->presence != SYSCALL_ABSENT;
		cr_assert_eq(model_is_traced(golden_model(golden), i), wanted,
			     "%s", sc->name);
	}
	golden_free(golden);
}

Test(desk, a_preset_ticks_its_calls_and_no_other)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "Pw");
	cr_assert(traced(golden, "connect"));
	cr_assert_not(traced(golden, "openat"));
	golden_type(golden, "Pf");
	cr_assert(traced(golden, "openat"));
	cr_assert_not(traced(golden, "connect"));
	golden_type(golden, "P\r");
	cr_assert(traced(golden, "openat"));
	cr_assert(traced(golden, "connect"));
	cr_assert_not(traced(golden, "futex"));
	golden_free(golden);
}

Test(desk, the_failures_preset_lists_failed_calls_only)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "Pe3");
	cr_assert(golden_shows(golden, "[failed only]"));
	cr_assert(golden_shows(golden, "ENOENT"));
	cr_assert_not(golden_shows(golden, " = 0"));
	golden_free(golden);
}

Test(desk, an_error_leads_to_the_calls_that_failed_so)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "5/EACCES\r\r");
	cr_assert(golden_shows(golden, "nginx openat EACCES"));
	cr_assert(golden_shows(golden, "/var/www/private"));
	cr_assert_not(golden_shows(golden, "favicon"));
	golden_feed(golden, "call t=102s pid=901 comm=nginx nr=257 args=0,0x10 "
			    "text1=\"/denied\" ret=-13\n"
			    "call t=102s pid=901 comm=nginx nr=257 args=0,0x10 "
			    "text1=\"/absent\" ret=-2\n"
			    "call t=102s pid=902 comm=nginx nr=257 args=0,0x10 "
			    "text1=\"/foreign\" ret=-13\n");
	cr_assert(golden_shows(golden, "/denied"));
	cr_assert_not(golden_shows(golden, "/absent"));
	cr_assert_not(golden_shows(golden, "/foreign"));
	golden_free(golden);
}

Test(desk, the_cursor_stays_on_its_row_when_others_overtake_it)
{
	struct golden *golden = golden_new(&usual);
	golden_key(golden, KEYCODE_DOWN);
	golden_key(golden, KEYCODE_DOWN);
	uint64_t id = desk_row(golden_desk(golden))->id;
	golden_wait(golden, DESK_HOLD_NS + 1);
	golden_feed(golden, "stat nr=102 calls=900000000 time=1s max=1us\n"
			    "stat nr=39 calls=800000000 time=1s max=1us\n"
			    "stat nr=96 calls=700000000 time=1s max=1us\n"
			    "tick t=103s wall=1732147103s seen=9000000\n");
	golden_wait(golden, 1);
	cr_assert_eq(desk_row(golden_desk(golden))->id, id);
	cr_assert(golden_shows(golden, " close "));
	golden_free(golden);
}

Test(desk, rows_keep_their_places_for_two_seconds_after_a_key)
{
	struct golden *golden = golden_new(&usual);
	golden_key(golden, KEYCODE_DOWN);
	const struct desk *desk = golden_desk(golden);
	uint64_t first = desk->rows[0].id;
	golden_feed(golden, "stat nr=102 calls=900000000 time=1s max=1us\n"
			    "tick t=103s wall=1732147103s seen=9000000\n");
	cr_assert_eq(desk->rows[0].id, first);
	golden_wait(golden, DESK_HOLD_NS - 1);
	cr_assert_eq(desk->rows[0].id, first);
	golden_wait(golden, 1);
	cr_assert_neq(desk->rows[0].id, first);
	golden_free(golden);
}

Test(desk, following_stays_on_the_latest_event)
{
	static const char later[] =
		"call t=200s dur=5 pid=901 comm=nginx nr=3 args=77 ret=0\n";
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "3");
	golden_feed(golden, later);
	cr_assert(golden_shows(golden, "77"));
	cr_assert_eq(desk_row(golden_desk(golden))->id,
		     model_last_call(golden_model(golden)));
	golden_key(golden, KEYCODE_UP);
	uint64_t id = desk_row(golden_desk(golden))->id;
	golden_feed(golden, later);
	cr_assert_eq(desk_row(golden_desk(golden))->id, id);
	golden_type(golden, "F");
	cr_assert_eq(desk_row(golden_desk(golden))->id,
		     model_last_call(golden_model(golden)));
	golden_free(golden);
}

/* More calls than are listed at once, in groups of ten with other PIDs. */
static void feed_many(struct golden *golden, int from, int to)
{
	char text[128];
	for (int i = from; i < to; i++) {
		(void)snprintf(text, sizeof(text),
			       "call t=%dus dur=5 pid=%d comm=many nr=3 "
			       "args=%d ret=%d\n",
			       200000000 + i, 5000 + i % 10, i,
			       i % 100 == 0 ? -9 : 0); /* fits */
		cr_assert_eq(evtext_feed(text, model_put, golden_model(golden)),
			     0);
	}
	golden_wait(golden, 1);
}

Test(desk, new_events_join_those_listed_before)
{
	struct golden *golden = golden_new(&usual);
	struct desk *desk = golden_desk(golden);
	golden_type(golden, "3\\5003\r");
	feed_many(golden, 0, 100);
	cr_assert_eq(desk->count, 10);
	feed_many(golden, 100, 200);
	cr_assert_eq(desk->count, 20);
	golden_type(golden, "E");
	cr_assert_eq(desk->count, 0);
	golden_type(golden, "E");
	cr_assert_eq(desk->count, 20);
	golden_free(golden);
}

Test(desk, scrolling_reaches_every_event)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "3c");
	feed_many(golden, 0, 5000);
	uint64_t last = desk_row(golden_desk(golden))->id;
	for (int i = 0; i < 4999; i++)
		keys_press(golden_desk(golden), KEYCODE_UP);
	golden_wait(golden, 1);
	cr_assert(golden_shows(golden, "close        0 "));
	cr_assert_eq(desk_row(golden_desk(golden))->id, last - 4999);
	for (int i = 0; i < 4999; i++)
		keys_press(golden_desk(golden), KEYCODE_DOWN);
	cr_assert_eq(desk_row(golden_desk(golden))->id, last);
	golden_type(golden, "g");
	cr_assert_eq(desk_row(golden_desk(golden))->id, last - 4999);
	golden_type(golden, "G");
	cr_assert_eq(desk_row(golden_desk(golden))->id, last);
	golden_free(golden);
}

Test(desk, an_event_under_the_cursor_stays_while_others_come)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "3");
	feed_many(golden, 0, 3000);
	golden_key(golden, KEYCODE_UP);
	uint64_t id = desk_row(golden_desk(golden))->id;
	feed_many(golden, 3000, 7000);
	cr_assert_eq(desk_row(golden_desk(golden))->id, id);
	golden_type(golden, "G");
	cr_assert(golden_shows(golden, "close        6999 "));
	golden_free(golden);
}

Test(desk, a_pause_holds_later_events_back_and_loses_none)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "3p");
	golden_feed(golden, "call t=200s dur=5 pid=901 comm=nginx nr=3 "
			    "args=4242 ret=0\n");
	cr_assert_not(golden_shows(golden, "4242"));
	cr_assert(golden_shows(golden, "[paused, "));
	golden_type(golden, "p");
	cr_assert(golden_shows(golden, "4242"));
	golden_free(golden);
}

Test(desk, going_back_returns_to_the_row_one_came_from)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2");
	golden_key(golden, KEYCODE_DOWN);
	uint64_t id = desk_row(golden_desk(golden))->id;
	golden_type(golden, "\r\r");
	golden_key(golden, KEYCODE_BACKSPACE);
	golden_key(golden, KEYCODE_BACKSPACE);
	cr_assert_eq(desk_row(golden_desk(golden))->id, id);
	cr_assert_eq(desk_row(golden_desk(golden))->kind, ROW_PROCESS);
	golden_free(golden);
}

Test(desk, every_event_of_a_process_is_a_key_away)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2/nginx\re");
	cr_assert(golden_shows(golden, "nginx 901 › Events"));
	const struct desk *desk = golden_desk(golden);
	cr_assert_gt(desk->count, 3);
	for (size_t i = 0; i < desk->count; i++) {
		const struct event_call *call = desk->rows[i].object;
		cr_assert_eq(call->h.pid, 901);
	}
	golden_free(golden);
}

Test(desk, only_this_process_is_undone_by_the_same_key)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "2o");
	cr_assert(golden_shows(golden, "[rows only of "));
	golden_type(golden, "o");
	cr_assert_not(golden_shows(golden, "[rows only of "));
	golden_type(golden, "O");
	cr_assert(golden_shows(golden, " + descendants]"));
	golden_free(golden);
}

Test(desk, quitting_asks_only_while_a_command_runs)
{
	struct golden *golden = golden_new(&usual);
	cr_assert_eq(golden_type(golden, "q"), ACTION_QUIT);
	golden_free(golden);
	golden = golden_new(&running);
	cr_assert_neq(golden_type(golden, "q"), ACTION_QUIT);
	cr_assert_eq(golden_type(golden, "e"),
		     ACTION_QUIT | ACTION_END_COMMAND);
	golden_free(golden);
}

Test(desk, keys_in_the_output_go_to_the_command)
{
	struct golden *golden = golden_new(&running);
	golden_type(golden, "Cqhello");
	cr_assert(golden_shows(golden, "$ qhello"));
	golden_key(golden, KEYCODE_F(9));
	cr_assert_not(golden_shows(golden, "$ qhello"));
	golden_free(golden);
}

Test(desk, a_click_puts_the_cursor_on_its_row_and_another_opens_it)
{
	struct golden *golden = golden_new(&usual);
	golden_click(golden, 7, 10);
	const struct desk *desk = golden_desk(golden);
	cr_assert_eq(desk_row(golden_desk(golden))->id, desk->rows[3].id);
	golden_wait(golden, 1000000000);
	golden_click(golden, 7, 10);
	cr_assert_eq(desk->depth, 0);
	golden_click(golden, 7, 10);
	cr_assert_eq(desk->depth, 1);
	golden_free(golden);
}

Test(desk, a_click_on_a_box_ticks)
{
	struct golden *golden = golden_new(&usual);
	golden_click(golden, 4, 1);
	cr_assert(traced(golden, "futex"));
	golden_free(golden);
}

Test(desk, a_click_on_a_title_sorts_by_it_and_another_reverses)
{
	struct golden *golden = golden_new(&usual);
	golden_click(golden, 3, 6);
	cr_assert(golden_shows(golden, "SYSCALL△"));
	golden_click(golden, 3, 6);
	cr_assert(golden_shows(golden, "SYSCALL▽"));
	golden_free(golden);
}

Test(desk, a_click_on_a_tab_or_a_key_does_what_it_says)
{
	struct golden *golden = golden_new(&usual);
	golden_click(golden, 2, 15);
	cr_assert(golden_shows(golden, "TOP CALL"));
	golden_click(golden, 23, 1);
	cr_assert(golden_shows(golden, "Among processes"));
	golden_click(golden, 23, 1);
	cr_assert_not(golden_shows(golden, "Among processes"));
	golden_free(golden);
}

Test(desk, clicks_beside_everything_do_nothing)
{
	static const int lines[] = {0, 1, 2, 22};
	struct golden *golden = golden_new(&usual);
	uint64_t id = desk_row(golden_desk(golden))->id;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		cr_assert_eq(golden_click(golden, lines[i], 79),
			     ACTION_NOTHING);
	golden_resize(golden, 5, 20);
	cr_assert_eq(golden_click(golden, 0, 19), ACTION_NOTHING);
	cr_assert_eq(golden_click(golden, 4, 19), ACTION_NOTHING);
	cr_assert_eq(desk_row(golden_desk(golden))->id, id);
	golden_free(golden);
}

Test(desk, the_page_of_a_call_says_what_its_arguments_depend_on)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "/fcntl\rx");
	cr_expect(golden_shows(golden, "Some depend on the value of another"));
	golden_free(golden);
	golden = golden_new(&usual);
	golden_type(golden, "/read\rx");
	cr_expect(golden_shows(golden, "shown as out bytes[ret]"));
	cr_expect_not(golden_shows(golden, "Some depend"));
	golden_free(golden);
}

Test(desk, a_screen_without_rows_says_that_it_is_held)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "3pc");
	cr_expect(golden_shows(golden, "No call of before the pause is still"));
	golden_type(golden, "p");
	cr_expect(golden_shows(golden, "No call yet"));
	golden_free(golden);
}

#define FORTY "........................................"

Test(desk, lines_of_a_page_break_behind_commas_and_blanks)
{
	struct golden *golden = golden_new(&usual);
	golden_type(golden, "?");
	struct pager *pager = &golden_desk(golden)->pager;
	pager_done(pager);
	pager_init(pager, "");
	pager_add(pager, "", ROLE_TEXT,
		  FORTY " 39 to the next comma..................., a");
	pager_add(pager, "", ROLE_TEXT, FORTY FORTY " b");
	pager_add(pager, "", ROLE_TEXT, FORTY "|" FORTY "|c");
	cr_expect(golden_shows(golden, "comma..................., a"));
	cr_expect(golden_shows(golden, "." FORTY "\nb"));
	cr_expect(golden_shows(golden, "|\n" FORTY "|c"));
	golden_free(golden);
}

Test(desk, a_chip_that_has_no_room_is_told_by_an_ellipsis)
{
	struct golden *golden = golden_new(&usual);
	bool told = false;
	golden_type(golden, "/getppid\r\\");
	for (int i = 0; i < 60; i++) {
		golden_type(golden, "a");
		cr_assert_not(golden_shows(golden, "[]"), "%d letters", i + 1);
		cr_assert_not(golden_shows(golden, "[…]"), "%d letters", i + 1);
		told |= golden_shows(golden, "] …");
	}
	cr_assert(told);
	golden_free(golden);
}
