/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the machine-readable formats share. */
#pragma once

#include "view/dump.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct syscall;
struct value;

const struct syscall *dump_row_syscall(const struct model *model, uint32_t nr,
				       bool compat);

/* The next field of a row after *I, which begins at 0: of those asked for, or
 * of the usual ones.  NULL at the end. */
const struct field *dump_row_field(const struct dump_options *options,
				   size_t *i);

/* What a remark has in common with a call, for the fields that it has too. */
void dump_row_of_remark(struct event_call *ret, const struct model *model,
			const struct event *ev);

/* A known value that is not text, for programs. */
void dump_row_number(struct buf *buf, const struct field *field,
		     const struct value *value);

/* A field of CSV: with a comma, a quote or a line end in it, it is quoted (RFC
 * 4180). */
void dump_row_quoted(struct buf *buf, const char *text);
