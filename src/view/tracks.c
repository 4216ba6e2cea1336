/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/tracks.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/* Generations of a PID that are told apart; the last is shared.  Numbers stay
 * below 2^31. */
#define GENERATIONS 255
#define OUTSIDE     ((GENERATIONS + 1u) * TRACKS_PIDS)

struct tracks_thread {
	uint64_t key; /* the process's number above, the thread's below */
	UT_hash_handle hh;
};

void tracks_init(struct tracks *tracks)
{
	*tracks = (struct tracks){0};
	tracks->uses = xcalloc(TRACKS_PIDS, 1);
}

void tracks_done(struct tracks *tracks)
{
	struct tracks_process *process;
	struct tracks_process *next_process;
	HASH_ITER (hh, tracks->processes, process, next_process) {
		HASH_DEL(tracks->processes, process);
		free(process);
	}
	struct tracks_thread *thread;
	struct tracks_thread *next_thread;
	HASH_ITER (hh, tracks->threads, thread, next_thread) {
		HASH_DEL(tracks->threads, thread);
		free(thread);
	}
	free(tracks->uses);
	tracks->uses = NULL;
}

static struct tracks_key key_of(const struct event *h)
{
	return (struct tracks_key){
		.start_ns = h->start_ns,
		.pid = h->pid,
		.host = EVENT_HOST(h),
	};
}

struct tracks_process *tracks_find(const struct tracks *tracks,
				   const struct event *h)
{
	struct tracks_key key = key_of(h);
	struct tracks_process *process;
	HASH_FIND(hh, tracks->processes, &key, sizeof(key), process);
	return process;
}

static void choose_id(struct tracks *tracks, struct tracks_process *process)
{
	uint32_t pid = process->key.pid;
	if (pid == 0 || pid >= TRACKS_PIDS) {
		process->id = OUTSIDE + tracks->outside++ % TRACKS_PIDS;
		process->shift = OUTSIDE;
		return;
	}
	uint8_t *uses = &tracks->uses[pid];
	/* the machine's number is that of PID 0 in the first generation */
	process->shift = *uses * TRACKS_PIDS;
	process->id = process->shift + pid;
	if (*uses < GENERATIONS)
		++*uses;
}

struct tracks_process *tracks_add(struct tracks *tracks, const struct event *h)
{
	struct tracks_process *process = xcalloc(1, sizeof(*process));
	process->key = key_of(h);
	choose_id(tracks, process);
	HASH_ADD(hh, tracks->processes, key, sizeof(process->key), process);
	tracks->count++;
	return process;
}

void tracks_note_end(struct tracks *tracks, struct tracks_process *process,
		     uint64_t time_ns, int32_t status)
{
	if (process->end_ns)
		return;
	process->end_ns = time_ns ? time_ns : 1;
	process->status = status;
	if (tracks->last_ended)
		tracks->last_ended->next = process;
	else
		tracks->first_ended = process;
	tracks->last_ended = process;
}

struct tracks_process *tracks_due(const struct tracks *tracks, uint64_t time_ns)
{
	struct tracks_process *ended = tracks->first_ended;
	bool full = HASH_COUNT(tracks->processes) > TRACKS_PROCESSES;
	if (ended && (full || ended->end_ns < time_ns))
		return ended;
	return full ? tracks->processes : NULL;
}

void tracks_drop(struct tracks *tracks, struct tracks_process *process)
{
	if (process == tracks->first_ended) {
		tracks->first_ended = process->next;
		if (!tracks->first_ended)
			tracks->last_ended = NULL;
	}
	HASH_DEL(tracks->processes, process);
	free(process);
}

uint32_t tracks_tid(const struct tracks_process *process, uint32_t tid)
{
	if (tid == process->key.pid)
		return process->id;
	return process->shift + tid % TRACKS_PIDS;
}

static struct tracks_thread *find_thread(const struct tracks *tracks,
					 uint64_t key)
{
	struct tracks_thread *thread;
	HASH_FIND(hh, tracks->threads, &key, sizeof(key), thread);
	return thread;
}

static uint64_t thread_key(const struct tracks_process *process, uint32_t tid)
{
	return (uint64_t)process->id << 32 | tid;
}

bool tracks_knows_thread(const struct tracks *tracks,
			 const struct tracks_process *process, uint32_t tid)
{
	return find_thread(tracks, thread_key(process, tid)) != NULL;
}

bool tracks_meet_thread(struct tracks *tracks,
			const struct tracks_process *process, uint32_t tid)
{
	uint64_t key = thread_key(process, tid);
	if (find_thread(tracks, key))
		return false;
	if (HASH_COUNT(tracks->threads) >= TRACKS_THREADS) {
		struct tracks_thread *oldest = tracks->threads;
		HASH_DEL(tracks->threads, oldest);
		free(oldest);
	}
	struct tracks_thread *thread = xcalloc(1, sizeof(*thread));
	thread->key = key;
	HASH_ADD(hh, tracks->threads, key, sizeof(thread->key), thread);
	return true;
}

void tracks_note_fork(struct tracks *tracks, const struct event_task *ev)
{
	bool leader = ev->h.flags & EVENT_TASK_LEADER;
	uint64_t id = ++tracks->flows_made;
	tracks->flows[id % TRACKS_FLOWS] = (struct tracks_flow){
		.id = id,
		.maker = leader ? ev->ppid : ev->h.pid,
		.task = ev->h.tid,
		.time_ns = ev->h.time_ns,
	};
}

struct tracks_flow *tracks_flow_to(struct tracks *tracks, uint32_t tid)
{
	for (size_t i = 0; i < TRACKS_FLOWS; i++) {
		struct tracks_flow *flow = &tracks->flows[i];
		if (flow->id && flow->task == tid && !flow->to.time_ns)
			return flow;
	}
	return NULL;
}

/* In another PID namespace the result is not the TID that we know; then the
 * time has to do. */
struct tracks_flow *tracks_flow_from(struct tracks *tracks,
				     const struct event_call *ev)
{
	uint64_t begin_ns = ev->h.time_ns - ev->duration_ns;
	struct tracks_flow *found = NULL;
	for (size_t i = 0; i < TRACKS_FLOWS; i++) {
		struct tracks_flow *flow = &tracks->flows[i];
		if (!flow->id || flow->from.time_ns ||
		    flow->maker != ev->h.pid || flow->time_ns < begin_ns ||
		    flow->time_ns > ev->h.time_ns)
			continue;
		if (!found || flow->task == ev->ret)
			found = flow;
	}
	return found;
}
