/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of bits and of enumerated values, from flags.tbl.  Values are literal,
 * so that text does not depend on the machine that built or replays it.
 */
#pragma once

#include "abi/abi.h"

#include <stdint.h>

struct buf;

enum flags_set {
	FLAGS_OPEN_ACCESS, /* the lowest two bits of open flags */
	FLAGS_OPEN,        /* the other ones */
	FLAGS_SIGNAL,
	FLAGS_COUNT,
};

/* The name of the one value, or NULL. */
const char *flags_name(enum flags_set set, uint64_t value, enum abi abi);

/* The value of a name on ABI, -1 if unknown. */
int64_t flags_value(enum flags_set set, const char *name, enum abi abi);

/* The names of all bits in VALUE that have one, each preceded by "|"; then the
 * other bits in hexadecimal, if any. */
void flags_print_more(struct buf *buf, enum flags_set set, uint64_t value,
		      enum abi abi);
