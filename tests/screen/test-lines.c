/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What --lines prints in answer to keys. */
#include "config.h"

#include "golden.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/desk.h"
#include "app/lines.h"
#include "app/output.h"
#include "app/options.h"
#include "ui/keycode.h"

static const struct golden_config usual = {.rows = 16, .cols = 80};
static const struct golden_config running = {
	.rows = 16, .cols = 80, .command = "make -k"};

struct spoken {
	struct golden *golden;
	struct lines lines;
	char *text;
	size_t size;
};

static void begin(struct spoken *spoken, const struct golden_config *config)
{
	*spoken = (struct spoken){.golden = golden_new(config)};
	spoken->lines.file = open_memstream(&spoken->text, &spoken->size);
	cr_assert_not_null(spoken->lines.file);
	lines_print(&spoken->lines, golden_desk(spoken->golden));
}

static void end(struct spoken *spoken)
{
	cr_assert_eq(fclose(spoken->lines.file), 0);
	free(spoken->text);
	golden_free(spoken->golden);
}

/* Only what KEY prints. */
static const char *press(struct spoken *spoken, uint32_t key)
{
	(void)fflush(spoken->lines.file); /* cannot fail: in memory */
	size_t before = spoken->size;
	(void)golden_key(spoken->golden, key);
	lines_tell(&spoken->lines, golden_desk(spoken->golden));
	return spoken->text + before;
}

static const char *type(struct spoken *spoken, const char *keys)
{
	const char *text = "";
	for (; *keys; keys++)
		text = press(spoken, (unsigned char)*keys);
	return text;
}

static void expect(const char *keys, const char *name)
{
	struct spoken spoken;
	begin(&spoken, &usual);
	(void)type(&spoken, keys);
	golden_compare(spoken.text, name);
	end(&spoken);
}

Test(lines, every_view_is_sentences)
{
	expect("234567", "lines_views");
}

Test(lines, a_recording_says_where_it_is)
{
	const struct golden_config config = {
		.rows = 16, .cols = 80, .recording = true};
	struct spoken spoken;
	begin(&spoken, &config);
	golden_desk(spoken.golden)->options->lines = true;
	cr_expect_not_null(strstr(spoken.text,
				  "The recording at end, x1, at 00:00:01.000, "
				  "from 23:59:59 to 00:00:01.\n"));
	cr_expect_str_eq(press(&spoken, '{'),
			 "recording paused, x1, at 23:59:59.000, from 23:59:59 "
			 "to 00:00:01\n");
	cr_expect_str_eq(press(&spoken, ';'),
			 "recording paused, x1, at 23:59:59.110, from 23:59:59 "
			 "to 00:00:01\n");
	end(&spoken);
}

Test(lines, a_page_is_printed_whole)
{
	expect("x", "lines_page");
}

Test(lines, a_list_is_read_and_then_its_items)
{
	struct spoken spoken;
	begin(&spoken, &usual);
	(void)type(&spoken, "s");
	(void)press(&spoken, KEYCODE_DOWN);
	golden_compare(spoken.text, "lines_list");
	end(&spoken);
}

Test(lines, a_prompt_says_what_was_typed_and_what_is_wrong)
{
	expect("\\calls >\r", "lines_prompt");
}

Test(lines, the_setup_is_a_list_too)
{
	expect("S\t", "lines_setup");
}

Test(lines, a_move_prints_the_row_and_only_that)
{
	struct spoken spoken;
	begin(&spoken, &usual);
	const char *row = press(&spoken, KEYCODE_DOWN);
	cr_assert_eq(strchr(row, '\n'), row + strlen(row) - 1, "%s", row);
	cr_assert_not_null(strstr(row, "CALLS"), "%s", row);
	end(&spoken);
}

Test(lines, a_tick_is_a_word)
{
	struct spoken spoken;
	begin(&spoken, &usual);
	char *before = strdup(press(&spoken, KEYCODE_DOWN));
	const char *after = press(&spoken, ' ');
	cr_assert_neq(strstr(before, "not traced") != NULL,
		      strstr(after, "not traced") != NULL, "%s%s", before,
		      after);
	free(before);
	end(&spoken);
}

Test(lines, a_key_without_meaning_is_answered)
{
	struct spoken spoken;
	begin(&spoken, &usual);
	cr_assert_not_null(
		strstr(press(&spoken, KEYCODE_F(12)), "does nothing here"));
	end(&spoken);
}

Test(lines, nothing_moves_a_cursor)
{
	struct spoken spoken;
	begin(&spoken, &running);
	(void)type(&spoken, "1234567h\033C");
	cr_assert_null(strchr(spoken.text, '\033'));
	end(&spoken);
}

Test(lines, the_output_of_the_command_is_read)
{
	struct spoken spoken;
	begin(&spoken, &running);
	cr_assert_not_null(strstr(type(&spoken, "C"), "unused variable"));
	end(&spoken);
}

/* At its limit the output lets lines go, and has fewer than before. */
Test(lines, output_that_went_is_not_read_again)
{
	struct spoken spoken;
	struct output *output = output_new(4096);
	begin(&spoken, &running);
	const struct output *before = golden_desk(spoken.golden)->output;
	golden_desk(spoken.golden)->output = output;
	for (int i = 0; i < 511; i++)
		output_add(output, "0123456\n", 8);
	(void)type(&spoken, "C");
	for (int i = 0; i < 5; i++)
		output_add(output, "0123456\n", 8);
	const char *read = type(&spoken, "x");
	cr_assert_eq(strlen(read), 5 * 8 + 1, "%s", read);
	golden_desk(spoken.golden)->output = before;
	output_free(output);
	end(&spoken);
}

Test(lines, a_class_may_be_traced_in_part)
{
	struct spoken spoken;
	begin(&spoken, &usual);
	golden_feed(spoken.golden, "traced value=0\n"
				   "traced call=openat value=3\n");
	const char *text = type(&spoken, "t");
	cr_expect_not_null(strstr(text, "%file, partly traced, "), "%s", text);
	cr_expect_not_null(strstr(text, "openat, traced with stacks, "), "%s",
			   text);
	end(&spoken);
}

Test(lines, what_steers_a_terminal_is_not_printed)
{
	struct spoken spoken;
	begin(&spoken, &usual);
	desk_say(golden_desk(spoken.golden), ROLE_MESSAGE,
		 "made \033[2J\n\302\233 \303\244");
	lines_print(&spoken.lines, golden_desk(spoken.golden));
	cr_assert_not_null(strstr(spoken.text, "\nmade ?[2J?? \303\244\n"));
	end(&spoken);
}
