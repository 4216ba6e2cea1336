/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/snapshot.h"

#include <string.h>

#include "abi/named.h"
#include "abi/syscall.h"
#include "base/kept.h"
#include "model/state.h"
#include "model/traced.h"

struct teller {
	const struct model *model;
	void (*put)(void *self, const struct event *ev);
	void *self;
};

static void tell(const struct teller *to, const struct event *ev)
{
	to->put(to->self, ev);
}

static struct event head_of(const struct teller *to, enum event_kind kind,
			    size_t size)
{
	return (struct event){
		.size = (uint32_t)size,
		.kind = (uint8_t)kind,
		.time_ns = to->model->seen_ns,
	};
}

static struct event head_of_process(const struct teller *to,
				    enum event_kind kind, size_t size,
				    const struct task_process *process)
{
	struct event head = head_of(to, kind, size);
	head.pid = process->key.pid;
	head.start_ns = process->key.start_ns;
	return head;
}

static void tell_exit(const struct teller *to,
		      const struct task_process *process,
		      struct event_task *task)
{
	task->h.size = sizeof(*task);
	task->h.kind = EVENT_EXIT;
	task->h.flags |= EVENT_TASK_GROUP_DEAD;
	task->h.time_ns = process->ended_ns;
	task->cmdline = 0;
	task->status = process->status;
	tell(to, &task->h);
}

static void tell_threads(const struct teller *to,
			 const struct task_process *process,
			 struct event_task task)
{
	task.h.size = sizeof(task);
	task.h.flags &= (uint16_t)~EVENT_TASK_LEADER;
	task.cmdline = 0;
	const struct task_thread *thread = process->thread_list;
	for (; thread; thread = thread->next) {
		task.h.tid = thread->key.tid;
		strncpy(task.comm, thread->comm, sizeof(task.comm) - 1);
		tell(to, &task.h);
	}
}

static void tell_process(const struct teller *to,
			 const struct task_process *process)
{
	struct {
		struct event_task task;
		char cmdline[EVENT_CMDLINE_LIMIT];
	} ev = {.task = {
			.h = head_of_process(to, EVENT_TASK, sizeof(ev.task),
					     process),
			.ppid = process->ppid,
			.uid = process->uid,
			.gid = process->gid,
			.euid = process->euid,
			.cgroup = process->cgroup,
			.parent_start_ns = process->parent_start_ns,
		}};
	size_t size = strnlen(process->cmdline, sizeof(ev.cmdline));
	memcpy(ev.cmdline, process->cmdline, size);
	ev.task.cmdline = (uint32_t)size;
	ev.task.h.size += ((uint32_t)size + 7) & ~7u;
	ev.task.h.flags = (uint16_t)(EVENT_TASK_LEADER |
				     (process->kernel ? EVENT_TASK_KERNEL : 0));
	ev.task.h.tid = process->key.pid;
	strncpy(ev.task.comm, process->comm, sizeof(ev.task.comm) - 1);
	tell(to, &ev.task.h);
	tell_threads(to, process, ev.task);
	if (process->ended)
		tell_exit(to, process, &ev.task);
}

static struct event_growth growth_of(const struct stat_sum *sum)
{
	return (struct event_growth){
		.calls = sum->calls,
		.errors = sum->errors,
		.restarted = sum->restarted,
		.time_ns = sum->time_ns,
		.max_ns = sum->max_ns,
		.bytes = sum->bytes,
	};
}

/* False for a call whose number is not known: then its sums cannot be told. */
static bool number_of(const struct teller *to, uint32_t index, uint32_t *ret_nr,
		      uint8_t *ret_compat)
{
	int native = catalogue_nr(to->model->cat, index, false);
	int compat = catalogue_nr(to->model->cat, index, true);
	*ret_compat = native < 0;
	*ret_nr = (uint32_t)(native < 0 ? compat : native);
	return native >= 0 || compat >= 0;
}

static void tell_counts(const struct teller *to,
			const struct task_process *process)
{
	struct event_count ev = {
		.h = head_of_process(to, EVENT_COUNT, sizeof(ev), process),
	};
	for (uint32_t i = 0; i < process->pairs.count; i++) {
		const struct stat_pair *pair = &process->pairs.at[i];
		ev.growth = growth_of(&pair->sum);
		if (number_of(to, pair->syscall, &ev.nr, &ev.h.compat))
			tell(to, &ev.h);
	}
}

