/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the getters of fields are made of, and those that have a file of their
 * own: for src/model/field*.c only.
 */
#pragma once

#include "base/buf.h"
#include "model/field.h"

/* All have one signature; few need all of it. */
#define UNUSED __attribute__((unused))
#define FIELD_GETTER(name)                                                     \
	struct value name(const struct model *model UNUSED,                    \
			  const struct row *row UNUSED,                        \
			  struct field_scratch *scratch UNUSED)

FIELD_GETTER(field_error_code);
FIELD_GETTER(field_error_text);
FIELD_GETTER(field_error_usual);
FIELD_GETTER(field_latency_from);
FIELD_GETTER(field_latency_to);
FIELD_GETTER(field_latency_share);
FIELD_GETTER(field_latency_bar);
FIELD_GETTER(field_latency_heat);
FIELD_GETTER(field_latency_hist);
uint64_t field_latency_calls(const struct model *model, const struct row *row);
FIELD_GETTER(field_host);
FIELD_GETTER(field_file_path);
FIELD_GETTER(field_file_in);
FIELD_GETTER(field_file_out);
FIELD_GETTER(field_stack);

FIELD_GETTER(field_process_blocked);
FIELD_GETTER(field_process_ended);
FIELD_GETTER(field_process_in_rate);
FIELD_GETTER(field_process_out_rate);
FIELD_GETTER(field_process_started);
FIELD_GETTER(field_process_status);
FIELD_GETTER(field_process_syscalls);
FIELD_GETTER(field_process_threads);
FIELD_GETTER(field_process_top);

/* A monotonic time as Unix time; unknown before the offset is. */
struct value field_wall_time(const struct model *model, uint64_t time_ns);

/* Whether the row's object is a struct event_call. */
static inline bool is_call(const struct row *row)
{
	return row->kind == ROW_CALL || row->kind == ROW_BLOCKED;
}

/* The call that the row is, or of an error the latest such; NULL: none came. */
const struct event_call *field_last_call(const struct model *model,
					 const struct row *row);

/* The call in progress that a process has been in longest, or NULL. */
const struct event_call *field_process_longest(const struct model *model,
					       const struct row *row);

/* The host that a row is of; not of calls and classes, which all have. */
unsigned field_host_of(const struct model *model, const struct row *row);

static const struct value unknown = {0};

static inline struct value number(uint64_t u)
{
	return (struct value){.known = true, .u = u};
}

static inline struct value fraction(double f)
{
	return (struct value){.known = true, .f = f};
}

static inline struct value hostile_text(const char *text)
{
	return (struct value){.known = *text, .text = text};
}

/* Our own words, and what is escaped already. */
static inline struct value clean_text(const char *text)
{
	return (struct value){.known = *text, .clean = true, .text = text};
}

static inline struct buf scratch_buf(struct field_scratch *scratch)
{
	struct buf buf;
	buf_init(&buf, scratch->text, sizeof(scratch->text));
	return buf;
}
