/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is kept per thread, in task storage: who it is, whether it is wanted,
 * the call it is in, and its counters.  A state is made at the thread's first
 * call that counts, at its fork if it is followed, or by the marking iterator.
 */
#pragma once

#include "control.h"
#include "kernel.h"

/* state.marks: set from outside, with atomics */
#define STATE_SELF   1 /* sctop: never shown */
#define STATE_TARGET 2 /* a PID or TID asked for, or followed from one */
#define STATE_HELD   4 /* COMMAND before its execve: not shown */
#define STATE_ROWS   8 /* rows are wanted when they are limited at run time */

/* state.flags: only the thread itself writes them */
#define STATE_WANTED   1  /* passes the filters; valid while epoch is current */
#define STATE_TRACED   2  /* the call it is in gets a row */
#define STATE_CAPTURED 4  /* and that row has chunks */
#define STATE_COMPAT   8  /* the call it is in uses the 32-bit table */
#define STATE_WATCHED  16 /* its calls were seen from the first, or one was */
#define STATE_RESUMES  32 /* restart_syscall would go on with the last one */
#define STATE_SHED     64 /* the call it is in would have a row */

struct state {
	u64 start_ns; /* of the process */
	u64 marks;
	u32 pid; /* in sctop's namespace; 0: outside */
	u32 tid;
	u32 flags;
	u32 epoch; /* when WANTED was decided */
	u32 uid;   /* real user and group last reported */
	u32 gid;
	u32 euid;
	u32 nr;
	u64 enter_ns; /* 0: not in a call */
	u64 args[EVENT_ARGS];
	u32 version; /* grows as a slot changes; written by the thread */
	u32 read;    /* the one last read; written by the iterator */
	u32 settle;  /* 1: read once more; written by the iterator */
	u32 variant; /* of the call: 1 + place in variant_lists, or 0 */

	/* Of the filter: bit per test about the task that it passes; valid as
	 * WANTED is. */
	u32 tests;
	u32 share; /* of the call: 1 + place in shares, or 0 */
	struct control_slot slots[CONTROL_SLOTS];
};

_Static_assert(sizeof(struct state) <= 1920,
	       "rounded up to 4 KB by the kernel's allocator");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct state);
} states SEC(".maps");

const volatile __u32 knob_ns_inum = 0; /* sctop's PID namespace */
const volatile _Bool knob_follow = false;

__u32 epoch = 1;    /* grows when decisions must be made anew */
__u64 followed = 0; /* live threads with STATE_TARGET */

/* Depth of sctop's PID namespace; found before the programs are attached. */
__u32 ns_level = 0;

/* Where the number of PID in the namespace of depth LEVEL is noted. */
static __always_inline struct upid *state_upid(struct pid *pid, u32 level)
{
	char *numbers =
		(char *)pid + bpf_core_field_offset(struct pid, numbers);
	return (struct upid *)(numbers +
			       level * bpf_core_type_size(struct upid));
}

/* The number of TASK in sctop's PID namespace, 0 outside it. */
static __noinline u32 state_ns_nr(struct task_struct *task)
{
	if (!task)
		return 0;
	struct pid *pid = BPF_CORE_READ(task, thread_pid);
	if (!pid || BPF_CORE_READ(pid, level) < ns_level)
		return 0;
	struct upid *upid = state_upid(pid, ns_level);
	if (BPF_CORE_READ(upid, ns, ns.inum) != knob_ns_inum)
		return 0;
	return (u32)BPF_CORE_READ(upid, nr);
}

/* Fills a state that has just been made. */
static __always_inline void state_init(struct state *st,
				       struct task_struct *task)
{
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	const struct cred *cred = BPF_CORE_READ(task, cred);
	st->start_ns = BPF_CORE_READ(leader, start_boottime);
	st->pid = state_ns_nr(leader);
	st->tid = leader == task ? st->pid : state_ns_nr(task);
	st->uid = BPF_CORE_READ(cred, uid.val);
	st->gid = BPF_CORE_READ(cred, gid.val);
	st->euid = BPF_CORE_READ(cred, euid.val);
}

/* The state of TASK, made if need be; NULL if there is no memory for it. */
static __always_inline struct state *state_make(struct task_struct *task)
{
	struct state *st = bpf_task_storage_get(&states, task, NULL, 0);
	if (st)
		return st;
	st = bpf_task_storage_get(&states, task, NULL,
				  BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (st)
		state_init(st, task);
	return st;
}

static __always_inline void state_mark(struct state *st, u64 marks)
{
	if ((marks & STATE_TARGET) && !(st->marks & STATE_TARGET))
		__sync_fetch_and_add(&followed, 1);
	__sync_fetch_and_or(&st->marks, marks);
	st->epoch = 0;
}
