/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes and their threads.  A process is known by its PID and start time;
 * it stays, marked ended, until it is dropped.  Names are interned: a process
 * owns no text.
 */
#pragma once

#include "bpf/event.h"

#include "model/stat.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uthash.h>

struct strtab;
struct task_table;

struct task_key {
	uint64_t start_ns; /* boot time; 0 with PID 0: the bucket "other" */
	uint64_t pid;      /* 0: outside our PID namespace */
};

struct task_thread {
	uint32_t tid;
	const char *comm; /* interned */
	struct task_process *process;
	struct task_thread *prev, *next; /* of the same process */
	UT_hash_handle hh;
};

struct task_process {
	struct task_key key;
	uint64_t id;         /* row identity, from 1 */
	const char *comm;    /* of the leader, interned; "" if unknown */
	const char *cmdline; /* arguments separated by blanks; "" if unknown */
	uint32_t ppid;       /* 0: unknown or outside the namespace */
	uint32_t uid, gid, euid;
	bool has_task;  /* a task event told ppid, euid, cgroup */
	bool has_creds; /* uid and gid are known */
	bool kernel;    /* a kernel thread */
	bool ended;
	int32_t status; /* as wait(2) reports it; of an ended process */
	uint64_t parent_start_ns;
	uint64_t cgroup;
	uint64_t made_ns;  /* monotonic time of its fork; 0: before we looked */
	uint64_t ended_ns; /* monotonic; 0: alive */
	uint32_t ended_tick; /* interval in which it ended */
	uint32_t threads;    /* known to be alive, the leader not counted */
	struct task_thread *thread_list;
	struct stat_sum sum; /* of all its syscalls */
	struct stat_pairs pairs;
	struct task_process *prev_ended, *next_ended; /* oldest first */
	UT_hash_handle hh;                            /* in order of making */
};
