/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recording on the screen: two seconds of a machine, from 23:59:59 to
 * 00:00:01 o'clock.
 */
#include "config.h"

#include "golden.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/desk.h"
#include "app/player.h"
#include "model/model.h"
#include "ui/keycode.h"

#define S 1000000000ull

static struct golden *open_recording(void)
{
	const struct golden_config config = {
		.rows = 24, .cols = 120, .recording = true};
	return golden_new(&config);
}

static void jump(struct golden *golden, const char *to)
{
	golden_type(golden, "j");
	golden_type(golden, to);
	golden_key(golden, KEYCODE_ENTER);
}

static struct player *player_of(struct golden *golden)
{
	return golden_desk(golden)->player;
}

#define SHOWS(golden, text)                                                    \
	cr_expect(golden_shows(golden, text), "\"%s\" is missing in\n%s",      \
		  text, golden_print(golden))

Test(player, stands_at_the_end_when_all_was_read)
{
	struct golden *golden = open_recording();
	SHOWS(golden, "at end  x1    00:00:01.000  23:59:59");
	cr_expect(golden_shows(golden, "openat"));
	golden_free(golden);
}

Test(player, plays_from_the_beginning_as_fast_as_it_was)
{
	struct golden *golden = open_recording();
	golden_type(golden, "p");
	SHOWS(golden, "playing x1    23:59:59.000");
	golden_wait(golden, S / 2);
	SHOWS(golden, "playing x1    23:59:59.500");
	golden_type(golden, "p");
	golden_wait(golden, S);
	SHOWS(golden, "paused  x1    23:59:59.500");
	golden_type(golden, "p");
	golden_wait(golden, 5 * S);
	SHOWS(golden, "at end  x1    00:00:01.000");
	golden_free(golden);
}

static unsigned count_traced(struct golden *golden)
{
	struct model_summary summary;
	model_summary(golden_model(golden), &summary);
	return summary.traced;
}

Test(player, what_was_traced_stays)
{
	struct golden *golden = open_recording();
	unsigned traced = count_traced(golden);
	cr_assert_gt(traced, 0);
	golden_type(golden, " U");
	golden_type(golden, "/%file");
	golden_type(golden, " ");
	golden_key(golden, KEYCODE_ESC);
	golden_click(golden, 6, 1); /* a tick */
	cr_expect_eq(count_traced(golden), traced);
	golden_free(golden);
}

Test(player, plays_slower_and_faster)
{
	struct golden *golden = open_recording();
	golden_type(golden, "p[[");
	SHOWS(golden, "playing x1/4  23:59:59.000");
	golden_wait(golden, S);
	SHOWS(golden, "x1/4  23:59:59.250");
	golden_type(golden, "]]]");
	golden_wait(golden, S / 2);
	SHOWS(golden, "x2    00:00:00.250");
	golden_type(golden, "[[[[");
	SHOWS(golden, "x1/8");
	golden_type(golden, "[");
	SHOWS(golden, "this is the slowest");
	golden_type(golden, "]]]]]]]]]");
	SHOWS(golden, "playing x64");
	golden_type(golden, "]");
	SHOWS(golden, "at end"); /* it was read as fast as it can be */
	golden_free(golden);
}

Test(player, jumps_to_what_is_typed)
{
	struct golden *golden = open_recording();
	jump(golden, "23:59:59.4");
	SHOWS(golden, "paused  x1    23:59:59.400");
	jump(golden, "+300ms");
	SHOWS(golden, "23:59:59.700");
	jump(golden, "-0.2s");
	SHOWS(golden, "23:59:59.500");
	jump(golden, "50%");
	SHOWS(golden, "00:00:00.000");
	jump(golden, "+5s");
	SHOWS(golden, "00:00:01.000");
	golden_free(golden);
}

Test(player, says_what_is_wrong_with_what_is_typed)
{
	struct golden *golden = open_recording();
	jump(golden, "noon");
	SHOWS(golden, "'noon' is no moment: 12:03:04.5, +5s, -5s and 50% are");
	golden_key(golden, KEYCODE_ESC);
	jump(golden, "12:00");
	SHOWS(golden, "12:00 is not in the recording, which goes from");
	golden_key(golden, KEYCODE_ESC);
	jump(golden, "120%");
	SHOWS(golden, "120% is no part");
	golden_key(golden, KEYCODE_ESC);
	SHOWS(golden, "at end  x1    00:00:01.000");
	golden_free(golden);
}

Test(player, skips_no_further_than_the_ends)
{
	struct golden *golden = open_recording();
	golden_type(golden, "{");
	SHOWS(golden, "paused  x1    23:59:59.000");
	golden_type(golden, "{");
	SHOWS(golden, "this is the beginning of the recording");
	golden_type(golden, "}");
	SHOWS(golden, "00:00:01.000");
	golden_type(golden, "}");
	SHOWS(golden, "this is the end of the recording");
	golden_free(golden);
}

Test(player, goes_to_exactly_the_next_call)
{
	struct golden *golden = open_recording();
	golden_type(golden, "3");
	jump(golden, "0%");
	cr_expect_eq(model_last_call(golden_model(golden)), 0);
	SHOWS(golden, "No call is known at this time of the recording");
	golden_type(golden, ";");
	SHOWS(golden, "paused  x1    23:59:59.110");
	cr_expect_eq(model_last_call(golden_model(golden)), 1);
	golden_type(golden, ";;");
	cr_expect_eq(model_last_call(golden_model(golden)), 3);
	cr_expect_eq(player_of(golden)->at_ns, 99110200000);
	jump(golden, "100%");
	golden_type(golden, ";");
	SHOWS(golden, "there is no later call");
	golden_free(golden);
}

