/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A call from its entry to its end: noted in the thread's state, counted, and
 * put out as a row if it is traced.
 */
#pragma once

#include "capture.bpf.h"
#include "count.bpf.h"
#include "emit.bpf.h"

/* Written by user space through shared pages, at any time. */
struct control_desc descs[CONTROL_PLACES] SEC(".data.descs") = {};
struct control_unnumbered
	unnumbered[CONTROL_UNNUMBERED] SEC(".data.descs") = {};
_Bool rows_limited = false; /* only STATE_ROWS gets rows */
_Bool rows_follow = false;  /* and their children */

const volatile __u32 knob_execve[2][2] = {}; /* [compat]: execve, execveat */

static __always_inline struct control_desc *desc_of(u32 nr, bool compat)
{
	return &descs[kernel_place(nr, compat)];
}

static __always_inline bool is_execve(u32 nr, bool compat)
{
	return nr == knob_execve[compat ? 1 : 0][0] ||
	       nr == knob_execve[compat ? 1 : 0][1];
}

static __always_inline void fill_comm(struct event_call *call,
				      struct task_struct *task)
{
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	__builtin_memset(call->comm, 0, sizeof(call->comm));
	(void)bpf_probe_read_kernel(call->comm, sizeof(call->comm),
				    &leader->comm); /* else empty */
}

/* A call begins that its descriptor wants to know about. */
static __always_inline void begin_call(struct task_struct *task,
				       struct state *st,
				       const struct control_desc *desc)
{
	st->flags &= ~(STATE_TRACED | STATE_CAPTURED);
	if (desc->state == CONTROL_TRACED &&
	    (!rows_limited || st->marks & STATE_ROWS)) {
		st->flags |= STATE_TRACED;
		if (desc->op_count) {
			struct capture_row *row =
				capture_begin(task, desc, st->args);
			if (row) {
				st->flags |= STATE_CAPTURED;
				fill_comm(&row->call, task);
			}
		}
	}
	st->enter_ns = bpf_ktime_get_ns();
}

static __always_inline void begin(struct task_struct *task, struct state *st,
				  u32 nr, bool compat, const void *regs)
{
	st->nr = nr;
	if (compat)
		st->flags |= STATE_COMPAT;
	else
		st->flags &= ~STATE_COMPAT;
	kernel_args(st->args, regs, compat);
	begin_call(task, st, desc_of(nr, compat));
}

/* The state of the calling thread if its calls are wanted. */
static __always_inline struct state *wanted_state(struct task_struct *task,
						  u32 nr, bool compat)
{
	struct state *st = state_make(task);
	if (!st) {
		emit_lose(nr, compat, EVENT_LOST_STATE);
		return NULL;
	}
	if (st->marks & (STATE_SELF | STATE_HELD)) {
		if (st->marks & STATE_SELF || !is_execve(nr, compat))
			return NULL;
		__sync_fetch_and_and(&st->marks, ~(u64)STATE_HELD);
	}
	if (st->epoch != epoch)
		filter_decide(st, task);
	return st->flags & STATE_WANTED ? st : NULL;
}

struct ending {
	u64 now_ns;
	s64 ret;
	u64 duration_ns;
	u32 flags; /* EVENT_CALL_* */
};

static __always_inline void fill_call(struct event_call *call,
				      const struct state *st,
				      const struct ending *end)
{
	call->h.kind = EVENT_CALL;
	call->h.compat = (st->flags & STATE_COMPAT) != 0;
	call->h.time_ns = end->now_ns;
	call->h.start_ns = st->start_ns;
	call->h.pid = st->pid;
	call->h.tid = st->tid;
	call->duration_ns = end->duration_ns;
	call->ret = end->ret;
	__builtin_memcpy(call->args, st->args, sizeof(call->args));
	call->nr = st->nr;
	call->uid = st->uid;
	call->gid = st->gid;
}

static __always_inline void put_row(struct task_struct *task, struct state *st,
				    const struct control_desc *desc,
				    const struct ending *end)
{
	bool compat = (st->flags & STATE_COMPAT) != 0;
	struct capture_row *row = NULL;
	if (st->flags & STATE_CAPTURED)
		row = bpf_task_storage_get(&rows, task, NULL, 0);
	if (!row) {
		struct event_call call = {};
		fill_call(&call, st, end);
		fill_comm(&call, task);
		call.h.size = sizeof(call);
		call.h.flags = (u16)end->flags;
		emit_call(&call, sizeof(call), st->nr, compat);
		return;
	}
	capture_end(row, desc, st->args);
	fill_call(&row->call, st, end);
	row->call.h.flags |= (u16)end->flags;
	u64 size = row->call.payload;
	if (size > EVENT_PAYLOAD_LIMIT)
		size = EVENT_PAYLOAD_LIMIT;
	size += sizeof(row->call);
	row->call.h.size = (u32)size;
	emit_call(row, size, st->nr, compat);
}

/* The call that the thread is in has ended, or will never return. */
static __always_inline void end_call(struct task_struct *task, struct state *st,
				     struct ending *end)
{
	const struct control_desc *desc =
		desc_of(st->nr, (st->flags & STATE_COMPAT) != 0);
	bool has_result = !(end->flags & EVENT_CALL_NO_RESULT);
	end->duration_ns =
		end->now_ns > st->enter_ns ? end->now_ns - st->enter_ns : 0;
	st->enter_ns = 0;
	struct control_totals *t = emit_totals();
	if (t)
		t->seen++;
	if (!filter_result(end->ret, has_result, end->duration_ns)) {
		if (t)
			t->filtered++;
		return;
	}
	struct count_call call = {
		.ret = end->ret,
		.duration_ns = end->duration_ns,
		.has_result = has_result,
		.is_bytes = (desc->flags & CONTROL_BYTES) != 0,
	};
	count(st, &call);
	if (st->flags & STATE_TRACED)
		put_row(task, st, desc, end);
}
