/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Filters that were given a name.  The last line is the one in force, if it has
 * none yet. */
#include "config.h"

#include "app/setup.h"

#include <stdio.h>
#include <string.h>

#include "app/action.h"
#include "app/conf.h"
#include "app/desk.h"
#include "app/dialog.h"
#include "base/err.h"
#include "model/filter.h"
#include "model/model.h"
#include "view/views.h"

#define NAME_LIMIT (CONF_NAME_SIZE - sizeof("filter."))
#define LIST_LIMIT (FORM_LINES - 2) /* "and more", the one in force */
#define MORE_HELP  "they are listed when those before them are forgotten"

/* Filters that have a name. */
struct saved {
	const struct conf_line *at[LIST_LIMIT];
	size_t count;
	bool more; /* than there is room for */
};

static void add(struct saved *saved, const struct conf_line *line)
{
	size_t i = 0;
	while (i < saved->count && strcmp(saved->at[i]->name, line->name) != 0)
		i++;
	if (i == LIST_LIMIT) {
		saved->more = true;
		return;
	}
	saved->at[i] = line; /* of two lines with one name the last holds */
	if (i == saved->count)
		saved->count++;
}

static void get_saved(const struct desk *desk, struct saved *ret)
{
	const struct conf *conf = desk->conf;
	*ret = (struct saved){.count = 0};
	for (size_t i = 0; i < conf->count; i++)
		if (conf_what(&conf->lines[i], "filter"))
			add(ret, &conf->lines[i]);
}

/* The filter under the cursor; NULL: it is on a line behind them. */
static const struct conf_line *at_cursor(const struct desk *desk)
{
	struct saved saved;
	size_t cursor = desk->setup.forms[SETUP_FILTERS].cursor;
	get_saved(desk, &saved);
	return cursor < saved.count ? saved.at[cursor] : NULL;
}

static bool parses(const struct desk *desk, const char *text,
		   enum row_kind kind, size_t *ret_at, struct err *err)
{
	struct filter *filter = filter_parse(
		text, kind, model_catalogue(desk->model), ret_at, err);
	filter_free(filter);
	return filter != NULL;
}

static bool is_understood(const struct desk *desk, const char *text)
{
	const struct desk_place *place = desk_place((struct desk *)desk);
	struct err err = {0};
	size_t at;
	return parses(desk, text, place->view->kind, &at, &err);
}

static void add_more(struct form_lines *ret)
{
	struct form_line *line = form_add(ret);
	(void)snprintf(line->name, sizeof(line->name), "and more"); /* fits */
	line->help = MORE_HELP;
}

void setup_filters_lines(const struct desk *desk, struct form_lines *ret)
{
	const struct desk_place *place = desk_place((struct desk *)desk);
	struct saved saved;
	bool is_saved = !place->filter[0];
	get_saved(desk, &saved);
	for (size_t i = 0; i < saved.count; i++) {
		const char *value = saved.at[i]->value;
		struct form_line *line = form_add(ret);
		(void)snprintf(line->name, sizeof(line->name), "%s",
			       conf_what(saved.at[i], "filter")); /* fits */
		(void)snprintf(line->value, sizeof(line->value), "%s",
			       value); /* as long as a prompt */
		if (!is_understood(desk, value))
			line->help = "not of this view";
		is_saved = is_saved || strcmp(value, place->filter) == 0;
	}
	if (saved.more)
		add_more(ret);
	if (is_saved && ret->count > 0)
		return;
	struct form_line *line = form_add(ret);
	(void)snprintf(line->name, sizeof(line->name), "%s",
		       is_saved ? "none has a name yet"
				: "save the one in force"); /* fits */
	if (is_saved)
		line->help = "a filter that is in force can be given one here";
	else
		(void)snprintf(line->value, sizeof(line->value), "%s",
			       place->filter); /* as long as a prompt */
}

/* What a line without a filter is for. */
static unsigned use_line_behind(struct desk *desk)
{
	struct saved saved;
	get_saved(desk, &saved);
	if (!saved.more ||
	    desk->setup.forms[SETUP_FILTERS].cursor != saved.count)
		return setup_filters_save(desk, 0);
	desk_say(desk, ROLE_MESSAGE, MORE_HELP);
	return ACTION_DRAW;
}

