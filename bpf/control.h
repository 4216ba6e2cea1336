/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What user space tells the programs and reads back besides events: the
 * descriptor of each syscall, counters, totals.  Never part of a recording.
 */
#pragma once

#include "event.h"

/* Numbers below have a place each; x86-64 and i386 end at 470. */
#define CONTROL_NRS 511

#define CONTROL_NR_OTHER   CONTROL_NRS /* the place of all other numbers */
#define CONTROL_PLACES     1024 /* 512 native ones, then 512 of 32-bit calls */
#define CONTROL_OPS        10   /* arguments, and descriptors among them */
#define CONTROL_SLOTS      32   /* (process, syscall) counters per thread */
#define CONTROL_UNNUMBERED 64   /* calls without a number that are followed */
#define CONTROL_ERRNOS     4096 /* MAX_ERRNO + 1, include/linux/err.h */
#define CONTROL_ERRNOS_OTHER                                                   \
	136 /* told apart in the bucket "other": the last one is EHWPOISON,    \
	       133 */

enum control_state {
	CONTROL_OFF,
	CONTROL_COUNTED,
	CONTROL_TRACED,
};

/* A filter expression has so many tests at most; others are decided later. */
#define CONTROL_TESTS    12
#define CONTROL_VERDICTS 64 /* words of a table of 1 << CONTROL_TESTS bits */
#define CONTROL_GLOBS    4  /* names that an expression is about */

/* flags of a descriptor */
#define CONTROL_BYTES   1  /* the result is a byte count */
#define CONTROL_EXEC    2  /* its arguments can be read at entry only */
#define CONTROL_CREDS   4  /* may change user or group */
#define CONTROL_FORK    8  /* its child shows an exit without an entry */
#define CONTROL_SELECTS 16 /* see control_variant_key */
#define CONTROL_STACK   32 /* argument 0 is the caller's stack pointer */
#define CONTROL_RESUMES 64 /* it is 1 + the call that goes on, a number */

/* What an operation copies.  "n" is the number of elements; LIMIT is of each
 * buffer. */
enum control_copy {
	CONTROL_COPY_STRING,  /* text up to a NUL, OFFSET behind ARG */
	CONTROL_COPY_BYTES,   /* n x SIZE bytes */
	CONTROL_COPY_STRINGS, /* pointers to text, up to NULL, and the texts */
	CONTROL_COPY_COUNT,   /* how many pointers such an array has */
	CONTROL_COPY_IOVEC,   /* n x struct iovec, and the buffers */
	CONTROL_COPY_MSGHDR,  /* struct msghdr, and what it points to */
	CONTROL_COPY_MMSGHDR, /* the same of n x struct mmsghdr */
	CONTROL_COPY_LENGTHS, /* how much of each of such was sent */
	CONTROL_COPY_IOCBS,   /* n pointers to struct iocb, and the buffers */
	CONTROL_COPY_DATA,    /* n bytes that a socket sends or receives */
	CONTROL_COPY_ENTRIES, /* how many directory entries n bytes hold; OFFSET
				 is that of an entry's length */
	CONTROL_COPY_BEHIND, /* SIZE bytes behind the pointer at ARG + OFFSET */

	/* The protocol of the descriptor ARG, if that is a netlink socket; then
	 * the operations that follow copy more of the buffers. */
	CONTROL_COPY_NETLINK,

	/* What the descriptor refers to that is ARG or, with FROM_RESULT, the
	 * result.  LIMIT: CONTROL_OF_*. */
	CONTROL_COPY_FD,
	CONTROL_COPY_FDS, /* the same of n in memory, SIZE apart */
	/* The same of n behind the u64 pointer at ARG + OFFSET. */
	CONTROL_COPY_FD_BEHIND,
	CONTROL_COPY_FDSET, /* the same of those in an fd_set of n bits */
	CONTROL_COPY_KINDS,
};

/* Whose descriptor it is: the caller's, or that of the process which the
 * argument tells that is added. */
#define CONTROL_OF_CALLER 0
#define CONTROL_OF_PIDFD  0x100
#define CONTROL_OF_PID    0x200

/* Where n is from. */
enum control_from {
	CONTROL_FROM_CONST,   /* VALUE */
	CONTROL_FROM_ARG,     /* argument VALUE */
	CONTROL_FROM_POINTED, /* the u32 that argument VALUE points to */
	CONTROL_FROM_RESULT,  /* the result of the call */
	CONTROL_FROM_ARG_32,  /* the low half of argument VALUE: an int */
};

/* when, bits */
#define CONTROL_AT_ENTRY   1
#define CONTROL_AT_EXIT    2 /* if the call succeeded */
#define CONTROL_AT_FAILURE 4 /* with AT_EXIT: also if it failed */

/* Copy what an argument leads to. */
struct control_op {
	__u8 arg;
	__u8 copy; /* enum control_copy */
	__u8 when; /* CONTROL_AT_* */
	__u8 from; /* enum control_from */
	__u16 value;
	__u16 size;  /* of an element, bytes; 0: a bit */
	__u16 limit; /* bytes copied at most, EVENT_CHUNK_LIMIT at most */
	__u16 offset;
};

