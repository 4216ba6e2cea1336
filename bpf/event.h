/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The contract between the kernel side and everything above it, and the body
 * of a recording: what arrives is one of these events, in the host's byte
 * order, its size a multiple of eight.
 *
 * A call is one system call of one thread.  A process is identified by its
 * PID in sctop's own PID namespace (0: outside it) and by its start time,
 * because PIDs are used again.  Times are nanoseconds of CLOCK_MONOTONIC.
 */
#pragma once

#ifndef __VMLINUX_TYPES__
#include <linux/types.h>
#endif

#define EVENT_VERSION   1
#define EVENT_COMM_SIZE 16 /* TASK_COMM_LEN in <linux/sched.h> */
#define EVENT_ARGS      6  /* a system call has at most six arguments */
#define EVENT_HIST_SLOTS                                                       \
	32 /* slot i: [2^i, 2^(i+1)) ns; the last is open-ended */
#define EVENT_CHUNK_LIMIT   1792 /* longest text captured from one argument */
#define EVENT_PAYLOAD_LIMIT 3584
#define EVENT_CMDLINE_LIMIT 1024
#define EVENT_SIZE_LIMIT    4096 /* no event is larger */

enum event_kind {
	EVENT_CALL = 1,   /* struct event_call: a traced call has ended */
	EVENT_TASK = 2,   /* struct event_task: a task that existed at start */
	EVENT_FORK = 3,   /* struct event_task: a process or thread was made */
	EVENT_EXEC = 4,   /* struct event_task: a process runs a new program */
	EVENT_EXIT = 5,   /* struct event_task: a thread, or its whole process,
			     ended */
	EVENT_RENAME = 6, /* struct event_task: a thread changed its comm */
	EVENT_CRED = 7, /* struct event_task: a thread changed user or group */
	EVENT_STAT =
		8, /* struct event_stat: what a syscall's counters grew by */
	EVENT_COUNT = 9, /* struct event_count: the same of one process */
	EVENT_LOST = 10, /* struct event_lost: rows that never arrived */
	EVENT_TICK = 11, /* struct event_tick: time passed; totals of the kernel
			    side */
};

/* The first 32 bytes of every event. */
struct event {
	__u32 size;    /* of the whole event, bytes, multiple of 8 */
	__u8 kind;     /* enum event_kind */
	__u8 compat;   /* 1: a 32-bit call, the number is of the 32-bit table */
	__u16 flags;   /* EVENT_CALL_* or EVENT_TASK_* */
	__u64 time_ns; /* when it happened; of a call: when it ended */
	__u64 start_ns; /* start of the process (start_boottime); 0: not about
			   one */
	__u32 pid; /* 0: outside sctop's PID namespace, or not about a process
		    */
	__u32 tid;
};

/* flags of EVENT_CALL */
#define EVENT_CALL_NO_RESULT 1 /* "= ?": the call never returned */
#define EVENT_CALL_CUT       2 /* something was not captured: no room in the row */

struct event_call {
	struct event h;
	__u64 duration_ns; /* entry = h.time_ns - duration_ns */
	__s64 ret; /* -4095..-1: negated errno, or 512..517: restart codes */
	__u64 args[EVENT_ARGS];
	__u32 nr;  /* as the caller gave it: may lie outside every table */
	__u32 uid; /* real user and group */
	__u32 gid;
	__u32 payload;              /* bytes of chunks that follow */
	char comm[EVENT_COMM_SIZE]; /* the process's name: its leader's comm, at
				       entry */
};

/* status of a chunk */
enum event_chunk_status {
	EVENT_CHUNK_TEXT = 0,       /* whole, without its terminating NUL */
	EVENT_CHUNK_CUT = 1,        /* longer than the limit */
	EVENT_CHUNK_UNREADABLE = 2, /* neither at entry nor at exit; no data */
};

/* What was copied from the memory an argument points to; data follows, padded
 * to 8. */
