/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The options that are kept, as their table has them. */
#include "config.h"

#include "app/setup.h"

#include <stdio.h>
#include <string.h>

#include "app/action.h"
#include "app/conf.h"
#include "app/desk.h"
#include "app/dialog.h"
#include "app/options.h"
#include "app/setting.h"
#include "base/buf.h"
#include "base/err.h"
#include "ui/term.h"

#define HELP_LATER "takes effect at the next start"

static void apply_look(struct desk *desk)
{
	const struct options *options = desk->options;
	term_set_look(desk->term, options->theme, options_wants_color(options),
		      options->ascii);
}

static void apply_mouse(struct desk *desk)
{
	term_set_mouse(desk->term, !desk->options->no_mouse);
}

static void apply_delay(struct desk *desk)
{
	desk->delay_ns = desk->options->delay_ns;
}

static void apply_nothing(struct desk *desk)
{
	(void)desk; /* it is asked for when it is needed */
}

/* What takes effect at once; the others do at the next start. */
static const struct {
	const char *name;
	void (*apply)(struct desk *desk);
} live[] = {
	{"theme", apply_look},  {"color", apply_look},
	{"ascii", apply_look},  {"no-mouse", apply_mouse},
	{"delay", apply_delay}, {"clipboard", apply_nothing},
};

static void apply(struct desk *desk, const struct options_row *row)
{
	for (size_t i = 0; i < sizeof(live) / sizeof(live[0]); i++) {
		if (strcmp(live[i].name, row->name) != 0)
			continue;
		live[i].apply(desk);
		return;
	}
	desk_say(desk, ROLE_MESSAGE, "%s " HELP_LATER, row->name);
}

/* With no-save nothing that is set here would be kept, itself included. */
static bool is_offered(const struct options_row *row)
{
	return row->kept && strcmp(row->name, "no-save") != 0;
}

/* The Nth option that is kept; NULL behind the last.  Those of the screen are
 * what one looks for, and come first. */
static const struct options_row *kept_at(size_t n)
{
	const struct options_row *row;
	for (int screen = 1; screen >= 0; screen--)
		for (size_t i = 0; (row = options_at(i)); i++)
			if (is_offered(row) &&
			    (row->group == OPTIONS_SCREEN) == screen &&
			    n-- == 0)
				return row;
	return NULL;
}

void setup_settings_lines(const struct desk *desk, struct form_lines *ret)
{
	const struct options_row *row;
	for (size_t i = 0; (row = kept_at(i)); i++) {
		struct form_line *line = form_add(ret);
		struct buf value;
		(void)snprintf(line->name, sizeof(line->name), "%s",
			       row->name); /* fits */
		line->help = row->help;
		buf_init(&value, line->value, sizeof(line->value));
		setting_print(&value, desk->options, row);
	}
}

static const struct options_row *row_at_cursor(const struct desk *desk)
{
	return kept_at(desk->setup.forms[SETUP_SETTINGS].cursor);
}

/* The configuration has the text, which lives as long as the options do. */
static bool set(struct desk *desk, const struct options_row *row,
		const char *value)
{
	struct err err = {0};
	struct options tried = *desk->options;
	if (options_keep(&tried, row, value, &err) < 0) {
		desk_say(desk, ROLE_ALARM, "%s", err.text);
		return false;
	}
	conf_set(desk->conf, row->name, NULL, value);
	(void)options_keep(desk->options, row,
			   conf_get(desk->conf, row->name, NULL),
			   NULL); /* it was tried */
	apply(desk, row);
	return true;
}

/* The word of WORDS that is STEP behind WORD, around the ends. */
static void next_word(char *ret, size_t size, const char *words,
		      const char *word, int step)
{
	const char *at[16];
	size_t len[16];
	size_t count = 0;
	size_t found = 0;
	for (; *words && count < 16; count++) {
		at[count] = words;
		len[count] = strcspn(words, " ");
		words += len[count] + (words[len[count]] == ' ');
		if (strlen(word) == len[count] &&
		    memcmp(word, at[count], len[count]) == 0)
			found = count;
	}
	found = (found + count + (size_t)step) % count;
	(void)snprintf(ret, size, "%.*s", (int)len[found], at[found]);
}

unsigned setup_settings_change(struct desk *desk, int step)
{
	const struct options_row *row = row_at_cursor(desk);
	char value[FORM_VALUE_SIZE];
	char next[FORM_VALUE_SIZE];
	struct buf buf;
	if (!row)
		return ACTION_NOTHING;
	buf_init(&buf, value, sizeof(value));
	setting_print(&buf, desk->options, row);
	if (!row->takes || row->words) {
		next_word(next, sizeof(next),
			  row->words ? row->words : "no yes", value, step);
		(void)set(desk, row, next); /* one of the words */
		return ACTION_REPAINT;
	}
	desk->setup.name = row->name;
	return dialog_ask(desk, DESK_ASK_SETTING, value);
}

bool setup_settings_take(struct desk *desk, const char *text)
{
	const struct options_row *row = options_by_name(desk->setup.name);
	return set(desk, row, text);
}

/* Back to what it is without a configuration. */
unsigned setup_settings_reset(struct desk *desk, int unused)
{
	(void)unused;
	const struct options_row *row = row_at_cursor(desk);
	struct options usual;
	char value[FORM_VALUE_SIZE];
	struct buf buf;
	if (!row)
		return ACTION_NOTHING;
	options_init(&usual);
	buf_init(&buf, value, sizeof(value));
	setting_print(&buf, &usual, row);
	if (!set(desk, row, value)) /* it says why not */
		return ACTION_DRAW;
	conf_set(desk->conf, row->name, NULL, NULL);
	return ACTION_REPAINT;
}
