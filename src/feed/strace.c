/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line makes some events, which wait in a queue until they are asked for.
 * Going back means beginning again: the text has no places to go to.
 */
#include "config.h"

#include "feed/strace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/xalloc.h"
#include "feed/input.h"
#include "feed/sink.h"
#include "feed/strace_clock.h"
#include "feed/strace_count.h"
#include "feed/strace_event.h"
#include "feed/strace_input.h"
#include "feed/strace_line.h"
#include "feed/strace_names.h"
#include "feed/strace_tasks.h"

#define GAPS_LIMIT  16 /* told one by one; the rest at the end */
#define NS_PER_TICK 1000000000u

struct strace {
	struct input *input;         /* borrowed */
	struct replay_config config; /* borrowed */
	uint64_t begin;              /* where the text begins */
	struct strace_line first;    /* its kind of stamp; no texts */

	struct strace_clock clock;
	struct strace_names names;
	struct strace_tasks tasks;
	struct strace_files files;
	struct strace_count count;
	uint64_t calls;
	uint64_t tick_ns; /* of the next tick; 0: none came yet */

	uint8_t *queue; /* owned: events that wait */
	size_t queue_at, queue_size, queue_room;
	bool is_read;     /* no line is left */
	bool is_too_long; /* the line that is read */

	uint64_t line;          /* number of the line */
	struct replay_gap gap;  /* lines that were not understood */
	uint64_t told_line;     /* gaps up to there were told */
	unsigned gaps;          /* that were told */
	struct replay_gap rest; /* of those that were not */

	uint64_t last_ns; /* of its lines; 0: not known yet */
};

bool strace_is_text(struct input *input)
{
	struct strace_line line;
	return strace_input_probe(input, &line);
}

struct strace *strace_new(struct input *input,
			  const struct replay_config *config)
{
	struct strace *strace = xcalloc(1, sizeof(*strace));
	struct strace_line line;
	strace->input = input;
	strace->config = *config;
	strace->begin = input->at;
	if (strace_input_probe(input, &line)) {
		strace->first.stamp = line.stamp;
		if (line.stamp != STRACE_STAMP_RELATIVE)
			strace->first.stamp_ns = line.stamp_ns;
		strace_clock_take(&strace->clock, &strace->first);
	}
	return strace;
}

static void reset(struct strace *strace)
{
	strace_tasks_done(&strace->tasks);
	strace_event_files_done(&strace->files);
	strace_count_done(&strace->count);
	strace->clock = (struct strace_clock){0};
	strace_clock_take(&strace->clock, &strace->first);
	strace->queue_at = strace->queue_size = 0;
	strace->calls = strace->tick_ns = strace->line = 0;
	strace->is_read = strace->is_too_long = false;
	strace->gap = (struct replay_gap){0};
}

void strace_free(struct strace *strace)
{
	if (!strace)
		return;
	reset(strace);
	strace_names_done(&strace->names);
	free(strace->queue);
	free(strace);
}

void strace_header(const struct strace *strace, struct recording_header *ret)
{
	*ret = (struct recording_header){
		.version = RECORDING_VERSION,
		.event_version = EVENT_VERSION,
		.start_ns = STRACE_BEGIN_NS,
		.wall_offset_ns = strace_clock_offset(&strace->clock),
		.abi = RECORDING_X86_64, /* whose calls have most names */
	};
	recording_seal_header(ret);
}

const char *strace_facts(const struct strace *strace)
{
	static const char *const facts[] = {
		[STRACE_STAMP_NONE] =
			"source\tstrace, without times\nremarks\t1\n"
			"zone\tUTC\nrule\tUTC0\n",
		[STRACE_STAMP_RELATIVE] = "source\tstrace\nremarks\t1\n"
					  "zone\tUTC\nrule\tUTC0\n",
		[STRACE_STAMP_DAY] = "source\tstrace\nremarks\t1\n"
				     "zone\tUTC\nrule\tUTC0\n",
		[STRACE_STAMP_EPOCH] = "source\tstrace\nremarks\t1\n",
	};
	return facts[strace->first.stamp];
}

