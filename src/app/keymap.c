/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/keymap.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "app/conf.h"
#include "app/setting.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/escape.h"
#include "base/nearest.h"
#include "ui/keycode.h"

#define WORD_SIZE KEYCODE_NAME_SIZE

static bool has(const uint32_t keys[KEYS_PER_ROW], uint32_t key)
{
	for (size_t i = 0; i < KEYS_PER_ROW && keys[i]; i++)
		if (keys[i] == key)
			return true;
	return false;
}

static bool add(uint32_t keys[KEYS_PER_ROW], uint32_t key)
{
	size_t i = 0;
	while (i < KEYS_PER_ROW && keys[i] && keys[i] != key)
		i++;
	if (i == KEYS_PER_ROW)
		return false;
	keys[i] = key;
	return true;
}

static void take(uint32_t keys[KEYS_PER_ROW], uint32_t key)
{
	size_t kept = 0;
	for (size_t i = 0; i < KEYS_PER_ROW; i++)
		if (keys[i] != key)
			keys[kept++] = keys[i];
	while (kept < KEYS_PER_ROW)
		keys[kept++] = KEYCODE_NONE;
}

/* They mean the same everywhere: yes, no, leave. */
bool keymap_is_fixed(uint32_t key)
{
	return key == KEYCODE_ESC || key == KEYCODE_ENTER ||
	       key == KEYCODE_CTRL('C') || key == KEYCODE_MOUSE;
}

static bool is_called(size_t row, const char *name)
{
	return name[0] && strcmp(keys_at(row)->name, name) == 0;
}

/* Without it nobody finds his way, or out. */
static bool is_vital(size_t row)
{
	return is_called(row, "help") || is_called(row, "quit");
}

static size_t first_called(const char *name)
{
	size_t i = 0;
	while (i < keys_count() && !is_called(i, name))
		i++;
	return i;
}

static const char *name_at(const void *context, size_t i)
{
	(void)context; /* the table is global */
	return keys_at(i)->name[0] ? keys_at(i)->name : NULL;
}

static int parse_key(uint32_t *ret, size_t row, const char *word,
		     struct err *err)
{
	uint32_t key = keycode_by_name(word);
	if (key == KEYCODE_NONE || key == KEYCODE_MOUSE ||
	    (key < KEYCODE_SPECIAL && key >= ' ' && escape_is_hostile(key)))
		return err_set(err, -EINVAL,
			       "key.%s takes keys such as F5, t, Space or "
			       "Ctrl-L, not '%s'",
			       keys_at(row)->name, setting_quote(word).text);
	if (keymap_is_fixed(key) && !has(keys_at(row)->keys, key))
		return err_set(err, -EINVAL,
			       "key.%s cannot take %s, which always means the "
			       "same",
			       keys_at(row)->name, setting_quote(word).text);
	*ret = key;
	return 0;
}

/* The next of the words of *TEXT, cut; false: there is none. */
static bool next_word(const char **text, char word[WORD_SIZE])
{
	const char *p = *text + strspn(*text, " \t");
	size_t len = strcspn(p, " \t");
	size_t kept = len < WORD_SIZE ? len : WORD_SIZE - 1;
	memcpy(word, p, kept);
	word[kept] = '\0';
	*text = p + len;
	return len > 0;
}

/* The keys of ROW that always mean the same stay behind KEYS; false: there is
 * no room for them. */
static bool add_fixed(uint32_t keys[KEYS_PER_ROW], size_t row)
{
	const uint32_t *own = keys_at(row)->keys;
	for (size_t i = 0; i < KEYS_PER_ROW; i++)
		if (keymap_is_fixed(own[i]) && !add(keys, own[i]))
			return false;
	return true;
}

static int check_room(const uint32_t keys[KEYS_PER_ROW], const char *name,
		      struct err *err)
{
	for (size_t i = 0; i < keys_count(); i++) {
		uint32_t all[KEYS_PER_ROW];
		memcpy(all, keys, sizeof(all));
		if (is_called(i, name) && !add_fixed(all, i))
			return err_set(err, -EINVAL,
				       "key.%s takes up to %d keys, those that "
				       "stay among them",
				       name, KEYS_PER_ROW);
	}
	return 0;
}

int keymap_parse(uint32_t ret[KEYS_PER_ROW], const char *name, const char *keys,
		 struct err *err)
{
	size_t row = first_called(name);
	uint32_t parsed[KEYS_PER_ROW] = {0};
	char word[WORD_SIZE];
	if (row == keys_count()) {
		const char *near = nearest(name, keys_count(), name_at, NULL);
		return err_set(err, -EINVAL, "no key does '%s'%s%s",
			       setting_quote(name).text,
			       near ? "; nearest: " : "", near ? near : "");
	}
	while (next_word(&keys, word)) {
		uint32_t key = KEYCODE_NONE;
		int code = parse_key(&key, row, word, err);
		if (code)
			return code;
		if (!add(parsed, key))
			return err_set(err, -EINVAL,
				       "key.%s takes up to %d keys", name,
				       KEYS_PER_ROW);
	}
	if (is_vital(row) && !parsed[0])
		return err_set(err, -EINVAL, "key.%s takes one key at least",
			       name);
	int code = check_room(parsed, name, err);
	if (code == 0)
		memcpy(ret, parsed, sizeof(parsed));
	return code;
}

