/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows that were not printed, by syscall and cause. */
#pragma once

#include <stdint.h>

#include "bpf/event.h"

struct buf;
struct catalogue;
struct sink;

struct losses {
	struct catalogue *catalogue; /* borrowed */
	struct losses_of *of;        /* owned, by index of the syscall */
	uint32_t count;
	struct losses_of *rest; /* owned: what is not of a call */
	uint64_t total[EVENT_LOST_CAUSES];
};

void losses_init(struct losses *losses, struct catalogue *catalogue);
void losses_done(struct losses *losses);

/* Counts what EV, an EVENT_LOST, reports. */
void losses_add(struct losses *losses, const struct event_lost *ev);

/* A row, of a call or not, that arrived and fell out of the budget of what
 * waits. */
void losses_drop(struct losses *losses, const struct event *ev);

/* Hands an EVENT_LOST over for what was dropped since the last time. */
void losses_report(struct losses *losses, uint64_t now_ns,
		   const struct sink *to);

/*
 * "lost 5 rows: 5 with the ring buffer full (--ring-size); getppid 5" into BUF;
 * nothing if none is lost.
 */
void losses_print(const struct losses *losses, struct buf *buf);
