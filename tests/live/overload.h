/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What overload.c watches sctop with: a storm, and a quiet process beside it.
 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define STORM_THREADS 4
#define STORM_OPENS   100000 /* at most; 100 a second */

/* What the processes say about themselves. */
struct storm {
	struct {
		_Atomic uint64_t calls;
		char pad[56]; /* a cache line each */
	} thread[STORM_THREADS];
	_Atomic bool stop;
	_Atomic uint32_t opened;
	pid_t pids[2];
};

/* Four threads of a process "spin" that call getppid as fast as they can, and a
 * process "pace" that opens /nowhere/NUMBER/at/all 100 times a second. */
struct storm *storm_start(void);

/* Ends both; how often getppid was called. */
uint64_t storm_stop(struct storm *storm);
