/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which files a call is about: what its path arguments name, or what its
 * descriptors refer to.  An open that succeeded is about the file that it
 * opened; a path that is relative begins where its directory is, as far as the
 * row tells that; what remains unknown is left out, never guessed.
 */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalogue;
struct kept;

#define TARGET_LIMIT 2    /* rename, link, sendfile, splice ... have two */
#define TARGET_TEXT  8192 /* a directory, and a path in it */

/*
 * A file, by its key: the text of its path, "pipe:[7]" and the like, without
 * NUL; of a socket, which bears no name that stays, the event_fd's kind and
 * inode behind a NUL.
 */
struct target {
	unsigned host;   /* whose file it is */
	const char *key; /* borrowed: of the row, of the model, or below */
	size_t key_size;
	const struct event_fd *socket; /* borrowed from the row; or NULL */
	uint64_t bytes_in, bytes_out;  /* that the call moved from and to it */
};

struct targets {
	unsigned count;
	bool unknown; /* there is one more whose name never came */
	struct target at[TARGET_LIMIT];
	char text[TARGET_LIMIT][TARGET_TEXT];
};

/* What is asked of each syscall's arguments, by index: made as they come. */
struct target_plans {
	struct catalogue *cat;  /* borrowed */
	struct target_plan *at; /* two each: native, compat */
	uint32_t count;
};

void target_init(struct target_plans *plans, struct catalogue *cat);
void target_done(struct target_plans *plans);

/* Looks at each descriptor's path in FILES, which keeps it from going.  EV's
 * sizes must be right. */
void target_of_call(struct target_plans *plans, struct kept *files,
		    const struct event_call *ev, struct targets *ret);
