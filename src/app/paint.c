/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/paint.h"

#include <stdio.h>
#include <string.h>

#include "abi/syscall.h"
#include "app/desk.h"
#include "app/dialog.h"
#include "app/header.h"
#include "app/hint.h"
#include "app/keys.h"
#include "app/output.h"
#include "app/playkeys.h"
#include "app/time.h"
#include "base/buf.h"
#include "base/escape.h"
#include "model/filter.h"
#include "model/model.h"
#include "model/past.h"
#include "ui/draw.h"
#include "ui/term.h"
#include "view/views.h"

#define PATH_SIZE  (DESK_NAME_SIZE * (DESK_DEPTH_LIMIT + 1))
#define WORDS_SIZE 4096 /* more than a line of any screen */

void paint_layout(const struct desk *desk, struct frame *frame)
{
	bool filter =
		desk->mode == DESK_PROMPT && desk->asked == DESK_ASK_FILTER;
	frame_layout(frame, term_rows(desk->term), term_cols(desk->term),
		     filter, desk->player != NULL);
}

/* Where the user is below the tabs. */
static void print_path(const struct desk *desk, struct buf *path)
{
	const char *arrow = term_is_ascii(desk->term) ? "> " : "› ";
	for (size_t i = 0; i < desk->depth; i++)
		buf_printf(path, "%s%s ", arrow, desk->drilled[i].name);
	if (desk->mode == DESK_PAGE)
		buf_printf(path, "%s%s", arrow, desk->pager.title);
	else if (desk->below == DESK_SETUP)
		buf_printf(path, "%sSetup", arrow);
	else if (desk->mode == DESK_OUTPUT)
		buf_printf(path, "%soutput of %s", arrow, desk->command);
	else if (desk->depth > 0)
		buf_printf(path, "%s%s", arrow,
			   desk->drilled[desk->depth - 1].view->title);
}

size_t paint_tabs(const struct desk *desk,
		  struct frame_tab tabs[PAINT_TABS_LIMIT])
{
	char data[PATH_SIZE];
	struct buf path;
	size_t n = 0;
	for (size_t i = 0; i < views_count() && n < PAINT_TABS_LIMIT; i++)
		if (views_at(i)->tab)
			tabs[n++] = (struct frame_tab){
				.title = views_at(i)->title,
				.on = i == desk->root,
			};
	buf_init(&path, data, sizeof(data));
	print_path(desk, &path);
	int width = frame_tabs_width(tabs, n);
	if (path.len > 0)
		width += 1 + draw_width(data);
	for (size_t i = 0; i < n && width > term_cols(desk->term); i++)
		tabs[i].brief = !tabs[i].on;
	return n;
}

static void draw_tabs(struct desk *desk, int y)
{
	struct frame_tab tabs[PAINT_TABS_LIMIT];
	size_t count = paint_tabs(desk, tabs);
	char data[PATH_SIZE];
	struct buf path;
	buf_init(&path, data, sizeof(data));
	print_path(desk, &path);
	frame_draw_tabs(desk->term, y, tabs, count, data);
}

static bool message_is_due(const struct desk *desk)
{
	return desk->message[0] &&
	       desk->now_ns - desk->message_ns < DESK_MESSAGE_NS;
}

static void draw_footer(struct desk *desk, int y)
{
	struct frame_key keys[KEYS_FOOTER_LIMIT];
	struct keys_footer_text text;
	size_t count = keys_footer(desk, keys, &text);
	frame_draw_footer(desk->term, y, keys, count);
}

const char *paint_empty(const struct desk *desk, const struct desk_place *place)
{
	if (place->process == DESK_GONE)
		return "This process is not there at this time of the "
		       "recording, or not known yet.";
	if (place->within.file == DESK_GONE)
		return "No call about this file is known at this time of the "
		       "recording.";
	if (place->filter[0] || place->search[0])
		return "Nothing passes the search and filter in force; Esc "
		       "clears them.";
	const char *why = time_explain_empty(desk, place->view->kind);
	if (why)
		return why;
	if (place->view->kind != ROW_CALL)
		return place->view->empty;
	if (desk->player && model_last_call(desk->model) == 0)
		return "No call is known at this time of the recording; ; goes "
		       "to the next one.";
	if (place->syscall != SYSCALL_NONE &&
	    !model_is_traced(desk->model, place->syscall))
		return "This call is counted, not traced: Space traces it, and "
		       "its calls show here.";
	if (place->within.file)
		return "No call about it is kept; \"other\" stands for many "
		       "files, and has none of its own.";
	if (place->within.until_ns || place->within.to_ns)
		return "None of these calls was traced, or is still kept.";
	if (desk->failed_only)
		return "No call has failed since; E lists the others too.";
	return place->view->empty;
}

static void draw_table(struct desk *desk, const struct area *area)
{
	struct desk_place *place = desk_place(desk);
	const struct layout layout = desk_layout(desk, place);
	struct past_view past;
	past_view(desk->model, &past);
	const struct table_content content = {
		.model = desk->model,
		.layout = &layout,
		.rows = desk->rows,
		.count = desk->count,
		.branches = place->tree ? desk->branches : NULL,
		.sort = place->sort,
		.descending = place->descending,
		.mark = past.back,
		.tags = &desk->tags,
		.empty = paint_empty(desk, place),
	};
	table_draw(desk->term, area, &place->table, &content);
}

