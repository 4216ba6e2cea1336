/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/task.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <utlist.h>

#include "base/buf.h"
#include "base/strtab.h"
#include "base/xalloc.h"

void task_init(struct task_table *table, struct strtab *names)
{
	*table = (struct task_table){.names = names};
}

void task_done(struct task_table *table)
{
	struct task_process *process = table->by_key;
	while (process) {
		struct task_process *next = process->hh.next;
		task_drop(table, process);
		process = next;
	}
}

struct task_process *task_find(const struct task_table *table,
			       struct task_key key)
{
	struct task_process *process = NULL;
	/* The analyser loses track of the key's bytes in the hash's loop. */
	/* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
	HASH_FIND(hh, table->by_key, &key, sizeof(key), process);
	return process;
}

struct task_process *task_find_id(const struct task_table *table, uint64_t id)
{
	struct task_process *process = NULL;
	HASH_FIND(hh_id, table->by_id, &id, sizeof(id), process);
	return process;
}

struct task_process *task_make(struct task_table *table, struct task_key key)
{
	struct task_process *process = task_find(table, key);
	if (process)
		return process;
	process = xcalloc(1, sizeof(*process));
	process->key = key;
	process->id = ++table->last_id;
	process->comm = "";
	process->cmdline = "";
	HASH_ADD(hh, table->by_key, key, sizeof(process->key), process);
	HASH_ADD(hh_id, table->by_id, id, sizeof(process->id), process);
	table->used_bytes += sizeof(*process);
	table->alive_count++;
	return process;
}

struct task_process *task_make_other(struct task_table *table, uint32_t host)
{
	struct task_process **other = &table->others[host];
	if (!*other) {
		*other = task_make(table, (struct task_key){.host = host});
		(*other)->comm = strtab_ref(table->names, "other", 5);
		table->alive_count--;
	}
	return *other;
}

bool task_is_other(const struct task_process *process)
{
	return process->key.pid == 0 && process->key.start_ns == 0;
}

struct task_process *task_parent(const struct task_table *table,
				 const struct task_process *process)
{
	const struct task_key key = {.start_ns = process->parent_start_ns,
				     .pid = process->ppid,
				     .host = process->key.host};
	return task_find(table, key);
}

static void drop_thread(struct task_table *table, struct task_thread *thread)
{
	DL_DELETE(thread->process->thread_list, thread);
	thread->process->threads--;
	/* A thread that exists is in the table, which the analyser cannot see.
	 */
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	HASH_DEL(table->threads, thread);
	strtab_unref(table->names, thread->comm);
	table->used_bytes -= sizeof(*thread);
	free(thread);
}

static void drop_threads(struct task_table *table, struct task_process *process)
{
	struct task_thread *thread = process->thread_list;
	while (thread) {
		struct task_thread *next = thread->next;
		drop_thread(table, thread);
		thread = next;
	}
}

void task_drop(struct task_table *table, struct task_process *process)
{
	assert(!process->pairs.at);
	drop_threads(table, process);
	HASH_DELETE(hh, table->by_key, process);
	HASH_DELETE(hh_id, table->by_id, process);
	if (task_is_other(process)) {
		table->others[process->key.host] = NULL;
	} else if (process->ended) {
		DL_DELETE(table->ended, process);
		table->ended_count--;
	} else {
		table->alive_count--;
	}
	strtab_unref(table->names, process->comm);
	strtab_unref(table->names, process->cmdline);
	table->used_bytes -= sizeof(*process);
	free(process);
}

static void set_text(struct task_table *table, const char **text,
		     const char *value, size_t len)
{
	const char *old = *text;
	*text = strtab_ref(table->names, value, len);
	strtab_unref(table->names, old);
}

static void set_comm(struct task_table *table, const char **comm,
		     const char value[EVENT_COMM_SIZE])
{
	set_text(table, comm, value, EVENT_COMM_SIZE);
}

/* Arguments end with a NUL each. */
size_t task_cmdline_text(const struct event_task *ev,
			 char text[EVENT_CMDLINE_LIMIT])
{
	size_t len = ev->cmdline < EVENT_CMDLINE_LIMIT ? ev->cmdline
						       : EVENT_CMDLINE_LIMIT;
	memcpy(text, ev + 1, len);
	while (len > 0 && text[len - 1] == '\0')
		len--;
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\0')
			text[i] = ' ';
	}
	return len;
}

static void set_cmdline(struct task_table *table, struct task_process *process,
			const struct event_task *ev)
{
	char text[EVENT_CMDLINE_LIMIT];
	size_t len = task_cmdline_text(ev, text);
	set_text(table, &process->cmdline, text, len);
}

void task_print_status(struct buf *buf, int32_t status)
{
	if (!WIFSIGNALED(status)) {
		buf_puts(buf, "exit ");
		buf_s64(buf, WEXITSTATUS(status));
		return;
	}
	const char *name = sigabbrev_np(WTERMSIG(status));
	buf_puts(buf, name ? "SIG" : "signal ");
	if (name)
		buf_puts(buf, name);
	else
		buf_s64(buf, WTERMSIG(status));
}

