/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints a desk as lines that read well aloud, one after the other: no cursor
 * is moved and nothing is said by colour.  Nothing is printed but in answer to
 * a key: what it changed.
 */
#pragma once

#include "app/desk.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define LINES_TITLE_SIZE 2048

struct lines {
	FILE *file;
	char title[LINES_TITLE_SIZE]; /* what was open when last printed */
	const struct field *cell;     /* that the cursor was in */
	uint64_t outputs;             /* lines of COMMAND's that were printed */
};

/* All of it: title, header, what is open. */
void lines_print(struct lines *lines, struct desk *desk);

/* What the latest key has changed. */
void lines_tell(struct lines *lines, struct desk *desk);
