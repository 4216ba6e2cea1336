/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/dialog.h"

#include <stdio.h>
#include <string.h>

#include "abi/syscall.h"
#include "app/action.h"
#include "app/command_page.h"
#include "app/desk.h"
#include "app/keys.h"
#include "app/opened.h"
#include "app/stacks.h"
#include "app/output.h"
#include "app/tape.h"
#include "app/playkeys.h"
#include "app/write.h"
#include "model/field.h"
#include "model/filter.h"
#include "ui/detail.h"
#include "ui/help.h"
#include "ui/keycode.h"
#include "ui/term.h"
#include "view/columns.h"
#include "view/views.h"

#define ALL_COLUMNS 100000  /* a width that every column fits */
#define TO_THE_END  1000000 /* more lines than a page has */

unsigned dialog_help(struct desk *desk, int unused)
{
	(void)unused;
	unsigned where = keys_where(desk);
	const struct view *view = desk_place(desk)->view;
	struct pager *pager = desk_open_page(desk, DESK_PAGE_HELP, "Help");
	keys_add_help(pager, desk, where);
	help_add_views(pager);
	help_add_fields(pager, view);
	return ACTION_DRAW;
}

unsigned dialog_explain(struct desk *desk, int unused)
{
	(void)unused;
	const struct row *row = desk_row(desk);
	uint32_t index = row ? model_row_syscall(desk->model, row)
			     : desk_place(desk)->syscall;
	if (index == SYSCALL_NONE) {
		desk_say(desk, ROLE_MESSAGE, "there is no call to explain");
		return ACTION_DRAW;
	}
	struct catalogue *catalogue = model_catalogue(desk->model);
	struct pager *pager = desk_open_page(
		desk, DESK_PAGE_EXPLAIN, catalogue_get(catalogue, index)->name);
	detail_of_syscall(pager, catalogue, index);
	return ACTION_DRAW;
}

unsigned dialog_detail(struct desk *desk, int unused)
{
	(void)unused;
	const struct row *row = desk_row(desk);
	if (!row) {
		desk_say(desk, ROLE_MESSAGE, "there is no row here");
		return ACTION_DRAW;
	}
	struct pager *pager = desk_open_page(desk, DESK_PAGE_DETAIL, "Detail");
	detail_of_row(pager, desk->model, row);
	return ACTION_DRAW;
}

unsigned dialog_scroll(struct desk *desk, int rows)
{
	pager_scroll(&desk->pager, rows);
	return ACTION_DRAW;
}

unsigned dialog_scroll_page(struct desk *desk, int half_pages)
{
	int rows = term_rows(desk->term) / 2 - 3;
	return dialog_scroll(desk, (rows > 1 ? rows : 1) * half_pages);
}

unsigned dialog_scroll_edge(struct desk *desk, int end)
{
	return dialog_scroll(desk, end ? TO_THE_END : -TO_THE_END);
}

/* What makes the page of a row; NULL: it is about no row. */
static unsigned (*page_of_row(const struct desk *desk))(struct desk *, int)
{
	static unsigned (*const same[])(struct desk *, int) = {
		[DESK_PAGE_HELP] = NULL,
		[DESK_PAGE_DETAIL] = dialog_detail,
		[DESK_PAGE_EXPLAIN] = dialog_explain,
		[DESK_PAGE_UNSEEN] = NULL,
		[DESK_PAGE_COMMAND] = command_page,
		[DESK_PAGE_OPENED] = opened_page,
		[DESK_PAGE_STACK] = stacks_show,
	};
	return same[desk->page];
}

bool dialog_is_of_row(const struct desk *desk)
{
	return page_of_row(desk) != NULL;
}

unsigned dialog_next_row(struct desk *desk, int step)
{
	unsigned (*again)(struct desk *, int) = page_of_row(desk);
	if (!again)
		return ACTION_NOTHING;
	size_t top = desk->pager.top;
	(void)action_move(desk, step); /* drawn below */
	unsigned redo = again(desk, 0);
	desk->pager.top = top;
	return redo;
}

