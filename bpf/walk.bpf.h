/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Programs that user space runs over all tasks: to mark those asked for, to
 * take stock at start, and to read counters.
 */
#pragma once

#include "call.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8192); /* LIVE_PIDS_LIMIT of each kind */
	__type(key, struct control_target_key);
	__type(value, u32);
} targets SEC(".maps");

#define MARK_ANCESTORS 64 /* deeper trees than any in practice */

static __always_inline bool is_target(u32 kind, u32 nr)
{
	struct control_target_key key = {.kind = kind, .nr = nr};
	return nr && bpf_map_lookup_elem(&targets, &key);
}

/* Whether TASK's process, or with FOLLOW one of its ancestors, is a target of
 * KIND. */
static __noinline bool descends(struct task_struct *task, u32 kind, bool follow)
{
	if (!task)
		return false;
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	for (u32 i = 0; i < MARK_ANCESTORS; i++) {
		if (is_target(kind, state_ns_nr(leader)))
			return true;
		struct task_struct *parent = BPF_CORE_READ(leader, real_parent);
		if (!follow || !parent)
			return false;
		parent = BPF_CORE_READ(parent, group_leader);
		if (parent == leader)
			return false;
		leader = parent;
	}
	return false;
}

const volatile __u64 knob_own_since_ns =
	0; /* boot time: sctop began to make processes */

/*
 * sctop, or a process that it made and that is not COMMAND.  What was its child
 * before is somebody else's: a shell that executed sctop may leave some.
 */
static __always_inline bool is_own(struct task_struct *task)
{
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	struct task_struct *parent = BPF_CORE_READ(leader, real_parent);
	return is_target(CONTROL_TARGET_SELF, state_ns_nr(leader)) ||
	       (BPF_CORE_READ(leader, start_boottime) >= knob_own_since_ns &&
		descends(parent, CONTROL_TARGET_SELF, false));
}

static __always_inline u64 marks_of(struct task_struct *task)
{
	u64 marks = 0;
	if (descends(task, CONTROL_TARGET_COMMAND, false))
		marks |= STATE_TARGET | STATE_HELD;
	else if (is_own(task))
		marks |= STATE_SELF;
	if (descends(task, CONTROL_TARGET_PID, knob_follow))
		marks |= STATE_TARGET;
	if (is_target(CONTROL_TARGET_TID, state_ns_nr(task)))
		marks |= STATE_TARGET;
	return marks;
}

#define LEVELS 33 /* MAX_PID_NS_LEVEL + 1, include/linux/pid_namespace.h */

/* Finds the depth of sctop's PID namespace: any task in it will do. */
SEC("iter/task")
int find_level(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	if (!task)
		return 0;
	struct pid *pid = BPF_CORE_READ(task, thread_pid);
	u32 level = BPF_CORE_READ(pid, level);
	for (u32 i = 0; i < LEVELS; i++) {
		if (i > level)
			break;
		struct upid *upid = state_upid(pid, i);
		if (BPF_CORE_READ(upid, ns, ns.inum) == knob_ns_inum)
			ns_level = i;
	}
	return 0;
}

/* Paths begin at sctop's root. */
static __always_inline void note_root(struct task_struct *task)
{
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	path_root_dentry = (u64)BPF_CORE_READ(fs, root.dentry);
	path_root_mount = (u64)BPF_CORE_READ(fs, root.mnt) -
			  bpf_core_field_offset(struct mount, mnt);
}

/* Marks the tasks that were asked for and writes an event per existing task. */
SEC("iter/task")
int take_stock(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	if (!task)
		return 0;
	u64 marks = marks_of(task);
	if (marks) {
		struct state *st = state_make(task);
		if (st)
			state_mark(st, marks);
		else
			emit_lose(CONTROL_NR_OTHER, false, EVENT_LOST_STATE);
	}
	if (marks & STATE_SELF) {
		if (is_target(CONTROL_TARGET_SELF, state_ns_nr(task)))
			note_root(task);
		return 0;
	}
	struct event_task ev = {};
	emit_fill_task(&ev, task);
	ev.h.kind = EVENT_TASK;
	(void)bpf_seq_write(
		ctx->meta->seq, &ev,
		sizeof(ev)); /* the kernel runs it again with room */
	return 0;
}

/* Marks the tasks that rows are limited to, and only them. */
SEC("iter/task")
int mark_rows(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	if (!task)
		return 0;
	if (descends(task, CONTROL_TARGET_ROWS, rows_follow)) {
		struct state *st = state_make(task);
		if (st)
			st->marks |= STATE_ROWS;
		return 0;
	}
	struct state *st = bpf_task_storage_get(&states, task, NULL, 0);
	if (st)
		__sync_fetch_and_and(&st->marks, ~(u64)STATE_ROWS);
	return 0;
}

/* Writes who is alive, and the counters of those that changed. */
SEC("iter/task")
int sample(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	if (!task)
		return 0;
	struct state *st = bpf_task_storage_get(&states, task, NULL, 0);
	if (!st)
		return 0;
	u32 version = st->version;
	bool changed = version != st->read;
	struct control_thread head = {
		.start_ns = st->start_ns,
		.pid = st->pid,
		.tid = st->tid,
		.slots = changed || st->settle ? CONTROL_SLOTS : 0,
	};
	if (bpf_seq_write(ctx->meta->seq, &head, sizeof(head)))
		return 0;
	if (head.slots &&
	    bpf_seq_write(ctx->meta->seq, st->slots, sizeof(st->slots)))
		return 0;
	/* Once more after the last change: a store may be seen later than the
	 * version. */
	st->settle = changed;
	st->read = version;
	return 0;
}