void strace_use(struct strace *strace, struct catalogue *cat)
{
	strace->names.cat = cat;
}

static void enqueue(void *self, const struct event *ev)
{
	struct strace *strace = self;
	if (strace->queue_size + ev->size > strace->queue_room) {
		strace->queue_room = 2 * strace->queue_room + EVENT_SIZE_LIMIT;
		strace->queue = xrealloc(strace->queue, strace->queue_room);
	}
	memcpy(strace->queue + strace->queue_size, ev, ev->size);
	strace->queue_size += ev->size;
}

static void put_task(struct strace *strace, const struct strace_task *task,
		     enum event_kind kind, uint64_t time_ns)
{
	struct event_task ev;
	strace_tasks_event(task, &ev, kind, time_ns);
	enqueue(strace, &ev.h);
}

static void tell_gap(struct strace *strace, const struct replay_gap *gap)
{
	if (strace->config.gap)
		strace->config.gap(strace->config.self, gap);
}

/* Lines that were not understood have ended. */
static void end_gap(struct strace *strace)
{
	struct replay_gap gap = strace->gap;
	strace->gap = (struct replay_gap){0};
	if (!gap.events || strace->line <= strace->told_line)
		return;
	strace->told_line = strace->line;
	if (strace->gaps++ < GAPS_LIMIT) {
		tell_gap(strace, &gap);
		return;
	}
	strace->rest.why = REPLAY_UNREAD;
	strace->rest.events += gap.events;
}

static void refuse_line(struct strace *strace)
{
	if (!strace->gap.events)
		strace->gap = (struct replay_gap){
			.why = REPLAY_UNREAD,
			.line = strace->line,
		};
	strace->gap.events++;
}

static void put_tick(struct strace *strace)
{
	const struct sink to = {.put = enqueue, .self = strace};
	uint64_t now_ns = strace->clock.now_ns;
	strace_count_tell(&strace->count, &to, now_ns);
	const struct event_tick tick = {
		.h = {.size = sizeof(tick),
		      .kind = EVENT_TICK,
		      .time_ns = now_ns},
		.wall_offset_ns = strace_clock_offset(&strace->clock),
		.seen = strace->calls,
		.sent = strace->calls,
		.requests = EVENT_UNKNOWN,
	};
	enqueue(strace, &tick.h);
	strace->tick_ns = now_ns + NS_PER_TICK;
}

/* The first part of a path that a comm has of it. */
static void take_comm(struct strace_process *process,
		      const struct strace_call *call)
{
	char path[4096];
	if (call->count == 0 ||
	    strace_event_unquote(&call->args[0], path, sizeof(path)) <= 0)
		return;
	const char *name = strrchr(path, '/');
	name = name ? name + 1 : path;
	memset(process->comm, 0, sizeof(process->comm));
	memcpy(process->comm, name, strnlen(name, sizeof(process->comm) - 1));
}

static void put_exec(struct strace *strace, struct strace_task *task,
		     const struct strace_call *call, uint32_t caller)
{
	union {
		struct event_task ev;
		uint64_t words[EVENT_SIZE_LIMIT / sizeof(uint64_t)];
	} room = {0};
	struct event_task *ev = &room.ev;
	take_comm(task->process, call);
	strace_tasks_event(task, ev, EVENT_EXEC, strace->clock.now_ns);
	if (call->count > 1)
		ev->cmdline = (uint32_t)strace_event_strings(
			&call->args[1], (char *)(ev + 1), EVENT_CMDLINE_LIMIT);
	ev->h.size += (ev->cmdline + 7) & ~7u;
	ev->h.flags |= EVENT_TASK_ROW;
	ev->status = (int32_t)caller;
	enqueue(strace, &ev->h);
}

