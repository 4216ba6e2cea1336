/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events that wait to be printed: a queue within a byte budget, so that the
 * kernel's ring buffer can be drained while lines are being formatted.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct event;

/* A record lies in one piece; those before the end may have wrapped around. */
struct fifo {
	unsigned char *data; /* owned, aligned to 8 */
	size_t size;
	size_t head; /* offset of the oldest record */
	size_t tail; /* offset behind the newest; == head: empty */
	size_t end;  /* tail < head: where the records at the back end */
};

void fifo_init(struct fifo *fifo, size_t budget_bytes);
void fifo_done(struct fifo *fifo);

/* Copies EV, whose size is a multiple of 8; false if it does not fit now. */
bool fifo_put(struct fifo *fifo, const struct event *ev);

/* The oldest, until fifo_pop(); NULL when empty. */
const struct event *fifo_peek(const struct fifo *fifo);
void fifo_pop(struct fifo *fifo);