unsigned dialog_close(struct desk *desk, int unused)
{
	(void)unused;
	desk_close(desk);
	return ACTION_DRAW;
}

struct popup *dialog_open_list(struct desk *desk, const char *title,
			       unsigned (*choose)(struct desk *desk,
						  size_t chosen))
{
	popup_open(&desk->popup, title, false);
	desk->mode = DESK_LIST;
	desk->choose = choose;
	return &desk->popup;
}

static unsigned choose_view(struct desk *desk, size_t chosen)
{
	for (size_t i = 0; i < views_count(); i++) {
		if (!views_at(i)->tab || chosen-- > 0)
			continue;
		desk_go_root(desk, i);
		break;
	}
	return ACTION_ROWS;
}

unsigned dialog_pick_view(struct desk *desk, int unused)
{
	(void)unused;
	struct popup *popup = dialog_open_list(desk, "View", choose_view);
	for (size_t i = 0; i < views_count(); i++) {
		if (!views_at(i)->tab)
			continue;
		if (i == desk->root)
			popup->cursor = popup->count;
		popup_add(popup, views_at(i)->title, views_at(i)->help);
	}
	return ACTION_DRAW;
}

static void all_columns(struct desk *desk, struct columns *ret)
{
	const struct layout layout = {
		.view = desk_place(desk)->view,
		.hosts = model_has_hosts(desk->model),
	};
	columns_layout(ret, &layout, ALL_COLUMNS);
}

static unsigned choose_sort(struct desk *desk, size_t chosen)
{
	struct columns columns;
	all_columns(desk, &columns);
	return action_sort_by(desk, columns.at[chosen].field->name);
}

unsigned dialog_pick_sort(struct desk *desk, int unused)
{
	(void)unused;
	const struct desk_place *place = desk_place(desk);
	struct columns columns;
	all_columns(desk, &columns);
	struct popup *popup = dialog_open_list(desk, "Sort by", choose_sort);
	for (size_t i = 0; i < columns.count; i++) {
		const struct field *field = columns.at[i].field;
		if (field == place->sort)
			popup->cursor = popup->count;
		popup_add(popup, field->title, field->help);
	}
	return ACTION_DRAW;
}

unsigned dialog_list_move(struct desk *desk, int step)
{
	popup_move(&desk->popup, step);
	return ACTION_DRAW;
}

unsigned dialog_list_choose(struct desk *desk, int unused)
{
	(void)unused;
	size_t chosen = desk->popup.cursor;
	desk_close(desk);
	return desk->choose(desk, chosen);
}

static struct desk_history *history_of(struct desk *desk)
{
	return &desk->histories[desk->asked];
}

unsigned dialog_ask(struct desk *desk, enum desk_asked asked, const char *text)
{
	static const char *const labels[DESK_ASKS] = {
		[DESK_ASK_SEARCH] = "Search:",
		[DESK_ASK_FILTER] = "Filter:",
		[DESK_ASK_FILE] = "Write rows to:",
		[DESK_ASK_SETTING] = "Value:",
		[DESK_ASK_NAME] = "Name of the filter:",
		[DESK_ASK_SAVED] = "Filter:",
		[DESK_ASK_RECORD] = "Record into:",
		[DESK_ASK_MOMENT] = "Jump to:",
	};
	desk->asked = asked;
	prompt_open(&desk->prompt, labels[asked], text);
	struct desk_history *history = history_of(desk);
	history->shown = history->count;
	if (history->count > 0 &&
	    strcmp(history->at[history->count - 1], desk->prompt.text) == 0)
		history->shown--; /* it stands there already */
	desk->mistake = (struct err){0};
	desk->mode = DESK_PROMPT;
	return ACTION_DRAW;
}

unsigned dialog_search(struct desk *desk, int unused)
{
	(void)unused;
	return dialog_ask(desk, DESK_ASK_SEARCH, ""); /* Up has the last */
}