/* The task of a line, made where it is the first. */
static struct strace_task *task_of(struct strace *strace,
				   const struct strace_line *line)
{
	struct strace_task *task = strace_tasks_find(&strace->tasks, line->tid);
	if (task)
		return task;
	struct strace_task *maker = strace_tasks_maker(&strace->tasks);
	uint64_t now_ns = strace->clock.now_ns;
	task = strace_tasks_add(&strace->tasks, line->tid, now_ns, maker);
	size_t len = line->comm.len;
	if (len && len < EVENT_COMM_SIZE && !task->process->comm[0])
		memcpy(task->process->comm, line->comm.at, len);
	if (maker)
		strace_tasks_set_maker(&strace->tasks, maker, false);
	put_task(strace, task, maker ? EVENT_FORK : EVENT_TASK, now_ns);
	return task;
}

static bool makes_task(const struct strace_name *name)
{
	return name->sc->marks & SYSCALL_FORKS;
}

static bool makes_thread(const struct strace_text *text)
{
	static const char word[] = "CLONE_THREAD";
	return memmem(text->at, text->len, word, sizeof(word) - 1) != NULL;
}

/* What a call that succeeded says of tasks. */
static void learn(struct strace *strace, struct strace_task *task,
		  const struct strace_name *name,
		  const struct strace_call *call, const struct event_call *ev)
{
	bool is_new = makes_task(name) && ev->ret > 0 && ev->ret <= INT32_MAX &&
		      !strace_tasks_find(&strace->tasks, (uint32_t)ev->ret);
	if (is_new) {
		const struct strace_task *child = strace_tasks_add(
			&strace->tasks, (uint32_t)ev->ret, ev->h.time_ns, task);
		put_task(strace, child, EVENT_FORK, ev->h.time_ns);
	}
	if (name->sc->marks & SYSCALL_EXECS && ev->ret == 0 &&
	    !task->has_execed)
		put_exec(strace, task, call, task->tid);
	task->has_execed = false;
	bool names = strcmp(name->name, "prctl") == 0 && call->count > 1 &&
		     strace_line_is(&call->args[0], "PR_SET_NAME") &&
		     task->tid == task->process->pid;
	if (!names || ev->ret != 0)
		return;
	struct strace_call as = {.args = {call->args[1]}, .count = 1};
	take_comm(task->process, &as);
	put_task(strace, task, EVENT_RENAME, ev->h.time_ns);
}

/* A whole call that began at ENTRY_NS. */
static bool put_call(struct strace *strace, struct strace_task *task,
		     const struct strace_name *name,
		     const struct strace_text *rest, uint64_t entry_ns)
{
	const struct sink to = {.put = enqueue, .self = strace};
	union strace_room room;
	struct strace_call call;
	if (!strace_line_call(&call, *rest))
		return false;
	uint64_t now_ns = strace->clock.now_ns;
	uint64_t took_ns = now_ns > entry_ns ? now_ns - entry_ns : 0;
	if (call.has_duration)
		took_ns = call.duration_ns;
	room.call.h.time_ns = entry_ns;
	if (!task->process->comm[0] && name->sc->marks & SYSCALL_EXECS)
		take_comm(task->process, &call); /* before that it was strace */
	strace_event_call(&room, name, &call, task, &strace->files, &to);
	room.call.h.time_ns = entry_ns + took_ns;
	room.call.duration_ns = took_ns;
	task->is_thread_made = makes_thread(rest);
	if (!(room.call.h.flags & EVENT_CALL_NO_RESULT))
		learn(strace, task, name, &call, &room.call);
	enqueue(strace, &room.call.h);
	strace_count_add(&strace->count, &room.call,
			 name->sc->result == RES_BYTES);
	strace->calls++;
	return true;
}

static bool take_call(struct strace *strace, const struct strace_line *line)
{
	struct strace_call call;
	const struct strace_name *name =
		strace_line_call(&call, line->rest)
			? strace_names_find(&strace->names, &line->name)
			: NULL;
	return name && put_call(strace, task_of(strace, line), name,
				&line->rest, strace->clock.now_ns);
}

