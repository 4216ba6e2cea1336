/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The running kernel as a feed: loads and attaches the BPF programs, drains
 * their ring buffers in order of time, and turns kernel counters into events.
 * The only module that uses libbpf.
 */
#pragma once

#include "feed/sink.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct catalogue;
struct err;
struct live;
struct shed_load;

enum live_state { /* of a syscall; what the kernel side does with it */
	LIVE_OFF,
	LIVE_COUNTED,
	LIVE_TRACED, /* counted, and a row per call */
};

enum live_outcome {
	LIVE_ANY,
	LIVE_SUCCEEDED,
	LIVE_FAILED,
};

struct live_filter {       /* all that are given must hold */
	const pid_t *pids; /* NULL: any; processes */
	size_t pid_count;  /* at most LIVE_PIDS_LIMIT */
	const pid_t *tids;
	size_t tid_count;
	bool follow;           /* pids: and their descendants */
	const char *comm_glob; /* of the process's name; * ? [...]; at most 63
				  tokens; NULL: any */
	int64_t uid;           /* -1: any */
	uint64_t
		cgroup; /* ID of a cgroup2 group, sub-groups included; 0: any */
	enum live_outcome outcome;
	const int *errnos; /* NULL: any; positive, below 4096 */
	size_t errno_count;
	uint64_t min_ns;
};

#define LIVE_PIDS_LIMIT 4096

/* A filter expression for the kernel side: tests, and for each combination of
 * their outcomes whether a call passes. */
#define LIVE_TESTS       12
#define LIVE_GLOBS       4 /* tests of LIVE_COMM among them */
#define LIVE_TABLE_WORDS 64

enum live_field {
	LIVE_CALL, /* which call it is */
	LIVE_PID,
	LIVE_TID,
	LIVE_UID, /* real */
	LIVE_GID,
	LIVE_COMM,     /* name of the process */
	LIVE_RET,      /* of a call without a result no test of these holds */
	LIVE_DURATION, /* ns */
	LIVE_HAS_FAILED,
};

enum live_compare {
	LIVE_IS,
	LIVE_LESS,
	LIVE_AT_MOST,
	LIVE_MORE,
	LIVE_AT_LEAST,
};

struct live_test {
	enum live_field field;
	enum live_compare compare;
	uint64_t
		value; /* of LIVE_RET: an int64_t; of LIVE_HAS_FAILED: 0 or 1 */
	char glob[64]; /* LIVE_COMM */
	bool *calls;   /* LIVE_CALL, by index of the catalogue; its holder's */
	bool rest;     /* LIVE_CALL: those that the catalogue did not know */
};

struct live_formula {
	struct live_test tests[LIVE_TESTS];
	size_t count;
	uint64_t passes[LIVE_TABLE_WORDS]; /* bit i: test n is bit n of i */
};

enum live_fds { /* what is told of descriptors */
	LIVE_FDS_NONE,
	LIVE_FDS_PATH, /* paths; inodes of what has none */
	LIVE_FDS_ALL,  /* and devices, processes, the state of sockets */
};

struct live_config {
	struct catalogue *catalogue; /* borrowed until live_close() */
	pid_t command_pid; /* followed, but hidden until its execve; 0: none */
	/* CLOCK_BOOTTIME: processes that sctop made since are its own, COMMAND
	 * apart, and never shown. */
	uint64_t own_since_ns;
	struct live_filter filter; /* borrowed for the call of live_open() */
	bool remarks; /* signals are events, and ends and execs may be rows */
	uint64_t ring_bytes;  /* of all rings together */
	uint64_t count_bytes; /* of the counters' hash */
	unsigned
		string_limit; /* bytes captured per string that is not a path */
	enum live_fds fds;
	bool stacks;         /* they may be asked for: live_set_stacks() */
	uint64_t path_count; /* paths of descriptors remembered by the programs
			      */
	int tracefs_events_fd; /* for calls without a number; -1: none; borrowed
				* until live_close()
				*/
};

/*
 * Loads and attaches; every syscall is LIVE_OFF.  The caller has checked what
 * the machine offers; errors say what was refused.  -ESRCH: a PID that is gone.
 */
int live_open(struct live **ret, const struct live_config *config,
	      struct err *err);
void live_close(struct live *live);

/*
 * Sets what happens with a syscall from its next call on: a store into a
 * shared page.  SYSCALL_NONE means all numbers that the catalogue did not know
 * when it was opened.
 */
void live_set_state(struct live *live, uint32_t index, enum live_state state);

/* Whether rows of a syscall have the caller's stack, from its next call on.
 * SYSCALL_NONE as above. */
void live_set_stacks(struct live *live, uint32_t index, bool on);

/* Events for every existing task, in the filter or not. */
int live_inventory(struct live *live, const struct sink *to, struct err *err);

/*
 * Limits rows (not counters) to processes at run time.  COUNT 0: no limit.
 * With FOLLOW, descendants made from now on and existing ones too.
 */
int live_limit_rows(struct live *live, const pid_t *pids, size_t count,
		    bool follow, struct err *err);

/*
 * Leaves out calls, of rows and counters, that FORMULA does not let pass; NULL:
 * none.  With MARK they come all the same, with EVENT_CALL_REFUSED.  Calls that
 * are under way are judged by one or the other.  -EINVAL, -E2BIG: a glob.
 */
int live_set_formula(struct live *live, const struct live_formula *formula,
		     bool mark, struct err *err);

/*
 * Hands over what has arrived, in order of time, at most LIMIT events (0: no
 * limit).  With FINAL nothing is held back.  Returns how many.
 */
size_t live_pump(struct live *live, const struct sink *to, size_t limit,
		 bool final);

/* Hands over an EVENT_BLOCKED for each wanted thread that is in a call which is
 * not off, then one EVENT_BLOCKED_END. */
int live_blocked(struct live *live, const struct sink *to, struct err *err);

/* Reads the counters and hands over what changed, losses, then one EVENT_TICK.
 */
void live_sample(struct live *live, const struct sink *to);

/* Whether a followed process (a PID of the filter, or a descendant) is still
 * alive. */
bool live_has_followed(const struct live *live);

/* Totals since start, read now. */
struct live_totals {
	uint64_t seen;     /* calls that ended and passed the filters of their
			      process */
	uint64_t filtered; /* of these, left out for their result or duration */
	uint64_t sent;     /* rows put into the ring buffers */
	uint64_t lost;     /* rows that never came, whatever the cause */
	uint64_t shed;     /* of these, left out by live_set_share() */
	uint64_t unpaired; /* exits without an entry */
	uint64_t requests; /* handed in through io_uring, of the whole machine;
			      EVENT_UNKNOWN: this kernel does not tell */
};
void live_totals(const struct live *live, struct live_totals *ret);

/* What shed_step() decides by. */
void live_load(const struct live *live, struct shed_load *ret);

/*
 * From now on a process has so many rows a second of a call, and as many at
 * once if it was quiet before; the rest is counted and left out.  0: no limit.
 */
void live_set_share(struct live *live, uint32_t rows_per_s);

uint64_t live_now_ns(void); /* CLOCK_MONOTONIC */

/* Added to a time of CLOCK_MONOTONIC it gives Unix time; taken at start. */
uint64_t live_wall_offset_ns(const struct live *live);
