/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Names of bits and of enumerated values, from flags.tbl.  Values are literal,
 * so that text does not depend on the machine that built or replays it.
 *
 * A set is the names that one argument or field can have.  In a set of bits the
 * value is several names at once, joined by "|"; some of its names may be one
 * choice of a group of bits (O_RDWR of the two bits of the access mode).
 */
#pragma once

#include "abi/abi.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* FLAGS_OPEN and so on, in the order of flags.tbl. */
enum flags_set {
#include "abi/flags_sets.inc"
	FLAGS_COUNT,
};

/* The set of a name such as "open", -1 if there is none. */
int flags_by_name(const char *set_name);
const char *flags_set_name(enum flags_set set);

/* Whether a value of the set can be several names at once. */
bool flags_is_bits(enum flags_set set);

/* Whether all 64 bits of a value count. */
bool flags_is_wide(enum flags_set set);

/* The value as strace writes it: the names, then what has none in hexadecimal;
 * without any name the number and a comment.  Only the low 32 bits count unless
 * the set is wide. */
void flags_print(struct buf *buf, enum flags_set set, uint64_t value,
		 enum abi abi);

/* The same, but all 64 bits of the value count. */
void flags_print_whole(struct buf *buf, enum flags_set set, uint64_t value,
		       enum abi abi);

/* The name of exactly this value, or NULL. */
const char *flags_name(enum flags_set set, uint64_t value, enum abi abi);

/* The value of a name.  Returns 0 or -ENOENT. */
int flags_value(enum flags_set set, const char *name, enum abi abi,
		uint64_t *ret);

/* One name that a value is made of. */
struct flags_part {
	const char *name;
	const char *meaning; /* a phrase; "" where the table has none */
	uint64_t bits;       /* of the value: those that this name explains */
};

/* Goes through the names that VALUE is made of, in the order of printing.  Zero
 * or more parts; what is left in `rest` after the last has no name. */
struct flags_walk {
	enum flags_set set;
	enum abi abi;
	size_t next;    /* row to look at */
	uint64_t value; /* whole */
	uint64_t rest;  /* not explained yet */
	uint64_t taken; /* bits that a name explained, also those that are 0 */
};

void flags_walk_init(struct flags_walk *walk, enum flags_set set,
		     uint64_t value, enum abi abi);
bool flags_walk_next(struct flags_walk *walk, struct flags_part *ret);

/* All rows of a set in the table's order: false past the last.  A row that ABI
 * does not have is passed over with an empty name. */
bool flags_row(enum flags_set set, size_t index, enum abi abi,
	       struct flags_part *ret);