unsigned dialog_filter(struct desk *desk, int unused)
{
	(void)unused;
	desk_note_filter(desk);
	return dialog_ask(desk, DESK_ASK_FILTER, desk_place(desk)->filter);
}

unsigned dialog_write(struct desk *desk, int unused)
{
	(void)unused;
	const struct desk_history *history = &desk->histories[DESK_ASK_FILE];
	return dialog_ask(desk, DESK_ASK_FILE,
			  history->count ? history->at[history->count - 1]
					 : "");
}

/* The text takes effect while it is typed. */
static unsigned apply(struct desk *desk)
{
	struct desk_place *place = desk_place(desk);
	char *to = place->search;
	if (desk->asked != DESK_ASK_FILTER && desk->asked != DESK_ASK_SEARCH)
		return ACTION_DRAW;
	if (desk->asked == DESK_ASK_FILTER &&
	    !desk_filter(desk, desk->prompt.text))
		return ACTION_DRAW;
	if (desk->asked == DESK_ASK_SEARCH)
		memcpy(to, desk->prompt.text, desk->prompt.len + 1);
	bool lists = desk->asked == DESK_ASK_FILTER ||
		     place->view->kind == ROW_SYSCALL;
	if (lists) {
		desk->reorder = true;
		place->table.pinned = false;
		return ACTION_ROWS;
	}
	const struct row *row = desk_row(desk);
	if (!row || !to[0] || desk_row_found(desk, place, row))
		return ACTION_DRAW;
	return action_next_match(desk, place->table.anchored ? -1 : 1);
}

unsigned dialog_type(struct desk *desk)
{
	bool empty = desk->prompt.len == 0;
	if (empty && desk->key == KEYCODE_BACKSPACE)
		return dialog_close(desk, 0);
	return prompt_key(&desk->prompt, desk->key) ? apply(desk)
						    : ACTION_NOTHING;
}

void dialog_words(const struct desk *desk, struct filter_words *ret)
{
	const struct desk_place *place = desk_place((struct desk *)desk);
	*ret = (struct filter_words){0};
	if (desk->asked == DESK_ASK_FILTER)
		filter_complete(ret, desk->prompt.text, desk->prompt.at,
				place->view->kind,
				model_catalogue(desk->model));
}

/* How many bytes the words have in common. */
static size_t common(const struct filter_words *words)
{
	size_t len = strlen(words->at[0]);
	for (size_t i = 1; i < words->count; i++) {
		size_t same = 0;
		while (same < len && words->at[i][same] == words->at[0][same])
			same++;
		len = same;
	}
	return len;
}

unsigned dialog_complete(struct desk *desk, int unused)
{
	(void)unused;
	struct filter_words words;
	char word[PROMPT_SIZE];
	dialog_words(desk, &words);
	if (words.count == 0)
		return ACTION_NOTHING;
	size_t len = common(&words);
	(void)snprintf(word, sizeof(word), "%.*s%s", (int)len, words.at[0],
		       words.count == 1 ? " " : ""); /* names are short */
	prompt_replace(&desk->prompt, words.start, word);
	return apply(desk);
}

/* Keeps what was typed, unless it is empty or was typed last. */
static void remember(struct desk *desk)
{
	struct desk_history *history = history_of(desk);
	const char *text = desk->prompt.text;
	size_t n = history->count;
	if (!text[0] || (n > 0 && strcmp(history->at[n - 1], text) == 0))
		return;
	if (n == DESK_HISTORY) {
		memmove(history->at, history->at + 1,
			sizeof(history->at) - sizeof(history->at[0]));
		n--;
	}
	memcpy(history->at[n], text, desk->prompt.len + 1);
	history->count = n + 1;
}

unsigned dialog_history(struct desk *desk, int step)
{
	struct desk_history *history = history_of(desk);
	size_t at = history->shown + (size_t)step;
	if (at > history->count) /* before the first, too */
		return ACTION_NOTHING;
	history->shown = at;
	prompt_open(&desk->prompt, desk->prompt.label,
		    at < history->count ? history->at[at] : "");
	return apply(desk);
}

