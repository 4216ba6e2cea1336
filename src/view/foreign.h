/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was traced in the formats of other tools.  A format gets every event of
 * a run, after the model has it (calls: before), and answers with text, which
 * it may also keep back until the end, within a budget.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct dump_options;
struct event;
struct foreign;
struct model;

/* What one answer takes at most; a format never has it cut. */
#define FOREIGN_ROOM ((size_t)64 << 10)

struct foreign_config {
	const struct model *model;          /* borrowed */
	const struct dump_options *options; /* borrowed */
	size_t bytes;                       /* for what is kept until the end */
};

struct foreign_format {
	const char *name;
	const char *help; /* one sentence without full stop */
	/* Returns what the functions below get. */
	void *(*new)(const struct foreign_config *config, unsigned variant);
	void (*free)(void *self);
	void (*begin)(void *self, struct buf *buf); /* or NULL */
	void (*put)(void *self, struct buf *buf, const struct event *ev);
	/* The next part of the end; false: there is none. */
	bool (*end)(void *self, struct buf *buf);
	/* Calls that had no place of their own; or NULL. */
	uint64_t (*folded)(const void *self);
	unsigned variant;
};

/* The formats in order; NULL behind the last. */
const struct foreign_format *foreign_at(size_t i);

/* NAME is that of a format. */
struct foreign *foreign_new(const char *name,
			    const struct foreign_config *config);
void foreign_free(struct foreign *foreign);

/* Each adds whole lines to BUF, or nothing; FOREIGN_ROOM is enough for them. */
void foreign_begin(struct foreign *foreign, struct buf *buf);
void foreign_put(struct foreign *foreign, struct buf *buf,
		 const struct event *ev);
bool foreign_end(struct foreign *foreign, struct buf *buf); /* again if true */

/* How many calls were added to a common line for want of room. */
uint64_t foreign_folded(const struct foreign *foreign);
