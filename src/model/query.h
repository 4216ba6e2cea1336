/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source rows -> scope -> text filter -> sort -> row list. */
#pragma once

#include "model/model.h"

struct field;

struct query {
	enum row_kind kind;
	uint64_t process; /* row id of a process: only its rows; 0: any */
	uint32_t syscall; /* index: only its rows; SYSCALL_NONE: any */
	const char *text; /* only rows in which some field contains it, case
			     ignored; or NULL */
	const struct field *sort; /* NULL: the order in which rows came */
	bool descending;
	uint64_t until_id; /* ROW_CALL: rows up to this identity (pause); 0: all
			    */
	size_t limit;      /* top N; 0: all */
};

struct query_result {
	struct row *rows; /* owned; query_done() */
	size_t count;     /* rows listed */
	size_t capacity;
	size_t matched; /* rows that passed, listed or not */
};

/* RESULT may be reused between runs; rows are borrowed until the next
 * model_put(). */
void query_run(const struct query *query, const struct model *model,
	       struct query_result *result);
void query_done(struct query_result *result);
