/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/traffic.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define SECOND_NS 1000000000u
#define TEXT_SIZE 64
#define PATH_ARG  1
#define FAILING   5 /* one in so many opens */
#define PATHS     4000
#define FIRST_PID 1000

enum {
	OPENAT,
	READ,
	WRITE,
	CLOSE,
	FUTEX,
	NANOSLEEP,
	GETPPID,
	MMAP
};

static const struct {
	uint32_t nr;      /* x86-64 */
	const char *text; /* of argument 1; NULL: it has none */
} calls[TRAFFIC_CALLS] = {
	[OPENAT] = {257, "/srv/data/part-%04u/object.dat"},
	[READ] = {0, "line %u of what was read, and more of it\n"},
	[WRITE] = {1, "GET /item/%u HTTP/1.1\r\nHost: example\r\n"},
	[CLOSE] = {3, NULL},
	[FUTEX] = {202, NULL},
	[NANOSLEEP] = {35, NULL},
	[GETPPID] = {110, NULL},
	[MMAP] = {9, NULL},
};

static uint32_t draw(struct traffic *traffic, uint32_t below)
{
	/* Numerical Recipes */
	traffic->random = traffic->random * 1664525 + 1013904223;
	return (uint32_t)((uint64_t)traffic->random * below >> 32);
}

static void put_task(struct traffic *traffic, unsigned i, enum event_kind kind)
{
	struct event_task task = {
		.h = {.size = sizeof(task),
		      .kind = (uint8_t)kind,
		      .flags = EVENT_TASK_LEADER,
		      .time_ns = traffic->now_ns,
		      .start_ns = traffic->process[i].start_ns,
		      .pid = traffic->process[i].pid,
		      .tid = traffic->process[i].pid},
		.uid = i % 3 * 1000,
		.gid = i % 3 * 1000,
		.euid = i % 3 * 1000,
	};
	if (kind == EVENT_EXIT)
		task.h.flags |= EVENT_TASK_GROUP_DEAD;
	(void)snprintf(task.comm, sizeof(task.comm), "worker-%u", i); /* fits */
	traffic->put(traffic->self, &task.h);
}

static void start_process(struct traffic *traffic, unsigned i,
			  enum event_kind kind)
{
	traffic->process[i].pid = ++traffic->last_pid;
	traffic->process[i].start_ns = traffic->now_ns;
	put_task(traffic, i, kind);
}

void traffic_begin(struct traffic *traffic, uint64_t now_ns)
{
	traffic->now_ns = now_ns;
	traffic->last_pid = FIRST_PID;
	for (unsigned i = 0; i < TRAFFIC_PROCESSES; i++)
		start_process(traffic, i, EVENT_TASK);
}

static void count(struct traffic *traffic, unsigned i, unsigned which,
		  const struct event_call *call)
{
	struct event_growth *const grow[] = {&traffic->process[i].growth[which],
					     &traffic->stat[which].growth};
	unsigned slot = 0;
	while (slot + 1 < EVENT_HIST_SLOTS && call->duration_ns >> (slot + 1))
		slot++;
	traffic->stat[which].hist[slot]++;
	traffic->failed[i] += call->ret < 0;
	for (unsigned g = 0; g < 2; g++) {
		grow[g]->calls++;
		grow[g]->errors += call->ret < 0;
		grow[g]->time_ns += call->duration_ns;
		if (call->duration_ns > grow[g]->max_ns)
			grow[g]->max_ns = call->duration_ns;
	}
}

