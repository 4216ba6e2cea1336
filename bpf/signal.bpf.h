/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals as threads take them.
 *
 * A signal that ends its process and leaves no core is never taken where no
 * tracer watches: when it is sent the kernel notes it as the process's end and
 * wakes every thread with a SIGKILL that nobody sent.  So what it was is kept
 * with the thread that it was sent to, until that thread meets its SIGKILL.
 */
#pragma once

#include "emit.bpf.h"
#include "filter.bpf.h"

const volatile _Bool knob_remarks = false; /* signals and ends are rows */

#define SIGNAL_SENT 0 /* TRACE_SIGNAL_DELIVERED, trace/events/signal.h */

struct signal_fatal {
	u32 signal;
	u32 pad;
	u8 info[EVENT_SIGINFO_SIZE];
};

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct signal_fatal);
} fatals SEC(".maps");

/* The signal that ends the process of TASK, if it was sent to TASK and the
 * SIGKILL that waits stands for it. */
static __always_inline const struct signal_fatal *
signal_fatal(struct task_struct *task)
{
	return bpf_task_storage_get(&fatals, task, NULL, 0);
}

/* The state of TASK, made if need be, unless nothing of it can be wanted. */
static __always_inline struct state *signal_state(struct task_struct *task)
{
	struct state *st = bpf_task_storage_get(&states, task, NULL, 0);
	return st || knob_targets ? st : state_make(task);
}

/* The newest of LIST, which a signal that was just sent is. */
static __always_inline const void *newest_info(struct list_head *list)
{
	char *newest = (char *)BPF_CORE_READ(list, prev);
	newest -= bpf_core_field_offset(struct sigqueue, list);
	return newest + bpf_core_field_offset(struct sigqueue, info);
}

SEC("tp_btf/signal_generate")
int signal_generate(u64 *ctx)
{
	u32 signal = (u32)ctx[0];
	struct task_struct *task = (struct task_struct *)ctx[2];
	bool to_group = ctx[3] != 0;
	if ((int)ctx[4] != SIGNAL_SENT || signal == KERNEL_SIGKILL)
		return 0;
	struct signal_struct *all = BPF_CORE_READ(task, signal);
	if (!(BPF_CORE_READ(all, flags) & KERNEL_SIGNAL_GROUP_EXIT) ||
	    (u32)BPF_CORE_READ(all, group_exit_code) != signal)
		return 0;
	struct signal_fatal *fatal = bpf_task_storage_get(
		&fatals, task, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!fatal)
		return 0; /* its call ends as "?", and its end tells all */
	fatal->signal = signal;
	const void *info = newest_info(to_group ? &all->shared_pending.list
						: &task->pending.list);
	if (bpf_probe_read_kernel(fatal->info, sizeof(fatal->info), info) ||
	    *(u32 *)fatal->info != signal) {
		/* Too many wait: it was sent without saying by whom. */
		__builtin_memset(fatal->info, 0, sizeof(fatal->info));
		*(u32 *)fatal->info = signal;
	}
	return 0;
}

/* include/uapi/asm-generic/signal-defs.h: SIG_DFL, SIG_IGN */
static __always_inline u32 action_of(const struct k_sigaction *action)
{
	u64 handler = (u64)BPF_CORE_READ(action, sa.sa_handler);
	if (handler == 0)
		return EVENT_ACTION_DEFAULT;
	return handler == 1 ? EVENT_ACTION_IGNORE : EVENT_ACTION_HANDLER;
}

SEC("tp_btf/signal_deliver")
int signal_deliver(u64 *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct event_signal ev = {
		.h = {.size = sizeof(ev), .kind = EVENT_SIGNAL},
		.signal = (u32)ctx[0],
	};
	const void *info = (const void *)ctx[1];
	if ((u64)info <= 1) { /* SEND_SIG_NOINFO, SEND_SIG_PRIV */
		const struct signal_fatal *fatal = signal_fatal(task);
		if (!fatal)
			return 0; /* an end or an execve by another thread */
		ev.signal = fatal->signal;
		__builtin_memcpy(ev.info, fatal->info, sizeof(ev.info));
	} else {
		const struct k_sigaction *action = (const void *)ctx[2];
		/* Kernels since 5.16 hide from tracers a signal by which they
		 * end a process at once. */
		if (BPF_CORE_READ(action, sa.sa_flags) & KERNEL_SA_IMMUTABLE ||
		    bpf_probe_read_kernel(ev.info, sizeof(ev.info), info))
			return 0;
		ev.action = action_of(action);
	}
	struct state *st = signal_state(task);
	if (!filter_wants(st, task))
		return 0;
	ev.h.time_ns = bpf_ktime_get_ns();
	ev.h.start_ns = st->start_ns;
	ev.h.pid = st->pid;
	ev.h.tid = st->tid;
	ev.uid = st->uid;
	ev.gid = st->gid;
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	(void)bpf_probe_read_kernel(ev.comm, sizeof(ev.comm),
				    &leader->comm); /* else empty */
	emit_remark(&ev, sizeof(ev));
	return 0;
}
