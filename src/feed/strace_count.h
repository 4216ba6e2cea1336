/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Counters as the kernel side would have them, of calls that were read from
 * text: what they grew by until they are told. */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>
#include <stdint.h>

struct sink;
struct strace_count_entry;

struct strace_count {
	struct strace_count_entry *table; /* owned */
};

void strace_count_done(struct strace_count *count);

/* BYTES: whether the result is a number of bytes. */
void strace_count_add(struct strace_count *count, const struct event_call *ev,
		      bool bytes);

/* Whether they should be told soon. */
bool strace_count_is_full(const struct strace_count *count);

/* Hands them over, and begins anew. */
void strace_count_tell(struct strace_count *count, const struct sink *to,
		       uint64_t time_ns);
