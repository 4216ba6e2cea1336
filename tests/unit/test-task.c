/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/task.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "base/strtab.h"
#include "tests/lib/evtext.h"

#define KEY(id, start) ((struct task_key){.start_ns = (start), .pid = (id)})

struct tasks {
	struct strtab *names;
	struct task_table table;
};

static void apply(void *self, const struct event *ev)
{
	struct task_table *table = self;
	struct task_process *process = task_make(table, task_key_of(ev));
	task_apply(table, process, (const struct event_task *)ev, 1);
}

static void feed(struct tasks *tasks, const char *text)
{
	cr_assert(zero(int, evtext_feed(text, apply, &tasks->table)));
}

static void init(struct tasks *tasks)
{
	tasks->names = strtab_new(1 << 16);
	task_init(&tasks->table, tasks->names);
}

/* Everything must be given back: a leak is a failure. */
static void done(struct tasks *tasks)
{
	task_done(&tasks->table);
	cr_expect(zero(sz, tasks->table.used_bytes));
	cr_expect(zero(sz, strtab_used_bytes(tasks->names)));
	strtab_free(tasks->names);
}

#define EXPECT_TEXT(actual, expected)                                          \
	cr_expect(eq(str, (char *)(actual), (expected)))

Test(task, knows_what_was_there_at_start)
{
	struct tasks tasks;
	init(&tasks);
	feed(&tasks,
	     "task pid=7 start=5 comm=cat uid=3 gid=4 euid=5 ppid=1 "
	     "pstart=9 cgroup=6 cmdline=\"cat\\0-n\\0a b\\0\" leader\n");
	const struct task_process *cat = task_find(&tasks.table, KEY(7, 5));
	cr_assert(ne(ptr, (void *)cat, NULL));
	EXPECT_TEXT(cat->comm, "cat");
	EXPECT_TEXT(cat->cmdline, "cat -n a b");
	cr_expect(eq(u32, cat->uid, 3));
	cr_expect(eq(u32, cat->gid, 4));
	cr_expect(eq(u32, cat->euid, 5));
	cr_expect(eq(u32, cat->ppid, 1));
	cr_expect(eq(u64, cat->parent_start_ns, 9));
	cr_expect(eq(u64, cat->cgroup, 6));
	cr_expect(eq(u64, cat->made_ns, 0));
	cr_expect(eq(ptr, (void *)task_find_id(&tasks.table, cat->id),
		     (void *)cat));
	done(&tasks);
}

Test(task, the_same_pid_at_another_time_is_another_process)
{
	struct tasks tasks;
	init(&tasks);
	feed(&tasks, "task pid=7 start=5 comm=old leader\n"
		     "task pid=7 start=6 comm=new leader\n");
	EXPECT_TEXT(task_find(&tasks.table, KEY(7, 5))->comm, "old");
	EXPECT_TEXT(task_find(&tasks.table, KEY(7, 6))->comm, "new");
	cr_expect(eq(u32, tasks.table.alive_count, 2));
	done(&tasks);
}

Test(task, a_new_process_bears_its_parents_command_line_until_it_executes)
{
	struct tasks tasks;
	init(&tasks);
	feed(&tasks,
	     "task pid=1 start=1 comm=sh cmdline=\"sh\\0-c\\0x\" leader\n"
	     "fork t=50 pid=2 start=2 comm=sh ppid=1 pstart=1 leader\n");
	const struct task_process *child = task_find(&tasks.table, KEY(2, 2));
	EXPECT_TEXT(child->cmdline, "sh -c x");
	cr_expect(eq(u64, child->made_ns, 50));
	feed(&tasks,
	     "exec pid=2 start=2 comm=ls ppid=1 cmdline=\"ls\" leader\n");
	EXPECT_TEXT(child->comm, "ls");
	EXPECT_TEXT(child->cmdline, "ls");
	feed(&tasks, "exec pid=2 start=2 comm=bare ppid=1 leader\n");
	EXPECT_TEXT(child->cmdline, "");
	done(&tasks);
}

Test(task, threads_have_names_of_their_own)
{
	struct tasks tasks;
	init(&tasks);
	feed(&tasks, "task pid=7 start=5 comm=node leader\n"
		     "fork pid=7 start=5 tid=8 comm=node\n"
		     "rename pid=7 start=5 tid=8 comm=worker\n"
		     "rename pid=7 start=5 comm=main leader\n");
	const struct task_process *node = task_find(&tasks.table, KEY(7, 5));
	EXPECT_TEXT(task_thread_comm(&tasks.table, node, 7), "main");
	EXPECT_TEXT(task_thread_comm(&tasks.table, node, 8), "worker");
	cr_expect(
		eq(ptr, (void *)task_thread_comm(&tasks.table, node, 9), NULL));
	cr_expect(eq(u32, node->threads, 1));
	done(&tasks);
}

