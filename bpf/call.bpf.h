/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A call from its entry to its end: noted in the thread's state, counted, and
 * put out as a row if it is traced.
 */
#pragma once

#include "capture.bpf.h"
#include "count.bpf.h"
#include "emit.bpf.h"
#include "shed.bpf.h"
#include "stack.bpf.h"

/* Written by user space through shared pages, at any time. */
struct control_desc descs[CONTROL_PLACES] SEC(".data.descs") = {};
struct control_unnumbered
	unnumbered[CONTROL_UNNUMBERED] SEC(".data.descs") = {};
struct control_list variant_lists[CONTROL_VARIANTS];

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, CONTROL_VARIANTS);
	__type(key, struct control_variant_key);
	__type(value, u32); /* place in variant_lists */
} variants SEC(".maps");

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

/* Which of its call's variants DESC's selectors choose: state.variant. */
__noinline int choose_variant(const struct control_desc *desc,
			      const struct state *st)
{
	if (!desc || !st)
		return 0;
	u64 first = desc->selector;
	u64 second = desc->selector_2;
	struct control_variant_key key = {
		.place = control_place(st->nr, (st->flags & STATE_COMPAT) != 0),
	};
	if (first < EVENT_ARGS)
		key.value = (u32)st->args[first] & desc->selector_mask;
	if (second < EVENT_ARGS)
		key.value_2 = (u32)st->args[second];
	const u32 *i = bpf_map_lookup_elem(&variants, &key);
	if (!i && second < EVENT_ARGS) {
		key.value_2 = CONTROL_ANY;
		i = bpf_map_lookup_elem(&variants, &key);
	}
	return i ? (int)*i + 1 : 0;
}

/* What the call that ST is in copies. */
static __always_inline const struct control_list *
list_of(const struct state *st, const struct control_desc *desc)
{
	u64 i = st->variant;
	if (!i)
		return &desc->list;
	i--;
	asm volatile("" : "+r"(i));
	return &variant_lists[i % CONTROL_VARIANTS];
}

/* The thread's row, made if need be, for the call that it is in. */
static __always_inline struct row *begin_row(struct task_struct *task,
					     const struct state *st)
{
	struct row *row = bpf_task_storage_get(&rows, task, NULL,
					       BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!row)
		return NULL;
	row->call.payload = 0;
	row->call.ret = 0; /* that of an earlier call counts for nothing */
	row->call.h.flags = 0;
	row->call.h.compat = (st->flags & STATE_COMPAT) != 0;
	__builtin_memcpy(row->call.args, st->args, sizeof(row->call.args));
	row->retry = 0;
	row->absent = 0;
	row->table = 0;
	row->netlink = 0;
	fill_comm(&row->call, task);
	return row;
}

/* Puts the arguments of the call that is meant in the place of those of the
 * call that stands for it. */
__noinline int take_meant(struct row *row, const struct state *st, u32 order)
{
	u32 words[EVENT_ARGS] = {};
	if (!row || !st)
		return 0;
	if (order == CONTROL_ORDER_WORDS &&
	    bpf_probe_read_user(words, sizeof(words),
				(const void *)st->args[1]))
		return 0;
	for (u32 i = 0; i < EVENT_ARGS - 1; i++) {
		u32 from = order >> i * 3 & 7;
		asm volatile("" : "+r"(from));
		if (order == CONTROL_ORDER_WORDS)
			row->call.args[i] = words[i];
		else if (from < EVENT_ARGS)
			row->call.args[i] = st->args[from];
	}
	if (order == CONTROL_ORDER_WORDS)
		row->call.args[EVENT_ARGS - 1] = words[EVENT_ARGS - 1];
	row->call.h.flags |=
		EVENT_CALL_MEANT |
		(u16)((st->args[0] & 0xff) << EVENT_CALL_MEANT_SHIFT);
	return 0;
}

/*
 * A call begins that its descriptor wants to know about.  With LATE what is to
 * be copied now is copied when it ends: where that is rare enough, a program
 * need not have all that copies twice.
 */
static __always_inline void begin_call(struct task_struct *task,
				       struct state *st,
				       const struct control_desc *desc,
				       bool late)
{
	st->flags &= ~(STATE_TRACED | STATE_CAPTURED | STATE_SHED);
	st->share = 0;
	if (desc->state == CONTROL_TRACED &&
	    (!rows_limited || st->marks & STATE_ROWS) &&
	    verdict_may_pass(st, desc->tests)) {
		if (shed_interval_ns && shed_begin(st))
			return;
		st->flags |= STATE_TRACED;
		st->variant = desc->flags & CONTROL_SELECTS
				      ? (u32)choose_variant(desc, st)
				      : 0;
		const struct control_list *list = list_of(st, desc);
		struct row *row = list->when & CONTROL_AT_ENTRY || desc->stacks
					  ? begin_row(task, st)
					  : NULL;
		if (row) {
			st->flags |= STATE_CAPTURED;
			if (desc->stacks)
				stack_take(row);
			if (list->order)
				take_meant(row, st, list->order);
			if (late)
				capture_late(row, list);
			else
				capture_entry(row, list);
		}
	}
	st->enter_ns = bpf_ktime_get_ns();
}