/* Of another view than the rows' the titles show how it is laid out. */
static void draw_setup(struct desk *desk, const struct area *area)
{
	struct setup_areas areas;
	struct table table = {0};
	const struct desk_place place = {.view = desk->setup.view};
	const struct layout layout = desk_layout(desk, &place);
	const struct table_content content = {
		.model = desk->model,
		.layout = &layout,
		.tags = &desk->tags,
		.empty = "",
	};
	setup_split(desk, area, &areas);
	if (areas.table.rows > 0 && desk_place(desk)->view == place.view)
		draw_table(desk, &areas.table);
	else if (areas.table.rows > 0)
		table_draw(desk->term, &areas.table, &table, &content);
	setup_draw(desk, area);
}

const char *paint_prompt_hint(const struct desk *desk)
{
	static const char *const hints[DESK_ASKS] = {
		[DESK_ASK_MOMENT] = "12:03:04.5, +5s, -5s, 50%",
		[DESK_ASK_SETTING] = "Enter sets it, Esc leaves it",
		[DESK_ASK_NAME] = "Enter saves it, Esc leaves it",
		[DESK_ASK_SAVED] = "Enter saves it, Esc leaves it",
		[DESK_ASK_RECORD] = "Enter records, Esc does not",
	};
	if (hints[desk->asked])
		return hints[desk->asked];
	if (desk->asked == DESK_ASK_FILE)
		return ".csv and .json are known; Enter writes";
	if (desk->asked == DESK_ASK_FILTER)
		return "Enter keeps it, Esc clears it";
	if (desk->prompt.text[0] == '%')
		return "Space ticks all listed";
	return desk_place((struct desk *)desk)->view->kind == ROW_SYSCALL
		       ? "%class finds a class"
		       : "n and N find more";
}

static bool is_wrong(const struct desk *desk)
{
	return desk->asked == DESK_ASK_FILTER && desk->mistake.text[0];
}

static void draw_mistake(struct desk *desk, int y)
{
	char data[sizeof(desk->mistake.text) + 32];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	buf_printf(&text, "column %zu: ", desk->mistake_at + 1);
	escape_text(&text, desk->mistake.text, strlen(desk->mistake.text));
	frame_draw_message(desk->term, y, ROLE_ALARM, data);
}

/* The words that may stand where the cursor is; false: there is none. */
static bool draw_words(struct desk *desk, int y)
{
	struct filter_words words;
	char data[WORDS_SIZE];
	struct buf text;
	dialog_words(desk, &words);
	buf_init(&text, data, sizeof(data));
	for (size_t i = 0; i < words.count && !text.cut; i++) {
		buf_puts(&text, i ? "  " : "");
		buf_puts(&text, words.at[i]);
	}
	/* A word that is not complete is no mistake yet. */
	bool typing = desk->mistake_at + 1 >= words.start;
	if (words.count == 0 || (is_wrong(desk) && !typing))
		return false;
	frame_draw_hint(desk->term, y, "", data);
	return true;
}

/* What helps who types a filter; else what it has found. */
static void draw_help(struct desk *desk, int y)
{
	if (draw_words(desk, y))
		return;
	if (is_wrong(desk))
		draw_mistake(desk, y);
	else
		hint_draw(desk, y);
}

static void draw_bottom(struct desk *desk, const struct frame *frame)
{
	bool message = message_is_due(desk);
	bool prompt = desk->mode == DESK_PROMPT;
	if (frame->hint >= 0 && message)
		frame_draw_message(desk->term, frame->hint, desk->message_role,
				   desk->message);
	else if (frame->hint >= 0 && desk->mode == DESK_TABLE)
		hint_draw(desk, frame->hint);
	else if (frame->hint >= 0 && desk->mode == DESK_SETUP)
		frame_draw_hint(desk->term, frame->hint, "", setup_hint(desk));
	if (prompt && frame->hint >= 0 && desk->asked == DESK_ASK_FILTER)
		draw_help(desk, frame->hint);
	if (prompt)
		prompt_draw(desk->term, frame->footer, &desk->prompt,
			    is_wrong(desk) ? desk->mistake_at : PROMPT_SIZE,
			    paint_prompt_hint(desk));
	else if (frame->hint < 0 && message)
		frame_draw_message(desk->term, frame->footer,
				   desk->message_role, desk->message);
	else
		draw_footer(desk, frame->footer);
}

static void draw_below(struct desk *desk, const struct area *area)
{
	if (desk->below == DESK_SETUP)
		draw_setup(desk, area);
	else
		draw_table(desk, area);
}

static void draw_body(struct desk *desk, const struct area *area)
{
	switch (desk->mode) {
	case DESK_TABLE:
	case DESK_SETUP:
	case DESK_PROMPT:
		draw_below(desk, area);
		break;
	case DESK_LIST:
	case DESK_QUESTION:
	case DESK_CONFIRM:
		draw_below(desk, area);
		popup_draw(desk->term, area, &desk->popup);
		break;
	case DESK_PAGE:
		pager_draw(desk->term, area, &desk->pager);
		break;
	case DESK_OUTPUT:
		output_draw(desk->term, area, desk->output,
			    (size_t)desk->output_back);
		break;
	}
}

void paint_desk(struct desk *desk)
{
	if (term_is_too_small(desk->term)) {
		frame_draw_too_small(desk->term);
		draw_flush(desk->term);
		return;
	}
	bool table = desk->mode != DESK_PAGE && desk->mode != DESK_OUTPUT;
	if (table && desk->stale)
		desk_refresh(desk);
	struct frame frame;
	paint_layout(desk, &frame);
	draw_clear(desk->term);
	draw_cursor_at(desk->term, 0, -1);
	header_draw(desk, &frame);
	if (frame.tabs >= 0)
		draw_tabs(desk, frame.tabs);
	draw_body(desk, &frame.body);
	if (frame.scrub >= 0)
		playkeys_draw(desk, frame.scrub);
	draw_bottom(desk, &frame);
	draw_flush(desk->term);
}
