/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A terminal of 120x40 that is looked at by a program: what was written to it,
 * as far as curses does that for TERM=xterm in ASCII, and what is in reverse.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define VT_ROWS   40
#define VT_COLS   120
#define VT_PARAMS 8

struct vt {
	char text[VT_ROWS][VT_COLS + 1];
	bool reversed[VT_ROWS][VT_COLS];
	int y, x, top, bottom; /* of what scrolls */
	bool reverse;
	char last; /* what REP repeats */
	enum {
		VT_PLAIN,
		VT_ESCAPE,
		VT_CHARSET,
		VT_CSI
	} state;
	int params[VT_PARAMS];
	int count;
	bool is_private;
};

void vt_init(struct vt *vt);
void vt_write(struct vt *vt, const char *bytes, size_t len);

bool vt_has(const struct vt *vt, const char *text);

/* The first row that is in reverse from the left edge, from row FIRST on; -1:
 * none. */
int vt_bar(const struct vt *vt, int first);
