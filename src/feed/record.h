/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A sink that writes a recording: into files, which it makes itself and changes
 * by size or time, or into a pipe.  What is in a block reaches the file when
 * the block is full or record_poll() finds it old, so that whatever ends the
 * recorder costs the last block at most.
 *
 * Now and then a state is due: events, given by who keeps it, that lead to what
 * was known at that time, so that a reader can begin there.
 */
#pragma once

#include "feed/recording.h"
#include "feed/sink.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct err;
struct hoard_extent;
struct record;

struct record_config {
	const char *path; /* "-": standard output; borrowed */
	/* Makes the file PATH instead of record_make(); NULL: that does. */
	int (*make)(void *self, const char *path, struct err *err);
	void *self;
	const char *facts; /* text; borrowed */
	size_t facts_size;
	enum recording_abi abi;
	uint32_t flags; /* RECORDING_REDACTED, _BEGUN */
	uint64_t start_ns;
	uint64_t wall_offset_ns;
	uint64_t memory_bytes; /* so many of the latest are kept, and no file is
				  made: record_save(); 0: a file */
	uint64_t rotate_bytes; /* 0: one file, however large */
	uint64_t rotate_ns;    /* 0: however long it takes */
	uint64_t keep;         /* so many files; 0: all */
	uid_t owner;           /* whose the files become; (uid_t)-1: ours */
	gid_t group;
	int stop_fd; /* readable: a reader that is slow is not waited for */
};

/* A new file, its owner's alone: -EEXIST where there is one, or a link.  Its
 * descriptor, or negative errno with a sentence. */
int record_make(const char *path, uid_t owner, gid_t group, struct err *err);

/* A file must not exist yet, not even as a link.  Negative errno with a
 * sentence. */
int record_open(struct record **ret, const struct record_config *config,
		struct err *err);

/* The sink: SELF is a struct record. */
void record_put(void *self, const struct event *ev);

/* Whether a state is due before the next event: then record_begin_state(), what
 * makes the state into record_put(), and record_end_state(). */
bool record_wants_state(const struct record *record);
void record_begin_state(struct record *record, uint64_t now_ns);
void record_end_state(struct record *record);

/* Writes what has waited long, changes the file where its time is over. */
void record_poll(struct record *record, uint64_t now_ns);

/* 0, or why nothing is written any more; -EPIPE: nobody reads. */
int record_failure(const struct record *record, struct err *err);

struct record_totals {
	uint64_t events, calls, bytes; /* of all files, as they were written */
	uint32_t parts;                /* files that were begun */
};
void record_totals(const struct record *record, struct record_totals *ret);

/* Of what is kept in memory; a file: nothing. */
void record_extent(const struct record *record, struct hoard_extent *ret);

/*
 * Writes what is kept into FILE, which was opened with RECORDING_BEGUN and into
 * which nothing else is put: begin, then about LIMIT bytes at a time until
 * there is no more, while MEMORY goes on.
 */
void record_begin_saving(struct record *memory);
bool record_save(struct record *memory, struct record *file, size_t limit);

/* Writes the rest and the index; nothing is recorded any more. */
void record_finish(struct record *record);

/* The same, where it was not done.  0, or the first failure; NULL is fine. */
int record_close(struct record *record, struct err *err);
