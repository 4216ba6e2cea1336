/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The state that views show.  Everything enters through model_put(); the model
 * has no clock, reads no file and knows no terminal, so that a replay shows
 * what the live run showed.
 *
 * Rows are what views list; each has a kind, an object and an identity that
 * outlives redraws.  "The clock" is the time of the latest EVENT_TICK.
 */
#pragma once

#include "abi/print_fd.h"
#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalogue;
struct model;
struct stat_class;

struct model_limits {
	size_t row_bytes;   /* recent calls */
	size_t count_bytes; /* counters of processes */
	size_t name_bytes;  /* names, command lines, paths of descriptors */
	size_t past_bytes;  /* how counters were; 0: that is not kept */
};

struct model *model_new(struct catalogue *cat,
			const struct model_limits *limits);
void model_free(struct model *model);

/* The sink: SELF is a struct model. */
void model_put(void *self, const struct event *ev);

/* Zeroes counters and drops ended processes; recent calls stay.  Sample the
 * kernel's counters first: what they grew by later counts as new. */
void model_zero(struct model *model);
void model_clear_calls(struct model *model);

/* Where printers find the paths of descriptors: struct decode_options. */
struct print_files model_files(const struct model *model);

/* How many paths NAME_BYTES of names surely hold: who sends them may take it
 * that so many are still known. */
uint64_t model_file_count(size_t name_bytes);

/* The same of the names of functions. */
uint64_t model_symbol_count(size_t name_bytes);

struct catalogue *model_catalogue(const struct model *model);

/* What to add to a monotonic time for Unix time: as ticks say; set before the
 * first.  0: unknown. */
uint64_t model_wall_offset_ns(const struct model *model);
void model_set_wall_offset_ns(struct model *model, uint64_t offset_ns);

/* The hosts that events are of, below EVENT_HOSTS, in order; 0 where there is
 * one.  NULL where the name is not known; the text of NAME is copied. */
const char *model_host_name(const struct model *model, unsigned host);
void model_set_host(struct model *model, unsigned host, const char *name);

/* Whether there are several. */
bool model_has_hosts(const struct model *model);

/* The same of its users.  As many as the caller names are kept. */
const char *model_user_name(const struct model *model, unsigned host,
			    uint32_t uid);
void model_set_user(struct model *model, unsigned host, uint32_t uid,
		    const char *name);

/* The name of a network interface of the recorded machine; NULL: it may have
 * had none, and those of this one are not meant. */
void model_set_link(struct model *model, unsigned host, uint32_t index,
		    const char *name);

/* Marks what is traced, for the tick column: model state, set by app beside
 * live_set_state(). */
void model_set_traced(struct model *model, uint32_t index, bool traced);
bool model_is_traced(const struct model *model, uint32_t index);

/* The same of calls whose stacks are taken. */
void model_set_stacks(struct model *model, uint32_t index, bool taken);
bool model_has_stacks(const struct model *model, uint32_t index);

/* For the header. Rates are of the last interval between two ticks. */
struct model_summary {
	double seen_per_s, shown_per_s,
		filtered_per_s;        /* shown: rows that came */
	double calls_per_s;            /* counted calls, traced or not */
	uint64_t seen, sent, filtered; /* since start */
	uint64_t lost[EVENT_LOST_CAUSES];
	/* The call of which most rows were left out in the last interval, of
	 * SAMPLED_OF calls so that one had a row; SYSCALL_NONE: of none. */
	uint32_t sampled;
	uint64_t sampled_of;
	uint64_t compat_calls;  /* of 32-bit callers; counted */
	uint64_t requests;      /* of io_uring, since start; EVENT_UNKNOWN */
	uint64_t shed;          /* rows that left the byte budget */
	uint64_t folded;        /* ended processes folded into "other" */
	uint64_t nameless;      /* calls about a file whose name never came */
	uint64_t folded_files;  /* folded into "other" */
	double bpf_ns_per_call; /* entry and exit; negative: unknown */
	double cpu_percent; /* of one CPU: sctop itself plus its BPF programs
			       where their cost is known; negative: unknown */
	uint32_t traced, syscalls; /* how many of how many */
	uint32_t processes, ended; /* alive; ended whose rows are kept */
};
void model_summary(const struct model *model, struct model_summary *ret);

/* The sum of all syscalls, as if they were one class. */
void model_total(const struct model *model, struct stat_class *ret);

enum row_kind {
	ROW_SYSCALL, /* object: struct stat_syscall; id: index in the catalogue
		      */
	ROW_CLASS,   /* object: struct stat_class: a heading; id: enum
			syscall_class */
	ROW_PROCESS, /* object: struct task_process; id: from 1 */
	ROW_PAIR,    /* object: struct stat_pair: one syscall of one process */
	ROW_ERROR,   /* object: struct failure: one errno of one syscall of one
			process */
	ROW_CALL,    /* object: struct event_call; id: sequence number from 1 */
	ROW_BLOCKED, /* object: struct event_call: a call in progress; id: of
			its thread, from 1 */
	ROW_FILE,    /* object: struct fileuse: what calls did with a file; id:
			from 1 */
	ROW_BUCKET,  /* object: struct stat_syscall: its calls of a duration;
			id: its index * EVENT_HIST_SLOTS + the slot */
	ROW_KINDS,
};

struct row {
	enum row_kind kind;
	const void *object; /* borrowed until the next model_put() */
	uint64_t id;        /* stable identity within the kind */
};

/* The row of that identity; false if it is gone (shed, folded, zeroed). */
bool model_find_row(const struct model *model, enum row_kind kind, uint64_t id,
		    struct row *ret);

/* What a row is about: the index of its syscall, or SYSCALL_NONE; the row id of
 * its process, or 0 where it has none or that is not kept. */
uint32_t model_row_syscall(const struct model *model, const struct row *row);
uint64_t model_row_process(const struct model *model, const struct row *row);

/* Of a ROW_PROCESS the row id of its parent, or 0. */
uint64_t model_row_parent(const struct model *model, const struct row *row);

/* The errno that a row of ROW_ERROR is about; of others, or unknown: 0. */
uint32_t model_row_error(const struct row *row);

/* Whether CALL returned an error; one that a signal interrupted did not. */
bool model_call_failed(const struct event_call *call);

/* The latest call's row id; 0: none yet. */
uint64_t model_last_call(const struct model *model);

/* The time of the latest event; 0: none yet. */
uint64_t model_seen_ns(const struct model *model);
