/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What user space tells the programs and reads back besides events: the
 * descriptor of each syscall, counters, totals.  Never part of a recording.
 */
#pragma once

#include "event.h"

#define CONTROL_NRS                                                            \
	511 /* numbers below have a place each; x86-64 and i386 end at 470 */
#define CONTROL_NR_OTHER    CONTROL_NRS /* the place of all other numbers */
#define CONTROL_PLACES      1024 /* 512 native ones, then 512 for 32-bit calls */
#define CONTROL_OPS         6    /* as many as arguments */
#define CONTROL_SLOTS       32 /* (process, syscall) counters kept per thread */
#define CONTROL_UNNUMBERED  64 /* calls without a number that are followed */
#define CONTROL_GLOB_TOKENS 63 /* bits of a word, less the final state */
#define CONTROL_ERRNOS      4096 /* MAX_ERRNO + 1, include/linux/err.h */

enum control_state {
	CONTROL_OFF,
	CONTROL_COUNTED,
	CONTROL_TRACED,
};

/* flags of a descriptor */
#define CONTROL_BYTES 1 /* the result is a byte count */
#define CONTROL_EXEC  2 /* its arguments can be read at entry only */
#define CONTROL_CREDS 4 /* may change user or group */
#define CONTROL_FORK  8 /* its child shows an exit without an entry */

/* Copy the text that an argument points to. */
struct control_op {
	__u8 arg;
	__u8 pad;
	__u16 limit; /* bytes of text, at most EVENT_CHUNK_LIMIT */
};

struct control_desc {
	__u8 state;   /* enum control_state */
	__u8 touched; /* was ever on: an exit must look for its entry */
	__u8 flags;
	__u8 op_count;
	struct control_op ops[CONTROL_OPS];
	__u32 pad;
};

/* Why a thread or process was handed over; keys of the map "targets". */
enum control_target {
	CONTROL_TARGET_PID,
	CONTROL_TARGET_TID,
	CONTROL_TARGET_COMMAND, /* a process held before its execve */
	CONTROL_TARGET_SELF,
	CONTROL_TARGET_ROWS, /* rows limited to it at run time */
};

struct control_target_key {
	__u32 kind; /* enum control_target */
	__u32 nr;   /* PID or TID in sctop's PID namespace */
};

/* Where a syscall's descriptor, counters and losses are: below CONTROL_PLACES.
 */
static inline __u32 control_place(__u32 nr, int compat)
{
	return (compat ? CONTROL_NRS + 1 : 0) +
	       (nr < CONTROL_NRS ? nr : CONTROL_NR_OTHER);
}

/* Key of the per-process counters; NR_KEY as control_nr_key(). */
struct control_count_key {
	__u64 start_ns;
	__u64 nr_key;
	__u32 pid;
	__u32 pad;
};

static inline __u64 control_nr_key(__u32 nr, int compat)
{
	return 1ull << 33 | (__u64)(compat != 0) << 32 |
	       nr; /* never 0: 0 is a free slot */
}

struct control_slot {
	__u64 nr_key;
	struct event_growth sum; /* since the slot was taken */
};

struct control_stat {
	struct event_growth sum;
	__u64 hist[EVENT_HIST_SLOTS];
};

/* What the sampling iterator writes per live thread; SLOTS slots follow. */
struct control_thread {
	__u64 start_ns;
	__u32 pid;
	__u32 tid;
	__u32 slots; /* CONTROL_SLOTS if anything changed, else 0 */
	__u32 pad;
};

/*
 * A call whose number no table knows: its own tracepoint tells the number at
 * the first call, and DESC becomes that number's descriptor.
 */
struct control_unnumbered {
	struct control_desc desc;
	__u32 nr_plus_1; /* 0: not seen yet */
	__u32 pad;
};

struct control_totals { /* one per CPU */
	__u64 seen;
	__u64 filtered;
	__u64 sent;
	__u64 unpaired;
};

EVENT_ASSERT_SIZE(struct control_desc, 32);
EVENT_ASSERT_SIZE(struct control_unnumbered, 40);
EVENT_ASSERT_SIZE(struct control_count_key, 24);
EVENT_ASSERT_SIZE(struct control_slot, 56);
EVENT_ASSERT_SIZE(struct control_thread, 24);
