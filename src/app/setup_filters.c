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

/* The Nth filter that has a name; NULL behind the last. */
static const struct conf_line *saved_at(const struct desk *desk, size_t n)
{
	const struct conf *conf = desk->conf;
	for (size_t i = 0; i < conf->count; i++) {
		const char *name = conf_what(&conf->lines[i], "filter");
		/* of two lines with one name the last holds */
		if (name &&
		    conf_get(conf, "filter", name) == conf->lines[i].value &&
		    n-- == 0)
			return &conf->lines[i];
	}
	return NULL;
}

static const struct conf_line *at_cursor(const struct desk *desk)
{
	return saved_at(desk, desk->setup.forms[SETUP_FILTERS].cursor);
}

static bool is_understood(const struct desk *desk, const char *text)
{
	const struct desk_place *place = desk_place((struct desk *)desk);
	struct err err = {0};
	size_t at;
	struct filter *filter =
		filter_parse(text, place->view->kind,
			     model_catalogue(desk->model), &at, &err);
	filter_free(filter);
	return filter != NULL;
}

void setup_filters_lines(const struct desk *desk, struct form_lines *ret)
{
	const struct desk_place *place = desk_place((struct desk *)desk);
	const struct conf_line *saved;
	bool is_saved = !place->filter[0];
	for (size_t i = 0; (saved = saved_at(desk, i)); i++) {
		struct form_line *line = form_add(ret);
		(void)snprintf(line->name, sizeof(line->name), "%s",
			       conf_what(saved, "filter")); /* fits */
		(void)snprintf(line->value, sizeof(line->value), "%s",
			       saved->value); /* as long as a prompt */
		if (!is_understood(desk, saved->value))
			line->help = "not of this view";
		is_saved = is_saved || strcmp(saved->value, place->filter) == 0;
	}
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

unsigned setup_filters_choose(struct desk *desk, int unused)
{
	(void)unused;
	const struct conf_line *saved = at_cursor(desk);
	if (!saved)
		return setup_filters_save(desk, 0);
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
		return setup_filters_save(desk, 0);
	desk->setup.name = conf_what(saved, "filter");
	return dialog_ask(desk, DESK_ASK_SAVED, saved->value);
}

bool setup_filters_take_text(struct desk *desk, const char *text)
{
	if (!text[0]) {
		desk_say(desk, ROLE_ALARM, "a filter takes an expression");
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
