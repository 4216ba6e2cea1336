/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which columns of a view fit a width, and their text. */
#pragma once

#include "model/field.h"

#include <stdbool.h>
#include <stddef.h>

struct layout;

#define COLUMNS_LIMIT 64 /* no view has more: LAYOUT_ITEMS_LIMIT */

struct columns {
	size_t count;
	struct {
		const struct field *field;
		int width;  /* terminal columns, at least 1 */
		bool right; /* right-aligned: numbers */
	} at[COLUMNS_LIMIT];
};

/*
 * Lays out the columns for WIDTH terminal columns, a blank between columns.
 * Those that do not fit are left out as their ranks say, then from the right;
 * one always stays.  Names give way before a column does.  Where there is room
 * to spare, fields follow that a view does not name; not if columns were
 * chosen.
 */
void columns_layout(struct columns *columns, const struct layout *layout,
		    int width);

/* All that are chosen or that the view names, as wide as they want to be. */
void columns_all(struct columns *columns, const struct layout *layout);

/* The cell's text, padded or cut (with "~" or an ellipsis) to exactly its width
 * in terminal columns.  With ASCII, other characters are spelt. */
struct buf;
void columns_cell(struct buf *buf, const struct columns *columns, size_t i,
		  const struct value *value, bool ascii);

/* A text of glyphs, drawn in exactly WIDTH columns. */
void columns_strip(struct buf *buf, const struct value *value, int width,
		   bool ascii);

/* The same of clean TEXT, such as a column's title. */
void columns_fit(struct buf *buf, const char *text, int width, bool right,
		 bool ascii);
