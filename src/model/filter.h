/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The language of filters: comparisons of fields, joined by and, or, not; and
 * texts to look for.
 *
 *   FILTER := AND {("||" | "or") AND}
 *   AND    := NOT {["&&" | "and"] NOT}
 *   NOT    := ("!" | "not") NOT | "(" FILTER ")" | TEST
 *   TEST   := FIELD ("==" | "=" | "!=" | "<" | "<=" | ">" | ">=") VALUE
 *           | FIELD ("~" | "!~") GLOB     without * ? [ anywhere in the text
 *           | FIELD "=~" REGEX            POSIX extended, anywhere in the text
 *           | FIELD "in" "(" VALUE {"," VALUE} ")"
 *           | FIELD                       one that is on or off
 *           | "%" CLASS                   or how it begins
 *           | TEXT                        in any field, case ignored
 *
 * Texts may be quoted, with " or ', \ before a quote.  A comparison with a
 * value that is unknown does not hold; its opposite does.
 */
#pragma once

#include "model/field.h"

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct catalogue;
struct err;

#define FILTER_NODES 128 /* of one filter */

enum filter_op {
	FILTER_AND, /* left, right */
	FILTER_OR,  /* left, right */
	FILTER_NOT, /* left */
	FILTER_IS,  /* FIELD is VALUE, or TEXT where it is one */
	FILTER_LESS,
	FILTER_AT_MOST,
	FILTER_MORE,
	FILTER_AT_LEAST,
	FILTER_GLOB,
	FILTER_CONTAINS, /* TEXT is in FIELD, case counts */
	FILTER_REGEX,
	FILTER_CLASS, /* the class of the call begins with TEXT */
	FILTER_TEXT,  /* TEXT is in any field, case ignored */
	FILTER_OPS,
};

/* What a text is looked for in.  A text field that syscalls have too is the
 * same for every call of a syscall: looked at once for each. */
struct filter_text {
	const struct field **per_row;
	const struct field **per_syscall;
	size_t row_count, syscall_count;
	uint8_t *verdicts; /* by index of the syscall; 0: not looked at yet */
	uint32_t verdict_count;
};

struct filter_node {
	enum filter_op op;
	const struct filter_node *left, *right;
	const struct field *field;
	const char *name; /* of FIELD, as it was typed */
	struct value
		value; /* of a TIME or DATE with is_clock: ns since midnight
			*/
	bool is_clock;
	char *text;
	regex_t *regex;
	struct filter_text *anywhere; /* FILTER_TEXT */
};

struct filter {
	enum row_kind kind;
	const struct filter_node *root; /* NULL: everything passes */
	struct filter_node nodes[FILTER_NODES];
	size_t count;
};

/*
 * Understands TEXT, a filter of rows of KIND; the caller's.  NULL with a
 * sentence in ERR, and in RET_COLUMN how many bytes stand before what is wrong.
 * CAT has the names of calls; borrowed until filter_free().
 */
struct filter *filter_parse(const char *text, enum row_kind kind,
			    const struct catalogue *cat, size_t *ret_column,
			    struct err *err);
void filter_free(struct filter *filter);

/* One that looks for TEXT in the fields of MATCH, of COUNT; 0: in every field
 * of the kind, of calls those that do not only explain.  "%file" is a class. */
struct filter *filter_of_text(const char *text, enum row_kind kind,
			      const struct field *const *match, size_t count);

/* Whether ROW, of the filter's kind, passes.  FILTER remembers what it found
 * out about calls. */
bool filter_matches(struct filter *filter, const struct model *model,
		    const struct row *row, struct field_scratch *scratch);

/* The same of one test, a node without others below it. */
bool filter_holds(const struct filter_node *node, const struct model *model,
		  const struct row *row, struct field_scratch *scratch);

#define FILTER_WORDS 512 /* more than there are calls */

/* What may stand where a filter is being typed. */
struct filter_words {
	const char *at[FILTER_WORDS]; /* borrowed from tables and catalogue */
	size_t count;
	size_t start; /* bytes of the text before the word */
};

/* The words that go on from what stands before byte AT of TEXT: fields, behind
 * % classes, behind an operator values of a field whose values have names. */
void filter_complete(struct filter_words *ret, const char *text, size_t at,
		     enum row_kind kind, const struct catalogue *cat);

/*
 * A test that rows whose FIELD is VALUE pass; without INCLUDE, that others do.
 * Of an amount or a time: from VALUE on, or below it.  A long text is told by
 * how it begins.
 */
void filter_print_test(struct buf *to, const struct field *field,
		       const struct value *value, bool include);
