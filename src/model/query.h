/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source rows -> scope -> text filter -> sort -> row list. */
#pragma once

#include "model/model.h"

struct field;
struct filter;

/* Calls about something; zeros: any. */
struct query_within {
	uint64_t file;     /* row id of a file: what is about it */
	uint32_t error;    /* errno: what failed with it */
	uint64_t from_ns;  /* that took so long at least */
	uint64_t to_ns;    /* and less than that; 0: any duration */
	uint64_t after_ns; /* that ended behind that time */
	uint64_t until_ns; /* and not behind that; 0: at any time */
};

/* What the calls that ROW counted have in common. */
struct query_within query_within_row(const struct row *row);
bool query_is_within_same(const struct query_within *a,
			  const struct query_within *b);

struct query {
	enum row_kind kind;
	uint64_t process; /* row id of a process: only its rows; 0: any */
	uint32_t syscall; /* index: only its rows; SYSCALL_NONE: any */
	struct query_within within; /* ROW_CALL: only such calls */
	struct filter
		*filter;  /* only rows that pass it, of this kind; NULL: any
			   */
	const char *text; /* only rows in which some field contains it, case
			     ignored ("%file": of that class); or NULL */
	const struct field *const
		*match;     /* fields that TEXT is looked for in */
	size_t match_count; /* 0: every field of the kind; of calls those that
			       do not only explain */
	const struct field *sort; /* NULL: the order in which rows came */
	bool descending;          /* without sort: newest first */
	const struct field *then; /* a number: among equals the larger comes
				     first; or NULL */
	bool called;              /* ROW_SYSCALL: only those that were called */
	bool by_class;     /* ROW_SYSCALL: grouped, a ROW_CLASS row before each
			      class that has rows */
	bool failed;       /* ROW_CALL: only calls that returned an error */
	uint64_t until_id; /* ROW_CALL: rows up to this identity (pause); 0: all
			    */
	uint64_t since_id; /* ROW_CALL: the oldest LIMIT rows from this identity
			      on; 0: the newest LIMIT rows */
	size_t limit;      /* top N, headings not counted; 0: all */
};

struct query_result {
	struct row *rows; /* owned; query_done() */
	size_t count;     /* rows listed */
	size_t capacity;
	size_t matched; /* rows that passed, listed or not; of ROW_CALL without
			   sort: as far as was looked */
};

/*
 * RESULT may be reused between runs (zeroed at first); its rows are borrowed
 * until the next model_put().  ROW_CALL without a sort looks only at as many
 * calls as it takes to find LIMIT rows.
 */
void query_run(const struct query *query, const struct model *model,
	       struct query_result *result);
void query_done(struct query_result *result);

/* Whether ROW passes scope and text. */
bool query_matches(const struct query *query, const struct model *model,
		   const struct row *row);
