/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Failures of one process: per syscall and errno, how many, and which row told
 * of one last.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct task_process;

struct failure {
	struct task_process *process;
	uint32_t syscall; /* index */
	uint32_t code;    /* errno; 0: not told apart */
	uint64_t count;
	uint64_t last_call;    /* row id of a call; 0: none came */
	uint64_t tick;         /* number of the interval that OPEN is about */
	uint64_t open, closed; /* how many in it, and in the one before */
	uint64_t noted;        /* for model/pictures.h */
};

/* Those of one process, by syscall and errno. */
struct failures {
	struct failure *at;
	uint32_t count, capacity;
};

/* NULL if there is none. */
struct failure *failure_find(const struct failures *failures, uint32_t syscall,
			     uint32_t code);

/* Found or made; pointers to others of the process are void then. */
struct failure *failure_make(struct failures *failures,
			     struct task_process *process, uint32_t syscall,
			     uint32_t code);
size_t failure_bytes(const struct failures *failures);
void failure_zero(struct failures *failures); /* counts; rows stay known */
void failure_done(struct failures *failures);

/* NOW is the number of the open interval. */
void failure_add(struct failure *failure, uint64_t count, uint64_t now);
void failure_merge(struct failure *to, const struct failure *from,
		   uint64_t now);

/* How many in the closed interval. */
uint64_t failure_closed(const struct failure *failure, uint64_t now);
