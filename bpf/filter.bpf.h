/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one predicate "is this wanted".  What depends on the process is decided
 * when it changes and kept in the thread's state; what depends on the result
 * is decided at exit.
 */
#pragma once

#include "verdict.bpf.h"

const volatile _Bool knob_targets = false; /* only STATE_TARGET */
const volatile _Bool knob_comm = false;
const volatile _Bool knob_user = false;
const volatile __u32 knob_uid = 0;
const volatile __u64 knob_cgroup = 0;  /* 0: any */
const volatile __u32 knob_outcome = 0; /* 0 any, 1 succeeded, 2 failed */
const volatile __u64 knob_min_ns = 0;
const volatile _Bool knob_errno = false;
const volatile __u64 knob_errnos[CONTROL_ERRNOS / 64] = {};

const volatile struct control_glob knob_glob = {};

#define FILTER_CGROUP_LEVELS 64 /* deeper groups than any in practice */

static __noinline bool filter_comm(struct task_struct *task)
{
	struct verdict_comm comm = {};
	struct task_struct *leader = BPF_CORE_READ(task, group_leader);
	(void)bpf_probe_read_kernel(comm.text, sizeof(comm.text),
				    &leader->comm); /* zeros match only "*" */
	return verdict_takes(&knob_glob, &comm);
}

static __noinline bool filter_cgroup(struct task_struct *task)
{
	struct cgroup *cgroup = BPF_CORE_READ(task, cgroups, dfl_cgrp);
	for (u32 i = 0; i < FILTER_CGROUP_LEVELS; i++) {
		if (!cgroup)
			break;
		if (BPF_CORE_READ(cgroup, kn, id) == knob_cgroup)
			return true;
		cgroup = BPF_CORE_READ(cgroup, self.parent, cgroup);
	}
	return false;
}

/* Decides anew whether TASK is wanted. */
static __noinline void filter_decide(struct state *st, struct task_struct *task)
{
	if (!st || !task)
		return;
	bool wanted = true;
	st->epoch = epoch;
	if (knob_targets && !(st->marks & STATE_TARGET))
		wanted = false;
	else if (knob_user && BPF_CORE_READ(task, cred, uid.val) != knob_uid)
		wanted = false;
	else if (knob_comm && !filter_comm(task))
		wanted = false;
	else if (knob_cgroup && !filter_cgroup(task))
		wanted = false;
	else if (!verdict_task(st, task))
		wanted = false;
	if (wanted)
		st->flags |= STATE_WANTED;
	else
		st->flags &= ~STATE_WANTED;
}

/* Whether rows of TASK, whose state is ST, are wanted. */
static __always_inline bool filter_wants(struct state *st,
					 struct task_struct *task)
{
	if (!st || st->marks & (STATE_SELF | STATE_HELD))
		return false;
	if (st->epoch != epoch)
		filter_decide(st, task);
	return (st->flags & STATE_WANTED) != 0;
}

static __always_inline bool filter_is_restart(s64 ret)
{
	return ret <= -512 && ret >= -516 &&
	       ret != -515; /* include/linux/errno.h */
}

static __always_inline bool filter_is_error(s64 ret)
{
	return ret < 0 && ret > -CONTROL_ERRNOS && !filter_is_restart(ret);
}

/* Whether a call that ended is wanted.  A call without a result neither failed
 * nor succeeded. */
__noinline int filter_result(s64 ret, int has_result, u64 duration_ns)
{
	if (duration_ns < knob_min_ns)
		return false;
	if (!knob_outcome && !knob_errno)
		return true;
	if (!has_result || filter_is_restart(ret))
		return false;
	bool failed = filter_is_error(ret);
	if (knob_outcome == 1 && failed)
		return false;
	if (knob_outcome == 2 && !failed)
		return false;
	if (!knob_errno)
		return true;
	u32 code = (u32)-ret;
	return failed &&
	       (knob_errnos[code / 64 % (CONTROL_ERRNOS / 64)] >> code % 64 &
		1) != 0;
}

/* The same of what a filter expression says.  CALL: control_desc.tests. */
static __always_inline bool filter_passes(const struct state *st, u32 call,
					  s64 ret, bool has_result,
					  u64 duration_ns)
{
	const struct verdict_end end = {
		.ret = ret,
		.duration_ns = duration_ns,
		.has_result = has_result,
		.failed = has_result && filter_is_error(ret),
	};
	return !verdict.on || verdict_passes(st, call, &end);
}
