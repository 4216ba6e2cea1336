/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The few kernel structures that the programs read, each with only the fields
 * used; offsets are relocated at load (CO-RE), so no kernel header and no
 * vmlinux.h is needed.  Names after three underscores are flavours: they match
 * the structure of the part before.
 */
#pragma once

#include "control.h"

#include <linux/bpf.h>
#include <linux/types.h>

#include <bpf/bpf_helpers.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

typedef __u8 u8;
typedef __u16 u16;
typedef __u32 u32;
typedef __u64 u64;
typedef __s32 s32;
typedef __s64 s64;
typedef _Bool bool;
#define true 1
#define false 0
#define NULL ((void *)0)

#define CORE __attribute__((preserve_access_index))

struct thread_info {
	unsigned long flags;
} CORE;

struct thread_info___x86 {
	u32 status;
} CORE;

struct pid_namespace;

struct proc_ns_operations {
	const char *name;
} CORE;

struct ns_common {
	unsigned int inum;
	const struct proc_ns_operations *ops;
} CORE;

struct pid_namespace {
	struct ns_common ns;
} CORE;

struct upid {
	int nr;
	struct pid_namespace *ns;
} CORE;

struct hlist_node {
	struct hlist_node *next;
} CORE;

struct hlist_head {
	struct hlist_node *first;
} CORE;

struct pid {
	unsigned int level;
	struct hlist_head tasks[1]; /* of PIDTYPE_PID, the first */
	struct upid numbers[1];
} CORE;

typedef struct {
	u32 val;
} kuid_t;

struct cred {
	kuid_t uid;
	kuid_t gid;
	kuid_t euid;
} CORE;

typedef struct {
	unsigned long sig[1];
} sigset_t;

struct list_head {
	struct list_head *next, *prev;
} CORE;

struct kernel_siginfo {
	int si_signo;
} CORE;

struct sigqueue {
	struct list_head list;
	struct kernel_siginfo info;
} CORE;

struct sigaction {
	void *sa_handler;
	unsigned long sa_flags;
} CORE;

struct k_sigaction {
	struct sigaction sa;
} CORE;

struct sigpending {
	struct list_head list;
	sigset_t signal;
} CORE;

typedef struct {
	int counter;
} atomic_t;

struct signal_struct {
	atomic_t live;
	int nr_threads;
	struct sigpending shared_pending;
	int group_exit_code;
	unsigned int flags;
} CORE;

struct seccomp {
	int mode;
} CORE;

struct kernfs_node {
	u64 id;
} CORE;

struct cgroup;

struct cgroup_subsys_state {
	struct cgroup *cgroup;
	struct cgroup_subsys_state *parent;
} CORE;

struct cgroup {
	struct cgroup_subsys_state self;
	struct kernfs_node *kn;
} CORE;

struct css_set {
	struct cgroup *dfl_cgrp;
} CORE;

typedef struct {
	void *vdso;
} mm_context_t;

struct mm_struct {
	unsigned long arg_start;
	unsigned long arg_end;
	mm_context_t context;
} CORE;

struct file;

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	unsigned long vm_flags;
	unsigned long vm_pgoff;
	struct file *vm_file;
} CORE;

struct files_struct;
struct fs_struct;

/* Of each CPU, as of when it had something to do last. */
struct rq {
	u64 clock;      /* in step with that of the others */
	u64 clock_task; /* without what interrupts and the host took */
} CORE;

struct cfs_rq {
	struct rq *rq;
} CORE;

struct sched_entity {
	u64 exec_start;        /* when the thread ran last, by clock_task */
	struct cfs_rq *cfs_rq; /* with CONFIG_FAIR_GROUP_SCHED */
} CORE;

struct task_struct {
	struct thread_info thread_info;
	unsigned int __state;
	unsigned int flags;
	unsigned int ptrace;
	int exit_state;
	int exit_code;
	int pid;
	int tgid;
	struct sched_entity se;
	struct task_struct *real_parent;
	struct task_struct *group_leader;
	struct pid *thread_pid;
	struct hlist_node
		pid_links[4]; /* PIDTYPE_MAX; where struct pid has it */
	u64 start_boottime;
	const struct cred *cred;
	struct signal_struct *signal;
	struct sigpending pending;
	struct seccomp seccomp;
	struct css_set *cgroups;
	struct mm_struct *mm;
	struct files_struct *files;
	struct fs_struct *fs;
	char comm[16];
} CORE;

struct linux_binprm {
	int argc;
	const char *filename; /* as execve was given it */
	const char *interp;   /* the same unless a script has an interpreter */
	const char *fdpath;   /* not NULL: execveat was given it, changed */
} CORE;

