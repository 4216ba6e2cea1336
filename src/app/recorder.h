/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Records a session: a sink before the one that shows what comes.  Into a file,
 * from the start (-w) or from a key on; and into memory (--flight), of which
 * app/flight.h makes files.
 */
#pragma once

#include "base/err.h"
#include "feed/record.h"
#include "feed/sink.h"

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct recorder;
struct session;

/* For what has begun to trace, and before it gives up its privileges: files are
 * made by the session's maker after that. */
struct recorder *recorder_new(const struct session *session);

/* From the start: -w or --flight, or neither. */
int recorder_open(struct recorder *recorder, struct err *err);

/* Begins to record in mid-run, into a new file of that PATH; what the session's
 * model knows by then comes first. */
int recorder_begin(struct recorder *recorder, const char *path,
		   struct err *err);

/* Records what it hands on to TO.  RECORDER may be NULL. */
struct sink recorder_sink(struct recorder *recorder, const struct sink *to);

/* Something that came by no feed; RECORDER may be NULL. */
void recorder_put(struct recorder *recorder, const struct event *ev);

/* Now and then: writes what waits.  0, or why nothing is recorded any more,
 * each time; -EPIPE: nobody reads. */
int recorder_poll(struct recorder *recorder, uint64_t now_ns);

/* Asks for a file of what --flight keeps; without it, for nothing. */
void recorder_ask_flight(struct recorder *recorder);

/* Whether signal NUMBER does the same, and has done it. */
bool recorder_takes_signal(struct recorder *recorder, uint32_t number);

/* Writes a part of it, which recorder_poll() does, and says, without a screen.
 * Whether RET has news: code 0, what was written; or why
 * it was not. */
bool recorder_poll_flight(struct recorder *recorder, uint64_t now_ns,
			  struct err *ret);

/* All that was asked for, at the end; the same. */
bool recorder_finish_flight(struct recorder *recorder, struct err *ret);

/* How far back --flight reaches, and how large that is; nothing without it. */
void recorder_print_flight(const struct recorder *recorder, uint64_t now_ns,
			   struct buf *buf);

/* Whether every row is wanted: into memory, or a file that takes what is
 * written. */
bool recorder_is_on(const struct recorder *recorder);

/* Of the file that is written; its path is "" where there is none. */
struct recorder_status {
	const char *path; /* borrowed until it ends */
	struct record_totals totals;
	uint64_t since_ns;
	int code; /* 0, or why nothing is written any more */
	struct err err;
};
void recorder_status(const struct recorder *recorder,
		     struct recorder_status *ret);

/* Reads the counters, for what is shown and for what is recorded: before the
 * latter ends. */
void recorder_sample(struct recorder *recorder);

/* Ends the file; 0, or the first failure. */
int recorder_end(struct recorder *recorder, struct record_totals *ret,
		 struct err *err);

/* The same of all that is recorded, in the end.  NULL is fine. */
int recorder_close(struct recorder *recorder, struct err *err);
