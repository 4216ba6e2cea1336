/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Programs that follow tasks, whatever is traced: names, command lines, users
 * and ends of processes arrive as events, and children of followed tasks are
 * marked before they run.
 */
#pragma once

#include "call.bpf.h"
#include "signal.bpf.h"

/* Tells of a new user or group, and decides anew. */
static __noinline void report_creds(struct task_struct *task, struct state *st)
{
	if (!task || !st)
		return;
	u32 uid = BPF_CORE_READ(task, cred, uid.val);
	u32 gid = BPF_CORE_READ(task, cred, gid.val);
	u32 euid = BPF_CORE_READ(task, cred, euid.val);
	if (uid == st->uid && gid == st->gid && euid == st->euid)
		return;
	st->uid = uid;
	st->gid = gid;
	st->euid = euid;
	st->epoch = 0;
	u32 zero = 0;
	struct emit_task *scratch = bpf_map_lookup_elem(&task_scratch, &zero);
	if (!scratch)
		return;
	emit_fill_task(&scratch->ev, task);
	scratch->ev.h.kind = EVENT_CRED;
	emit_task_event(scratch, sizeof(scratch->ev));
}

SEC("tp_btf/sched_process_fork")
int task_fork(u64 *ctx)
{
	struct task_struct *parent = (struct task_struct *)ctx[0];
	struct task_struct *child = (struct task_struct *)ctx[1];
	struct state *from = bpf_task_storage_get(&states, parent, NULL, 0);
	bool is_thread =
		BPF_CORE_READ(child, tgid) == BPF_CORE_READ(parent, tgid);
	u64 marks = 0;
	if (from) {
		if (is_thread)
			marks = from->marks & (STATE_SELF | STATE_TARGET |
					       STATE_HELD | STATE_ROWS);
		else if (!(from->marks & (STATE_SELF | STATE_HELD)))
			marks = (knob_follow ? from->marks & STATE_TARGET : 0) |
				(rows_follow ? from->marks & STATE_ROWS : 0);
	}
	if (marks) {
		struct state *st = bpf_task_storage_get(
			&states, child, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
		if (st) {
			state_init(st, child);
			st->flags |= STATE_WATCHED;
			state_mark(st, marks);
		} else {
			emit_lose(CONTROL_NR_OTHER, false, EVENT_LOST_STATE);
		}
	}
	u32 zero = 0;
	struct emit_task *scratch = bpf_map_lookup_elem(&task_scratch, &zero);
	if (!scratch)
		return 0;
	emit_fill_task(&scratch->ev, child);
	scratch->ev.h.kind = EVENT_FORK;
	emit_task_event(scratch, sizeof(scratch->ev));
	return 0;
}

static __always_inline u32 read_cmdline(struct emit_task *scratch,
					struct task_struct *task)
{
	u64 start = BPF_CORE_READ(task, mm, arg_start);
	u64 size = BPF_CORE_READ(task, mm, arg_end) - start;
	if (size > EVENT_CMDLINE_LIMIT)
		size = EVENT_CMDLINE_LIMIT;
	if (!size || bpf_probe_read_user(scratch->cmdline, (u32)size,
					 (const void *)start))
		return 0;
	return (u32)size;
}

/* What an execve could not read at entry of its arguments. */
static __always_inline void keep_arguments(struct task_struct *task,
					   struct state *st,
					   const struct linux_binprm *bprm)
{
	if (!st->enter_ns || !(st->flags & STATE_CAPTURED))
		return;
	struct row *row = bpf_task_storage_get(&rows, task, NULL, 0);
	if (!row || !row->retry)
		return;
	const struct control_desc *desc =
		desc_of(st->nr, (st->flags & STATE_COMPAT) != 0);
	u64 filename = (u64)BPF_CORE_READ(bprm, filename);
	u64 argc = 0;
	if (filename != (u64)BPF_CORE_READ(bprm, interp))
		argc = (u64)BPF_CORE_READ(bprm, argc);
	if (BPF_CORE_READ(bprm, fdpath))
		filename = 0; /* it is not as the caller wrote it */
	capture_exec(row, list_of(st, desc), filename,
		     BPF_CORE_READ(task, mm, arg_start), argc);
}

SEC("tp_btf/sched_process_exec")
int task_exec(u64 *ctx)
{
	struct task_struct *task = (struct task_struct *)ctx[0];
	struct state *st = bpf_task_storage_get(&states, task, NULL, 0);
	u32 caller = 0;
	if (st) {
		keep_arguments(task, st, (const struct linux_binprm *)ctx[2]);
		/* A thread that was not the leader has become it. */
		caller = st->tid;
		st->tid = st->pid;
		st->flags |= STATE_WATCHED;
		st->epoch = 0;
		/* COMMAND begins here too where execve itself is off. */
		__sync_fetch_and_and(&st->marks, ~(u64)STATE_HELD);
		st->uid = BPF_CORE_READ(task, cred, uid.val);
		st->gid = BPF_CORE_READ(task, cred, gid.val);
		st->euid = BPF_CORE_READ(task, cred, euid.val);
	}
	u32 zero = 0;
	struct emit_task *scratch = bpf_map_lookup_elem(&task_scratch, &zero);
	if (!scratch)
		return 0;
	emit_fill_task(&scratch->ev, task);
	scratch->ev.h.kind = EVENT_EXEC;
	scratch->ev.status = (s32)(caller ? caller : scratch->ev.h.tid);
	if (knob_remarks && filter_wants(signal_state(task), task))
		scratch->ev.h.flags |= EVENT_TASK_ROW;
	u32 cmdline = read_cmdline(scratch, task);
	u64 size = sizeof(scratch->ev) + ((cmdline + 7) & ~7u);
	if (size > sizeof(scratch->ev) + EVENT_CMDLINE_LIMIT)
		size = sizeof(scratch->ev) + EVENT_CMDLINE_LIMIT;
	scratch->ev.cmdline = cmdline;
	scratch->ev.h.size = (u32)size;
	emit_task_event(scratch, size);
	return 0;
}

/* What the thread counted goes to the hash, its unfinished call gets its row.
 */
static __always_inline void close_state(struct task_struct *task,
					struct state *st)
{
	if (st->enter_ns) {
		struct ending end = {
			.now_ns = bpf_ktime_get_ns(),
			.flags = EVENT_CALL_NO_RESULT,
			.gone = true,
		};
		end_call(task, st, &end);
	}
	for (u32 i = 0; i < CONTROL_SLOTS; i++)
		count_flush(st, &st->slots[i]);
	if (st->marks & STATE_TARGET) {
		__sync_fetch_and_and(&st->marks, ~(u64)STATE_TARGET);
		__sync_fetch_and_sub(&followed, 1);
	}
}

/* Of leaders that ended before other threads: their end is told, as to a
 * tracer, when none is left. */
struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, u32);
} untold SEC(".maps");

