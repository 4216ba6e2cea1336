/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows under a line of column titles.  The cursor stays on its row's identity
 * wherever that row moves; when the row is gone it stays at its place.
 * Rows of kind ROW_CLASS are headings between the others.
 */
#pragma once

#include "model/model.h"
#include "ui/area.h"
#include "view/columns.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct layout;
struct tags;
struct term;
struct tree_branch;

#define TABLE_SHIFT_LIMIT 8192 /* no cell is wider */

struct table {
	enum row_kind kind; /* of the row under the cursor */
	uint64_t id;
	bool placed;              /* kind and id are set */
	size_t cursor;            /* index of that row in the latest list */
	size_t top;               /* index of the first row drawn */
	int height;               /* rows that fit, as of the latest drawing */
	int shift;                /* columns moved sideways */
	const struct field *cell; /* the column that the cursor is in; NULL: it
				     is on the row as a whole */
	bool follow;              /* the cursor stays on the last row */
	bool pinned;   /* moved by the user; until then it stays at the top */
	bool anchored; /* a list that grows at its ends: keep the screen line */
};

/* What to draw; all borrowed. */
struct table_content {
	const struct model *model;
	const struct layout *layout;
	const struct row *rows;
	size_t count;
	const struct tree_branch *branches; /* of the rows; NULL: no tree */
	const struct field *sort;           /* NULL: as rows come */
	bool descending;
	unsigned mark; /* in a strip over time: so many characters before its
			  end; 0: none */
	const struct tags *tags;
	const char *empty; /* said where there is no row */
};

/* Finds the cursor's row in a new list. */
void table_place(struct table *table, const struct row *rows, size_t count);

void table_move(struct table *table, const struct row *rows, size_t count,
		long delta);
void table_move_to(struct table *table, const struct row *rows, size_t count,
		   size_t index);

/* The row under the cursor, or NULL. */
const struct row *table_row(const struct table *table, const struct row *rows,
			    size_t count);

/* The rest of AREA beside the marks of tagged rows of KIND, if there are any.
 */
struct area table_beside_tags(const struct area *area, const struct tags *tags,
			      enum row_kind kind);

/* AREA's first line gets the titles. */
void table_draw(struct term *term, const struct area *area, struct table *table,
		const struct table_content *content);

/* Moves the cursor to the cell STEP columns on, on a screen of COLS columns;
 * behind the last one further columns come into sight. */
void table_move_cell(struct table *table, const struct layout *layout, int cols,
		     int step);

/* The field whose title is at column X of AREA, or NULL. */
const struct field *table_field_at(const struct area *area,
				   const struct table *table,
				   const struct layout *layout, int x);
