/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Other machines, --host: an ssh for each, which starts a recorder there and
 * hands over what it writes.  What ssh says on standard error comes as
 * sentences.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct err;
struct merge;
struct merge_source;
struct options;
struct remotes;

/* Who hears what there is to say about a host. */
struct remote_listener {
	void (*say)(void *self, const char *text);
	void *self;
};

/*
 * Starts them, and waits until each sends something or has ended: a password
 * may be asked for, at the terminal.  Negative errno with a sentence.
 */
int remotes_start(struct remotes **ret, const struct options *options,
		  const struct remote_listener *listener, struct err *err);

/* What they send; descriptors are given away. */
void remotes_sources(struct remotes *remotes, struct merge_source *ret);

/* Now and then: says what has come on standard error, and which of MERGE have
 * ended. */
void remotes_poll(struct remotes *remotes, const struct merge *merge,
		  const struct remote_listener *listener);

/* Ends those that still run. */
void remotes_free(struct remotes *remotes);
