/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists of columns as text: "pid user? comm:20", field names in order.  Behind
 * a name stand the width, where it is not the field's own, and a ? or more: the
 * more, the sooner the column makes room.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "model/model.h"

struct buf;
struct err;
struct field;
struct view;

/* The field that has the lines of a tree before it, and columns for them. */
#define LAYOUT_TREE_FIELD  "comm"
#define LAYOUT_TREE_WIDTH  10
#define LAYOUT_ITEMS_LIMIT 64  /* fields of a kind of rows */
#define LAYOUT_WIDTH_LIMIT 200 /* terminal columns */
#define LAYOUT_RANK_LIMIT  8   /* ? behind a name */

/* What to lay out: the columns of a view, or those chosen for it instead. */
struct layout {
	const struct view *view;
	const char *chosen; /* a list that layout_check() accepts; NULL */
	bool tree;  /* names have room for the lines of a tree before them */
	bool hosts; /* rows are of several: each view tells which */
};

struct layout_item {
	const struct field *field;
	int width; /* 0: the field's own */
	int rank;  /* how many ? */
};

/* The columns that LIST names and rows of KIND have, each once; how many. */
size_t layout_parse(struct layout_item items[LAYOUT_ITEMS_LIMIT],
		    const char *list, enum row_kind kind);

/* The list that they are. */
void layout_print(struct buf *buf, const struct layout_item *items,
		  size_t count);

/* -EINVAL with a sentence, unless LIST names columns of VIEW, and only such. */
int layout_check(const struct view *view, const char *list, struct err *err);
