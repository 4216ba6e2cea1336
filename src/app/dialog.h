/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What keys do to whatever is open over the table, and what opens it. */
#pragma once

#include "app/desk.h"

#include <stdbool.h>
#include <stddef.h>

struct filter_words;
struct popup;

unsigned dialog_help(struct desk *desk, int unused);
unsigned dialog_explain(struct desk *desk, int unused);
unsigned dialog_detail(struct desk *desk, int unused);
unsigned dialog_scroll(struct desk *desk, int rows);
unsigned dialog_scroll_page(struct desk *desk, int half_pages);
unsigned dialog_scroll_edge(struct desk *desk, int end);
bool dialog_is_of_row(const struct desk *desk); /* the page that is open */
unsigned dialog_next_row(struct desk *desk, int step);
unsigned dialog_close(struct desk *desk, int unused);

/* Opens a list; add its items.  CHOOSE takes the one that is picked. */
struct popup *dialog_open_list(struct desk *desk, const char *title,
			       unsigned (*choose)(struct desk *desk,
						  size_t chosen));
unsigned dialog_pick_view(struct desk *desk, int unused);
unsigned dialog_pick_sort(struct desk *desk, int unused);
unsigned dialog_list_move(struct desk *desk, int step);
unsigned dialog_list_choose(struct desk *desk, int unused);

unsigned dialog_search(struct desk *desk, int unused);
unsigned dialog_filter(struct desk *desk, int unused);
unsigned dialog_write(struct desk *desk, int unused);
/* Opens the line in which something is typed; TEXT stands there. */
unsigned dialog_ask(struct desk *desk, enum desk_asked asked, const char *text);
unsigned dialog_accept(struct desk *desk, int unused);
unsigned dialog_cancel(struct desk *desk, int unused);
unsigned dialog_complete(struct desk *desk, int unused);
unsigned dialog_history(struct desk *desk, int step);
/* What may stand where the cursor of a filter is. */
void dialog_words(const struct desk *desk, struct filter_words *ret);
unsigned dialog_tick(struct desk *desk, int unused);
unsigned dialog_type(struct desk *desk); /* any other key of a prompt */

unsigned dialog_quit(struct desk *desk, int unused);
unsigned dialog_end_command(struct desk *desk, int unused);

unsigned dialog_output(struct desk *desk, int unused);
unsigned dialog_output_scroll(struct desk *desk, int pages);
unsigned dialog_to_command(struct desk *desk); /* any other key there */
