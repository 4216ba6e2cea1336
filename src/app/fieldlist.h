/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Fields by name, as --fields and -S take them. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "model/model.h"

struct err;
struct field;

struct fieldlist {
	const struct field **list; /* owned */
	size_t count;
};

/* LIST is comma-separated, of fields that rows of KIND have; NULL: no fields.
 * -EINVAL with a sentence. */
int fieldlist_init(struct fieldlist *ret, const char *list, enum row_kind kind,
		   struct err *err);
/* Whether one of them is marked so: FIELD_*. */
bool fieldlist_has(const struct fieldlist *fields, unsigned kinds);
void fieldlist_done(struct fieldlist *fields);

/* The field of syscalls that orders a table; NAME NULL: *RET is NULL. */
int fieldlist_sort(const struct field **ret, const char *name, struct err *err);