/* arch/x86/include/asm/ptrace.h */
struct pt_regs___x86 {
	unsigned long bp, bx, r10, r9, r8, cx, dx, si, di, orig_ax, sp;
} CORE;

/* arch/arm64/include/asm/ptrace.h */
struct pt_regs___arm64 {
	u64 regs[31];
	u64 sp;
	u64 orig_x0;
	s32 syscallno;
} CORE;

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
} CORE;

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
} CORE;

/* include/linux/sched.h */
#define KERNEL_PF_IO_WORKER      0x00000010
#define KERNEL_PF_KTHREAD        0x00200000
#define KERNEL_SLEEPS            0x3 /* TASK_INTERRUPTIBLE, UNINTERRUPTIBLE */
#define KERNEL_STOPS             0xc /* __TASK_STOPPED, __TASK_TRACED */
#define KERNEL_SIGNAL_GROUP_EXIT 0x00000004 /* include/linux/sched/signal.h */
#define KERNEL_TS_COMPAT         2  /* arch/x86/include/asm/thread_info.h */
#define KERNEL_TIF_32BIT         22 /* arch/arm64/include/asm/thread_info.h */
#define KERNEL_SIGKILL           9
#define KERNEL_VM_EXEC           0x4        /* include/linux/mm.h */
#define KERNEL_SA_IMMUTABLE      0x00800000 /* include/linux/signal_types.h */
#define KERNEL_SECCOMP_FILTER    2          /* include/uapi/linux/seccomp.h */

/* Whether the call that TASK is making uses the 32-bit table. */
static __always_inline bool kernel_is_compat(const struct task_struct *task)
{
	const struct thread_info___x86 *x86 = (const void *)&task->thread_info;
	if (bpf_core_field_exists(x86->status))
		return (x86->status & KERNEL_TS_COMPAT) != 0;
	return (task->thread_info.flags >> KERNEL_TIF_32BIT & 1) != 0;
}

/* The number by which the kernel would restart or finish the current call. */
static __always_inline u32 kernel_exit_nr(const void *regs)
{
	const struct pt_regs___x86 *x86 = regs;
	if (bpf_core_field_exists(x86->orig_ax))
		return (u32)x86->orig_ax;
	return (u32)((const struct pt_regs___arm64 *)regs)->syscallno;
}

static __always_inline void kernel_args(u64 args[6], const void *regs,
					bool compat)
{
	const struct pt_regs___x86 *x86 = regs;
	if (!bpf_core_field_exists(x86->orig_ax)) {
		const struct pt_regs___arm64 *arm = regs;
		args[0] = arm->orig_x0;
		args[1] = arm->regs[1];
		args[2] = arm->regs[2];
		args[3] = arm->regs[3];
		args[4] = arm->regs[4];
		args[5] = arm->regs[5];
	} else if (compat) {
		/* The upper halves are whatever a 64-bit caller of int $0x80
		 * left there. */
		args[0] = (u32)x86->bx;
		args[1] = (u32)x86->cx;
		args[2] = (u32)x86->dx;
		args[3] = (u32)x86->si;
		args[4] = (u32)x86->di;
		args[5] = (u32)x86->bp;
	} else {
		args[0] = x86->di;
		args[1] = x86->si;
		args[2] = x86->dx;
		args[3] = x86->r10;
		args[4] = x86->r8;
		args[5] = x86->r9;
	}
}

#define KERNEL_ERESTART_RESTARTBLOCK 516 /* include/linux/errno.h */
#define KERNEL_EBUSY                 16 /* include/uapi/asm-generic/errno-base.h */

static __always_inline u64 kernel_stack(const void *regs)
{
	const struct pt_regs___x86 *x86 = regs;
	if (bpf_core_field_exists(x86->orig_ax))
		return x86->sp;
	return ((const struct pt_regs___arm64 *)regs)->sp;
}

static __always_inline bool kernel_is_killed(const struct task_struct *task)
{
	return (task->pending.signal.sig[0] >> (KERNEL_SIGKILL - 1) & 1) != 0;
}

/* Whether a filter decides which calls TASK may make, or has ended it. */
static __always_inline bool kernel_is_filtered(const struct task_struct *task)
{
	return bpf_core_field_exists(task->seccomp.mode) &&
	       task->seccomp.mode >= KERNEL_SECCOMP_FILTER;
}

/*
 * control_place() in a form that the verifier follows, that of Linux 6.1 too:
 * hidden from clang, which would drop the mask.
 */
static __always_inline u64 kernel_place(u32 nr, bool compat)
{
	u64 place = control_place(nr, compat);
	asm volatile("" : "+r"(place));
	return place & (CONTROL_PLACES - 1);
}