struct event_chunk {
	__u8 arg;    /* 0..5 */
	__u8 status; /* enum event_chunk_status */
	__u16 pad;
	__u32 size; /* of the data, without padding */
};

/* flags of task events */
#define EVENT_TASK_LEADER 1 /* the thread is its process's leader */
#define EVENT_TASK_GROUP_DEAD                                                  \
	2                   /* EVENT_EXIT: no thread of the process is left */
#define EVENT_TASK_KERNEL 4 /* a kernel thread */

struct event_task {
	struct event h;
	__u32 ppid; /* of the process; 0: outside the namespace */
	__u32 uid;  /* real */
	__u32 gid;
	__u32 euid;
	__s32 status;  /* EVENT_EXIT: as wait(2) reports it */
	__u32 cmdline; /* bytes of NUL-separated arguments that follow, padded
			  to 8 */
	__u64 cgroup; /* ID of the cgroup2 group, which is its directory's inode
		       */
	__u64 parent_start_ns;
	char comm[EVENT_COMM_SIZE]; /* of the thread (h.tid) */
};

/* Growth of counters since the previous event of the same key. */
struct event_growth {
	__u64 calls;     /* ended calls, whatever their result */
	__u64 errors;    /* results -4095..-1 but for the restart codes */
	__u64 restarted; /* ended with a restart code: interrupted by a signal
			  */
	__u64 time_ns;   /* in the kernel, waiting included */
	__u64 max_ns;    /* longest call so far: not a growth */
	__u64 bytes;     /* of calls whose result is a byte count */
};

/* h.pid and h.start_ns are 0. */
struct event_stat {
	struct event h;
	__u32 nr;
	__u32 pad;
	struct event_growth growth;
	__u64 hist[EVENT_HIST_SLOTS]; /* calls by duration */
};

/* h.pid and h.start_ns name the process; both 0: the bucket "other". */
struct event_count {
	struct event h;
	__u32 nr;
	__u32 pad;
	struct event_growth growth;
};

enum event_lost_cause {
	EVENT_LOST_RING = 0,  /* ring buffer full */
	EVENT_LOST_STATE = 1, /* no memory for the thread's state */
	EVENT_LOST_BUDGET =
		2, /* arrived, but fell out of user space's budget unseen */
	EVENT_LOST_CAUSES = 3,
};

/* A loss that is not a call's (a task event) has nr EVENT_NR_NONE. */
#define EVENT_NR_NONE 0xfffffffeu

struct event_lost {
	struct event h;
	__u32 nr;
	__u32 cause; /* enum event_lost_cause */
	__u64 count; /* since the previous event of the same key */
};

/* Totals since start; a tick closes one interval of rates. */
struct event_tick {
	struct event h;
	__u64 wall_offset_ns; /* add to a monotonic time: Unix time */
	__u64 seen;           /* calls that the programs looked at */
	__u64 filtered;       /* of these, left out by the capture filters */
	__u64 sent;           /* call rows put into the ring buffer */
	__u64 unpaired;       /* exits without an entry */
	__u64 bpf_ns;         /* time in our programs while it was measured */
	__u64 bpf_runs;       /* program runs in that time; 0: unknown */
	__u64 cpu_ns;         /* sctop's own CPU time */
};

#define EVENT_ASSERT_SIZE(type, bytes)                                         \
	_Static_assert(sizeof(type) == (bytes), #type)
EVENT_ASSERT_SIZE(struct event, 32);
EVENT_ASSERT_SIZE(struct event_call, 128);
EVENT_ASSERT_SIZE(struct event_chunk, 8);
EVENT_ASSERT_SIZE(struct event_task, 88);
EVENT_ASSERT_SIZE(struct event_growth, 48);
EVENT_ASSERT_SIZE(struct event_stat, 344);
EVENT_ASSERT_SIZE(struct event_count, 88);
EVENT_ASSERT_SIZE(struct event_lost, 48);
EVENT_ASSERT_SIZE(struct event_tick, 96);