static struct task_thread *find_thread(const struct task_table *table,
				       struct task_thread_key key)
{
	struct task_thread *thread = NULL;
	HASH_FIND(hh, table->threads, &key, sizeof(key), thread);
	return thread;
}

/* A TID of another process means that its thread's end was missed. */
static void apply_thread(struct task_table *table, struct task_process *process,
			 const struct event_task *ev)
{
	const struct task_thread_key key = {ev->h.tid, process->key.host};
	if (process->ended || ev->h.tid == 0)
		return;
	struct task_thread *thread = find_thread(table, key);
	if (thread && thread->process != process) {
		drop_thread(table, thread);
		thread = NULL;
	}
	if (!thread) {
		thread = xcalloc(1, sizeof(*thread));
		thread->key = key;
		thread->comm = "";
		thread->process = process;
		HASH_ADD(hh, table->threads, key, sizeof(thread->key), thread);
		DL_APPEND(process->thread_list, thread);
		process->threads++;
		table->used_bytes += sizeof(*thread);
	}
	set_comm(table, &thread->comm, ev->comm);
}

static void apply_user(struct task_process *process,
		       const struct event_task *ev)
{
	process->uid = ev->uid;
	process->gid = ev->gid;
	process->euid = ev->euid;
	process->has_user = true;
}

/* A new process runs its parent's program until it executes another. */
static void inherit_cmdline(struct task_table *table,
			    struct task_process *process)
{
	const struct task_process *parent = task_parent(table, process);
	if (parent && parent != process)
		set_text(table, &process->cmdline, parent->cmdline,
			 strlen(parent->cmdline));
}

static void apply_leader(struct task_table *table, struct task_process *process,
			 const struct event_task *ev)
{
	set_comm(table, &process->comm, ev->comm);
	apply_user(process, ev);
	process->ppid = ev->ppid;
	process->parent_start_ns = ev->parent_start_ns;
	process->cgroup = ev->cgroup;
	process->kernel = ev->h.flags & EVENT_TASK_KERNEL;
	process->has_task = true;
	if (ev->h.kind == EVENT_FORK)
		process->made_ns = ev->h.time_ns;
	if (ev->cmdline || ev->h.kind == EVENT_EXEC)
		set_cmdline(table, process, ev);
	else if (ev->h.kind == EVENT_FORK)
		inherit_cmdline(table, process);
}

static void apply_exit(struct task_table *table, struct task_process *process,
		       const struct event_task *ev, uint64_t tick)
{
	const struct task_thread_key key = {ev->h.tid, process->key.host};
	struct task_thread *thread = find_thread(table, key);
	if (thread && thread->process == process)
		drop_thread(table, thread);
	if (!(ev->h.flags & EVENT_TASK_GROUP_DEAD) || process->ended)
		return;
	drop_threads(table, process);
	process->ended = true;
	process->ended_ns = ev->h.time_ns;
	process->ended_tick = tick;
	process->status = ev->status;
	DL_APPEND(table->ended, process);
	table->alive_count--;
	table->ended_count++;
}

void task_apply(struct task_table *table, struct task_process *process,
		const struct event_task *ev, uint64_t tick)
{
	bool leader = ev->h.flags & EVENT_TASK_LEADER;
	switch ((enum event_kind)ev->h.kind) {
	case EVENT_RENAME:
		if (leader && process->has_task)
			set_comm(table, &process->comm, ev->comm);
		else if (leader)
			apply_leader(table, process, ev);
		else
			apply_thread(table, process, ev);
		break;
	case EVENT_TASK:
	case EVENT_FORK:
		if (leader)
			apply_leader(table, process, ev);
		else
			apply_thread(table, process, ev);
		break;
	case EVENT_EXEC: /* the other threads are gone */
		drop_threads(table, process);
		apply_leader(table, process, ev);
		break;
	case EVENT_CRED:
		if (leader)
			apply_user(process, ev);
		break;
	case EVENT_EXIT:
		if (!process->has_task && leader)
			apply_leader(table, process, ev);
		apply_exit(table, process, ev, tick);
		break;
	case EVENT_CALL:
	case EVENT_STAT:
	case EVENT_COUNT:
	case EVENT_ERROR:
	case EVENT_BLOCKED:
	case EVENT_BLOCKED_END:
	case EVENT_LOST:
	case EVENT_TICK:
	case EVENT_FILE:
	case EVENT_SYMBOL:
	case EVENT_TRACED:
	case EVENT_NUMBER:
	case EVENT_SIGNAL:
		break;
	}
}

void task_learn(struct task_table *table, struct task_process *process,
		const struct event_call *ev)
{
	if (!*process->comm)
		set_comm(table, &process->comm, ev->comm);
	if (!process->has_user) {
		process->uid = ev->uid;
		process->gid = ev->gid;
		process->has_user = true;
	}
}

const char *task_thread_comm(const struct task_table *table,
			     const struct task_process *process, uint32_t tid)
{
	if (tid == process->key.pid)
		return process->comm;
	const struct task_thread_key key = {tid, process->key.host};
	const struct task_thread *thread = find_thread(table, key);
	return thread && thread->process == process ? thread->comm : NULL;
}
