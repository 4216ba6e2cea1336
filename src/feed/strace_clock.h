/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time of each line of strace's text, monotonic. */
#pragma once

#include "feed/strace_line.h"

#include <stdbool.h>
#include <stdint.h>

#define STRACE_BEGIN_NS 1000000000u /* of the first line */

struct strace_clock {
	enum strace_stamp stamp; /* of the lines */
	uint64_t first_ns;       /* stamp of the first line */
	uint64_t days;           /* that went by since, with -t */
	uint64_t before_ns;      /* stamp of the line before */
	uint64_t now_ns;
	bool has_begun;
};

void strace_clock_take(struct strace_clock *clock,
		       const struct strace_line *line);

/* What to add for Unix time. */
uint64_t strace_clock_offset(const struct strace_clock *clock);
