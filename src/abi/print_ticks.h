/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Time in hundredths of a second, as the kernel tells it to programs. */
#pragma once

#include <stdint.h>

struct buf;

/* Writes 27 and, as a comment, 0.27 s. */
void print_ticks_text(struct buf *buf, uint64_t ticks);
