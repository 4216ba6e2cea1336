/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files that make a filter share; for those of this folder only. */
#pragma once

#include "model/filter.h"

#define ERRNO_MAX 4095 /* MAX_ERRNO, include/linux/err.h */

struct catalogue;
struct err;

/*
 * Puts into NODE what TEXT means for NODE's field: 10ms, 64K, 12.5, -ENOENT,
 * 12:30:05, on, or the text itself (borrowed by NODE's value).  EXACT: it is
 * compared as a whole, so that a name that nothing has is a mistake.
 * -EINVAL with a sentence.
 */
int filter_value(struct filter_node *node, const char *text, bool exact,
		 const struct catalogue *cat, struct err *err);

/* Makes NODE look for its text in the fields of MATCH, or in those of KIND. */
void filter_look_anywhere(struct filter_node *node, enum row_kind kind,
			  const struct field *const *match, size_t count);
