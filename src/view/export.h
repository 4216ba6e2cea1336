/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of a view, of any kind, as lines of a file. */
#pragma once

#include "model/model.h"

struct buf;
struct columns;

enum export_format {
	EXPORT_TEXT, /* columns as on the screen, nothing cut */
	EXPORT_CSV,  /* RFC 4180, numbers plain, times in ns */
	EXPORT_JSON, /* an object per line */
};

/* By how the file's NAME ends: .csv, .json or .jsonl, else text. */
enum export_format export_format_of(const char *name);

/* A line without its end: the titles or names of the columns; empty in JSON. */
void export_heading(struct buf *buf, enum export_format format,
		    const struct columns *columns);
void export_row(struct buf *buf, enum export_format format,
		const struct columns *columns, const struct model *model,
		const struct row *row);
