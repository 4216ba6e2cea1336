/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The way out: one ring buffer per CPU for rows, one for task events, and what
 * did not fit. */
#pragma once

#include "state.bpf.h"

/* About 9,000 task events between two drains. */
#define EMIT_TASK_RING_BYTES (1 << 20)

struct emit_ring {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1); /* set to the number of CPUs before loading */
	__type(key, u32);
	__array(values, struct emit_ring);
} rings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, EMIT_TASK_RING_BYTES);
} task_ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct control_totals);
} totals SEC(".maps");

/* Task events are built here: with their command line they do not fit on the
 * stack. */
struct emit_task {
	struct event_task ev;
	char cmdline[EVENT_CMDLINE_LIMIT + 8];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct emit_task);
} task_scratch SEC(".maps");

/* Read by user space through shared pages. */
__u64 lost[CONTROL_PLACES][EVENT_LOST_CAUSES];
__u64 lost_tasks = 0; /* task events */

static __always_inline struct control_totals *emit_totals(void)
{
	u32 zero = 0;
	return bpf_map_lookup_elem(&totals, &zero);
}

static __always_inline void emit_lose(u32 nr, bool compat, u32 cause)
{
	if (cause < EVENT_LOST_CAUSES)
		__sync_fetch_and_add(&lost[kernel_place(nr, compat)][cause], 1);
}

/* Puts a finished row out, or counts its loss. */
static __always_inline void emit_call(void *row, u64 size, u32 nr, bool compat)
{
	u32 cpu = bpf_get_smp_processor_id();
	void *ring = bpf_map_lookup_elem(&rings, &cpu);
	if (!ring || bpf_ringbuf_output(ring, row, size, BPF_RB_NO_WAKEUP)) {
		emit_lose(nr, compat, EVENT_LOST_RING);
		return;
	}
	struct control_totals *t = emit_totals();
	if (t)
		t->sent++;
}

/* The same of what a row tells besides calls. */
static __always_inline void emit_remark(void *ev, u64 size)
{
	u32 cpu = bpf_get_smp_processor_id();
	void *ring = bpf_map_lookup_elem(&rings, &cpu);
	if (!ring || bpf_ringbuf_output(ring, ev, size, BPF_RB_NO_WAKEUP))
		emit_lose(CONTROL_NR_OTHER, false, EVENT_LOST_RING);
}

/* Who TASK is.  START_NS, PID and TID come from its state where it has one. */
static __noinline void emit_fill_task(struct event_task *ev,
				      struct task_struct *task)
{
	if (!ev || !task)
		return;
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	struct task_struct *parent = BPF_CORE_READ(leader, real_parent);
	const struct cred *cred = BPF_CORE_READ(task, cred);
	ev->h.size = sizeof(*ev);
	ev->h.compat = 0;
	ev->h.flags = leader == task ? EVENT_TASK_LEADER : 0;
	if (BPF_CORE_READ(task, flags) & KERNEL_PF_KTHREAD)
		ev->h.flags |= EVENT_TASK_KERNEL;
	ev->h.time_ns = bpf_ktime_get_ns();
	ev->h.start_ns = BPF_CORE_READ(leader, start_boottime);
	ev->h.pid = state_ns_nr(leader);
	ev->h.tid = state_ns_nr(task);
	ev->ppid = state_ns_nr(parent);
	ev->uid = BPF_CORE_READ(cred, uid.val);
	ev->gid = BPF_CORE_READ(cred, gid.val);
	ev->euid = BPF_CORE_READ(cred, euid.val);
	ev->status = 0;
	ev->cmdline = 0;
	ev->cgroup = BPF_CORE_READ(task, cgroups, dfl_cgrp, kn, id);
	ev->parent_start_ns = BPF_CORE_READ(parent, start_boottime);
	(void)bpf_probe_read_kernel(ev->comm, sizeof(ev->comm),
				    &task->comm); /* stays as it was */
}

static __always_inline void emit_task_event(struct emit_task *scratch, u64 size)
{
	if (bpf_ringbuf_output(&task_ring, scratch, size, BPF_RB_NO_WAKEUP))
		__sync_fetch_and_add(&lost_tasks, 1);
}
