/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of fields: each datum that can be shown, sorted, filtered, put
 * into CSV or JSON, or explained in help is declared here once.
 */
#pragma once

#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum field_unit {
	UNIT_COUNT, /* unsigned integer */
	UNIT_RATE,  /* per second */
	UNIT_NS,    /* duration */
	UNIT_TIME,  /* point of time, Unix epoch, ns: shown as a clock */
	UNIT_DATE,  /* the same, shown with its day */
	UNIT_BYTES,
	UNIT_PERCENT,
	UNIT_ID,  /* number without grouping; an unknown PID is - */
	UNIT_INT, /* signed */
	UNIT_TEXT,
	UNIT_ARGS, /* text; in JSON an array of a call's arguments */
	UNIT_TICK, /* on or off */
};

/* What the characters of a text stand for, and how they are drawn. */
enum field_glyphs {
	FIELD_LETTERS,
	FIELD_HEIGHTS, /* " .:-=+*%@": the higher, the more */
	FIELD_SHADES,  /* " .:*#": the darker, the more; what is cut is the
			  left */
	FIELD_BAR,     /* "###" */
};

/* Of FIELD_HEIGHTS the one for AMOUNT, where the highest stands for MOST. */
char field_latency_height(double amount, double most);

struct value {
	bool known; /* false: shown as "-", null in JSON, sorts last */
	bool bound; /* an upper bound: shown as "<= " */
	bool least; /* a lower bound: shown as "> " */
	bool clean; /* TEXT that is escaped already */
	bool more;  /* TICK: and stacks are taken: shown as [k] */
	enum field_glyphs glyphs; /* of a clean TEXT */
	union {
		uint64_t u; /* COUNT NS TIME DATE BYTES ID TICK */
		int64_t i;  /* INT */
		double f;   /* RATE PERCENT */
	};
	const char *text; /* TEXT, ARGS: borrowed until the next model_put(), or
			     in the caller's scratch; hostile unless clean */
};

/* Room for a getter that must build text. */
struct field_scratch {
	char text[16384]; /* every byte of a row's payload as \ooo, and more */
};

/* In kinds: CSV and JSON have it unless --fields says otherwise. */
#define FIELD_USUAL (1u << 31)

/* In kinds: says what a row means, not what it is; a text is not looked for in
 * it among calls unless the query names it. */
#define FIELD_EXPLAINS (1u << 30)

/* In kinds: rows that are no calls (signals, ends, execs) have it too. */
#define FIELD_REMARK (1u << 29)

/* In kinds: a text of which each character counts: not cut to make room. */
#define FIELD_STRIP (1u << 28)

/* In kinds: a stack: in JSON an array of frames; CSV and JSON have it with -k,
 * and no view shows it that does not name it. */
#define FIELD_STACK (1u << 27)

/* In kinds: shown, and in CSV and JSON, where there are several hosts; no view
 * names it. */
#define FIELD_HOST (1u << 26)

/* Characters of a histogram. */
#define FIELD_HIST_WIDTH 24

struct field {
	const char *name; /* as options, filters, JSON name it: "duration_ns" */
	const char *alias; /* another name for people: "duration"; or NULL */
	const char *title; /* column heading */
	enum field_unit unit;
	unsigned kinds; /* bit (1 << ROW_...) per kind that has it; FIELD_... */
	int width; /* columns wanted; negative: takes what is left, at least
		      -width */
	struct value (*get)(const struct model *model, const struct row *row,
			    struct field_scratch *scratch);
	const char *help; /* one sentence without full stop */
};

size_t field_count(void);
const struct field *field_at(size_t i);

/* By name or alias, among those that the kind has.  NULL. */
const struct field *field_of_kind(enum row_kind kind, const char *name);
bool field_has(const struct field *field, enum row_kind kind);
bool field_is_number(const struct field *field); /* right-aligned */

/* The field's value for a row; unknown if the row's kind does not have it. */
struct value field_get(const struct field *field, const struct model *model,
		       const struct row *row, struct field_scratch *scratch);

/* Below 0, 0, above 0; unknown values sort after known ones. */
int field_compare(const struct field *field, const struct value *a,
		  const struct value *b);

/* The value for people: "1.2 ms", "12.3k", "-"; escaped.  Not padded. */
void field_print(struct buf *buf, const struct field *field,
		 const struct value *value);

/*
 * The same with all its digits where field_print() may leave some out: counts,
 * bytes, durations ("82012345 ns").
 */
void field_print_exact(struct buf *buf, const struct field *field,
		       const struct value *value);