static bool take_unfinished(struct strace *strace,
			    const struct strace_line *line)
{
	const struct strace_name *name =
		strace_names_find(&strace->names, &line->name);
	if (!name)
		return false;
	struct strace_task *task = task_of(strace, line);
	if (!strace_tasks_keep(&strace->tasks, task, line->rest.at,
			       line->rest.len))
		return false;
	task->entry_ns = strace->clock.now_ns;
	strace_tasks_set_maker(&strace->tasks, task, makes_task(name));
	task->is_thread_made = makes_thread(&line->rest);
	return true;
}

static bool take_resumed(struct strace *strace, const struct strace_line *line)
{
	const struct strace_name *name =
		strace_names_find(&strace->names, &line->name);
	struct strace_task *task = strace_tasks_find(&strace->tasks, line->tid);
	if (!name || !task || !task->unfinished)
		return false; /* it began before the text */
	size_t len = task->unfinished_len + line->rest.len;
	if (len > 2 * STRACE_LINE_LIMIT)
		return false;
	char *whole = xmalloc(len + 1);
	memcpy(whole, task->unfinished, task->unfinished_len);
	memcpy(whole + task->unfinished_len, line->rest.at, line->rest.len);
	uint64_t entry_ns = task->entry_ns;
	strace_tasks_forget(&strace->tasks, task);
	const struct strace_text rest = {whole, len};
	bool taken = put_call(strace, task, name, &rest, entry_ns);
	free(whole);
	return taken;
}

static bool take_signal(struct strace *strace, const struct strace_line *line)
{
	struct event_signal ev;
	strace_event_signal(&ev, line, task_of(strace, line));
	ev.h.time_ns = strace->clock.now_ns;
	enqueue(strace, &ev.h);
	return true;
}

static bool take_end(struct strace *strace, const struct strace_line *line)
{
	struct strace_task *task = task_of(strace, line);
	struct event_task ev;
	strace_tasks_event(task, &ev, EVENT_EXIT, strace->clock.now_ns);
	ev.h.flags |= EVENT_TASK_ROW;
	if (task->process->threads == 1)
		ev.h.flags |= EVENT_TASK_GROUP_DEAD;
	ev.status = (int32_t)((line->number & 0xff) << 8);
	if (line->kind == STRACE_KILLED)
		ev.status = strace_event_killed(&line->name, line->number);
	enqueue(strace, &ev.h);
	strace_tasks_remove(&strace->tasks, task);
	return true;
}

/* The caller's thread goes on under the leader's ID, its call too. */
static bool take_superseded(struct strace *strace,
			    const struct strace_line *line)
{
	struct strace_task *task = task_of(strace, line);
	struct strace_task *caller =
		strace_tasks_find(&strace->tasks, line->number);
	struct strace_call call = {0};
	if (!caller || caller == task || !caller->unfinished)
		return true;
	char *whole = xmalloc(caller->unfinished_len + 8);
	memcpy(whole, caller->unfinished, caller->unfinished_len);
	memcpy(whole + caller->unfinished_len, ") = 0", 5);
	const struct strace_text rest = {whole, caller->unfinished_len + 5};
	if (strace_line_call(&call, rest))
		put_exec(strace, task, &call, line->number);
	free(whole);
	if (strace_tasks_keep(&strace->tasks, task, caller->unfinished,
			      caller->unfinished_len))
		task->entry_ns = caller->entry_ns;
	task->has_execed = true;
	strace_tasks_remove(&strace->tasks, caller);
	return true;
}

static bool take_mode(struct strace *strace, const struct strace_line *line)
{
	task_of(strace, line)->process->compat = line->number == 32;
	return true;
}

static bool take(struct strace *strace, const struct strace_line *line)
{
	switch (line->kind) {
	case STRACE_NONE:
		break;
	case STRACE_NOTE:
	case STRACE_STOPPED: /* the signal said so */
		return true;
	case STRACE_CALL:
		return take_call(strace, line);
	case STRACE_UNFINISHED:
		return take_unfinished(strace, line);
	case STRACE_RESUMED:
		return take_resumed(strace, line);
	case STRACE_SIGNAL:
		return take_signal(strace, line);
	case STRACE_EXITED:
	case STRACE_KILLED:
		return take_end(strace, line);
	case STRACE_SUPERSEDED:
		return take_superseded(strace, line);
	case STRACE_MODE:
		return take_mode(strace, line);
	}
	return false;
}

