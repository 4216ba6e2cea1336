/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The capture filters in force, one short text each, for the header. */
#pragma once

#include <stddef.h>

struct options;

#define CHIPS_LIMIT 12
#define CHIPS_SIZE  64

struct chips {
	char text[CHIPS_LIMIT][CHIPS_SIZE];
	const char *at[CHIPS_LIMIT];
	size_t count;
};

void chips_of_options(struct chips *chips, const struct options *options);
void chips_add(struct chips *chips, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
