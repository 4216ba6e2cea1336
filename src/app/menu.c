/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/menu.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "app/action.h"
#include "app/desk.h"
#include "app/dialog.h"
#include "app/keys.h"
#include "app/only.h"
#include "app/opened.h"
#include "app/send.h"
#include "app/target.h"

struct line {
	const char *key; /* the action's name in the table of keys */
	const char *text;
	const char *note;
	unsigned (*act)(struct desk *desk, int arg);
	int arg;
	bool signals; /* not with --readonly */
};

/* clang-format off */
static const struct line lines[] = {
	{"only",       "only it",       "list rows of this process only; again: of all", only_toggle, 0, false},
	{"only-tree",  "its tree",      "the same with its descendants", only_toggle, 1, false},
	{"events",     "events",        "every event of it that is traced", action_events, 0, false},
	{"open-files", "open files",    "descriptors, and what they refer to", opened_page, 0, false},
	{"signal",     "send a signal", "asks which one, and whether you are sure", send_open, 0, true},
	{"info",       "info",          "every field of the row", dialog_detail, 0, false},
};
/* clang-format on */
#define LINES (sizeof(lines) / sizeof(lines[0]))

static bool is_offered(const struct desk *desk, const struct line *line)
{
	return !line->signals || !desk->readonly;
}

static unsigned choose(struct desk *desk, size_t chosen)
{
	const struct row *row = desk_row(desk);
	if (!row || model_row_process(desk->model, row) != desk->target.id) {
		desk_say(desk, ROLE_ALARM, "the row of %s has gone",
			 desk->target.name);
		return ACTION_DRAW;
	}
	for (size_t i = 0; i < LINES; i++)
		if (is_offered(desk, &lines[i]) && chosen-- == 0)
			return lines[i].act(desk, lines[i].arg);
	return ACTION_NOTHING;
}

/* A letter that does the same without the list; 0 if it has none. */
static char letter_of(const struct desk *desk, const char *action)
{
	for (size_t i = 0; i < keys_count(); i++) {
		const uint32_t *keys = keys_of(desk, i);
		if (strcmp(keys_at(i)->name, action) != 0)
			continue;
		for (size_t j = 0; j < KEYS_PER_ROW && keys[j]; j++)
			if (keys[j] > ' ' && keys[j] < 0x7f)
				return (char)keys[j];
	}
	return '\0';
}

unsigned menu_open(struct desk *desk, int unused)
{
	(void)unused;
	/* Of one that has ended something can be done, too. */
	if (!target_take(desk) && !desk->target.name[0])
		return ACTION_DRAW;
	desk->message[0] = '\0';
	/* What is chosen is done to the row that the list is about. */
	desk_place(desk)->table.pinned = true;
	desk_place(desk)->table.follow = false;
	struct popup *popup = dialog_open_list(desk, desk->target.name, choose);
	for (size_t i = 0; i < LINES; i++)
		if (is_offered(desk, &lines[i]))
			popup_add_key(popup, letter_of(desk, lines[i].key),
				      lines[i].text, lines[i].note);
	return ACTION_DRAW;
}
