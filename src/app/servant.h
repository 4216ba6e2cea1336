/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A process of our own that may do what sctop gives up the right to do.  It is
 * started before that, does one thing at a time when it is asked to, and ends
 * when sctop does.
 */
#pragma once

#include <stddef.h>

struct err;
struct servant;

struct servant_config {
	const char *name; /* for ps(1); at most 15 bytes */
	/* In the new process, before anything is asked: what it may do from
	 * then on.  Negative errno: it ends. */
	int (*begin)(const void *self);
	/* Does what the SIZE bytes of DATA ask for, behind which is a NUL.
	 * *RET_FD: what is handed over, -1 is nothing; it is closed here. */
	int (*answer)(const void *self, const char *data, size_t size,
		      int *ret_fd, struct err *err);
	const void *self;
	size_t size_limit; /* of what is asked */
};

/* Negative errno. */
int servant_start(struct servant **ret, const struct servant_config *config);

/*
 * What the servant's answer() returns, with its sentence.  *RET_FD is the
 * caller's; NULL: none is handed over.  -EFBIG: it is more than the limit;
 * -EIO: the servant is gone.
 */
int servant_ask(struct servant *servant, const void *data, size_t size,
		int *ret_fd, struct err *err);
void servant_free(struct servant *servant);
