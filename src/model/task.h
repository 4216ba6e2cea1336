/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes and their threads.  A process is known by its host, its PID and its
 * start time; it stays, marked ended, until it is dropped.  The process "other"
 * of a host stands for all that cannot be told apart there.  Names are
 * interned: a process owns no text.
 */
#pragma once

#include "bpf/event.h"

#include "model/failure.h"
#include "model/stat.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uthash.h>

struct buf;
struct strtab;

struct task_key {
	uint64_t start_ns; /* boot time; 0 with PID 0: "other" */
	uint32_t pid;      /* 0: outside our PID namespace */
	uint32_t host;
};

struct task_thread_key {
	uint32_t tid;
	uint32_t host;
};

struct task_thread { /* a thread that is not its process's leader */
	struct task_thread_key key;
	const char *comm; /* interned */
	struct task_process *process;
	struct task_thread *prev, *next; /* of the same process */
	UT_hash_handle hh;
};

struct task_process {
	struct task_key key;
	uint64_t id;         /* row identity, from 1 */
	const char *comm;    /* of the leader, interned; "" if unknown */
	const char *cmdline; /* arguments separated by blanks, interned; "" if
				unknown */
	uint32_t ppid;       /* 0: unknown or outside the namespace */
	uint32_t uid, gid, euid;
	bool has_task; /* a task event told ppid, euid, cgroup */
	bool has_user; /* uid and gid are known */
	bool kernel;   /* a kernel thread */
	bool ended;
	int32_t status; /* as wait(2) reports it; of an ended process */
	uint64_t parent_start_ns;
	uint64_t cgroup;
	uint64_t made_ns;  /* monotonic time of its fork; 0: before we looked */
	uint64_t ended_ns; /* monotonic */
	uint64_t ended_tick; /* number of the interval in which it ended */
	uint32_t threads;    /* known to be alive, without the leader */
	struct task_thread *thread_list;
	struct stat_sum sum; /* of all its syscalls */
	struct stat_pairs pairs;
	struct failures failures;
	struct task_process *prev, *next; /* of the ended ones, oldest first */
	UT_hash_handle hh;                /* by key, in order of making */
	UT_hash_handle hh_id;
};

struct task_table {
	struct strtab *names; /* borrowed */
	struct task_process *by_key;
	struct task_process *by_id;
	struct task_thread *threads;              /* by key */
	struct task_process *ended;               /* oldest first */
	struct task_process *others[EVENT_HOSTS]; /* or NULL */
	uint64_t last_id;
	size_t used_bytes; /* processes and threads, pairs not counted */
	uint32_t alive_count, ended_count; /* "other" in neither */
};

void task_init(struct task_table *table, struct strtab *names);
void task_done(struct task_table *table);

/* Of the process that an event names. */
static inline struct task_key task_key_of(const struct event *ev)
{
	return (struct task_key){.start_ns = ev->start_ns,
				 .pid = ev->pid,
				 .host = EVENT_HOST(ev)};
}

static inline bool task_is_same(const struct task_key *a,
				const struct task_key *b)
{
	return a->pid == b->pid && a->start_ns == b->start_ns &&
	       a->host == b->host;
}

/* NULL if there is none. */
struct task_process *task_find(const struct task_table *table,
			       struct task_key key);
struct task_process *task_find_id(const struct task_table *table, uint64_t id);

/* Found or made, unknown in all but its key. */
struct task_process *task_make(struct task_table *table, struct task_key key);
struct task_process *task_make_other(struct task_table *table, uint32_t host);
bool task_is_other(const struct task_process *process);

/* Its parent, where that is known. */
struct task_process *task_parent(const struct task_table *table,
				 const struct task_process *process);

/* Frees it; its pairs and failures must be gone. */
void task_drop(struct task_table *table, struct task_process *process);

/*
 * What a task event says about PROCESS and its thread h.tid.  TICK is the
 * number of the open interval.
 */
void task_apply(struct task_table *table, struct task_process *process,
		const struct event_task *ev, uint64_t tick);

/* What a call says about a process that no task event has told about. */
void task_learn(struct task_table *table, struct task_process *process,
		const struct event_call *ev);

/* The thread's own name, or NULL if it is not known. */
const char *task_thread_comm(const struct task_table *table,
			     const struct task_process *process, uint32_t tid);

/* The arguments of an event, blanks between them, into TEXT; their length. */
size_t task_cmdline_text(const struct event_task *ev,
			 char text[EVENT_CMDLINE_LIMIT]);

/* "exit 1", "SIGKILL" of a status of wait(2). */
void task_print_status(struct buf *buf, int32_t status);
