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

#define EVENT_VERSION       4
#define EVENT_COMM_SIZE     16   /* TASK_COMM_LEN in <linux/sched.h> */
#define EVENT_ARGS          6    /* a system call has at most six arguments */
#define EVENT_CHUNK_LIMIT   1792 /* longest text captured from one argument */
#define EVENT_PAYLOAD_LIMIT 3584
#define EVENT_COUNT_LIMIT   4096 /* pointers of an array that are counted */
#define EVENT_CMDLINE_LIMIT 1024
#define EVENT_SIZE_LIMIT    4096 /* no event is larger */

/* Slot i of a histogram is [2^i, 2^(i+1)) ns; the last is open-ended. */
#define EVENT_HIST_SLOTS 32

/* What is told, and in which structure. */
enum event_kind {
	EVENT_CALL = 1,     /* event_call: a traced call has ended */
	EVENT_TASK = 2,     /* event_task: a task that existed at start */
	EVENT_FORK = 3,     /* event_task: a process or thread was made */
	EVENT_EXEC = 4,     /* event_task: a process runs a new program */
	EVENT_EXIT = 5,     /* event_task: a thread, or the process, ended */
	EVENT_RENAME = 6,   /* event_task: a thread changed its comm */
	EVENT_CRED = 7,     /* event_task: a thread changed user or group */
	EVENT_STAT = 8,     /* event_stat: by what a call's counters grew */
	EVENT_COUNT = 9,    /* event_count: the same of one process */
	EVENT_LOST = 10,    /* event_lost: rows that never arrived */
	EVENT_TICK = 11,    /* event_tick: time passed; the programs' totals */
	EVENT_FILE = 12,    /* event_file: a file that rows will refer to */
	EVENT_SIGNAL = 13,  /* event_signal: a thread takes a signal */
	EVENT_ERROR = 14,   /* event_error: failures of a process by errno */
	EVENT_BLOCKED = 15, /* event_call: a call that is in progress */
	EVENT_BLOCKED_END = 16, /* event: these were all; others are over */
	EVENT_SYMBOL = 17,      /* event_symbol: the name of a place in code */
	EVENT_TRACED = 18,      /* event_named: what is traced from now on */
	EVENT_NUMBER = 19,      /* event_named: a call's number was learned */
};

/* The first 32 bytes of every event.  An event that is about no process has 0
 * where a process is named. */
struct event {
	__u32 size;     /* of the whole event, bytes, multiple of 8 */
	__u8 kind;      /* enum event_kind */
	__u8 compat;    /* 1: a 32-bit call: NR is of the 32-bit table */
	__u16 flags;    /* EVENT_CALL_* or EVENT_TASK_*, and the host */
	__u64 time_ns;  /* when it happened; of a call: when it ended */
	__u64 start_ns; /* start of the process (start_boottime) */
	__u32 pid;      /* 0: outside sctop's PID namespace */
	__u32 tid;
};

/*
 * flags of every event: which of several hosts it is of.  Who merges recordings
 * puts it; in a recording, and where there is one host, it is 0.
 */
#define EVENT_HOSTS      8
#define EVENT_HOST_SHIFT 5
#define EVENT_HOST_MASK  (7u << EVENT_HOST_SHIFT)
#define EVENT_HOST(h)    (((h)->flags & EVENT_HOST_MASK) >> EVENT_HOST_SHIFT)

/* flags of EVENT_CALL */
#define EVENT_CALL_NO_RESULT 1 /* "= ?": the call never returned */
#define EVENT_CALL_CUT       2 /* something was not captured: no room in the row */

/* The kernel side's filter would have left it out; only where it was asked to
 * mark such calls instead. */
#define EVENT_CALL_REFUSED 8

/* EVENT_BLOCKED: the thread was found inside the call; when it began is not
 * known, and the duration is the least that it can be. */
#define EVENT_CALL_FOUND 16

/*
 * The arguments are those of the call that is meant, one of those that
 * socketcall(2) and ipc(2) stand for; its number is in the higher byte.
 */
#define EVENT_CALL_MEANT       4
#define EVENT_CALL_MEANT_SHIFT 8

/*
 * EVENT_BLOCKED: h.time_ns is now, ret the thread's ID in the initial PID
 * namespace, which tells it from all others.
 */
