/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The capture filters in force, one short text each, for the header. */
#pragma once

#include "ui/frame.h"

#include <stdbool.h>
#include <stddef.h>

struct options;

#define CHIPS_LIMIT 12
#define CHIPS_SIZE  64

struct chips {
	char text[CHIPS_LIMIT][CHIPS_SIZE];
	struct frame_chip at[CHIPS_LIMIT];
	size_t count;
};

/* With IS_DECIDED the kernel side decides about all of --filter. */
void chips_of_options(struct chips *chips, const struct options *options,
		      bool is_decided);
void chips_add(struct chips *chips, enum frame_side side, const char *format,
	       ...) __attribute__((format(printf, 3, 4)));

/* WHAT and a text, which may be hostile; NULL: none. */
void chips_add_text(struct chips *chips, enum frame_side side, const char *what,
		    const char *typed);
