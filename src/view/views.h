/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of views: each is data; no drawing code knows any of them. */
#pragma once

#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>

struct view {
	const char *name;  /* "syscalls" */
	const char *title; /* "Syscalls" */
	enum row_kind kind;
	const char *columns; /* field names, space-separated, in order; the more
				? behind one, the sooner it makes room */
	const char *sort;    /* field name; leading '-': descending; "": as rows
				come */
	const char *drill; /* view that Enter leads to, within the row's scope;
			      "detail": the detail pane; "" */
	const char *help;  /* one sentence: what it answers */
	bool tab; /* reached by Tab and digits; else only by drilling */
	const char *empty; /* shown when there is no row: why, and what to do */
	bool called;       /* of syscalls only those that were called */
	const char *needs; /* rows are made of calls that are traced, above all
			      of these, space-separated; NULL: they are not */
};

size_t views_count(void);
const struct view *views_at(size_t i);
const struct view *views_by_name(const char *name); /* NULL */
