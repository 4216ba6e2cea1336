/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What keys do to a table: move, tick, drill, order, narrow.  Each action takes
 * the argument of its row in the table of keys and returns what must be redone.
 */
#pragma once

#include <stddef.h>

struct desk;
struct row;

enum action_redo {          /* bits */
	ACTION_NOTHING = 0, /* the key did nothing here */
	ACTION_DRAW = 1,
	ACTION_ROWS = 2,    /* list the rows anew, then draw */
	ACTION_REPAINT = 4, /* the whole terminal, whatever it shows */
	ACTION_SUSPEND = 8,
	ACTION_QUIT = 16,
	ACTION_END_COMMAND = 32, /* ask COMMAND to end */
};

unsigned action_move(struct desk *desk, int rows);
unsigned action_page(struct desk *desk, int half_pages);
unsigned action_edge(struct desk *desk, int end);
unsigned action_cell(struct desk *desk, int step); /* 0: back to the left */
unsigned action_tick(struct desk *desk, int unused);
unsigned action_open(struct desk *desk, int unused);
unsigned action_events(struct desk *desk, int unused);
unsigned action_back(struct desk *desk, int unused);
unsigned action_next_view(struct desk *desk, int step);
unsigned action_number(struct desk *desk, int unused);
unsigned action_next_match(struct desk *desk, int step);
unsigned action_sort_next(struct desk *desk, int step);
unsigned action_reverse(struct desk *desk, int unused);
unsigned action_tree(struct desk *desk, int unused);
unsigned action_group(struct desk *desk, int unused);
unsigned action_follow(struct desk *desk, int unused);
unsigned action_failed(struct desk *desk, int unused);
unsigned action_clear(struct desk *desk, int unused);
unsigned action_delay(struct desk *desk, int step);
unsigned action_request(struct desk *desk, int bits);

/* Sets the column rows are ordered by; the same again reverses. */
unsigned action_sort_by(struct desk *desk, const char *field);

/* What a place is called in the path: a process, a syscall, a file... */
void action_name_row(const struct desk *desk, const struct row *row, char *name,
		     size_t size);

/* Ticks what the list shows, or unticks it if all of it is ticked. */
unsigned action_tick_listed(struct desk *desk);