Test(task, renaming_the_leader_changes_nothing_else)
{
	struct tasks tasks;
	init(&tasks);
	feed(&tasks, "task pid=7 start=5 comm=a uid=3 ppid=1 cgroup=2 leader\n"
		     "rename pid=7 start=5 comm=b leader\n");
	const struct task_process *process = task_find(&tasks.table, KEY(7, 5));
	EXPECT_TEXT(process->comm, "b");
	cr_expect(eq(u32, process->uid, 3));
	cr_expect(eq(u32, process->ppid, 1));
	done(&tasks);
}

Test(task, executing_ends_the_other_threads)
{
	struct tasks tasks;
	init(&tasks);
	feed(&tasks, "task pid=7 start=5 comm=a leader\n"
		     "fork pid=7 start=5 tid=8 comm=a\n"
		     "fork pid=7 start=5 tid=9 comm=a\n"
		     "exec pid=7 start=5 comm=b leader\n");
	const struct task_process *process = task_find(&tasks.table, KEY(7, 5));
	cr_expect(eq(u32, process->threads, 0));
	cr_expect(eq(ptr, (void *)task_thread_comm(&tasks.table, process, 8),
		     NULL));
	done(&tasks);
}

Test(task, a_process_ends_with_its_last_thread_and_stays)
{
	struct tasks tasks;
	init(&tasks);
	feed(&tasks, "task pid=7 start=5 comm=a leader\n"
		     "fork pid=7 start=5 tid=8 comm=a\n"
		     "exit t=90 pid=7 start=5 comm=a leader\n");
	const struct task_process *process = task_find(&tasks.table, KEY(7, 5));
	cr_expect(not(process->ended));
	feed(&tasks, "exit t=91 pid=7 start=5 tid=8 comm=a status=256 dead\n");
	cr_expect(process->ended);
	cr_expect(eq(u64, process->ended_ns, 91));
	cr_expect(eq(int, process->status, 256));
	EXPECT_TEXT(process->comm, "a");
	cr_expect(eq(u32, tasks.table.alive_count, 0));
	cr_expect(eq(u32, tasks.table.ended_count, 1));
	done(&tasks);
}

Test(task, only_the_leaders_credentials_are_the_processes)
{
	struct tasks tasks;
	init(&tasks);
	feed(&tasks, "task pid=7 start=5 comm=a uid=1 euid=1 leader\n"
		     "cred pid=7 start=5 tid=8 comm=a uid=2 euid=2\n");
	const struct task_process *process = task_find(&tasks.table, KEY(7, 5));
	cr_expect(eq(u32, process->uid, 1));
	feed(&tasks, "cred pid=7 start=5 comm=a uid=3 gid=4 euid=0 leader\n");
	cr_expect(eq(u32, process->uid, 3));
	cr_expect(eq(u32, process->gid, 4));
	cr_expect(eq(u32, process->euid, 0));
	done(&tasks);
}

Test(task, a_tid_used_again_belongs_to_its_new_process)
{
	struct tasks tasks;
	init(&tasks);
	feed(&tasks, "task pid=7 start=5 comm=a leader\n"
		     "fork pid=7 start=5 tid=8 comm=a1\n"
		     "task pid=10 start=6 comm=b leader\n"
		     "fork pid=10 start=6 tid=8 comm=b1\n");
	const struct task_process *a = task_find(&tasks.table, KEY(7, 5));
	const struct task_process *b = task_find(&tasks.table, KEY(10, 6));
	cr_expect(eq(u32, a->threads, 0));
	EXPECT_TEXT(task_thread_comm(&tasks.table, b, 8), "b1");
	done(&tasks);
}

Test(task, a_call_tells_about_a_process_never_heard_of)
{
	struct tasks tasks;
	init(&tasks);
	struct event_call call = {
		.uid = 3, .gid = 4, .comm = "exactly 15 long"};
	struct task_process *process = task_make(&tasks.table, KEY(7, 5));
	task_learn(&tasks.table, process, &call);
	EXPECT_TEXT(process->comm, "exactly 15 long");
	cr_expect(eq(u32, process->uid, 3));
	cr_expect(process->has_user);
	cr_expect(not(process->has_task));
	done(&tasks);
}
