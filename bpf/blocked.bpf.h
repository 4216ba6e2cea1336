/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The program that tells which calls are in progress.  A thread whose call was
 * seen from its entry has it in its state.  One that was inside it before is
 * known only while it sleeps, by the registers it entered with.
 */
#pragma once

#include "call.bpf.h"

/* Too large for the stack.  Walks do not overlap: user space runs one at a
 * time. */
struct blocked_scratch {
	struct row row;
	struct state st;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct blocked_scratch);
} blocked_scratch SEC(".maps");

/* Copies the call that ST, which its thread may be changing, is in; false if it
 * ended meanwhile. */
static __always_inline bool blocked_copy(struct row *row,
					 const struct state *st)
{
	u64 enter_ns = *(const volatile u64 *)&st->enter_ns;
	struct event_call *call = &row->call;
	call->h.compat = (st->flags & STATE_COMPAT) != 0;
	call->h.start_ns = st->start_ns;
	call->h.pid = st->pid;
	call->h.tid = st->tid;
	call->nr = st->nr;
	call->uid = st->uid;
	call->gid = st->gid;
	__builtin_memcpy(call->args, st->args, sizeof(call->args));
	call->duration_ns =
		call->h.time_ns > enter_ns ? call->h.time_ns - enter_ns : 0;
	return *(const volatile u64 *)&st->enter_ns == enter_ns;
}

/* Adds what the call copied at its entry. */
static __always_inline bool blocked_add_row(struct row *row,
					    struct task_struct *task,
					    const struct state *st)
{
	u64 enter_ns = *(const volatile u64 *)&st->enter_ns;
	if (!(st->flags & STATE_CAPTURED))
		return true;
	const struct row *from = bpf_task_storage_get(&rows, task, NULL, 0);
	if (!from)
		return true;
	u64 size = from->call.payload;
	asm volatile("" : "+r"(size));
	if (size > EVENT_PAYLOAD_LIMIT)
		return true;
	row->call.h.flags |= from->call.h.flags;
	__builtin_memcpy(row->call.args, from->call.args,
			 sizeof(row->call.args));
	if (bpf_probe_read_kernel(row->payload, (u32)size, from->payload))
		size = 0;
	row->call.payload = (u32)size;
	return *(const volatile u64 *)&st->enter_ns == enter_ns;
}

/* Whether TASK sleeps inside a call.  One that runs may be in user space, and
 * one that a signal stopped may have left its call. */
static __always_inline bool blocked_sleeps(struct task_struct *task,
					   const void *regs)
{
	return !task->exit_state && task->__state & KERNEL_SLEEPS &&
	       !(task->__state & KERNEL_STOPS) &&
	       kernel_exit_nr(regs) != 0xffffffff;
}

/* The CPU on which TASK runs, or ran last. */
static __always_inline const struct rq *
blocked_rq(const struct task_struct *task)
{
	if (!bpf_core_field_exists(task->se.cfs_rq))
		return NULL;
	return task->se.cfs_rq->rq;
}

/*
 * How long TASK, which sleeps, has not run: the least that it has been in its
 * call.  The clock of a CPU that has nothing to do stands still.
 */
static __always_inline u64 blocked_slept_ns(const struct task_struct *task)
{
	const struct rq *here = blocked_rq(bpf_get_current_task_btf());
	const struct rq *there = blocked_rq(task);
	if (!here || !there)
		return 0;
	u64 late = here->clock > there->clock ? here->clock - there->clock : 0;
	u64 ran = task->se.exec_start;
	return there->clock_task > ran ? there->clock_task - ran + late : 0;
}

/* Notes in ST, zeroed but for its marks, the call in which TASK was when nobody
 * looked; false if there is none, or it is not counted. */
