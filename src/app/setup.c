/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/setup.h"

#include <stdio.h>

#include "app/action.h"
#include "app/desk.h"
#include "ui/draw.h"
#include "ui/term.h"
#include "view/views.h"

#define TABLE_LEAST 4  /* rows of the table above, or none */
#define SPLIT_FROM  12 /* rows of a body that has room for both */

struct section {
	const char *title;
	unsigned where;
	void (*lines)(const struct desk *desk, struct form_lines *ret);
	unsigned (*click)(struct desk *desk,
			  int arg); /* on the cursor's line */
	int arg;
};

static const struct section sections[SETUP_SECTIONS] = {
	[SETUP_COLUMNS] = {"Columns", KEYS_SETUP_COLUMNS, setup_columns_lines,
			   setup_columns_toggle, 0},
	[SETUP_SETTINGS] = {"Settings", KEYS_SETUP_SETTINGS,
			    setup_settings_lines, setup_settings_change, 1},
	[SETUP_KEYS] = {"Keys", KEYS_SETUP_KEYS, setup_keys_lines,
			setup_keys_ask, 0},
	[SETUP_FILTERS] = {"Filters", KEYS_SETUP_FILTERS, setup_filters_lines,
			   setup_filters_choose, 0},
};

static const struct section *section_of(const struct desk *desk)
{
	return &sections[desk->setup.section];
}

static struct form *form_of(struct desk *desk)
{
	return &desk->setup.forms[desk->setup.section];
}

unsigned setup_open(struct desk *desk, int section)
{
	desk->setup.section = (enum setup_section)section;
	desk->setup.view = desk_place(desk)->view;
	desk->setup.grabs = false;
	desk->below = DESK_SETUP;
	desk_close(desk);
	return ACTION_DRAW;
}

unsigned setup_close(struct desk *desk, int unused)
{
	(void)unused;
	desk->below = DESK_TABLE;
	desk_close(desk);
	return ACTION_ROWS;
}

unsigned setup_next_section(struct desk *desk, int step)
{
	int next = (int)desk->setup.section + step + SETUP_SECTIONS;
	desk->setup.section = (enum setup_section)(next % SETUP_SECTIONS);
	return ACTION_DRAW;
}

unsigned setup_move(struct desk *desk, int count)
{
	struct form_lines lines = {.count = 0};
	section_of(desk)->lines(desk, &lines);
	form_move(form_of(desk), &lines, count);
	return ACTION_DRAW;
}

unsigned setup_page(struct desk *desk, int half_pages)
{
	int rows = term_rows(desk->term) / 4;
	return setup_move(desk, (rows > 1 ? rows : 1) * half_pages);
}

unsigned setup_where(const struct desk *desk)
{
	return desk->setup.grabs ? KEYS_SETUP_GRAB : section_of(desk)->where;
}

const char *setup_title(const struct desk *desk)
{
	return section_of(desk)->title;
}

void setup_split(const struct desk *desk, const struct area *area,
		 struct setup_areas *ret)
{
	int above = 0;
	if (desk->setup.section == SETUP_COLUMNS && area->rows >= SPLIT_FROM)
		above = area->rows / 3 < TABLE_LEAST ? TABLE_LEAST
						     : area->rows / 3;
	int head = area->rows > 3 ? 1 : 0;
	*ret = (struct setup_areas){
		.table = {area->y, area->x, above, area->cols},
		.sections = {area->y + above, area->x, head, area->cols},
		.form = {area->y + above + head, area->x,
			 area->rows - above - head, area->cols},
	};
}

/* Where the title of section I begins among those of all. */
static int title_at(const struct area *area, size_t i)
{
	int x = area->x;
	for (size_t n = 0; n < i; n++)
		x += draw_width(sections[n].title) + 2;
	return x;
}

static bool all_titles_fit(const struct area *area)
{
	return title_at(area, SETUP_SECTIONS) <= area->x + area->cols;
}

static void draw_title(const struct desk *desk, const struct area *area, int x,
		       size_t i)
{
	char text[FORM_NAME_SIZE];
	int room = area->x + area->cols - x;
	(void)snprintf(text, sizeof(text), " %s ",
		       sections[i].title); /* fits */
	(void)draw_text(desk->term, area->y, x, room,
			i == desk->setup.section ? ROLE_TAB_ON : ROLE_TAB,
			text);
}

static void draw_sections(const struct desk *desk, const struct area *area)
{
	bool all = all_titles_fit(area);
	if (area->rows == 0)
		return;
	draw_blank(desk->term, area->y, area->x, area->cols, ROLE_TEXT);
	for (size_t i = 0; i < SETUP_SECTIONS; i++)
		if (all)
			draw_title(desk, area, title_at(area, i), i);
	if (!all)
		draw_title(desk, area, area->x, desk->setup.section);
	int x = title_at(area, SETUP_SECTIONS) + 1;
	if (all && desk->setup.section == SETUP_COLUMNS &&
	    x < area->x + area->cols)
		(void)draw_text(desk->term, area->y, x,
				area->x + area->cols - x, ROLE_STRONG,
				desk->setup.view->title);
}

void setup_draw(struct desk *desk, const struct area *area)
{
	struct setup_areas areas;
	struct form_lines lines = {.count = 0};
	setup_split(desk, area, &areas);
	section_of(desk)->lines(desk, &lines);
	draw_sections(desk, &areas.sections);
	form_draw(desk->term, &areas.form, form_of(desk), &lines);
}

size_t setup_lines(struct desk *desk, struct form_lines *ret)
{
	ret->count = 0;
	section_of(desk)->lines(desk, ret);
	return form_of(desk)->cursor;
}

const char *setup_hint(struct desk *desk)
{
	struct form_lines lines;
	size_t at = setup_lines(desk, &lines);
	return at < lines.count ? lines.at[at].help : "";
}

static unsigned click_section(struct desk *desk, const struct area *area, int x)
{
	for (size_t i = 0; i < SETUP_SECTIONS && all_titles_fit(area); i++)
		if (x >= title_at(area, i) && x < title_at(area, i + 1))
			desk->setup.section = (enum setup_section)i;
	return ACTION_DRAW;
}

unsigned setup_click(struct desk *desk, const struct area *area, int y, int x)
{
	struct setup_areas areas;
	struct form_lines lines = {.count = 0};
	struct form *form = form_of(desk);
	setup_split(desk, area, &areas);
	if (areas.sections.rows > 0 && y == areas.sections.y)
		return click_section(desk, &areas.sections, x);
	section_of(desk)->lines(desk, &lines);
	size_t line = form_at(&areas.form, form, &lines, y);
	if (line == lines.count)
		return ACTION_NOTHING;
	bool again = line == form->cursor;
	form->cursor = line;
	/* a box is there to be clicked, a line to be clicked twice */
	if (again || (lines.at[line].box != FORM_NO_BOX && x < 4))
		return section_of(desk)->click(desk, section_of(desk)->arg);
	return ACTION_DRAW;
}
