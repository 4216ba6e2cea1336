/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/keymap.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

#include "app/conf.h"
#include "base/buf.h"
#include "base/err.h"
#include "ui/keycode.h"

static struct conf conf;
static struct keymap map;

static void tear_down(void)
{
	conf_done(&conf);
}

TestSuite(keymap, .fini = tear_down);

static void make(const char *text)
{
	conf_done(&conf);
	cr_assert_eq(conf_parse(&conf, text, strlen(text), NULL), 0);
	keymap_init(&map, &conf);
}

static void expect_keys(const char *name, unsigned where, const char *expected)
{
	char text[64] = "no row";
	struct buf buf;
	for (size_t i = 0; i < keys_count(); i++) {
		if (strcmp(keys_at(i)->name, name) != 0 ||
		    !(keys_at(i)->where & where))
			continue;
		buf_init(&buf, text, sizeof(text));
		keymap_print(&buf, map.keys[i]);
	}
	cr_expect_str_eq(text, expected, "%s: %s", name, text);
}

static void expect_fault(const char *text, const char *expected)
{
	const char *fault = NULL;
	make(text);
	for (size_t i = 0; i < conf.count; i++)
		fault = conf.lines[i].fault ? conf.lines[i].fault : fault;
	cr_expect_str_eq(fault ? fault : "none", expected);
}

Test(keymap, without_a_line_the_table_holds)
{
	make("");
	for (size_t i = 0; i < keys_count(); i++)
		cr_expect_eq(memcmp(map.keys[i], keys_at(i)->keys,
				    sizeof(map.keys[i])),
			     0, "%s", keys_at(i)->help);
}

Test(keymap, a_line_gives_an_action_its_keys)
{
	make("key.pause = F12 ctrl-K é #\n");
	expect_keys("pause", KEYS_SYSCALLS, "F12 Ctrl-K é #");
}

Test(keymap, one_line_is_for_every_place_of_an_action)
{
	make("key.down = j Down\n");
	expect_keys("down", KEYS_SYSCALLS, "j Down");
	expect_keys("down", KEYS_PAGE, "j Down");
	expect_keys("down", KEYS_LIST, "j Down");
}

Test(keymap, a_key_is_taken_from_what_had_it)
{
	make("key.pause = s\n");
	expect_keys("sort", KEYS_SYSCALLS, "F6");
	make("key.sort = p\nkey.pause = s\n");
	expect_keys("sort", KEYS_SYSCALLS, "p");
	expect_keys("pause", KEYS_SYSCALLS, "s");
}

Test(keymap, a_key_of_another_place_stays_there)
{
	make("key.failed = e\n"); /* Events; e is something in Processes */
	expect_keys("tick-all", KEYS_SYSCALLS, "A");
	make("key.follow = A\n");
	expect_keys("tick-all", KEYS_SYSCALLS, "A");
	expect_keys("follow", KEYS_CALLS, "A");
}

Test(keymap, an_action_may_have_no_key)
{
	make("key.zero =\n");
	expect_keys("zero", KEYS_SYSCALLS, "");
}

Test(keymap, enter_and_escape_stay_where_they_are)
{
	make("key.open = o\nkey.back = b\n");
	expect_keys("open", KEYS_SYSCALLS, "o Enter");
	expect_keys("back", KEYS_SYSCALLS, "b Esc");
	expect_fault("key.pause = Esc\n", "key.pause cannot take Esc, which "
					  "always means the same");
	expect_fault("key.pause = Ctrl-C\n", "key.pause cannot take Ctrl-C, "
					     "which always means the same");
}

Test(keymap, keys_that_stay_have_room)
{
	expect_fault("key.open = a b c d f g h i\n",
		     "key.open takes up to 8 keys, those that stay among them");
	expect_keys("open", KEYS_SYSCALLS, "Enter");
	expect_fault("key.back = b W j J K X Y Z\n",
		     "key.back takes up to 8 keys, those that stay among them");
	expect_fault("key.open = j J W X Y B H\n", "none");
	expect_keys("open", KEYS_SYSCALLS, "j J W X Y B H Enter");
	expect_fault("key.open = j J W X Y B H Enter\n", "none");
}

Test(keymap, help_and_quit_keep_a_key)
{
	expect_fault("key.quit =\n", "key.quit takes one key at least");
	expect_fault("key.quit = Q\nkey.pause = Q\n",
		     "key.pause cannot take Q, the only key of quit");
	expect_fault("key.pause = q F10\n",
		     "key.pause cannot take F10, the only key of quit");
	expect_fault("key.pause = F1\n", "none");
	expect_keys("help", KEYS_SYSCALLS, "h ?");
}

Test(keymap, fixed_keys_cannot_be_given_away)
{
	expect_fault("key.pause = 3\n",
		     "key.pause cannot take 3, which stays: view of that "
		     "number");
	make("key.down = q\n");
	cr_expect(conf.lines[0].fault);
	expect_keys("down", KEYS_PAGE, "Down Ctrl-N");
}

Test(keymap, says_what_a_line_takes)
{
	expect_fault("key.puase = x\n", "no key does 'puase'; nearest: pause");
	expect_fault("key.pause = F13\n",
		     "key.pause takes keys such as F5, t, Space or Ctrl-L, "
		     "not 'F13'");
	expect_fault("key.pause = a b c d e f g h i\n",
		     "key.pause takes up to 8 keys");
	expect_fault("key.pause = \xe2\x80\xae\n",
		     "key.pause takes keys such as F5, t, Space or Ctrl-L, "
		     "not '\\u202e'");
}

Test(keymap, two_lines_cannot_give_one_key)
{
	expect_fault("key.pause = J\nkey.zero = J\n",
		     "J is given to pause too");
	expect_keys("pause", KEYS_SYSCALLS, "J");
	expect_keys("zero", KEYS_SYSCALLS, "z");
}
