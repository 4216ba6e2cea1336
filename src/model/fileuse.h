/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What was done with each file of a host: sums of the calls about it, within a
 * byte budget.  At that, those that nobody used for long are folded into one,
 * "other", so that the sums stay exact.
 */
#pragma once

#include "model/pictures.h"
#include "model/stat.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uthash.h>

struct buf;
struct target;

/* Row ids of processes, each once: open addressing, 0 is free. */
struct fileuse_set {
	uint64_t last; /* the one added last */
	uint64_t *at;
	uint32_t count, capacity; /* capacity: a power of two, or 0 */
};

/* What every call touches stands together. */
struct fileuse {
	UT_hash_handle hh; /* by key, in order of making */
	struct stat_sum sum;
	uint64_t bytes_in; /* read from it; the rest was written to it */
	struct fileuse_set processes; /* of "other": none */
	struct event_fd *socket;      /* as it told most; owned; or NULL */
	bool used;                    /* since it was put to the end */
	uint8_t host;
	struct fileuse *prev, *next; /* those to fold first come first */
	uint64_t id;                 /* row identity, from 1 */
	UT_hash_handle hh_id;
	size_t key_size;
	char key[]; /* struct target's; a NUL follows */
};

struct fileuse_table {
	struct fileuse *by_key[EVENT_HOSTS];
	struct fileuse *by_id;
	struct fileuse *by_use;
	struct fileuse *others[EVENT_HOSTS]; /* in by_id alone; or NULL */
	uint64_t last_id;
	size_t limit_bytes, used_bytes;
	uint64_t folded;           /* files that "other" stands for */
	struct pictures *pictures; /* borrowed: told before a file changes */
};

void fileuse_init(struct fileuse_table *table, size_t limit_bytes,
		  struct pictures *pictures);
void fileuse_done(struct fileuse_table *table);
void fileuse_zero(struct fileuse_table *table); /* forgets all */

/* A call of PROCESS, a row id or 0, was about TARGET; TICK is the number of
 * the open interval.  GROWTH has no bytes. */
void fileuse_add(struct fileuse_table *table, const struct target *target,
		 const struct event_growth *growth, uint64_t process,
		 uint64_t tick);

struct picture_state fileuse_state(const struct fileuse *file);

struct fileuse *fileuse_find(const struct fileuse_table *table, uint64_t id);
bool fileuse_is(const struct fileuse *file, const struct target *target);
bool fileuse_is_other(const struct fileuse *file);

/* "/etc/passwd", "TCP:[127.0.0.1:22]"; false: hostile, as it came. */
bool fileuse_print(struct buf *buf, const struct fileuse *file);
