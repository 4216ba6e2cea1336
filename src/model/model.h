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

#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalogue;
struct model;

struct model_limits {
	size_t row_bytes;   /* recent calls */
	size_t count_bytes; /* counters of processes */
	size_t name_bytes;  /* names, command lines */
};

struct model *model_new(struct catalogue *cat,
			const struct model_limits *limits);
void model_free(struct model *model);

/* The sink: SELF is a struct model. */
void model_put(void *self, const struct event *ev);

/* Zeroes counters and drops ended processes; recent calls stay. */
void model_zero(struct model *model);
void model_clear_calls(struct model *model);

struct catalogue *model_catalogue(const struct model *model);
uint64_t model_now_ns(const struct model *model);
const char *model_user_name(const struct model *model,
			    uint32_t uid); /* set by model_set_user() */
void model_set_user(struct model *model, uint32_t uid, const char *name);

/* Marks what is traced, for the tick column: model state, set by app beside
 * live_set_state(). */
void model_set_traced(struct model *model, uint32_t index, bool traced);
bool model_is_traced(const struct model *model, uint32_t index);

/* For the header. Rates are of the last interval between two ticks. */
struct model_summary {
	double seen_per_s, shown_per_s, filtered_per_s;
	uint64_t seen, sent, filtered;
	uint64_t lost[EVENT_LOST_CAUSES];
	uint64_t shed;          /* rows that left the byte budget */
	double bpf_ns_per_call; /* negative: unknown */
	double cpu_percent; /* of one CPU: sctop itself plus its BPF programs;
			       negative: unknown */
	uint32_t traced, syscalls; /* how many of how many */
	uint32_t processes, ended;
};
void model_summary(const struct model *model, struct model_summary *ret);

enum row_kind {
	ROW_SYSCALL, /* object: struct stat_syscall; id: index in the catalogue
		      */
	ROW_PROCESS, /* object: struct task_process */
	ROW_PAIR,    /* object: struct stat_pair: one syscall of one process */
	ROW_CALL,    /* object: struct event_call; id: sequence number */
	ROW_KINDS,
};

struct row {
	enum row_kind kind;
	const void *object; /* borrowed until the next model_put() */
	uint64_t id;        /* stable identity within the kind */
};
