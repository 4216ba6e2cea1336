/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One call event as text, in strace's shape.  Called only for what is shown,
 * and for every row in batch mode, so it allocates nothing, and nothing that it
 * looks up takes longer the more was traced.
 *
 * Arguments that are too long for their buffer end in "...", and the buffer is
 * cut; of a whole call the result is there all the same.
 */
#pragma once

#include "abi/abi.h"
#include "abi/print_fd.h"
#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for one argument: every byte of a row's payload as \ooo, and more. */
#define DECODE_ROOM 15360

struct argtype_spec;
struct buf;
struct catalogue;
struct syscall;

struct decode_options {
	unsigned string_limit; /* bytes shown of a text that is not a path */
	bool raw;              /* numbers only */
	bool full; /* every element and member, not only what strace shows */
	bool utf8; /* text in other scripts stays as it is; else octal */
	struct print_files files; /* what descriptors referred to */
};

/* An argument of one call: its command may have others than the call. */
struct decode_argument {
	unsigned index;
	const char *name;
	const char *type; /* in C */
	const struct argtype_spec *spec;
	uint64_t value; /* whole, also where it came in halves */
	enum abi abi;   /* of the caller: whose flags it has */
};

/* How many there are, in order; borrowed from SC. */
unsigned decode_arguments(const struct syscall *sc, const struct event_call *ev,
			  struct decode_argument ret[EVENT_ARGS]);

/* What was captured of an argument that is text or a buffer, as it is; NULL for
 * others, and if nothing was.  Checks every size: EV may be hostile. */
const struct event_chunk *decode_chunk(const struct event_call *ev,
				       const struct decode_argument *arg);

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

/* Whether the result is a descriptor, by the call or its command. */
bool decode_makes_descriptor(const struct syscall *sc,
			     const struct event_call *ev);

/* name(args) = result, strace's columns: the whole line without TID and
 * newline.  Of an EVENT_BLOCKED: name(args) <unfinished ...>. */
void decode_call(struct buf *buf, const struct syscall *sc,
		 const struct event_call *ev,
		 const struct decode_options *options);

/* Whether an event of SIZE bytes is well-formed: sizes, kind, chunks.  For
 * anything from outside.
 */
bool decode_is_sane(const struct event *ev, size_t size);
