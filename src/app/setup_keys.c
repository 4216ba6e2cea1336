/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The actions by name, and their keys. */
#include "config.h"

#include "app/setup.h"

#include <stdio.h>
#include <string.h>

#include "app/action.h"
#include "app/conf.h"
#include "app/desk.h"
#include "base/buf.h"
#include "base/err.h"
#include "ui/keycode.h"

#define KEYS_SIZE (KEYS_PER_ROW * (KEYCODE_NAME_SIZE + 1))

/* The first row of a name stands for the others. */
static bool is_first(size_t row)
{
	const char *name = keys_at(row)->name;
	for (size_t i = 0; i < row; i++)
		if (strcmp(keys_at(i)->name, name) == 0)
			return false;
	return name[0] != '\0';
}

static size_t row_at(size_t line)
{
	size_t i = 0;
	while (i < keys_count() && (!is_first(i) || line-- > 0))
		i++;
	return i;
}

static size_t row_at_cursor(const struct desk *desk)
{
	return row_at(desk->setup.forms[SETUP_KEYS].cursor);
}

void setup_keys_lines(const struct desk *desk, struct form_lines *ret)
{
	for (size_t i = 0; i < keys_count(); i++) {
		if (!is_first(i))
			continue;
		struct form_line *line = form_add(ret);
		struct buf value;
		(void)snprintf(line->name, sizeof(line->name), "%s",
			       keys_at(i)->name); /* fits */
		line->help = keys_at(i)->help;
		buf_init(&value, line->value, sizeof(line->value));
		keymap_print(&value, keys_of(desk, i));
	}
}

static bool is_full(const struct desk *desk, size_t row)
{
	return keys_of(desk, row)[KEYS_PER_ROW - 1] != KEYCODE_NONE;
}

unsigned setup_keys_ask(struct desk *desk, int unused)
{
	(void)unused;
	size_t row = row_at_cursor(desk);
	if (row == keys_count())
		return ACTION_NOTHING;
	if (is_full(desk, row)) {
		desk_say(desk, ROLE_MESSAGE,
			 "%s has %d keys, and takes no more; d takes one away",
			 keys_at(row)->name, KEYS_PER_ROW);
		return ACTION_DRAW;
	}
	desk->setup.grabs = true;
	desk->setup.wanted = KEYCODE_NONE;
	desk_say(desk, ROLE_MESSAGE, "press the new key of %s",
		 keys_at(row)->name);
	return ACTION_DRAW;
}

unsigned setup_keys_cancel(struct desk *desk, int unused)
{
	(void)unused;
	desk->setup.grabs = false;
	return ACTION_DRAW;
}

/* Why the line with that VALUE was refused; NULL if it was not. */
static const char *fault_of(const struct conf *conf, const char *value)
{
	size_t i = 0;
	while (i < conf->count && conf->lines[i].value != value)
		i++;
	return i < conf->count ? conf->lines[i].fault : NULL;
}

/* KEYS become those of ROW's name, if they may. */
static bool set(struct desk *desk, size_t row, const uint32_t *keys)
{
	const char *name = keys_at(row)->name;
	uint32_t parsed[KEYS_PER_ROW];
	char text[KEYS_SIZE];
	struct err err = {0};
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	keymap_print(&buf, keys);
	if (keymap_parse(parsed, name, text, &err) < 0) {
		desk_say(desk, ROLE_ALARM, "%s", err.text);
		return false;
	}
	conf_set(desk->conf, "key", name, text);
	const char *value = conf_get(desk->conf, "key", name);
	keymap_init(&desk->keymap, desk->conf);
	const char *fault = fault_of(desk->conf, value);
	if (fault)
		desk_say(desk, ROLE_ALARM, "%s", fault);
	return !fault;
}

/* Puts the configuration back as it was if a change of it did not succeed. */
static void settle(struct desk *desk, struct conf *before, bool done)
{
	if (!done) {
		conf_go_back(desk->conf, before);
		keymap_init(&desk->keymap, desk->conf);
	}
	conf_done(before);
}

/* KEYS without KEY. */
static void leave_out(uint32_t ret[KEYS_PER_ROW], const uint32_t *keys,
		      uint32_t key)
{
	size_t kept = 0;
	memset(ret, 0, KEYS_PER_ROW * sizeof(ret[0]));
	for (size_t i = 0; i < KEYS_PER_ROW && keys[i]; i++)
		if (keys[i] != key)
			ret[kept++] = keys[i];
}

