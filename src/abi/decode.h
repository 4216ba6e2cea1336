/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One call event as text, in strace's shape.  Called only for what is shown,
 * and for every row in batch mode, so it does no allocation and no look-up
 * that is not O(1).
 */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct catalogue;
struct syscall;

struct decode_options {
	unsigned string_limit; /* bytes shown of a text that is not a path */
	bool raw;              /* numbers only */
	bool full; /* every element and member, not only what strace shows */
	bool utf8; /* text in other scripts stays as it is; else octal */
};

/* The text captured for ARG, or NULL.  Checks every size: EV may be hostile.
 */
const struct event_chunk *decode_chunk(const struct event_call *ev,
				       unsigned arg);

/* One argument: "AT_FDCWD", "\"/etc/passwd\"", "O_RDONLY|O_CLOEXEC". */
void decode_arg(struct buf *buf, const struct syscall *sc,
		const struct event_call *ev, unsigned arg,
		const struct decode_options *options);

/* All arguments, comma-separated, without the parentheses. */
void decode_args(struct buf *buf, const struct syscall *sc,
		 const struct event_call *ev,
		 const struct decode_options *options);

/* "3", "-1 ENOENT (No such file or directory)", "?", "? ERESTARTSYS (...)". */
void decode_result(struct buf *buf, const struct syscall *sc,
		   const struct event_call *ev,
		   const struct decode_options *options);

/* name(args) = result, strace's columns: the whole line without TID and
 * newline. */
void decode_call(struct buf *buf, const struct syscall *sc,
		 const struct event_call *ev,
		 const struct decode_options *options);

/* Whether an event of SIZE bytes is well-formed: sizes, kind, chunks.  For
 * anything from outside.
 */
bool decode_is_sane(const struct event *ev, size_t size);
