/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What surrounds the body: summary, what is in force, tabs, a hint about the
 * row under the cursor, and the keys that work here.
 */
#pragma once

#include "bpf/event.h"
#include "ui/area.h"
#include "ui/draw.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct model_summary;
struct spark;
struct term;

/* Which line holds what on a screen of some height; -1: no room for it. */
struct frame {
	int summary, chips, sparks, tabs, scrub, hint, footer;
	struct area body;
};

/* Who decides about a filter in force. */
enum frame_side {
	FRAME_NOBODY, /* it is no filter: a command, a state */
	FRAME_KERNEL,
	FRAME_BOTH,
	FRAME_SCREEN,
	FRAME_SIDES,
};

struct frame_chip {
	const char *text;
	enum frame_side side; /* those of a side stand side by side */
	bool alarm;           /* something is not as it usually is: paused */
};

struct frame_tab {
	const char *title;
	bool on;
	bool brief; /* its number alone, to make room */
};

struct frame_key {
	const char *key;
	const char *label;
};

/* With HINT that line is wanted even where rows are few; SCRUB: there is a
 * recording. */
void frame_layout(struct frame *frame, int rows, int cols, bool hint,
		  bool scrub);

/* Why a row was lost, in two words. */
const char *frame_cause(enum event_lost_cause cause);

/* "lost: buffer full": returns how many rows. */
uint64_t frame_print_lost(struct buf *text,
			  const struct model_summary *summary);
void frame_print_cost(struct buf *buf, const struct model_summary *summary);

/* Summary, cost and chips. */
void frame_draw_header(struct term *term, const struct frame *frame,
		       const struct model_summary *summary,
		       const struct frame_chip *chips, size_t count);
void frame_draw_sparks(struct term *term, int y, const struct spark *sparks,
		       size_t count); /* as many as fit */
void frame_draw_tabs(struct term *term, int y, const struct frame_tab *tabs,
		     size_t count, const char *path);

/* TEXT is escaped; NAME stands out before it. */
void frame_draw_hint(struct term *term, int y, const char *name,
		     const char *text);
void frame_draw_message(struct term *term, int y, enum role role,
			const char *text);
void frame_draw_footer(struct term *term, int y, const struct frame_key *keys,
		       size_t count);
void frame_draw_too_small(struct term *term);

/* The key whose label is at column X of the footer; COUNT if none. */
size_t frame_key_at(const struct term *term, const struct frame_key *keys,
		    size_t count, int x);
int frame_tabs_width(const struct frame_tab *tabs, size_t count);
/* The tab at column X; COUNT if none. */
size_t frame_tab_at(const struct frame_tab *tabs, size_t count, int x);
