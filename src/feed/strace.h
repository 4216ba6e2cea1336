/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The text that strace(1) writes as a feed, behind replay.h: each line becomes
 * the events that the kernel side would have sent.  What lines do not tell is
 * not made up, but for times where there are none: then a call takes a
 * microsecond.
 */
#pragma once

#include "feed/replay.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct catalogue;
struct input;
struct strace;

/* Whether what INPUT begins with is such text; waits for a pipe until that is
 * clear. */
bool strace_is_text(struct input *input);

/* INPUT and CONFIG are borrowed. */
struct strace *strace_new(struct input *input,
			  const struct replay_config *config);
void strace_free(struct strace *strace);

/* What a recording has before its events.  FACTS is borrowed. */
void strace_header(const struct strace *strace, struct recording_header *ret);
const char *strace_facts(const struct strace *strace);

/* Names are looked up there; before the first pump.  Borrowed. */
void strace_use(struct strace *strace, struct catalogue *cat);

/* As their namesakes in replay.h. */
size_t strace_pump(struct strace *strace, const struct sink *to, size_t limit,
		   uint64_t until_ns);
uint64_t strace_peek_ns(struct strace *strace);
bool strace_span(struct strace *strace, uint64_t *ret_first_ns,
		 uint64_t *ret_last_ns);
int strace_seek(struct strace *strace);
bool strace_is_over(const struct strace *strace);
