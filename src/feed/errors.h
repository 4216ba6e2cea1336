/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Failures by process, syscall and errno, as the kernel side counts them in one
 * hash: turned into growths, and taken out of it when their process has ended.
 */
#pragma once

#include "bpf/event.h"
#include "feed/sink.h"

#include <stdbool.h>
#include <stdint.h>

struct errors;

struct errors_source {
	int fd; /* hash of u64 by struct control_error_key; borrowed */
	/* Shared with the kernel: */
	const __u64 *other;     /* CONTROL_PLACES times CONTROL_ERRNOS_OTHER */
	const __u64 *other_sum; /* of all of these */
};

/* Tells whether a process surely makes no call any more. */
struct errors_over {
	bool (*is)(void *self, uint32_t pid, uint64_t start_ns);
	void *self;
};

struct errors *errors_new(const struct errors_source *source);
void errors_free(struct errors *errors);

/* Reads the hash, before who is alive is found out.  What cannot be read now is
 * read the next time. */
void errors_read(struct errors *errors);

/* Hands over as EVENT_ERROR what grew, and forgets the processes that are OVER;
 * NULL: none is known to be. */
void errors_tell(struct errors *errors, const struct errors_over *over,
		 uint64_t now_ns, const struct sink *to);
