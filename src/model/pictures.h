/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How counters were at earlier times.  A picture is opened at a time, and gets
 * an image of each object the first time it changes after that; what has no
 * image in it, or in a later picture, is still as it was.  So opening one costs
 * nothing, and each costs what changes until the next.
 *
 * Pictures stand in the order of time.  Beyond their limits the oldest go; one
 * that is pinned stays and takes over the images of the next.
 */
#pragma once

#include "model/model.h"
#include "model/stat.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uthash.h>

#define PICTURES_LIMIT 61 /* sixty intervals, the oldest with its beginning */

/* What an object had. */
struct picture_state {
	struct stat_sum sum;
	uint64_t bytes_in;  /* of a file */
	uint64_t last_call; /* of a failure */
	uint64_t lost;      /* of a syscall */
	uint32_t processes; /* of a syscall or a file */
};

struct picture_key {
	uint64_t kind; /* enum row_kind */
	uint64_t id;
};

struct picture_image {
	struct picture_key key;
	struct picture_state state;
	uint64_t *hist; /* owned; or NULL */
	UT_hash_handle hh;
};

struct picture {
	bool regular;               /* opened by a tick */
	uint64_t number;            /* later ones have larger */
	uint64_t tick, interval_ns; /* the model's */
	uint64_t time_ns;           /* monotonic; 0: before the first tick */
	uint64_t seen_ns;           /* the latest event, rows too */
	uint64_t calls;             /* of all syscalls */
	uint64_t last_process, last_file, last_call; /* row ids */
	struct model_summary summary;
	struct picture_image *images;
	struct picture *prev, *next;
};

struct pictures {
	size_t limit_bytes; /* 0: none are kept */
	size_t used_bytes;
	struct picture *list; /* oldest first */
	unsigned regular;     /* how many of them */
	uint64_t serial;      /* of the newest; never used again */
	/* pinned; NULL: none */
	struct picture *held;  /* the time that the screen is held at */
	struct picture *shown; /* the sample that is looked at */
	struct picture *mark;
	bool mark_lost; /* it did not fit the limit */
};

void pictures_init(struct pictures *pictures, size_t limit_bytes);
void pictures_clear(struct pictures *pictures); /* pins too */

/* A copy of ABOUT is the newest from now on. */
struct picture *pictures_open(struct pictures *pictures,
			      const struct picture *about);
struct picture *pictures_newest(const struct pictures *pictures);

/* The regular picture at PICTURE or the first before it; NULL. */
struct picture *pictures_regular_from(const struct pictures *pictures,
				      struct picture *picture);
/* The regular one before; NULL. */
struct picture *pictures_regular_before(const struct pictures *pictures,
					const struct picture *picture);

/* Its images go to the one before.  It must not be pinned. */
void pictures_drop(struct pictures *pictures, struct picture *picture);

/* Whether an object whose NOTED is that must be noted before it changes. */
static inline bool pictures_want(const struct pictures *pictures,
				 uint64_t noted)
{
	return noted != pictures->serial && pictures->list;
}

/* Before an object changes, its histogram with it; HIST may be NULL. */
void pictures_note(struct pictures *pictures, enum row_kind kind, uint64_t id,
		   uint64_t *noted, const struct picture_state *state,
		   const uint64_t *hist);

/* How the object was at that time; NULL: as it is now. */
const struct picture_image *pictures_find(const struct picture *picture,
					  enum row_kind kind, uint64_t id);

/* FROM is about to become part of INTO: at every time that has what both had.
 * The states are those before. */
struct picture_part {
	uint64_t id;
	struct picture_state state;
};
void pictures_fold(struct pictures *pictures, enum row_kind kind,
		   const struct picture_part *from,
		   const struct picture_part *into);
