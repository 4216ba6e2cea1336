/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recording, or text of strace(1), as a feed.  It may come from anywhere, so
 * nothing in it is believed: what is damaged is left out and told as a gap, all
 * else is handed over as it was recorded.
 */
#pragma once

#include "feed/recording.h"
#include "feed/sink.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalogue;
struct err;
struct replay;

enum replay_gap_why {
	REPLAY_DAMAGED, /* bytes are wrong, or missing in the middle */
	REPLAY_CUT,     /* it ends within a block */
	REPLAY_OPEN,    /* it ends well, but its recorder never closed it */
	REPLAY_MISSING, /* a file of those that belong together */
	REPLAY_UNREAD,  /* lines of text are not strace's */
	REPLAY_UNENDED, /* calls in the text have no end */
};

struct replay_gap {
	enum replay_gap_why why;
	uint64_t after_ns; /* monotonic; what is missing came behind, */
	uint64_t until_ns; /* and before; 0: that is not known */
	uint64_t events;   /* how many; 0: that is not known */
	uint64_t line;     /* of text: the first of them; else 0 */
};

struct replay_config {
	const char *path;   /* "-": standard input; with FD a name only */
	int fd;             /* given away, never 0; 0: PATH is opened */
	const char *option; /* which named it, for sentences; NULL: "-r" */
	bool follows;       /* the part before it has been handed over, whole */
	void (*gap)(void *self, const struct replay_gap *gap);
	void *self;
};

/*
 * Opens it and reads what comes before the events, waiting for a pipe. Negative
 * errno with a sentence: no such file, no recording, or a version that we do
 * not know; -EBADMSG: its header is damaged.
 */
int replay_open(struct replay **ret, const struct replay_config *config,
		struct err *err);
void replay_close(struct replay *replay);

const struct recording_header *replay_header(const struct replay *replay);

/* The text about machine and run; *RET_SIZE 0: it is damaged.  Borrowed. */
const char *replay_facts(const struct replay *replay, size_t *ret_size);

/* Text has names for its calls, which are looked up there, or added; before the
 * first pump.  Borrowed. */
void replay_use(struct replay *replay, struct catalogue *cat);

/* Hands over the next events, at most LIMIT, up to the first that is later than
 * UNTIL_NS, monotonic; how many.  Fewer than LIMIT: that comes next, none are
 * left, or none are there yet. */
size_t replay_pump(struct replay *replay, const struct sink *to, size_t limit,
		   uint64_t until_ns);

/* The time of the next event; of a state 0: it comes whatever the time is;
 * UINT64_MAX: none is left, or none is there yet. */
uint64_t replay_peek_ns(struct replay *replay);

/* Of a file: the times of its first and its last event.  False: a pipe, or
 * there is no event. */
bool replay_span(struct replay *replay, uint64_t *ret_first_ns,
		 uint64_t *ret_last_ns);

/*
 * Of a file: what comes next is a state, which leads a model that is empty to
 * all that was known at its time, and then the events up to TIME_NS and on; or
 * all from the beginning.  What is missing before is not told, what is missing
 * from there on is, again.  -ESPIPE: a pipe.
 */
int replay_seek(struct replay *replay, uint64_t time_ns);

/* The time of the state at which that would begin; 0: at the beginning. */
uint64_t replay_state_ns(struct replay *replay, uint64_t time_ns);

/* The time of that state: rows are there from then on; 0: from the beginning.
 */
uint64_t replay_since_ns(const struct replay *replay);

/* Whether all has been handed over. */
bool replay_is_over(const struct replay *replay);

/* To wait for more: readable when there is; -1 for a file, which never waits.
 */
int replay_fd(const struct replay *replay);