void keymap_print(struct buf *buf, const uint32_t keys[KEYS_PER_ROW])
{
	char name[KEYCODE_NAME_SIZE];
	for (size_t i = 0; i < KEYS_PER_ROW && keys[i]; i++) {
		buf_puts(buf, i > 0 ? " " : "");
		buf_puts(buf, keycode_name(keys[i], name));
	}
}

/* Whether two rows work in one place. */
static bool meet(size_t a, size_t b)
{
	return (keys_at(a)->where & keys_at(b)->where) != 0;
}

bool keymap_next_holder(const struct keymap *map, const char *name,
			uint32_t key, size_t *at)
{
	for (; *at < keys_count(); (*at)++) {
		if (is_called(*at, name) || !has(map->keys[*at], key))
			continue;
		for (size_t i = 0; i < keys_count(); i++)
			if (is_called(i, name) && meet(i, *at))
				return true;
	}
	return false;
}

size_t keymap_holder(const struct keymap *map, const char *name, uint32_t key)
{
	size_t at = 0;
	return keymap_next_holder(map, name, key, &at) ? at : KEYS_NONE;
}

int keymap_may_give(const struct keymap *map, const char *name, uint32_t key,
		    struct err *err)
{
	char text[KEYCODE_NAME_SIZE];
	(void)keycode_name(key, text);
	for (size_t at = 0; keymap_next_holder(map, name, key, &at); at++) {
		const struct keys_row *row = keys_at(at);
		if (!row->name[0])
			return err_set(err, -EINVAL,
				       "key.%s cannot take %s, which stays: %s",
				       name, text, row->help);
		if (is_vital(at) && !map->keys[at][1])
			return err_set(err, -EINVAL,
				       "key.%s cannot take %s, the only key "
				       "of %s",
				       name, text, row->name);
	}
	return 0;
}

/* Takes KEYS from who has them: all, or none if one may not be given. */
static int give(struct keymap *map, const bool given[KEYMAP_ROWS],
		const char *name, const uint32_t keys[KEYS_PER_ROW],
		struct err *err)
{
	char text[KEYCODE_NAME_SIZE];
	struct keymap tried = *map;
	for (size_t i = 0; i < KEYS_PER_ROW && keys[i]; i++) {
		int code = keymap_may_give(&tried, name, keys[i], err);
		if (code)
			return code;
		for (size_t at = 0;
		     keymap_next_holder(&tried, name, keys[i], &at); at++) {
			if (given[at])
				return err_set(err, -EINVAL,
					       "%s is given to %s too",
					       keycode_name(keys[i], text),
					       keys_at(at)->name);
			take(tried.keys[at], keys[i]);
		}
	}
	*map = tried;
	return 0;
}

static void set_rows(struct keymap *map, bool given[KEYMAP_ROWS],
		     const char *name, const uint32_t keys[KEYS_PER_ROW])
{
	for (size_t i = 0; i < keys_count(); i++) {
		if (!is_called(i, name))
			continue;
		given[i] = true;
		memcpy(map->keys[i], keys, sizeof(map->keys[i]));
		(void)add_fixed(map->keys[i], i); /* keymap_parse() saw to it */
	}
}

void keymap_init(struct keymap *map, struct conf *conf)
{
	bool given[KEYMAP_ROWS] = {0};
	uint32_t keys[KEYS_PER_ROW];
	struct err err;
	*map = (struct keymap){0};
	for (size_t i = 0; i < keys_count(); i++)
		memcpy(map->keys[i], keys_at(i)->keys, sizeof(map->keys[i]));
	for (size_t i = 0; i < conf->count; i++) {
		const char *name = conf_what(&conf->lines[i], "key");
		if (name &&
		    keymap_parse(keys, name, conf->lines[i].value, &err) < 0)
			conf_refuse(conf, i, "%s", err.text);
	}
	for (size_t i = 0; i < conf->count; i++) {
		const struct conf_line *line = &conf->lines[i];
		const char *name = conf_what(line, "key");
		if (!name || conf_get(conf, "key", name) != line->value)
			continue;
		int code = keymap_parse(keys, name, line->value, &err);
		if (code == 0)
			code = give(map, given, name, keys, &err);
		if (code == 0)
			set_rows(map, given, name, keys);
		else
			conf_refuse(conf, i, "%s", err.text);
	}
}
