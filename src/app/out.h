/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The writer of batch output: collects lines and writes them in large pieces,
 * without getting stuck in a reader that is slow.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* A line that is longer is cut: a row's payload as JSON takes less, each byte
 * as six characters and in hex, but what it has once may be shown often. */
#define OUT_LINE_LIMIT ((size_t)64 << 10)

struct out {
	int fd;       /* borrowed */
	bool is_pipe; /* takes PIPE_BUF bytes without waiting when it is ready
		       */
	char *data;   /* owned */
	size_t len;   /* bytes collected */
	size_t sent;  /* of these, written */
};

void out_init(struct out *out, int fd);
void out_done(struct out *out);

/* Whether a line can be added now. */
bool out_has_room(const struct out *out);

/* Room for a line; out_has_room() holds.  out_commit() when it is complete,
 * with its newline, which it gets if it was cut. */
void out_begin(struct out *out, struct buf *line);
void out_commit(struct out *out, const struct buf *line);

/*
 * Writes what is collected.  0: all of it; -EAGAIN: the reader is slow;
 * otherwise why it cannot be written (-EPIPE: nobody reads any more).
 */
int out_flush(struct out *out);