unsigned setup_filters_choose(struct desk *desk, int unused)
{
	(void)unused;
	const struct conf_line *saved = at_cursor(desk);
	if (!saved)
		return use_line_behind(desk);
	desk_note_filter(desk);
	if (!desk_filter(desk, saved->value)) {
		desk_say(desk, ROLE_ALARM, "%s: %s", conf_what(saved, "filter"),
			 desk->mistake.text);
		return ACTION_DRAW;
	}
	desk_place(desk)->table.pinned = false;
	return setup_close(desk, 0);
}

unsigned setup_filters_save(struct desk *desk, int unused)
{
	(void)unused;
	if (desk_place(desk)->filter[0])
		return dialog_ask(desk, DESK_ASK_NAME, "");
	desk_say(desk, ROLE_MESSAGE, "no filter is in force; F4 types one");
	return ACTION_DRAW;
}

bool setup_filters_take_name(struct desk *desk, const char *name)
{
	if (!name[0] || strlen(name) > NAME_LIMIT || strchr(name, '=') ||
	    name[0] == ' ' || name[strlen(name) - 1] == ' ') {
		desk_say(desk, ROLE_ALARM,
			 "a name takes up to %zu bytes, and no = and no blank "
			 "at its ends",
			 NAME_LIMIT);
		return false;
	}
	conf_set(desk->conf, "filter", name, desk_place(desk)->filter);
	desk_say(desk, ROLE_MESSAGE, "saved as %s", name);
	return true;
}

unsigned setup_filters_edit(struct desk *desk, int unused)
{
	(void)unused;
	const struct conf_line *saved = at_cursor(desk);
	if (!saved)
		return use_line_behind(desk);
	desk->setup.name = conf_what(saved, "filter");
	return dialog_ask(desk, DESK_ASK_SAVED, saved->value);
}

/* Whether rows of some view can be filtered by TEXT; else where it is wrong for
 * those that understand most of it, and why. */
static bool is_of_some_view(const struct desk *desk, const char *text,
			    size_t *ret_at, struct err *err)
{
	*ret_at = 0;
	for (size_t i = 0; i < views_count(); i++) {
		struct err why = {0};
		size_t at = 0;
		if (parses(desk, text, views_at(i)->kind, &at, &why))
			return true;
		if (i == 0 || at > *ret_at) {
			*ret_at = at;
			*err = why;
		}
	}
	return false;
}

bool setup_filters_take_text(struct desk *desk, const char *text)
{
	struct err err = {0};
	size_t at;
	if (!text[0]) {
		desk_say(desk, ROLE_ALARM, "a filter takes an expression");
		return false;
	}
	if (!is_of_some_view(desk, text, &at, &err)) {
		desk_say(desk, ROLE_ALARM, "column %zu: %s", at + 1, err.text);
		return false;
	}
	conf_set(desk->conf, "filter", desk->setup.name, text);
	return true;
}

unsigned setup_filters_forget(struct desk *desk, int unused)
{
	(void)unused;
	const struct conf_line *saved = at_cursor(desk);
	if (!saved)
		return ACTION_NOTHING;
	const char *name = conf_what(saved, "filter");
	desk->setup.forgotten = name;
	desk->setup.forgotten_text = saved->value;
	conf_set(desk->conf, "filter", name, NULL);
	desk_say(desk, ROLE_MESSAGE, "forgot %s; u brings it back", name);
	return ACTION_DRAW;
}

unsigned setup_filters_undo(struct desk *desk, int unused)
{
	(void)unused;
	if (!desk->setup.forgotten) {
		desk_say(desk, ROLE_MESSAGE, "no filter was forgotten");
		return ACTION_DRAW;
	}
	conf_set(desk->conf, "filter", desk->setup.forgotten,
		 desk->setup.forgotten_text);
	desk->setup.forgotten = NULL;
	return ACTION_DRAW;
}
