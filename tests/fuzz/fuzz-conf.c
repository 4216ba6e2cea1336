/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any text as a configuration file: it is printed as it was, changes keep what
 * they are not about, and lists of columns come back as they were printed. */
#include "config.h"

#include "app/conf.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "ui/keycode.h"
#include "view/layout.h"
#include "view/views.h"

#define TEXT_SIZE (2 * CONF_SIZE_LIMIT)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void print(const struct conf *conf, char *text)
{
	struct buf buf;
	buf_init(&buf, text, TEXT_SIZE);
	conf_print(conf, &buf);
	assert(!buf.cut);
}

static void try_columns(const char *list)
{
	struct layout_item items[LAYOUT_ITEMS_LIMIT];
	struct layout_item again[LAYOUT_ITEMS_LIMIT];
	char text[TEXT_SIZE];
	for (size_t i = 0; i < views_count(); i++) {
		const struct view *view = views_at(i);
		struct buf buf;
		size_t count = layout_parse(items, list, view->kind);
		buf_init(&buf, text, sizeof(text));
		layout_print(&buf, items, count);
		assert(layout_parse(again, text, view->kind) == count);
		assert(count == 0 || layout_check(view, text, NULL) == 0);
		for (size_t n = 0; n < count; n++)
			assert(items[n].field == again[n].field &&
			       items[n].width == again[n].width &&
			       items[n].rank == again[n].rank);
	}
}

static void try_key(const char *word)
{
	char name[KEYCODE_NAME_SIZE];
	uint32_t key = keycode_by_name(word);
	if (key != KEYCODE_NONE)
		assert(keycode_by_name(keycode_name(key, name)) == key);
}

static void change(struct conf *conf, char *text)
{
	struct conf again = {0};
	conf_set(conf, "columns", "events", "pid");
	print(conf, text);
	assert(conf_parse(&again, text, strlen(text), NULL) == 0);
	assert(strcmp(conf_get(&again, "columns", "events"), "pid") == 0);
	assert(again.count == conf->count);
	conf_done(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct conf conf = {0};
	char *text = malloc(TEXT_SIZE);
	if (conf_parse(&conf, (const char *)data, size, NULL) == 0) {
		print(&conf, text);
		assert(strlen(text) >= size);
		assert(memcmp(text, data, size) == 0);
		for (size_t i = 0; i < conf.count; i++)
			if (conf_what(&conf.lines[i], "columns"))
				try_columns(conf.lines[i].value);
			else if (conf_what(&conf.lines[i], "key"))
				try_key(conf.lines[i].value);
		change(&conf, text);
	}
	conf_done(&conf);
	free(text);
	return 0;
}