static void tell_errors(const struct teller *to,
			const struct task_process *process)
{
	struct event_error ev = {
		.h = head_of_process(to, EVENT_ERROR, sizeof(ev), process),
	};
	for (uint32_t i = 0; i < process->failures.count; i++) {
		const struct failure *failure = &process->failures.at[i];
		ev.code = failure->code;
		ev.count = failure->count;
		if (ev.count &&
		    number_of(to, failure->syscall, &ev.nr, &ev.h.compat))
			tell(to, &ev.h);
	}
}

static void tell_lost(const struct teller *to,
		      const uint64_t lost[EVENT_LOST_CAUSES],
		      struct event_lost ev)
{
	for (uint32_t cause = 0; cause < EVENT_LOST_CAUSES; cause++) {
		ev.cause = cause;
		ev.count = lost[cause];
		if (ev.count)
			tell(to, &ev.h);
	}
}

/* What was lost and is not told of a call. */
static void tell_lost_rest(const struct teller *to,
			   const uint64_t told[EVENT_LOST_CAUSES])
{
	uint64_t rest[EVENT_LOST_CAUSES];
	struct event_lost ev = {
		.h = head_of(to, EVENT_LOST, sizeof(ev)),
		.nr = EVENT_NR_NONE,
	};
	for (uint32_t cause = 0; cause < EVENT_LOST_CAUSES; cause++)
		rest[cause] = to->model->lost[cause] - told[cause];
	tell_lost(to, rest, ev);
}

static void tell_stats(const struct teller *to)
{
	uint64_t told[EVENT_LOST_CAUSES] = {0};
	for (uint32_t i = 0; i < to->model->stats.count; i++) {
		const struct stat_syscall *stat = &to->model->stats.at[i];
		struct event_stat ev = {
			.h = head_of(to, EVENT_STAT, sizeof(ev)),
			.growth = growth_of(&stat->sum),
		};
		struct event_lost lost = {
			.h = head_of(to, EVENT_LOST, sizeof(lost)),
		};
		if (!number_of(to, i, &ev.nr, &ev.h.compat))
			continue;
		lost.nr = ev.nr;
		lost.h.compat = ev.h.compat;
		tell_lost(to, stat->lost, lost);
		for (uint32_t cause = 0; cause < EVENT_LOST_CAUSES; cause++)
			told[cause] += stat->lost[cause];
		memcpy(ev.hist, stat->hist, sizeof(ev.hist));
		if (ev.growth.calls)
			tell(to, &ev.h);
	}
	tell_lost_rest(to, told);
}

static void tell_named(const struct teller *to, enum event_kind kind,
		       const char *name, uint32_t value)
{
	struct named named;
	named_init(&named, kind, to->model->seen_ns, name, value);
	tell(to, &named.ev.h);
}

/* Numbers that were learned first: what follows is told by number. */
static void tell_calls(const struct teller *to)
{
	const struct catalogue *cat = to->model->cat;
	tell_named(to, EVENT_TRACED, "", 0);
	for (uint32_t i = 0; i < catalogue_count(cat); i++) {
		const struct syscall *sc = catalogue_get(cat, i);
		int nr = catalogue_nr(cat, i, false);
		uint32_t value = traced_value(to->model, i);
		if (sc->presence == SYSCALL_UNNUMBERED && nr >= 0)
			tell_named(to, EVENT_NUMBER, sc->name, (uint32_t)nr);
		if (value)
			tell_named(to, EVENT_TRACED, sc->name, value);
	}
}

static void tell_kept(void *self, const void *data)
{
	tell(self, data);
}

void snapshot_tell(const struct model *model,
		   void (*put)(void *self, const struct event *ev), void *self)
{
	struct teller to = {.model = model, .put = put, .self = self};
	const struct task_process *process = model->tasks.by_key;
	tell_calls(&to);
	for (; process; process = process->hh.next) {
		if (process->has_task)
			tell_process(&to, process);
		tell_counts(&to, process);
		tell_errors(&to, process);
	}
	kept_each(model->references.files, tell_kept, &to);
	kept_each(model->references.symbols, tell_kept, &to);
	tell_stats(&to);
	struct event_tick tick = model->last;
	if (tick.h.size)
		tell(&to, &tick.h);
}
