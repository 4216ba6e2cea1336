/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of themes: what each role looks like.  For src/ui only; others name
 * a theme. */
#pragma once

#include "ui/draw.h"

#include <curses.h>
#include <stdbool.h>
#include <stddef.h>

#define THEME_NONE (-1) /* the terminal's own colour */

struct theme {
	const char *name;
	const char *help; /* one line, no full stop */
	bool has_color;
	struct {
		short fg, bg; /* COLOR_*, THEME_NONE */
		attr_t attr;  /* beside the colours */
	} looks[ROLE_COUNT];
};

/* By name; NULL: none is called so. */
const struct theme *theme_by_name(const char *name);

/* What a role looks like where there are no colours. */
attr_t theme_mono(enum role role);