static __always_inline bool blocked_find(struct state *st,
					 struct task_struct *task)
{
	const void *regs = (const void *)bpf_task_pt_regs(task);
	if (!regs || !blocked_sleeps(task, regs))
		return false;
	bool compat = kernel_is_compat(task);
	u32 nr = kernel_exit_nr(regs);
	const struct control_desc *desc = desc_of(nr, compat);
	if (desc->state == CONTROL_OFF)
		return false;
	state_init(st, task);
	st->flags = compat ? STATE_COMPAT : 0;
	st->nr = nr;
	kernel_args(st->args, regs, compat);
	if (desc->flags & CONTROL_STACK)
		st->args[0] = kernel_stack(regs);
	if (desc->flags & CONTROL_RESUMES)
		st->args[0] = 0;
	if (st->marks & (STATE_SELF | STATE_HELD))
		return false;
	filter_decide(st, task);
	return (st->flags & STATE_WANTED) != 0;
}

/* Appends what the descriptors among the arguments refer to, as LIST has them.
 */
__noinline int blocked_fds(struct row *row, const struct control_list *list)
{
	if (!row || !list)
		return 0;
	for (u32 i = 0; i < CONTROL_OPS; i++) {
		const struct control_op *op = &list->ops[i];
		if (i >= list->count)
			break;
		if (op->copy != CONTROL_COPY_FD || op->limit ||
		    op->from == CONTROL_FROM_RESULT)
			continue;
		int fd = (int)row_arg(row, op->arg);
		if (fd != KERNEL_AT_FDCWD)
			fd_one(row, fd,
			       ROW_INFO(op->arg, EVENT_CHUNK_FD, 0,
					EVENT_AT_ENTRY));
	}
	return 0;
}

static __always_inline void blocked_write(struct bpf_iter__task *ctx,
					  struct task_struct *task,
					  struct row *row, u64 size)
{
	asm volatile("" : "+r"(size));
	if (size > EVENT_PAYLOAD_LIMIT)
		return;
	size += sizeof(row->call);
	row->call.h.size = (u32)size;
	row->call.ret = task->pid;
	row->call.h.flags |= EVENT_CALL_NO_RESULT;
	fill_comm(&row->call, task);
	(void)bpf_seq_write(ctx->meta->seq, row,
			    (u32)size); /* the kernel runs it again with room */
}

/* Writes an EVENT_BLOCKED for each thread that is in a call. */
SEC("iter/task")
int blocked(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	u32 zero = 0;
	struct blocked_scratch *scratch =
		bpf_map_lookup_elem(&blocked_scratch, &zero);
	if (!task || !scratch ||
	    task->flags & (KERNEL_PF_KTHREAD | KERNEL_PF_IO_WORKER))
		return 0;
	struct row *row = &scratch->row;
	struct state *st = bpf_task_storage_get(&states, task, NULL, 0);
	if (st && st->marks & (STATE_SELF | STATE_HELD))
		return 0;
	__builtin_memset(&row->call, 0, sizeof(row->call));
	row->call.h.time_ns = bpf_ktime_get_ns();
	row->call.h.kind = EVENT_BLOCKED;
	if (st && st->enter_ns) {
		if (!blocked_copy(row, st) || !blocked_add_row(row, task, st))
			return 0;
	} else {
		/* Of a thread that is watched every call is seen. */
		if (st ? st->flags & STATE_WATCHED : knob_targets)
			return 0;
		scratch->st.marks = st ? st->marks : 0;
		if (!blocked_find(&scratch->st, task))
			return 0;
		st = &scratch->st;
		st->enter_ns = row->call.h.time_ns - blocked_slept_ns(task);
		(void)blocked_copy(row, st);
		row->call.h.flags = EVENT_CALL_FOUND;
	}
	const struct control_desc *desc = desc_of(st->nr, row->call.h.compat);
	if (!verdict_may_pass(st, desc->tests))
		return 0;
	row->table = (u64)BPF_CORE_READ(task, files, fdt);
	if (!row->call.payload && row->table)
		blocked_fds(row, &desc->list);
	blocked_write(ctx, task, row, row->call.payload);
	return 0;
}