/* For a call that stands for others: their arguments are 32-bit words behind
 * argument 1, or registers, of which each three bits name one. */
#define CONTROL_ORDER_WORDS     1
#define CONTROL_ORDER_REGISTERS 0x8000

/* What one call, or one command of a call, copies. */
struct control_list {
	__u8 count;
	__u8 when;   /* CONTROL_AT_* of any of them */
	__u16 order; /* CONTROL_ORDER_*: where the arguments are; 0: usual */
	struct control_op ops[CONTROL_OPS];
};

struct control_desc {
	__u8 state;   /* enum control_state */
	__u8 touched; /* was ever on: an exit must look for its entry */
	__u8 flags;
	__u8 selector;   /* with CONTROL_SELECTS: the argument that chooses */
	__u8 selector_2; /* a second one; EVENT_ARGS: none */
	__u8 stacks;     /* 1: its rows have the caller's stack */
	__u16 tests;     /* bit per test of the filter that the call passes */
	__u32 selector_mask;
	struct control_list list;
};

/*
 * A call whose further arguments depend on a command: that command's list
 * stands in for the call's own.  Keys of the map "variants"; its values are
 * places in "variant_lists".
 */
struct control_variant_key {
	__u32 place;   /* control_place() */
	__u32 value;   /* of the selector, masked */
	__u32 value_2; /* of the second one, or CONTROL_ANY */
	__u32 pad;
};

#define CONTROL_ANY 0xffffffffu /* whatever the second selector is */

#define CONTROL_VARIANTS 4096 /* commands known, both ABIs */

/* What a test of a filter is about. */
enum control_field {
	CONTROL_FIELD_NONE,
	CONTROL_FIELD_CALL, /* decided for each: control_desc.tests */
	CONTROL_FIELD_PID,
	CONTROL_FIELD_TID,
	CONTROL_FIELD_UID,
	CONTROL_FIELD_GID,
	CONTROL_FIELD_COMM, /* that of the process; VALUE: place in globs */
	CONTROL_FIELD_RET,  /* from here on the end decides */
	CONTROL_FIELD_DURATION,
	CONTROL_FIELD_FAILED, /* VALUE: 1: it did, 0: it did not */
	CONTROL_FIELDS,
};

enum control_compare {
	CONTROL_IS,
	CONTROL_LESS,
	CONTROL_AT_MOST,
	CONTROL_MORE,
	CONTROL_AT_LEAST,
	CONTROL_COMPARES,
};

struct control_test {
	__u64 value;
	__u8 field;   /* enum control_field */
	__u8 compare; /* enum control_compare */
	__u8 pad[6];
};

/*
 * A glob as an automaton of at most 63 tokens: bit i of the state set means
 * "i tokens matched".  accepts[c] has the tokens that take c, loops the states
 * that stay whatever comes (a star), final the end.
 */
struct control_glob {
	__u64 accepts[256];
	__u64 loops;
	__u64 final;
};

/* A filter: the outcomes of its tests, a bit each, are a place in tables of
 * bits. */
struct control_filter {
	__u64 passes[CONTROL_VERDICTS];   /* all tests are known */
	__u64 possible[CONTROL_VERDICTS]; /* those at the end are 0: any way */
	__u64 wanted[CONTROL_VERDICTS];   /* those about the call too */
	struct control_test tests[CONTROL_TESTS];
	struct control_glob globs[CONTROL_GLOBS];
	__u32 on;
	__u32 mark; /* nothing is left out; EVENT_CALL_REFUSED tells */
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

/* Key of the failures of a process, by errno. */
struct control_error_key {
	__u64 start_ns;
	__u64 nr_key;
	__u32 pid;
	__u32 code;
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
	__u64 shed; /* of these, rows that were left out: EVENT_LOST_SAMPLED */
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

/* A process's share of the rows of a call: see bpf/shed.bpf.h. */
struct control_share {
	__u64 key; /* a hash */
	__u64 due_ns;
};

struct control_totals { /* one per CPU */
	__u64 seen;
	__u64 filtered;
	__u64 sent;
	__u64 unpaired;
	__u64 requests; /* handed in through io_uring */
	__u64 shed;     /* rows left out: EVENT_LOST_SAMPLED */
};

EVENT_ASSERT_SIZE(struct control_op, 12);
EVENT_ASSERT_SIZE(struct control_list, 124);
EVENT_ASSERT_SIZE(struct control_desc, 136);
EVENT_ASSERT_SIZE(struct control_variant_key, 16);
EVENT_ASSERT_SIZE(struct control_unnumbered, 144);
EVENT_ASSERT_SIZE(struct control_count_key, 24);
EVENT_ASSERT_SIZE(struct control_error_key, 24);
EVENT_ASSERT_SIZE(struct control_slot, 56);
EVENT_ASSERT_SIZE(struct control_thread, 24);