struct event_call {
	struct event h;
	__u64 duration_ns; /* entry = h.time_ns - duration_ns */
	__s64 ret; /* -4095..-1: negated errno, or 512..517: restart codes */
	__u64 args[EVENT_ARGS];
	__u32 nr;  /* as the caller gave it: may lie outside every table */
	__u32 uid; /* real user and group */
	__u32 gid;
	__u32 payload;              /* bytes of chunks that follow */
	char comm[EVENT_COMM_SIZE]; /* of the process's leader, at entry */
};

/* what a chunk is; "memory" is the caller's, found by its address */
enum event_chunk_what {
	EVENT_CHUNK_BYTES = 0,  /* memory */
	EVENT_CHUNK_STRING = 1, /* memory up to a NUL, which is left out */

	/* A u64: of an array of pointers how many come before its NULL, of a
	 * directory how many entries there are. */
	EVENT_CHUNK_COUNT = 2,

	/* struct event_fd: what a descriptor referred to.  Address: that
	 * descriptor, or AT_FDCWD; of another process where ARG says so. */
	EVENT_CHUNK_FD = 3,

	/* A u64: NETLINK_*.  The descriptor of the call, which is the address,
	 * is a socket of that protocol. */
	EVENT_CHUNK_NETLINK = 4,

	/* So many struct event_frame: the caller's stack at entry, the
	 * innermost first.  Address: its stack pointer. */
	EVENT_CHUNK_STACK = 5,

	/* An argument as someone else printed it; at exit: the result.  A call
	 * that has such has nothing else to show. */
	EVENT_CHUNK_TEXT = 6,
	EVENT_CHUNK_WHATS = 7,
};

enum event_chunk_status {
	EVENT_CHUNK_WHOLE = 0,
	EVENT_CHUNK_CUT = 1,        /* there is more than was copied */
	EVENT_CHUNK_UNREADABLE = 2, /* neither at entry nor at exit; no data */
	EVENT_CHUNK_STATUSES = 3,
};

enum event_phase {
	EVENT_AT_ENTRY = 0, /* as it was when the call began */
	EVENT_AT_EXIT = 1,  /* as it was when the call ended */
	EVENT_PHASES = 2,
};

/*
 * What was copied for an argument; data follows, padded to 8.  Memory that an
 * argument leads to (the buffers of an iovec) has chunks of its own, so that
 * whoever prints finds all of it by address and phase.
 */
struct event_chunk {
	__u64 address;
	__u32 size;  /* of the data, without padding */
	__u8 arg;    /* 0..5 */
	__u8 what;   /* enum event_chunk_what */
	__u8 status; /* enum event_chunk_status */
	__u8 phase;  /* enum event_phase */
};

enum event_file_kind {
	EVENT_FILE_PATH = 0, /* the path is in an EVENT_FILE of that id */
	EVENT_FILE_SOCKET = 1,
	EVENT_FILE_PIPE = 2,      /* without a name */
	EVENT_FILE_NAMESPACE = 3, /* its kind is the text of that EVENT_FILE */
	EVENT_FILE_PIDFD = 4,     /* a process */
	EVENT_FILE_KINDS = 5,
};

#define EVENT_FD_DELETED 1 /* its last name is gone */
#define EVENT_FD_CHAR    2 /* a character device: rdev counts */
#define EVENT_FD_BLOCK   4 /* a block device */

/* What a descriptor referred to. */
struct event_fd {
	__u64 id;    /* of an EVENT_FILE, 0: none */
	__u64 inode; /* of the file, pipe or socket */
	__u32 rdev;  /* of a device, as the kernel counts: major << 20 | minor;
			of EVENT_FILE_PIDFD: the PID, or 0 */
	__u8 kind;   /* enum event_file_kind */
	__u8 flags;  /* EVENT_FD_* */
	__u16 size;  /* of the struct event_socket that follows, or 0 */
};