static __always_inline bool is_last(struct task_struct *task)
{
	return BPF_CORE_READ(task, signal, live.counter) == 0;
}

/* Whether the end of TASK, a wanted thread, is told now. */
static __always_inline bool is_told_now(struct task_struct *task,
					struct task_struct *leader)
{
	if (task != leader || is_last(task))
		return true;
	if (!bpf_task_storage_get(&untold, task, NULL,
				  BPF_LOCAL_STORAGE_GET_F_CREATE))
		return true; /* too early, but told */
	/* Who takes it out tells of it: the last one may have looked for it
	 * before it was there. */
	return is_last(task) && !bpf_task_storage_delete(&untold, task);
}

static __always_inline void emit_exit(struct emit_task *scratch,
				      struct task_struct *task, u16 flags)
{
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	emit_fill_task(&scratch->ev, task);
	scratch->ev.h.kind = EVENT_EXIT;
	scratch->ev.h.flags |= flags;
	scratch->ev.status =
		BPF_CORE_READ(signal, flags) & KERNEL_SIGNAL_GROUP_EXIT
			? BPF_CORE_READ(signal, group_exit_code)
			: BPF_CORE_READ(task, exit_code);
	emit_task_event(scratch, sizeof(scratch->ev));
}

SEC("tp_btf/sched_process_exit")
int task_exit(u64 *ctx)
{
	struct task_struct *task = (struct task_struct *)ctx[0];
	struct state *st =
		knob_remarks ? signal_state(task)
			     : bpf_task_storage_get(&states, task, NULL, 0);
	/* Before its marks go. */
	bool wanted = knob_remarks && filter_wants(st, task);
	if (st)
		close_state(task, st);
	if (st && st->marks & STATE_SELF)
		return 0;
	u32 zero = 0;
	struct emit_task *scratch = bpf_map_lookup_elem(&task_scratch, &zero);
	if (!scratch)
		return 0;
	struct task_struct *leader = task->group_leader;
	u16 flags = 0;
	if (wanted && is_told_now(task, leader))
		flags = EVENT_TASK_ROW;
	bool last = is_last(task);
	if (last)
		flags |= EVENT_TASK_GROUP_DEAD;
	emit_exit(scratch, task, flags);
	if (knob_remarks && last && task != leader && leader &&
	    !bpf_task_storage_delete(&untold, leader))
		emit_exit(scratch, leader,
			  EVENT_TASK_ROW | EVENT_TASK_GROUP_DEAD);
	return 0;
}

SEC("tp_btf/task_rename")
int task_rename(u64 *ctx)
{
	struct task_struct *task = (struct task_struct *)ctx[0];
	u32 zero = 0;
	struct emit_task *scratch = bpf_map_lookup_elem(&task_scratch, &zero);
	if (!scratch)
		return 0;
	emit_fill_task(&scratch->ev, task);
	scratch->ev.h.kind = EVENT_RENAME;
	(void)bpf_probe_read_kernel_str(
		scratch->ev.comm, sizeof(scratch->ev.comm),
		(const void *)ctx[1]); /* else the old name stays */
	emit_task_event(scratch, sizeof(scratch->ev));
	if (knob_comm && scratch->ev.h.flags & EVENT_TASK_LEADER)
		__sync_fetch_and_add(&epoch, 1);
	return 0;
}

SEC("tp_btf/cgroup_attach_task")
int cgroup_attach(u64 *ctx)
{
	(void)ctx;
	__sync_fetch_and_add(&epoch, 1);
	return 0;
}
