/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How the rates of classes went, up to the time that is shown. */
#pragma once

#include "abi/syscall.h"

#include <stddef.h>
#include <stdint.h>

struct model;

#define SPARK_WIDTH 12 /* intervals */

struct spark {
	enum syscall_class class;
	uint64_t calls; /* in the last minute, or as far as is remembered */
	double per_s;   /* in the latest interval */
	/* FIELD_HEIGHTS, newest last; the highest is the class's own highest
	 * rate among these. */
	char heights[SPARK_WIDTH + 1];
};

/* The classes that had calls in the last minute, busiest first; how many. */
size_t spark_list(const struct model *model, struct spark sparks[CLASS_COUNT]);