static void take_line(struct strace *strace, const char *text, size_t len)
{
	struct strace_line line;
	strace->line++;
	strace_line_parse(&line, text, len);
	if (line.kind != STRACE_NONE)
		strace_clock_take(&strace->clock, &line);
	if (!strace->tick_ns)
		strace->tick_ns = strace->clock.now_ns + NS_PER_TICK;
	if (strace->clock.now_ns >= strace->tick_ns)
		put_tick(strace);
	if (!take(strace, &line)) {
		refuse_line(strace);
		return;
	}
	end_gap(strace);
	if (strace_count_is_full(&strace->count)) {
		const struct sink to = {.put = enqueue, .self = strace};
		strace_count_tell(&strace->count, &to, strace->clock.now_ns);
	}
}

static void finish(struct strace *strace)
{
	struct replay_gap open = {.why = REPLAY_UNENDED};
	struct strace_task *task = strace->tasks.table;
	put_tick(strace);
	end_gap(strace);
	if (strace->rest.events)
		tell_gap(strace, &strace->rest);
	strace->rest = (struct replay_gap){0};
	for (; task; task = task->hh.next)
		open.events += task->unfinished != NULL;
	if (open.events)
		tell_gap(strace, &open);
	strace->is_read = true;
}

/* Makes the events of a line; false: there is none yet. */
static bool read_line(struct strace *strace)
{
	size_t len = 0;
	bool whole = true;
	enum strace_got got = strace_input_next(strace->input, &len, &whole);
	if (got == STRACE_GOT_NOTHING)
		return false;
	strace->queue_at = strace->queue_size = 0;
	if (got == STRACE_GOT_END) {
		finish(strace);
		return true;
	}
	bool begins = !strace->is_too_long;
	strace->is_too_long = !whole;
	if (whole && begins)
		take_line(strace, (const char *)input_bytes(strace->input),
			  len);
	if (!whole && begins) {
		strace->line++;
		refuse_line(strace);
	}
	strace_input_skip(strace->input, len, whole);
	return true;
}

/* The event that comes next; NULL: none is there. */
static const struct event *peek(struct strace *strace)
{
	while (strace->queue_at == strace->queue_size && !strace->is_read) {
		if (!read_line(strace))
			return NULL;
	}
	if (strace->queue_at == strace->queue_size)
		return NULL;
	return (const void *)(strace->queue + strace->queue_at);
}

size_t strace_pump(struct strace *strace, const struct sink *to, size_t limit,
		   uint64_t until_ns)
{
	size_t count = 0;
	const struct event *ev;
	while (count < limit && (ev = peek(strace)) &&
	       ev->time_ns <= until_ns) {
		strace->queue_at += ev->size;
		sink_put(to, ev);
		count++;
	}
	return count;
}

uint64_t strace_peek_ns(struct strace *strace)
{
	const struct event *ev = peek(strace);
	return ev ? ev->time_ns : UINT64_MAX;
}

bool strace_span(struct strace *strace, uint64_t *ret_first_ns,
		 uint64_t *ret_last_ns)
{
	if (!strace->input->is_file)
		return false;
	if (!strace->last_ns)
		strace->last_ns = strace_input_last_ns(
			strace->input, strace->begin, &strace->first);
	*ret_first_ns = STRACE_BEGIN_NS;
	*ret_last_ns = strace->last_ns;
	return strace->last_ns > 0;
}

int strace_seek(struct strace *strace)
{
	if (!strace->input->is_file)
		return -ESPIPE;
	reset(strace);
	input_seek(strace->input, strace->begin);
	return 0;
}

bool strace_is_over(const struct strace *strace)
{
	return strace->is_read && strace->queue_at == strace->queue_size;
}
