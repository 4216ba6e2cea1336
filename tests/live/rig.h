/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The programs, loaded and attached for a test that calls the kernel itself
 * and looks at the rows of its own calls.  lseek(2) serves as the call: it
 * looks at three arguments, and its result is chosen freely.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "bpf/control.h"

#define RIG_PAGE  4096
#define RIG_AREA  (4 * RIG_PAGE)
#define RIG_FRESH (8 * RIG_PAGE) /* pages that nobody has touched */
#define RIG_BAD   8              /* no page is there */
#define RIG_NULL  (-1)

/* Where memory is that no page stands for until it is touched. */
#define RIG_FRESH_AT (2L * RIG_AREA)

struct trace;
struct rings;

struct rig {
	struct trace *skel;
	struct rings *rings;
	/* Below 4 GB, so that 32-bit calls reach it.  RIG_AREA bytes that can
	 * be read, then as many that cannot, then RIG_FRESH. */
	char *area;
	int fd; /* lseek(2) may be called with it */
	int failures;
	bool compat; /* whose calls are made and waited for */
	uint32_t nr; /* of the call whose row is waited for */
	pid_t pid;   /* and its caller; 0: anybody */
	struct event_call *row;
};

void rig_open(struct rig *rig);
void rig_close(struct rig *rig);

/* Chooses lseek as 64-bit or 32-bit callers make it; false: they cannot. */
bool rig_choose(struct rig *rig, bool compat);

/* Traces the chosen call; OPS end with one whose "when" is 0. */
void rig_trace(struct rig *rig, const struct control_op *ops);
struct control_list rig_list(const struct control_op *ops);

#define RIG_OPS(...)                                                           \
	(const struct control_op[])                                            \
	{                                                                      \
		__VA_ARGS__,                                                   \
		{                                                              \
			.when = 0                                              \
		}                                                              \
	}

/* Traces lseek with one operation, calls it, and compares the row. */
struct rig_trial {
	const char *what;
	long result, at_3, at_4; /* rig_seek() */
	const char *expected;    /* rig_expect() */
};

void rig_try(struct rig *rig, struct control_op op,
	     const struct rig_trial *trial);

#define RIG_TRY(rig, op, ...)                                                  \
	rig_try(rig, op, &(const struct rig_trial){__VA_ARGS__})

/* An address by its offset in the area, RIG_BAD or RIG_NULL. */
uint64_t rig_place(const struct rig *rig, long at);

/*
 * Calls lseek and waits for its row.  RESULT -1: it fails.  Argument 1 is the
 * result too; AT_3 and AT_4 are offsets in the area.
 */
void rig_seek(struct rig *rig, long result, long at_3, long at_4);

/* Takes the row of the chosen call from the rings. */
void rig_await(struct rig *rig);

/*
 * Compares what the row has with one line per chunk: argument, phase, offset in
 * the area, kind[size], status, data.  Data that are not printable are counted
 * in the caller's longs and compared with the memory.
 */
void rig_expect(struct rig *rig, const char *what, const char *expected);

/* TEXT stands at RIG_FRESH_AT, unseen by whoever may not wait for a page. */
void rig_put_fresh(struct rig *rig, const char *text);

/* A long of the caller's width, the Ith at OFFSET. */
void rig_put(struct rig *rig, long offset, int i, uint64_t value);

/* Element I of an array of struct iovec at OFFSET. */
void rig_put_vector(struct rig *rig, long offset, int i, long base,
		    uint64_t size);
