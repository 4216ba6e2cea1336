/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/modeltext.h"

#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "model/query.h"

/* Rows of KIND with the fields of LIST, a line each. */
static void print_rows(struct buf *buf, const struct model *model,
		       enum row_kind kind, const char *const *fields)
{
	const struct query query = {
		.kind = kind,
		.syscall = SYSCALL_NONE,
		.sort = field_of_kind(kind, fields[0]),
		.limit = 1000,
	};
	struct query_result result = {0};
	struct field_scratch scratch;
	query_run(&query, model, &result);
	for (size_t i = 0; i < result.count; i++) {
		for (size_t f = 0; fields[f]; f++) {
			const struct field *field =
				field_of_kind(kind, fields[f]);
			struct value value = field_get(
				field, model, &result.rows[i], &scratch);
			field_print_exact(buf, field, &value);
			buf_putc(buf, ' ');
		}
		buf_putc(buf, '\n');
	}
	query_done(&result);
}

void modeltext_print(struct buf *buf, const struct model *model)
{
	static const char *const processes[] = {"pid",    "comm",    "ppid",
						"uid",    "calls",   "errors",
						"status", "cmdline", NULL};
	static const char *const calls[] = {
		"syscall", "calls", "errors", "time", "p99", "max", NULL};
	print_rows(buf, model, ROW_PROCESS, processes);
	print_rows(buf, model, ROW_SYSCALL, calls);
}
