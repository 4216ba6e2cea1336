/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows that were tagged, by their identity. */
#pragma once

#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>

#define TAGS_LIMIT 1000

struct tags {
	struct tag {
		enum row_kind kind;
		uint64_t id;
	} at[TAGS_LIMIT]; /* sorted */
	size_t count;
};

bool tags_has(const struct tags *tags, const struct row *row);
size_t tags_count(const struct tags *tags, enum row_kind kind);

/* Tags the row, or no longer.  False: there is no room for more. */
bool tags_toggle(struct tags *tags, const struct row *row);

/* Drops those of KIND whose rows have gone. */
void tags_prune(struct tags *tags, const struct model *model,
		enum row_kind kind);
