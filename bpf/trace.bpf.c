/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The programs.  Two serve every system call: entry notes the call in the
 * thread's state, exit counts it and puts a row out if it is traced.  What to
 * do for a call is data: its descriptor.  The others follow tasks, and
 * iterators walk them for marking, taking stock and reading counters.
 *
 * Number, ABI and arguments of a call are always those of its entry.
 */
#include "capture.bpf.h"
#include "count.bpf.h"
#include "emit.bpf.h"

char trace_license[] SEC("license") = "GPL";

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
		begin(task, st, nr, compat, (const void *)ctx[0]);
	return 0;
}

/* What a syscall's own tracepoint is given: kernel/trace/trace_syscalls.c. */
struct own_tracepoint {
	u64 common;
	int nr;
	u32 pad;
	u64 args[EVENT_ARGS];
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
	__builtin_memcpy(st->args, ctx->args, sizeof(st->args));
	begin_call(task, st, desc);
	return 0;
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

/*
 * An exit without an entry: tracing began while the thread was inside the
 * call, or seccomp refused it.  Or a tracer held the thread at the door and it
 * was killed there: then it asked for a call that was never made.
 */
static __always_inline void end_unpaired(struct task_struct *task,
					 struct state *st, u32 nr,
					 const void *regs)
{
	bool compat = kernel_is_compat(task);
	const struct control_desc *desc = desc_of(nr, compat);
	if (desc->state == CONTROL_OFF || desc->flags & CONTROL_FORK)
		return;
	if (st ? !(st->flags & STATE_WANTED) : knob_targets)
		return;
	if (st && task->ptrace && kernel_is_killed(task)) {
		begin(task, st, nr, compat, regs);
		struct ending end = {
			.now_ns = st->enter_ns,
			.flags = EVENT_CALL_NO_RESULT,
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
		 * none. */
		struct ending end = {
			.now_ns = bpf_ktime_get_ns(),
			.ret = (s64)ctx[1],
			.flags = kernel_is_killed(task) ? EVENT_CALL_NO_RESULT
							: 0,
		};
		end_call(task, st, &end);
	} else {
		end_unpaired(task, st, exit_nr, (const void *)ctx[0]);
	}
	if (exit_desc->flags & CONTROL_CREDS) {
		st = state_make(task);
		if (st)
			report_creds(task, st);
	}
	return 0;
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

SEC("tp_btf/sched_process_exec")
int task_exec(u64 *ctx)
{
	struct task_struct *task = (struct task_struct *)ctx[0];
	struct state *st = bpf_task_storage_get(&states, task, NULL, 0);
	if (st) {
		/* A thread that was not the leader has become it. */
		st->tid = st->pid;
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

SEC("tp_btf/sched_process_exit")
int task_exit(u64 *ctx)
{
	struct task_struct *task = (struct task_struct *)ctx[0];
	struct state *st = bpf_task_storage_get(&states, task, NULL, 0);
	if (st)
		close_state(task, st);
	u32 zero = 0;
	struct emit_task *scratch = bpf_map_lookup_elem(&task_scratch, &zero);
	if (!scratch)
		return 0;
	emit_fill_task(&scratch->ev, task);
	scratch->ev.h.kind = EVENT_EXIT;
	struct signal_struct *signal = BPF_CORE_READ(task, signal);
	if (BPF_CORE_READ(signal, live.counter) == 0)
		scratch->ev.h.flags |= EVENT_TASK_GROUP_DEAD;
	scratch->ev.status =
		BPF_CORE_READ(signal, flags) & KERNEL_SIGNAL_GROUP_EXIT
			? BPF_CORE_READ(signal, group_exit_code)
			: BPF_CORE_READ(task, exit_code);
	emit_task_event(scratch, sizeof(scratch->ev));
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

static __always_inline u64 marks_of(struct task_struct *task)
{
	u64 marks = 0;
	if (descends(task, CONTROL_TARGET_SELF, false))
		marks |= STATE_SELF;
	if (descends(task, CONTROL_TARGET_COMMAND, false))
		marks |= STATE_TARGET | STATE_HELD;
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