/* The state of a socket when the call began or ended. */
struct event_socket {
	__u64 peer;     /* AF_UNIX: inode of the other end; AF_NETLINK: port */
	__u16 family;   /* AF_* */
	__u16 type;     /* SOCK_* */
	__u16 protocol; /* IPPROTO_*, NETLINK_* */
	__u8 state;     /* TCP_* */
	__u8 path_size; /* AF_UNIX: bytes of the name it is bound to, which
			   follow, padded to 8; begins with NUL if abstract */
	__u8 local[16]; /* AF_INET: 4 bytes */
	__u8 remote[16];
	__u16 local_port; /* host order */
	__u16 remote_port;
	__u32 pad;
};

#define EVENT_FRAMES 32 /* of a stack, at most; then it is cut */

enum event_frame_kind { /* what holds the code */
	EVENT_FRAME_FILE = 0,
	EVENT_FRAME_VDSO = 1,
	EVENT_FRAME_ANON = 2, /* memory without a file: made at run time */
	EVENT_FRAME_BUSY = 3, /* unknown: the mappings were being changed */
	EVENT_FRAME_KINDS = 4,
};

#define EVENT_FRAME_DELETED 1 /* the file's last name is gone */

/* A word on top of the stack that may be the return address of a function that
 * made the call without a frame of its own: see struct event_symbol. */
#define EVENT_FRAME_GUESS 2

struct event_frame {
	__u64 address; /* behind the instruction that called */
	__u64 file;    /* id of an EVENT_FILE; 0: none */
	__u64 offset;  /* of the address in the file, or in the mapping */
	__u8 kind;     /* enum event_frame_kind */
	__u8 flags;    /* EVENT_FRAME_* */
	__u8 slot;     /* of a guess: which word of the stack it is */
	__u8 pad[5];
};

/* flags of task events */
#define EVENT_TASK_LEADER     1 /* the thread is its process's leader */
#define EVENT_TASK_GROUP_DEAD 2 /* EVENT_EXIT: no thread is left */
#define EVENT_TASK_KERNEL     4 /* a kernel thread */

/* EVENT_EXEC, EVENT_EXIT: of a wanted thread, and now is when a tracer is
 * told. */
#define EVENT_TASK_ROW 8

struct event_task {
	struct event h;
	__u32 ppid; /* of the process; 0: outside the namespace */
	__u32 uid;  /* real */
	__u32 gid;
	__u32 euid;
	/* EVENT_EXIT: as wait(2) reports it; EVENT_EXEC: the caller's TID. */
	__s32 status;
	/* Bytes of NUL-separated arguments that follow, padded to 8. */
	__u32 cmdline;
	__u64 cgroup; /* ID of the cgroup2 group: its directory's inode */
	__u64 parent_start_ns;
	char comm[EVENT_COMM_SIZE]; /* of the thread (h.tid) */
};

