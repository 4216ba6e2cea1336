/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A text to scroll in: headings, labelled lines, long lines wrapped. */
#pragma once

#include "ui/area.h"
#include "ui/draw.h"

#include <stdbool.h>
#include <stddef.h>

struct term;

struct pager_line {
	char *label; /* owned; "" for none */
	char *text;  /* owned, escaped */
	enum role role;
	bool heading;
};

struct pager {
	char *title; /* owned */
	struct pager_line *lines;
	size_t count, capacity;
	size_t top;      /* first drawn row, counted after wrapping */
	int label_width; /* columns */
};

void pager_init(struct pager *pager, const char *title);
void pager_done(struct pager *pager);
void pager_heading(struct pager *pager, const char *text);
void pager_add(struct pager *pager, const char *label, enum role role,
	       const char *text);
void pager_scroll(struct pager *pager, long rows); /* drawing clamps it */
void pager_draw(struct term *term, const struct area *area,
		struct pager *pager);
