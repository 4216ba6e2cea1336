/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who makes the calls of strace's text.  It has the IDs of threads; which of
 * them are of one process, and who made whom, follows from the calls that make
 * tasks.
 */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uthash.h>

#define STRACE_TASKS_LIMIT      65536
#define STRACE_UNFINISHED_LIMIT (16u << 20) /* bytes of calls that wait */

struct strace_process {
	uint32_t pid; /* 0: the text has none */
	uint64_t start_ns;
	uint32_t ppid;
	uint64_t parent_start_ns;
	char comm[EVENT_COMM_SIZE]; /* "": not known */
	unsigned threads;           /* that are known */
	bool compat;                /* it runs in 32 bit mode */
};

struct strace_task {
	uint32_t tid;
	struct strace_process *process; /* shared by its threads */
	char *unfinished; /* owned: "name(arguments" of a call; or NULL */
	size_t unfinished_len;
	uint64_t entry_ns;   /* of that call */
	bool makes_task;     /* that call does, and which is not known yet */
	bool is_thread_made; /* what it makes is a thread */
	bool has_execed;     /* its exec was told of */
	UT_hash_handle hh;
};

struct strace_tasks {
	struct strace_task *table; /* owned */
	size_t unfinished;         /* bytes */
	size_t makers;             /* whose makes_task is set */
};

void strace_tasks_done(struct strace_tasks *tasks);
struct strace_task *strace_tasks_find(const struct strace_tasks *tasks,
				      uint32_t tid);

/* The latest whose unfinished call makes a task; NULL: none. */
struct strace_task *strace_tasks_maker(const struct strace_tasks *tasks);

void strace_tasks_set_maker(struct strace_tasks *tasks,
			    struct strace_task *task, bool makes_task);

/* A thread of MAKER's process, or a process that it made; MAKER NULL: a process
 * that was there.  There is none of that TID yet. */
struct strace_task *strace_tasks_add(struct strace_tasks *tasks, uint32_t tid,
				     uint64_t time_ns,
				     struct strace_task *maker);

/* The thread is gone. */
void strace_tasks_remove(struct strace_tasks *tasks, struct strace_task *task);

/* Keeps the text of an unfinished call; false: there is no room. */
bool strace_tasks_keep(struct strace_tasks *tasks, struct strace_task *task,
		       const char *text, size_t len);
void strace_tasks_forget(struct strace_tasks *tasks, struct strace_task *task);

/* EV becomes a task event about TASK; its comm is that of the process. */
void strace_tasks_event(const struct strace_task *task, struct event_task *ev,
			enum event_kind kind, uint64_t time_ns);
