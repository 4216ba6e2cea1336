/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The programs.  Two serve every system call: entry notes the call in the
 * thread's state, exit counts it and puts a row out if it is traced.  What to
 * do for a call is data: its descriptor.  The others follow tasks, and
 * iterators walk them for marking, taking stock and reading counters.
 *
 * Number, ABI and arguments of a call are always those of its entry.
 */
#include "blocked.bpf.h"
#include "call.bpf.h"
#include "signal.bpf.h"
#include "tasks.bpf.h"
#include "uring.bpf.h"
#include "walk.bpf.h"

char trace_license[] SEC("license") = "GPL";

#define NO_NR 0xffffffffu /* of a call that has been replaced by another */

SEC("tp_btf/sys_enter")
int sys_enter(u64 *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	u32 nr = (u32)ctx[1];
	bool compat = kernel_is_compat(task);
	const struct control_desc *desc = desc_of(nr, compat);
	if (desc->state == CONTROL_OFF) {
		/* A change of user or group is told by comparing with what the
		 * state holds. */
		if (desc->flags & CONTROL_CREDS)
			(void)state_make(task);
		return 0;
	}
	struct state *st = wanted_state(task, nr, compat);
	if (st)
		begin(task, st, nr, compat, (const void *)ctx[0], false);
	return 0;
}

/*
 * What a syscall's own tracepoint is given: kernel/trace/trace_syscalls.c.  The
 * arguments that follow are as many as the call has; a program that reads more
 * is not attached, so they are read from the registers.
 */
struct own_tracepoint {
	u64 common;
	int nr;
};

/*
 * Runs at each call of an unnumbered syscall, before or after sys_enter: once
 * its number is known, sys_enter alone does everything.
 */
SEC("tracepoint")
int learn(struct own_tracepoint *ctx)
{
	u64 i = bpf_get_attach_cookie(ctx);
	if (i >= CONTROL_UNNUMBERED || unnumbered[i].nr_plus_1)
		return 0;
	struct task_struct *task = bpf_get_current_task_btf();
	u32 nr = (u32)ctx->nr;
	struct control_desc *desc = desc_of(nr, false);
	*desc = unnumbered[i].desc;
	unnumbered[i].nr_plus_1 = nr + 1;
	struct state *st = desc->state == CONTROL_OFF
				   ? NULL
				   : wanted_state(task, nr, false);
	if (!st)
		return 0;
	st->nr = nr;
	st->flags &= ~STATE_COMPAT;
	kernel_args(st->args, (const void *)bpf_task_pt_regs(task), false);
	begin_call(task, st, desc, true);
	return 0;
}

/*
 * Whether a thread that leaves a call asked for it without entering it: a
 * seccomp filter refused it, or a tracer held the thread at the door and it was
 * killed there.  Else tracing began while it was inside.
 */
static __always_inline bool is_turned_away(const struct task_struct *task,
					   const struct state *st, u32 nr)
{
	if (task->ptrace && kernel_is_killed(task))
		return true;
	return nr != NO_NR && st->flags & STATE_WATCHED &&
	       kernel_is_filtered(task);
}

/* An exit without an entry. */
static __always_inline void
end_unpaired(struct task_struct *task, struct state *st, u32 nr, const u64 *ctx)
{
	bool compat = kernel_is_compat(task);
	const struct control_desc *desc = desc_of(nr, compat);
	if (desc->state == CONTROL_OFF || desc->flags & CONTROL_FORK)
		return;
	if (st ? !filter_wants(st, task) : knob_targets)
		return;
	if (st && is_turned_away(task, st, nr)) {
		begin(task, st, nr, compat, (const void *)ctx[0], true);
		struct ending end = {
			.now_ns = st->enter_ns,
			.ret = (s64)ctx[1],
			.flags = kernel_is_killed(task) ? EVENT_CALL_NO_RESULT
							: 0,
		};
		end_call(task, st, &end);
		return;
	}
	struct control_totals *t = emit_totals();
	if (t)
		t->unpaired++;
}

SEC("tp_btf/sys_exit")
int sys_exit(u64 *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	u32 exit_nr = kernel_exit_nr((const void *)ctx[0]);
	const struct control_desc *exit_desc =
		desc_of(exit_nr, kernel_is_compat(task));
	if (!exit_desc->touched)
		return 0;
	struct state *st = bpf_task_storage_get(&states, task, NULL, 0);
	if (st && st->enter_ns) {
		/* A result that a pending SIGKILL keeps from the caller is
		 * none, unless a milder signal became that SIGKILL. */
		bool killed = kernel_is_killed(task) && !signal_fatal(task);
		struct ending end = {
			.now_ns = bpf_ktime_get_ns(),
			.ret = (s64)ctx[1],
			.flags = killed ? EVENT_CALL_NO_RESULT : 0,
		};
		end_call(task, st, &end);
	} else {
		end_unpaired(task, st, exit_nr, ctx);
	}
	if (exit_desc->flags & CONTROL_CREDS) {
		st = state_make(task);
		if (st)
			report_creds(task, st);
	}
	return 0;
}
