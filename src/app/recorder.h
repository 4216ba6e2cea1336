/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Records a session, -w: a sink before the one that shows what comes. */
#pragma once

#include "feed/sink.h"

#include <stdint.h>

struct err;
struct recorder;
struct session;

/* Once the session traces, and before it gives up its privileges. */
int recorder_open(struct recorder **ret, const struct session *session,
		  struct err *err);

/* Records what it hands on to TO.  RECORDER may be NULL. */
struct sink recorder_sink(struct recorder *recorder, const struct sink *to);

/* Now and then: writes what waits.  0, or why nothing is recorded any more,
 * each time; -EPIPE: nobody reads. */
int recorder_poll(struct recorder *recorder, uint64_t now_ns);

/* Ends the recording; 0, or the first failure.  NULL is fine. */
int recorder_close(struct recorder *recorder, struct err *err);