Test(player, goes_where_the_bar_is_clicked)
{
	struct golden *golden = open_recording();
	char *text = golden_print(golden);
	int y = 0;
	const char *line = text;
	while (strncmp(line, "at end", 6) != 0) {
		line = strchr(line, '\n') + 1;
		y++;
	}
	golden_click(golden, y, 40); /* where the bar begins, and before */
	SHOWS(golden, "paused  x1    23:59:59.");
	golden_click(golden, y, 0); /* there is no bar */
	golden_click(golden, y, 110);
	SHOWS(golden, "x1    00:00:01.000");
	free(text);
	golden_free(golden);
}

/* "2", "pid == 2310", Enter: the compiler, which lives in the first second. */
Test(player, keeps_a_place_that_is_not_there_at_that_time)
{
	struct golden *golden = open_recording();
	golden_type(golden, "2\\pid == 2310\r\r");
	SHOWS(golden, "openat");
	jump(golden, "0%");
	SHOWS(golden, "This process is not there at this time");
	golden_type(golden, "e\r!q");
	jump(golden, "23:59:59.3");
	SHOWS(golden, "cc1 2310");
	cr_expect_not(golden_shows(golden, "This process is not there"));
	jump(golden, "100%");
	SHOWS(golden, "openat");
	golden_free(golden);
}

Test(player, finds_a_place_when_its_time_has_come)
{
	struct golden *golden = open_recording();
	golden_type(golden, "2\\pid == 2310\re");
	SHOWS(golden, "ccXy1.s");
	jump(golden, "0%");
	SHOWS(golden, "This process is not there at this time");
	golden_type(golden, "p");
	golden_wait(golden, S);
	SHOWS(golden, "ccXy1.s");
	golden_free(golden);
}

static const struct row *row_of(struct golden *golden)
{
	return desk_row(golden_desk(golden));
}

Test(player, keeps_the_cursor_on_its_process)
{
	struct golden *golden = open_recording();
	golden_type(golden, "2");
	for (int i = 0; i < 4; i++)
		golden_key(golden, KEYCODE_DOWN);
	char before[64], after[64];
	struct desk *desk = golden_desk(golden);
	action_name_row(desk, row_of(golden), before, sizeof(before));
	golden_type(golden, "T");
	golden_key(golden, KEYCODE_UP);
	jump(golden, "00:00:00.5");
	action_name_row(desk, row_of(golden), after, sizeof(after));
	cr_expect_str_eq(before, after);
	cr_expect(tags_has(&desk->tags, row_of(golden)));
	golden_free(golden);
}

Test(player, keeps_the_cursor_on_its_call)
{
	struct golden *golden = open_recording();
	golden_type(golden, "3g");
	for (int i = 0; i < 6; i++)
		golden_key(golden, KEYCODE_DOWN);
	const struct event_call *call = row_of(golden)->object;
	uint64_t time_ns = call->h.time_ns;
	jump(golden, "23:59:59.9");
	call = row_of(golden)->object;
	cr_expect_eq(call->h.time_ns, time_ns);
	jump(golden, "23:59:59.11");
	call = row_of(golden)->object; /* the latest, as the other is not */
	cr_expect_eq(call->h.time_ns, 99110000000);
	golden_free(golden);
}

Test(player, says_from_when_on_rows_are_there)
{
	struct golden *golden = open_recording();
	cr_expect_not(golden_shows(golden, "rows from"));
	player_of(golden)->since_ns = 100 * S;
	SHOWS(golden, "[rows from 00:00:00]");
	golden_free(golden);
}

Test(player, survives_any_jump_with_anything_open)
{
	static const char *const opens[] = {
		"",    "2",   "2\r",  "2\r\r", "3",  "3i",  "3x", "4", "5",
		"5\r", "6\r", "7\r",  "S",     "?",  "!",   "2t", "s", "v",
		"3g+", "2T",  "3TTT", "Y",     "2a", "/op", "m",  "(", "7\r(",
	};
	static const char *const jumps[] = {"0%", "50%", "10%", "100%", "75%"};
	for (size_t i = 0; i < sizeof(opens) / sizeof(opens[0]); i++) {
		struct golden *golden = open_recording();
		struct player *player = player_of(golden);
		golden_type(golden, opens[i]);
		for (size_t j = 0; j < sizeof(jumps) / sizeof(jumps[0]); j++) {
			uint64_t whole = player->last_ns - player->first_ns;
			player_go(player,
				  player->first_ns +
					  whole / 100 *
						  (uint64_t)atoi(jumps[j]));
			golden_key(golden, KEYCODE_DOWN);
			golden_key(golden, KEYCODE_RIGHT);
			golden_key(golden, KEYCODE_ENTER);
			golden_key(golden, KEYCODE_UP);
		}
		golden_free(golden);
	}
}

Test(player, is_drawn_at_every_size)
{
	struct golden *golden = open_recording();
	for (int rows = 5; rows < 30; rows++)
		for (int cols = 20; cols < 140; cols += 3) {
			golden_resize(golden, rows, cols);
			cr_expect_eq(golden_shows(golden, "at end  x1 "),
				     rows >= 10, "%dx%d", cols, rows);
		}
	golden_free(golden);
}
