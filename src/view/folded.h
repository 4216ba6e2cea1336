/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Folded stacks, as flame graphs are made of (Brendan Gregg's stackcollapse
 * scripts write them, his flamegraph.pl, inferno and speedscope read them): a
 * line is a stack, its frames parted by semicolons, a blank and a weight.  The
 * outermost frame is the process, the innermost the call.  Functions of these
 * serve as struct foreign_format.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct event;
struct foreign_config;

enum folded_variant {
	FOLDED_TIME,  /* nanoseconds in the kernel */
	FOLDED_CALLS, /* how many */
	FOLDED_FILES, /* nanoseconds, the innermost frame is the file */
};

void *folded_new(const struct foreign_config *config, unsigned variant);
void folded_free(void *self);
void folded_put(void *self, struct buf *buf, const struct event *ev);
bool folded_end(void *self, struct buf *buf);
uint64_t folded_rest(const void *self);
