/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines of strace's text as they come from a file or a pipe. */
#pragma once

#include "feed/strace_line.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct input;

#define STRACE_LINE_LIMIT 65536u /* bytes; a longer line is not read */

/* The first line that surely is strace's; waits for a pipe until that is clear.
 * False: this is no such text. */
bool strace_input_probe(struct input *input, struct strace_line *ret);

enum strace_got {
	STRACE_GOT_LINE,
	STRACE_GOT_NOTHING, /* yet */
	STRACE_GOT_END,
};

/* The next line at input_bytes(): its length without its end.  Not whole: this
 * is a part of one that is too long. */
enum strace_got strace_input_next(struct input *input, size_t *ret_len,
				  bool *ret_whole);

/* Goes behind that line. */
void strace_input_skip(struct input *input, size_t len, bool whole);

/* The latest time of a line from BEGIN on, where the first line is FIRST. */
uint64_t strace_input_last_ns(struct input *input, uint64_t begin,
			      const struct strace_line *first);
