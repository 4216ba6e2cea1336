/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A moment of a recording as people type it. */
#pragma once

#include <stdint.h>

struct err;

struct moment_span {
	uint64_t first_ns, last_ns; /* of the recording, monotonic */
	uint64_t at_ns;             /* where one is */
	uint64_t wall_offset_ns;
};

/*
 * "12:03", "12:03:04.5": that time of day, on the day where one is or the one
 * next to it; "+5s", "-1.5m": so much later or earlier, up to the ends; "50%":
 * of all of it.  -EINVAL: none of these, or not in the recording.
 */
int moment_parse(uint64_t *ret_ns, const char *text,
		 const struct moment_span *span, struct err *err);