/* Who has KEY by a line of his own gives it away; from others the map takes it.
 */
static bool take_away(struct desk *desk, const char *name, uint32_t key)
{
	size_t at = 0;
	for (; keymap_next_holder(&desk->keymap, name, key, &at); at++) {
		uint32_t keys[KEYS_PER_ROW];
		if (!conf_get(desk->conf, "key", keys_at(at)->name))
			continue;
		leave_out(keys, keys_of(desk, at), key);
		if (!set(desk, at, keys))
			return false;
	}
	return true;
}

/* KEY becomes the first key of ROW, which the footer shows. */
static bool give(struct desk *desk, size_t row, uint32_t key)
{
	uint32_t keys[KEYS_PER_ROW];
	if (!take_away(desk, keys_at(row)->name, key))
		return false;
	leave_out(keys, keys_of(desk, row), key);
	memmove(keys + 1, keys, sizeof(keys) - sizeof(keys[0]));
	keys[0] = key;
	return set(desk, row, keys);
}

static bool asks_again(struct desk *desk, const char *name)
{
	char text[KEYCODE_NAME_SIZE];
	size_t holder = keymap_holder(&desk->keymap, name, desk->key);
	if (holder == KEYS_NONE || desk->setup.wanted == desk->key)
		return false;
	desk->setup.wanted = desk->key;
	desk_say(desk, ROLE_MESSAGE,
		 "%s is the key of %s; press it again to take it from there",
		 keycode_name(desk->key, text), keys_at(holder)->name);
	return true;
}

unsigned setup_keys_take(struct desk *desk)
{
	size_t row = row_at_cursor(desk);
	const char *name = keys_at(row)->name;
	char text[KEYCODE_NAME_SIZE];
	uint32_t keys[KEYS_PER_ROW];
	struct conf before;
	struct err err = {0};
	(void)keycode_name(desk->key, text);
	if (keymap_parse(keys, name, text, &err) < 0 ||
	    keymap_may_give(&desk->keymap, name, desk->key, &err) < 0) {
		desk_say(desk, ROLE_ALARM, "%s; press another", err.text);
		return ACTION_DRAW;
	}
	if (asks_again(desk, name))
		return ACTION_DRAW;
	desk->setup.grabs = false;
	conf_remember(desk->conf, &before);
	bool done = give(desk, row, desk->key);
	settle(desk, &before, done);
	if (done)
		desk_say(desk, ROLE_MESSAGE, "%s is a key of %s", text, name);
	return ACTION_DRAW;
}

unsigned setup_keys_remove(struct desk *desk, int unused)
{
	(void)unused;
	size_t row = row_at_cursor(desk);
	char text[KEYCODE_NAME_SIZE];
	uint32_t keys[KEYS_PER_ROW];
	struct conf before;
	size_t count = 0;
	if (row == keys_count())
		return ACTION_NOTHING;
	memcpy(keys, keys_of(desk, row), sizeof(keys));
	while (count < KEYS_PER_ROW && keys[count])
		count++;
	if (count == 0) {
		desk_say(desk, ROLE_MESSAGE, "it has no key; r gives its own");
		return ACTION_DRAW;
	}
	if (keymap_is_fixed(keys[count - 1])) {
		desk_say(desk, ROLE_MESSAGE, "%s stays",
			 keycode_name(keys[count - 1], text));
		return ACTION_DRAW;
	}
	keys[count - 1] = KEYCODE_NONE;
	conf_remember(desk->conf, &before);
	settle(desk, &before, set(desk, row, keys)); /* it says why not */
	return ACTION_DRAW;
}

unsigned setup_keys_reset(struct desk *desk, int unused)
{
	(void)unused;
	size_t row = row_at_cursor(desk);
	if (row == keys_count())
		return ACTION_NOTHING;
	conf_set(desk->conf, "key", keys_at(row)->name, NULL);
	keymap_init(&desk->keymap, desk->conf);
	desk_say(desk, ROLE_MESSAGE, "%s has its own keys again",
		 keys_at(row)->name);
	return ACTION_DRAW;
}
