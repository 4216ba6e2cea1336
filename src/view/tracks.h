/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who is on a time line.  The format knows processes and threads by numbers
 * alone: a PID that is used again is shown as a number beyond all PIDs, and so
 * is a process outside our PID namespace.
 */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uthash.h>

#define TRACKS_PIDS    4194304u    /* PID_MAX_LIMIT in <linux/threads.h> */
#define TRACKS_MACHINE TRACKS_PIDS /* stands for all processes */

/* What is known at once; beyond that the oldest is forgotten. */
#define TRACKS_PROCESSES 65536
#define TRACKS_THREADS   262144
#define TRACKS_FLOWS     256

struct tracks_process {
	struct tracks_key {
		uint64_t start_ns;
		uint32_t pid;
		uint32_t host;
	} key;
	uint32_t id;                /* as it is shown */
	uint32_t shift;             /* what its threads' IDs are shown with */
	char comm[EVENT_COMM_SIZE]; /* of the program that it runs */
	uint64_t begin_ns;          /* of that program */
	uint64_t last_ns;           /* end of the leader's latest call */
	uint64_t exec_ns; /* it runs COMM, but a call may still go on since
			     then; 0: not so */
	char before[EVENT_COMM_SIZE]; /* what it ran until then */
	uint64_t end_ns;              /* 0: it lives */
	int32_t status;               /* as wait(2) reports it */
	struct tracks_process *next;  /* of those that ended */
	UT_hash_handle hh;
};

struct tracks_place {      /* of an end of an arrow */
	uint32_t pid, tid; /* as shown */
	uint64_t time_ns;  /* 0: not known yet */
};

/* From the call that makes a task to that task's first one. */
struct tracks_flow {
	uint64_t id;    /* from 1; 0: the entry is free */
	uint32_t maker; /* PID of who makes it */
	uint32_t task;  /* TID of what is made */
	uint64_t time_ns;
	struct tracks_place from, to;
};

struct tracks_thread;

struct tracks {
	struct tracks_process *processes; /* owned */
	struct tracks_process *first_ended, *last_ended;
	struct tracks_thread *threads; /* owned */
	uint8_t *uses;    /* owned: of each PID, processes so far */
	uint32_t outside; /* how many have no PID of ours */
	uint32_t count;   /* of processes ever */
	uint64_t flows_made;
	struct tracks_flow flows[TRACKS_FLOWS];
};

void tracks_init(struct tracks *tracks);
void tracks_done(struct tracks *tracks);

/* NULL: it was not shown yet. */
struct tracks_process *tracks_find(const struct tracks *tracks,
				   const struct event *h);

/* It is not there yet. */
struct tracks_process *tracks_add(struct tracks *tracks, const struct event *h);

/* Its end is known; it stays until it is dropped. */
void tracks_note_end(struct tracks *tracks, struct tracks_process *process,
		     uint64_t time_ns, int32_t status);

/* The one to be written and dropped next: that ended before TIME_NS, or where
 * there are too many any.  NULL: there is none. */
struct tracks_process *tracks_due(const struct tracks *tracks,
				  uint64_t time_ns);
void tracks_drop(struct tracks *tracks, struct tracks_process *process);

/* The number of a thread, as it is shown. */
uint32_t tracks_tid(const struct tracks_process *process, uint32_t tid);

/* Whether thread TID, as shown, is new; it is not from now on. */
bool tracks_meet_thread(struct tracks *tracks,
			const struct tracks_process *process, uint32_t tid);
bool tracks_knows_thread(const struct tracks *tracks,
			 const struct tracks_process *process, uint32_t tid);

void tracks_note_fork(struct tracks *tracks, const struct event_task *ev);

/* The arrow that ends at the task's first call; or begins at a call of process
 * PID which went on from BEGIN_NS to END_NS and returned RET.  NULL: none. */
struct tracks_flow *tracks_flow_to(struct tracks *tracks, uint32_t tid);
struct tracks_flow *tracks_flow_from(struct tracks *tracks,
				     const struct event_call *ev);
