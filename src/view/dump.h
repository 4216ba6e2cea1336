/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows and tables without a screen: strace-shaped text, JSON lines, CSV, the -c
 * summary. */
#pragma once

#include "abi/decode.h"
#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct field;

enum dump_stamp { /* -t, -tt, -ttt */
	DUMP_STAMP_NONE,
	DUMP_STAMP_SECONDS,
	DUMP_STAMP_MICRO,
	DUMP_STAMP_EPOCH,
};

struct dump_options {
	struct decode_options decode;
	enum dump_stamp stamp;
	bool duration;                     /* -T */
	const struct field *const *fields; /* --fields */
	size_t field_count;
	uint64_t wall_offset_ns; /* monotonic -> Unix time */
};

/* One line without its newline: "TID name(args) = result". */
void dump_text(struct buf *buf, const struct model *model,
	       const struct event_call *ev, const struct dump_options *options);
void dump_json(struct buf *buf, const struct model *model,
	       const struct event *ev, const struct dump_options *options);
void dump_csv_heading(struct buf *buf, const struct dump_options *options);
void dump_csv(struct buf *buf, const struct model *model,
	      const struct event_call *ev, const struct dump_options *options);

/* The -c table: as many lines as WRITE is called for, each with its newline. */
void dump_summary(const struct model *model, const struct field *sort,
		  void (*write)(void *self, const char *line), void *self);
