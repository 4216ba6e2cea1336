/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "golden.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/desk.h"
#include "app/keymap.h"
#include "app/keys.h"
#include "base/buf.h"
#include "ui/keycode.h"
#include "ui/pager.h"

/* A desk in the middle of things, for each context. */
struct context {
	unsigned where;
	const char *keys;
	int steps; /* of the cursor */
	uint32_t step;
	const char *events; /* as in struct golden_config; NULL: the usual */
	bool recording;
};

/* clang-format off */
static const struct context contexts[] = {
	{KEYS_SYSCALLS,  "/e\r",    3, KEYCODE_DOWN, NULL, false},
	{KEYS_SYSCALLS,  "",        2, KEYCODE_RIGHT, NULL, false},
	{KEYS_PROCESSES, "2/s\r",   3, KEYCODE_DOWN, NULL, false},
	{KEYS_PAIRS,     "2\r/e\r", 3, KEYCODE_DOWN, NULL, false},
	{KEYS_CALLS,     "3/n\r",   3, KEYCODE_UP, NULL, false},
	{KEYS_CALLS,     "3j50%\r", 0, 0, NULL, true},
	{KEYS_BLOCKED,   "4",       2, KEYCODE_DOWN, NULL, false},
	{KEYS_ERRORS,    "5",       2, KEYCODE_DOWN, NULL, false},
	{KEYS_BUCKETS,   "7\r(",    0, 0, NULL, false},
	{KEYS_PAGE,      "?",       40, KEYCODE_DOWN, NULL, false},
	{KEYS_PAGE,      "3gx",     0, 0, NULL, false},
	{KEYS_PAGE,      "3gx",     3, 'n', NULL, false},
	{KEYS_PAGE,      "3/getpgid\rNK", 0, 0, "stacks.ev", false},
	{KEYS_LIST,      "s",       3, KEYCODE_DOWN, NULL, false},
	{KEYS_PROMPT,    "/%file",  0, 0, NULL, false},
	{KEYS_PROMPT,    "3\\dur", 0, 0, NULL, false},
	{KEYS_PROMPT,    "3\\a\r\\b\r\\", 0, 0, NULL, false},
	{KEYS_QUESTION,  "q",       0, 0, NULL, false},
	{KEYS_CONFIRM,   "2k\r",    0, 0, NULL, false},
	{KEYS_OUTPUT,    "C",       0, 0, NULL, false},
	{KEYS_SETUP_COLUMNS,  "S",      0, 0, NULL, false},
	{KEYS_SETUP_COLUMNS,  "S",      14, KEYCODE_DOWN, NULL, false},
	{KEYS_SETUP_COLUMNS,  "S",      2, KEYCODE_DOWN, NULL, false},
	{KEYS_SETUP_SETTINGS, "S\t\r",   0, 0, NULL, false},
	{KEYS_SETUP_KEYS,     "S\t\t",   2, KEYCODE_DOWN, NULL, false},
	{KEYS_SETUP_FILTERS,  "\\x\rfaa\r", 0, 0, NULL, false},
	{KEYS_SETUP_FILTERS,  "\\x\rfaa\rd", 0, 0, NULL, false},
	{KEYS_SETUP_GRAB,     "S\t\t\r", 0, 0, NULL, false},
};
/* clang-format on */
#define CONTEXTS (sizeof(contexts) / sizeof(contexts[0]))

static struct golden *enter(const struct context *context)
{
	const struct golden_config config = {.rows = 10,
					     .cols = 100,
					     .command = "make",
					     .events = context->events,
					     .recording = context->recording};
	struct golden *golden = golden_new(&config);
	golden_type(golden, context->keys);
	for (int i = 0; i < context->steps; i++)
		golden_key(golden, context->step);
	return golden;
}

static bool changes_something(const struct context *context, uint32_t key)
{
	struct golden *golden = enter(context);
	cr_assert_eq(golden_desk(golden)->mode == DESK_TABLE,
		     (context->where & KEYS_TABLE) != 0);
	for (int i = 0; context->where == KEYS_OUTPUT && i < 30; i++)
		golden_key(golden, '\r');
	if (key == KEYCODE_PAGE_DOWN && context->where == KEYS_OUTPUT)
		golden_key(golden, KEYCODE_PAGE_UP);
	char *before = golden_print(golden);
	unsigned redo = golden_key(golden, key);
	char *after = golden_print(golden);
	bool changed = strcmp(before, after) != 0 &&
		       !golden_shows(golden, "does nothing here");
	free(before);
	free(after);
	golden_free(golden);
	return changed || (redo & (ACTION_QUIT | ACTION_SUSPEND |
				   ACTION_REPAINT | ACTION_END_COMMAND));
}

static bool works_somewhere(const struct keys_row *row, uint32_t key)
{
	for (size_t i = 0; i < CONTEXTS; i++)
		if ((row->where & contexts[i].where) &&
		    changes_something(&contexts[i], key))
			return true;
	return false;
}