static void put_call(struct traffic *traffic)
{
	struct {
		struct event_call call;
		struct event_chunk chunk;
		char text[TEXT_SIZE];
	} ev;
	unsigned i = draw(traffic, TRAFFIC_PROCESSES);
	unsigned which = draw(traffic, TRAFFIC_CALLS);
	const char *text = calls[which].text;
	bool fails = which == OPENAT && draw(traffic, FAILING) == 0;
	memset(&ev, 0, sizeof(ev));
	ev.call = (struct event_call){
		.h = {.size = sizeof(ev.call),
		      .kind = EVENT_CALL,
		      .time_ns = traffic->now_ns,
		      .start_ns = traffic->process[i].start_ns,
		      .pid = traffic->process[i].pid,
		      .tid = traffic->process[i].pid},
		.duration_ns = 200 + draw(traffic, 1u << draw(traffic, 20)),
		.ret = fails ? -ENOENT : (int64_t)draw(traffic, 100),
		.args = {draw(traffic, 50), 0x7f0000000000 + i, TEXT_SIZE},
		.nr = calls[which].nr,
		.uid = i % 3 * 1000,
		.gid = i % 3 * 1000,
	};
	(void)snprintf(ev.call.comm, sizeof(ev.call.comm), "worker-%u",
		       i); /* fits */
	if (text) {
		ev.chunk.address = ev.call.args[PATH_ARG];
		ev.chunk.arg = PATH_ARG;
		ev.chunk.what = EVENT_CHUNK_STRING;
		ev.chunk.size = (uint32_t)snprintf(ev.text, sizeof(ev.text),
						   text, draw(traffic, PATHS));
		ev.call.payload = (uint32_t)sizeof(ev.chunk) +
				  ((ev.chunk.size + 7) & ~7u);
		ev.call.h.size += ev.call.payload;
	}
	count(traffic, i, which, &ev.call);
	traffic->seen++;
	traffic->put(traffic->self, &ev.call.h);
}

static void put_counts(struct traffic *traffic, unsigned i)
{
	struct event_count ev = {.h = {.size = sizeof(ev),
				       .kind = EVENT_COUNT,
				       .time_ns = traffic->now_ns,
				       .start_ns = traffic->process[i].start_ns,
				       .pid = traffic->process[i].pid}};
	struct event_error error = {.h = ev.h,
				    .nr = calls[OPENAT].nr,
				    .code = ENOENT,
				    .count = traffic->failed[i]};
	for (unsigned which = 0; which < TRAFFIC_CALLS; which++) {
		ev.nr = calls[which].nr;
		ev.growth = traffic->process[i].growth[which];
		traffic->process[i].growth[which] =
			(struct event_growth){.max_ns = ev.growth.max_ns};
		if (ev.growth.calls)
			traffic->put(traffic->self, &ev.h);
	}
	error.h.size = sizeof(error);
	error.h.kind = EVENT_ERROR;
	if (error.count)
		traffic->put(traffic->self, &error.h);
	traffic->failed[i] = 0;
}

static void put_stats(struct traffic *traffic)
{
	for (unsigned which = 0; which < TRAFFIC_CALLS; which++) {
		struct event_stat *stat = &traffic->stat[which];
		uint64_t max_ns = stat->growth.max_ns;
		stat->h = (struct event){.size = sizeof(*stat),
					 .kind = EVENT_STAT,
					 .time_ns = traffic->now_ns};
		stat->nr = calls[which].nr;
		if (stat->growth.calls)
			traffic->put(traffic->self, &stat->h);
		*stat = (struct event_stat){.growth = {.max_ns = max_ns}};
	}
}

/* One ends, and another one comes in its place. */
static void replace_process(struct traffic *traffic)
{
	unsigned i = draw(traffic, TRAFFIC_PROCESSES);
	put_counts(traffic, i);
	put_task(traffic, i, EVENT_EXIT);
	memset(&traffic->process[i], 0, sizeof(traffic->process[i]));
	start_process(traffic, i, EVENT_FORK);
}

void traffic_second(struct traffic *traffic, unsigned many)
{
	for (unsigned i = 0; i < many; i++) {
		traffic->now_ns += SECOND_NS / many;
		put_call(traffic);
	}
	replace_process(traffic);
	for (unsigned i = 0; i < TRAFFIC_PROCESSES; i++)
		put_counts(traffic, i);
	put_stats(traffic);
	const struct event_tick tick = {.h = {.size = sizeof(tick),
					      .kind = EVENT_TICK,
					      .time_ns = traffic->now_ns},
					.seen = traffic->seen,
					.sent = traffic->seen,
					.requests = EVENT_UNKNOWN};
	traffic->put(traffic->self, &tick.h);
}