static bool write_to(struct desk *desk, const char *name)
{
	if (name[0])
		write_rows(desk, name);
	return true;
}

/* What was typed is used, if it can be; else it stands there until it can. */
static bool accepts(struct desk *desk, const char *text)
{
	static bool (*const takers[DESK_ASKS])(struct desk * desk,
					       const char *text) = {
		[DESK_ASK_FILE] = write_to,
		[DESK_ASK_SETTING] = setup_settings_take,
		[DESK_ASK_NAME] = setup_filters_take_name,
		[DESK_ASK_SAVED] = setup_filters_take_text,
		[DESK_ASK_RECORD] = tape_take_name,
		[DESK_ASK_MOMENT] = playkeys_take_moment,
	};
	return !takers[desk->asked] || takers[desk->asked](desk, text);
}

unsigned dialog_accept(struct desk *desk, int unused)
{
	(void)unused;
	if (desk->asked == DESK_ASK_FILTER && desk->mistake.text[0])
		return ACTION_DRAW; /* it stands there until it is right */
	remember(desk);
	if (accepts(desk, desk->prompt.text))
		desk_close(desk);
	return ACTION_DRAW;
}

unsigned dialog_cancel(struct desk *desk, int unused)
{
	(void)unused;
	desk->prompt.text[0] = '\0';
	desk->prompt.len = 0;
	unsigned redo = apply(desk);
	desk_close(desk);
	return redo;
}

unsigned dialog_tick(struct desk *desk, int unused)
{
	(void)unused;
	bool class = !desk->player && desk->asked == DESK_ASK_SEARCH &&
		     desk->prompt.text[0] == '%' &&
		     desk_place(desk)->view->kind == ROW_SYSCALL;
	return class ? action_tick_listed(desk) : dialog_type(desk);
}

unsigned dialog_quit(struct desk *desk, int unused)
{
	(void)unused;
	bool asked = desk->mode == DESK_QUESTION;
	if (!desk->command_runs || asked)
		return ACTION_QUIT;
	popup_open(&desk->popup, "Leave sctop", true);
	popup_add(&desk->popup, "The command is still running:", "");
	popup_add(&desk->popup, desk->command, "");
	popup_add(&desk->popup, "", "");
	popup_add(&desk->popup, "l    leave it running", "");
	if (!desk->readonly)
		popup_add(&desk->popup, "e    ask it to end", "");
	popup_add(&desk->popup, "Esc  stay here", "");
	desk->mode = DESK_QUESTION;
	return ACTION_DRAW;
}

unsigned dialog_end_command(struct desk *desk, int unused)
{
	(void)desk; /* the loop does it */
	(void)unused;
	return ACTION_QUIT | ACTION_END_COMMAND;
}

unsigned dialog_output(struct desk *desk, int unused)
{
	(void)unused;
	desk->mode = DESK_OUTPUT;
	desk->output_back = 0;
	return ACTION_DRAW;
}

unsigned dialog_output_scroll(struct desk *desk, int pages)
{
	long page = term_rows(desk->term) - 6;
	long last = (long)output_lines(desk->output) - 1;
	long back = desk->output_back + pages * (page > 1 ? page : 1);
	desk->output_back = back < 0 ? 0 : back > last ? last : back;
	return ACTION_DRAW;
}

unsigned dialog_to_command(struct desk *desk)
{
	char bytes[8];
	size_t len = keycode_bytes(desk->key, bytes);
	if (!desk->command_runs) {
		desk_say(desk, ROLE_MESSAGE,
			 "the command has ended; F9 goes back");
		return ACTION_DRAW;
	}
	if (desk->readonly) {
		desk_say(desk, ROLE_MESSAGE,
			 "started with --readonly: the command gets no keys");
		return ACTION_DRAW;
	}
	desk->output_back = 0;
	if (len > 0)
		desk->hooks->type(desk->hooks->self, bytes, len);
	return ACTION_DRAW;
}
