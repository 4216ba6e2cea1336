/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/strace_tasks.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

void strace_tasks_done(struct strace_tasks *tasks)
{
	while (tasks->table)
		strace_tasks_remove(tasks, tasks->table);
}

struct strace_task *strace_tasks_find(const struct strace_tasks *tasks,
				      uint32_t tid)
{
	struct strace_task *task = NULL;
	HASH_FIND(hh, tasks->table, &tid, sizeof(tid), task);
	return task;
}

struct strace_task *strace_tasks_maker(const struct strace_tasks *tasks)
{
	struct strace_task *latest = NULL;
	for (struct strace_task *task = tasks->makers ? tasks->table : NULL;
	     task; task = task->hh.next) {
		if (task->makes_task &&
		    (!latest || task->entry_ns >= latest->entry_ns))
			latest = task;
	}
	return latest;
}

void strace_tasks_set_maker(struct strace_tasks *tasks,
			    struct strace_task *task, bool makes_task)
{
	tasks->makers -= task->makes_task;
	tasks->makers += makes_task;
	task->makes_task = makes_task;
}

static struct strace_process *new_process(uint32_t pid, uint64_t time_ns,
					  const struct strace_task *maker)
{
	struct strace_process *process = xcalloc(1, sizeof(*process));
	process->pid = pid;
	process->start_ns = time_ns;
	if (!maker)
		return process;
	process->ppid = maker->process->pid;
	process->parent_start_ns = maker->process->start_ns;
	process->compat = maker->process->compat;
	memcpy(process->comm, maker->process->comm, sizeof(process->comm));
	return process;
}

struct strace_task *strace_tasks_add(struct strace_tasks *tasks, uint32_t tid,
				     uint64_t time_ns,
				     struct strace_task *maker)
{
	struct strace_process *process =
		maker && maker->is_thread_made
			? maker->process
			: new_process(tid, time_ns, maker);
	process->threads++;
	if (HASH_COUNT(tasks->table) >= STRACE_TASKS_LIMIT)
		strace_tasks_remove(tasks, tasks->table);
	struct strace_task *task = xcalloc(1, sizeof(*task));
	task->tid = tid;
	task->process = process;
	HASH_ADD(hh, tasks->table, tid, sizeof(task->tid), task);
	return task;
}

void strace_tasks_remove(struct strace_tasks *tasks, struct strace_task *task)
{
	strace_tasks_forget(tasks, task);
	HASH_DEL(tasks->table, task);
	if (--task->process->threads == 0)
		free(task->process);
	free(task);
}

bool strace_tasks_keep(struct strace_tasks *tasks, struct strace_task *task,
		       const char *text, size_t len)
{
	strace_tasks_forget(tasks, task);
	if (tasks->unfinished + len > STRACE_UNFINISHED_LIMIT)
		return false;
	task->unfinished = xmalloc(len + 1);
	memcpy(task->unfinished, text, len);
	task->unfinished[len] = '\0';
	task->unfinished_len = len;
	tasks->unfinished += len;
	return true;
}

void strace_tasks_forget(struct strace_tasks *tasks, struct strace_task *task)
{
	tasks->unfinished -= task->unfinished_len;
	free(task->unfinished);
	task->unfinished = NULL;
	task->unfinished_len = 0;
	strace_tasks_set_maker(tasks, task, false);
}

void strace_tasks_event(const struct strace_task *task, struct event_task *ev,
			enum event_kind kind, uint64_t time_ns)
{
	const struct strace_process *process = task->process;
	*ev = (struct event_task){
		.h = {.size = sizeof(*ev),
		      .kind = (uint8_t)kind,
		      .time_ns = time_ns,
		      .start_ns = process->start_ns,
		      .pid = process->pid,
		      .tid = task->tid},
		.ppid = process->ppid,
		.uid = UINT32_MAX, /* not told */
		.gid = UINT32_MAX,
		.euid = UINT32_MAX,
		.parent_start_ns = process->parent_start_ns,
	};
	if (task->tid == process->pid)
		ev->h.flags |= EVENT_TASK_LEADER;
	memcpy(ev->comm, process->comm, sizeof(ev->comm));
}
