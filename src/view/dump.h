/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows and tables without a screen: strace-shaped text, JSON lines, CSV, the -c
 * summary. */
#pragma once

#include "abi/decode.h"
#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;
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
	bool duration; /* -T */
	bool stacks;   /* -k */
	bool hosts;    /* there are several: which one is told */
	const struct field *const *fields; /* --fields; NULL: the usual ones */
	size_t field_count;
};

/*
 * One line without its newline: "TID name(args) = result", with the fields, if
 * any, before it.  A remark (abi/remark.h) makes as many lines as it has, with
 * a newline between two; another event none.
 */
void dump_text(struct buf *buf, const struct model *model,
	       const struct event *ev, const struct dump_options *options);

/* One object, of any kind of event; nothing for EVENT_TICK and for task events
 * other than EVENT_EXEC and EVENT_EXIT. */
void dump_json(struct buf *buf, const struct model *model,
	       const struct event *ev, const struct dump_options *options);

/* One record without its line end.  Numbers are plain, times in ns. */
void dump_csv_heading(struct buf *buf, const struct dump_options *options);
void dump_csv(struct buf *buf, const struct model *model,
	      const struct event_call *ev, const struct dump_options *options);

/*
 * The -c table of the syscalls that were made, by SORT (NULL: by time; numbers
 * from the greatest), then their total: as many lines as WRITE is called for,
 * each with its newline.
 */
void dump_summary(const struct model *model, const struct dump_options *options,
		  const struct field *sort,
		  void (*write)(void *self, const char *line), void *self);