static void check_row(const struct keys_row *row)
{
	char name[KEYCODE_NAME_SIZE];
	for (size_t i = 0; i < KEYS_PER_ROW && row->keys[i]; i++) {
		if (row->keys[i] == KEYCODE_MOUSE)
			continue; /* comes with a place */
		cr_expect(works_somewhere(row, row->keys[i]),
			  "%s (%s) does nothing",
			  keycode_name(row->keys[i], name), row->help);
	}
}

Test(keys, each_does_something_somewhere)
{
	for (size_t i = 0; i < keys_count(); i++)
		check_row(keys_at(i));
}

static bool share_key(const struct keys_row *a, const struct keys_row *b)
{
	for (size_t i = 0; i < KEYS_PER_ROW && a->keys[i]; i++)
		for (size_t j = 0; j < KEYS_PER_ROW && b->keys[j]; j++)
			if (a->keys[i] == b->keys[j])
				return true;
	return false;
}

/* One is there without a recording, the other with one. */
static bool exclude_each_other(const struct keys_row *a,
			       const struct keys_row *b)
{
	return (a->needs == KEYS_MACHINE && b->needs == KEYS_PLAYER) ||
	       (a->needs == KEYS_PLAYER && b->needs == KEYS_MACHINE);
}

Test(keys, none_means_two_things_in_one_place)
{
	for (size_t i = 0; i < keys_count(); i++)
		for (size_t j = 0; j < i; j++)
			cr_expect(!(keys_at(i)->where & keys_at(j)->where) ||
					  exclude_each_other(keys_at(i),
							     keys_at(j)) ||
					  !share_key(keys_at(i), keys_at(j)),
				  "\"%s\" and \"%s\" share a key",
				  keys_at(i)->help, keys_at(j)->help);
}

Test(keys, each_function_key_has_another)
{
	for (size_t i = 0; i < keys_count(); i++) {
		const struct keys_row *row = keys_at(i);
		uint32_t first = row->keys[0];
		if (first > KEYCODE_F0 && first <= KEYCODE_LAST)
			cr_expect(row->keys[1] != 0, "%s", row->help);
	}
}

/* Those that stay as they are: see struct keymap. */
static bool is_nameless(const struct keys_row *row)
{
	uint32_t key = row->keys[0];
	return key == KEYCODE_MOUSE || key == '1' || key == KEYCODE_CTRL('L') ||
	       key == KEYCODE_CTRL('Z') || key == KEYCODE_CTRL('C');
}

Test(keys, each_of_a_table_can_be_given_another_key)
{
	for (size_t i = 0; i < keys_count(); i++)
		if (keys_at(i)->where & KEYS_TABLE)
			cr_expect_eq(keys_at(i)->name[0] == '\0',
				     is_nameless(keys_at(i)), "%s",
				     keys_at(i)->help);
}

Test(keys, one_name_is_one_action_in_each_place)
{
	for (size_t i = 0; i < keys_count(); i++)
		for (size_t j = 0; j < i; j++)
			cr_expect(!keys_at(i)->name[0] ||
					  strcmp(keys_at(i)->name,
						 keys_at(j)->name) != 0 ||
					  !(keys_at(i)->where &
					    keys_at(j)->where),
				  "%s", keys_at(i)->name);
}

static bool page_says(const struct pager *pager, const char *label,
		      const char *text)
{
	for (size_t i = 0; i < pager->count; i++)
		if (strcmp(pager->lines[i].label, label) == 0 &&
		    strcmp(pager->lines[i].text, text) == 0)
			return true;
	return false;
}

Test(keys, another_key_does_the_same_and_is_told)
{
	const struct golden_config config = {
		.rows = 24,
		.cols = 120,
		.conf = "key.pause = J\nkey.help = H\n"};
	struct golden *golden = golden_new(&config);
	cr_expect(golden_shows(golden, "JPause"));
	golden_type(golden, "p");
	cr_expect(golden_shows(golden, "p does nothing here; H lists"));
	golden_type(golden, "J");
	cr_expect(golden_shows(golden, "[paused, "));
	golden_type(golden, "H");
	cr_expect(page_says(&golden_desk(golden)->pager, "J",
			    "hold the screen still; all is counted and kept"));
	golden_free(golden);
}

static void check_help(const char *keys)
{
	const struct golden_config config = {.rows = 24, .cols = 80};
	struct golden *golden = golden_new(&config);
	golden_type(golden, keys);
	for (size_t i = 0; i < keys_count(); i++) {
		char label[64];
		struct buf buf;
		buf_init(&buf, label, sizeof(label));
		keymap_print(&buf, keys_at(i)->keys);
		cr_expect(page_says(&golden_desk(golden)->pager, label,
				    keys_at(i)->help),
			  "help (%s) lacks: %s %s", keys, label,
			  keys_at(i)->help);
	}
	golden_free(golden);
}

Test(keys, help_lists_every_one_in_each_view)
{
	check_help("?");
	check_help("2?");
	check_help("2\r?");
	check_help("3?");
}

Test(keys, an_unknown_one_points_to_help)
{
	const struct golden_config config = {.rows = 24, .cols = 80};
	struct golden *golden = golden_new(&config);
	golden_type(golden, "Q");
	cr_assert(golden_shows(golden, "Q does nothing here; F1 lists"));
	golden_free(golden);
}
