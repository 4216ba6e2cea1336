/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A flight recorder, --flight: the latest of what would be recorded stays in
 * memory, and is written into a new file when a key, a signal or a call that
 * matters asks for it.  It goes on meanwhile.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct err;
struct event_call;
struct flight;
struct model;
struct record;
struct session;

/* -EINVAL: --flight-trigger is no filter. */
int flight_new(struct flight **ret, const struct session *session,
	       struct err *err);
void flight_free(struct flight *flight);

/* Into which everything is to be put, as into a file. */
struct record *flight_record(struct flight *flight);

/* A call has come, and MODEL knows what came before it: it may be the one. */
void flight_look(struct flight *flight, const struct model *model,
		 const struct event_call *call);

/* Asks for a file with what has happened until NOW_NS. */
void flight_ask(struct flight *flight, uint64_t now_ns);

/* Whether a file begins with the next flight_poll(): counters are to be told
 * before. */
bool flight_is_due(const struct flight *flight, uint64_t now_ns);

/* Writes a part of what is asked for.  Whether RET has news: a file that was
 * written, code 0, or why it was not. */
bool flight_poll(struct flight *flight, uint64_t now_ns, struct err *ret);

/* All that is asked for, at the end; the same. */
bool flight_finish(struct flight *flight, struct err *ret);

/* How far back it reaches, and how large that is: "2:31, 12.3M". */
void flight_print(const struct flight *flight, uint64_t now_ns,
		  struct buf *buf);