static __always_inline void begin(struct task_struct *task, struct state *st,
				  u32 nr, bool compat, const void *regs,
				  bool late)
{
	u32 before = st->flags & STATE_RESUMES ? st->nr + 1 : 0;
	st->nr = nr;
	st->flags |= STATE_WATCHED;
	st->flags &= ~STATE_RESUMES;
	if (compat)
		st->flags |= STATE_COMPAT;
	else
		st->flags &= ~STATE_COMPAT;
	kernel_args(st->args, regs, compat);
	if (desc_of(nr, compat)->flags & CONTROL_STACK)
		st->args[0] = kernel_stack(regs);
	if (desc_of(nr, compat)->flags & CONTROL_RESUMES)
		st->args[0] = before;
	begin_call(task, st, desc_of(nr, compat), late);
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
	bool gone; /* the memory that the call had was given up */
};

/* Fills what is not known before the end. */
static __always_inline void end_event(struct event_call *call,
				      const struct state *st,
				      const struct ending *end)
{
	call->h.kind = EVENT_CALL;
	call->h.time_ns = end->now_ns;
	call->h.start_ns = st->start_ns;
	call->h.pid = st->pid;
	call->h.tid = st->tid;
	call->duration_ns = end->duration_ns;
	call->ret = end->ret;
	call->nr = st->nr;
	call->uid = st->uid;
	call->gid = st->gid;
}

/* Which operations such an end runs: CONTROL_AT_*. */
static __always_inline u32 when_of(const struct ending *end)
{
	if (end->flags & EVENT_CALL_NO_RESULT)
		return 0;
	return end->ret < 0 && end->ret > -CONTROL_ERRNOS ? CONTROL_AT_FAILURE
							  : CONTROL_AT_EXIT;
}

/* The thread's row, if its call copies something; its end is copied. */
static __always_inline struct row *end_row(struct task_struct *task,
					   struct state *st,
					   const struct control_desc *desc,
					   const struct ending *end)
{
	const struct control_list *list = list_of(st, desc);
	u32 when = list->when & when_of(end);
	struct row *row = NULL;
	if (st->flags & STATE_CAPTURED)
		row = bpf_task_storage_get(&rows, task, NULL, 0);
	else if (when)
		row = begin_row(task, st);
	if (!row)
		return NULL;
	end_event(&row->call, st, end);
	bool gone = end->gone || (desc->flags & CONTROL_EXEC &&
				  when_of(end) == CONTROL_AT_EXIT);
	if (row->retry && gone)
		capture_give_up(row, list);
	else if (row->retry || when)
		capture_exit(row, list, when);
	return row;
}

/* Puts the row of a call out that copies nothing.  Not inlined: its event is
 * on the stack, which is shared with the functions that copy. */
static __noinline void put_bare_row(struct task_struct *task,
				    const struct state *st,
				    const struct ending *end)
{
	if (!task || !st || !end)
		return;
	bool compat = (st->flags & STATE_COMPAT) != 0;
	struct event_call call = {};
	end_event(&call, st, end);
	fill_comm(&call, task);
	__builtin_memcpy(call.args, st->args, sizeof(call.args));
	call.h.compat = compat;
	call.h.size = sizeof(call);
	call.h.flags = (u16)end->flags;
	emit_call(&call, sizeof(call), st->nr, compat);
}

static __always_inline void put_row(struct task_struct *task, struct state *st,
				    const struct control_desc *desc,
				    const struct ending *end)
{
	struct row *row = end_row(task, st, desc, end);
	if (!row) {
		put_bare_row(task, st, end);
		return;
	}
	row->call.h.flags |= (u16)end->flags;
	u64 size = row->call.payload;
	if (size > EVENT_PAYLOAD_LIMIT)
		size = EVENT_PAYLOAD_LIMIT;
	size += sizeof(row->call);
	row->call.h.size = (u32)size;
	emit_call(row, size, st->nr, (st->flags & STATE_COMPAT) != 0);
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
	if (end->ret == -KERNEL_ERESTART_RESTARTBLOCK)
		st->flags |= STATE_RESUMES;
	struct control_totals *t = emit_totals();
	if (t)
		t->seen++;
	/* The filter may have changed since it began. */
	if (verdict.on && st->epoch != epoch)
		filter_decide(st, task);
	bool passes = filter_passes(st, desc->tests, end->ret, has_result,
				    end->duration_ns);
	if (!passes)
		end->flags |= EVENT_CALL_REFUSED;
	if (!filter_result(end->ret, has_result, end->duration_ns) ||
	    (!passes && !verdict.mark)) {
		if (t)
			t->filtered++;
		return;
	}
	struct count_call call = {
		.ret = end->ret,
		.duration_ns = end->duration_ns,
		.has_result = has_result,
		.is_bytes = (desc->flags & CONTROL_BYTES) != 0,
		.shed = (st->flags & STATE_SHED) != 0,
	};
	count(st, &call);
	if (call.shed && t)
		t->shed++;
	if (!(st->flags & STATE_TRACED))
		return;
	shed_use(st, end->now_ns);
	put_row(task, st, desc, end);
}