/* Growth of counters since the previous event of the same key. */
struct event_growth {
	__u64 calls;     /* ended calls, whatever their result */
	__u64 errors;    /* results -4095..-1 but for the restart codes */
	__u64 restarted; /* ended with a restart code: by a signal */
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

/*
 * How often a call of a process has failed with an errno since the previous
 * event of the same key.  h.pid and h.start_ns as in struct event_count.
 */
struct event_error {
	struct event h;
	__u32 nr;
	__u32 code; /* errno, below 4096; 0: not told apart */
	__u64 count;
};

/* The path of an open file; comes before the rows that bear its id. */
struct event_file {
	struct event h;
	__u64 id;   /* never used twice */
	__u32 size; /* bytes of the path that follow, padded to 8 */
	__u32 flags;
};

/* flags of EVENT_FILE */
#define EVENT_FILE_CUT       1 /* the path had more components than are read */
#define EVENT_FILE_ELSEWHERE 2 /* it does not begin at sctop's root */

#define EVENT_SYMBOL_LIMIT 1024 /* longest name of a function */

/* slot of an EVENT_SYMBOL */
#define EVENT_SLOT_UNKNOWN 0xffffffffu /* then the first word is taken */
#define EVENT_SLOT_FRAME   0xfffffffeu /* none: the function has a frame */

/* The function that a frame of that file and offset is in; comes before the
 * rows that have it. */
struct event_symbol {
	struct event h;
	__u64 file; /* as in struct event_frame; of the vDSO: 0 */
	__u64 offset;
	__u64 begin; /* where in the file the function begins */
	__u32 slot;  /* if the call is made here: which word of the stack is the
			return address, or EVENT_SLOT_* */
	__u32 size;  /* bytes of the name that follow, padded to 8; 0: it is not
			known */
};

#define EVENT_NAME_LIMIT 64 /* longest name of a call */

/* EVENT_TRACED: bits of its value; without them the call is not */
#define EVENT_TRACED_ROWS   1 /* traced: it has rows */
#define EVENT_TRACED_STACKS 2 /* these have the caller's stack */

/* Something about a call that numbers do not tell: its number may not be known,
 * and is another one elsewhere. */
struct event_named {
	struct event h;
	__u32 value; /* EVENT_TRACED: EVENT_TRACED_*; EVENT_NUMBER: the number,
			of native callers */
	__u32 size;  /* bytes of the name that follow, padded to 8; 0: every
			call */
};

#define EVENT_SIGINFO_SIZE 48 /* struct kernel_siginfo */

enum event_action { /* what the thread does about a signal */
	EVENT_ACTION_DEFAULT = 0,
	EVENT_ACTION_IGNORE = 1,
	EVENT_ACTION_HANDLER = 2,
	EVENT_ACTIONS = 3,
};

struct event_signal {
	struct event h;
	__u32 signal;
	__u32 action; /* enum event_action */
	__u32 uid;    /* real user and group of the thread */
	__u32 gid;
	__u8 info[EVENT_SIGINFO_SIZE]; /* the head of its siginfo_t, as 64-bit
					  programs have it */
	char comm[EVENT_COMM_SIZE];    /* of the process */
};

enum event_lost_cause {
	EVENT_LOST_RING = 0,  /* ring buffer full */
	EVENT_LOST_STATE = 1, /* no memory for the thread's state */
	EVENT_LOST_BUDGET =
		2, /* arrived, but fell out of user space's budget unseen */
	EVENT_LOST_SAMPLED = 3, /* left out on purpose, beyond a share */
	EVENT_LOST_CAUSES = 4,
};

/* A loss that is not a call's (a task event) has nr EVENT_NR_NONE. */
#define EVENT_NR_NONE 0xfffffffeu

struct event_lost {
	struct event h;
	__u32 nr;
	__u32 cause; /* enum event_lost_cause */
	__u64 count; /* since the previous event of the same key */
};

#define EVENT_UNKNOWN 0xffffffffffffffffull

/* Totals since start; a tick closes one interval of rates. */
struct event_tick {
	struct event h;
	__u64 wall_offset_ns; /* add to a monotonic time: Unix time */
	__u64 seen;           /* calls that the programs looked at */
	__u64 filtered;       /* of these, left out by the capture filters */
	__u64 sent;           /* call rows put into the ring buffer */
	__u64 unpaired;       /* exits without an entry */
	__u64 requests; /* handed in through io_uring, of the whole machine;
			   EVENT_UNKNOWN: not told */
	__u64 bpf_ns;   /* time in our programs while it was measured */
	__u64 bpf_runs; /* program runs in that time; 0: unknown */
	__u64 cpu_ns;   /* sctop's own CPU time */
};

#define EVENT_ASSERT_SIZE(type, bytes)                                         \
	_Static_assert(sizeof(type) == (bytes), #type)
EVENT_ASSERT_SIZE(struct event, 32);
EVENT_ASSERT_SIZE(struct event_call, 128);
EVENT_ASSERT_SIZE(struct event_chunk, 16);
EVENT_ASSERT_SIZE(struct event_fd, 24);
EVENT_ASSERT_SIZE(struct event_socket, 56);
EVENT_ASSERT_SIZE(struct event_file, 48);
EVENT_ASSERT_SIZE(struct event_frame, 32);
EVENT_ASSERT_SIZE(struct event_symbol, 64);
EVENT_ASSERT_SIZE(struct event_named, 40);
EVENT_ASSERT_SIZE(struct event_signal, 112);
EVENT_ASSERT_SIZE(struct event_task, 88);
EVENT_ASSERT_SIZE(struct event_growth, 48);
EVENT_ASSERT_SIZE(struct event_stat, 344);
EVENT_ASSERT_SIZE(struct event_count, 88);
EVENT_ASSERT_SIZE(struct event_error, 48);
EVENT_ASSERT_SIZE(struct event_lost, 48);
EVENT_ASSERT_SIZE(struct event_tick, 104);
