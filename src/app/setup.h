/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The setup: what the configuration file holds, to be changed on the screen.
 * A section is a list of lines and the keys that change them.  What is changed
 * takes effect at once where the settings do not say "at the next start", and
 * is written when the screen is left.
 */
#pragma once

#include "app/keymap.h"
#include "ui/form.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct area;
struct desk;
struct view;

enum setup_section {
	SETUP_COLUMNS,
	SETUP_SETTINGS,
	SETUP_KEYS,
	SETUP_FILTERS,
	SETUP_SECTIONS,
};

struct setup {
	enum setup_section section;
	struct form forms[SETUP_SECTIONS];
	const struct view *view;    /* whose columns these are */
	bool grabs;                 /* the next key is given to an action */
	uint32_t wanted;            /* one that another action has */
	const char *name;           /* what is typed is about: a setting or a
				       filter; borrowed */
	const char *forgotten;      /* the latest filter forgotten; NULL */
	const char *forgotten_text; /* and what it was */
};

unsigned setup_open(struct desk *desk, int section);
unsigned setup_close(struct desk *desk, int unused);
unsigned setup_next_section(struct desk *desk, int step);
unsigned setup_move(struct desk *desk, int lines);
unsigned setup_page(struct desk *desk, int half_pages);

/* The context of keys: one bit of enum keys_where. */
unsigned setup_where(const struct desk *desk);
/* The lines of the section, and which of them the cursor is on. */
size_t setup_lines(struct desk *desk, struct form_lines *ret);
const char *setup_title(const struct desk *desk);

/* Of AREA the setup draws the lower part; the upper is for the table, and may
 * have no rows.  */
struct setup_areas {
	struct area table, sections, form;
};
void setup_split(const struct desk *desk, const struct area *area,
		 struct setup_areas *ret);
void setup_draw(struct desk *desk, const struct area *area);
/* In full: what the line under the cursor is about. */
const char *setup_hint(struct desk *desk);
unsigned setup_click(struct desk *desk, const struct area *area, int y, int x);

/* Of each section: its lines, as they are now. */
void setup_columns_lines(const struct desk *desk, struct form_lines *ret);
void setup_settings_lines(const struct desk *desk, struct form_lines *ret);
void setup_keys_lines(const struct desk *desk, struct form_lines *ret);
void setup_filters_lines(const struct desk *desk, struct form_lines *ret);

unsigned setup_columns_toggle(struct desk *desk, int unused);
unsigned setup_columns_shift(struct desk *desk, int step);
unsigned setup_columns_widen(struct desk *desk, int step);
unsigned setup_columns_sort(struct desk *desk, int unused);
unsigned setup_columns_view(struct desk *desk, int step);
unsigned setup_columns_reset(struct desk *desk, int unused);

unsigned setup_settings_change(struct desk *desk, int step);
unsigned setup_settings_reset(struct desk *desk, int unused);
/* TEXT becomes the value of desk->setup.name; false, and says why not. */
bool setup_settings_take(struct desk *desk, const char *text);

unsigned setup_keys_ask(struct desk *desk, int unused);
unsigned setup_keys_remove(struct desk *desk, int unused);
unsigned setup_keys_reset(struct desk *desk, int unused);
unsigned setup_keys_cancel(struct desk *desk, int unused);
unsigned setup_keys_take(struct desk *desk); /* desk->key */

unsigned setup_filters_choose(struct desk *desk, int unused);
unsigned setup_filters_save(struct desk *desk, int unused);
unsigned setup_filters_edit(struct desk *desk, int unused);
unsigned setup_filters_forget(struct desk *desk, int unused);
unsigned setup_filters_undo(struct desk *desk, int unused);
bool setup_filters_take_name(struct desk *desk, const char *name);
bool setup_filters_take_text(struct desk *desk, const char *text);
