/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The stack that a row has of its caller, frame by frame, the innermost first.
 * A frame is a place in a file; what function that is came as EVENT_SYMBOL.
 */
#pragma once

#include "abi/print_fd.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* A number for a place in a file, under which what is known of it is kept. */
uint64_t stack_site(uint64_t file, uint64_t offset);

/* The chunk of a call's stack, or NULL: none was taken. */
const struct event_chunk *stack_chunk(const struct event_call *ev);

/* Whether it has more frames than were taken. */
bool stack_is_cut(const struct event_call *ev);

struct stack_frame {
	const struct event_frame *at;
	const struct event_file *file;     /* NULL: not known */
	const struct event_symbol *symbol; /* NULL: not known; its name may be
					      empty */
};

struct stack_walk { /* for the functions below only */
	const struct event_frame *frames;
	size_t count, i;
	const struct print_files *files;
	uint32_t slot; /* as in struct event_symbol */
};

/* False: the call has no stack.  FILES and EV are borrowed. */
bool stack_walk_init(struct stack_walk *walk, const struct event_call *ev,
		     const struct print_files *files);
bool stack_walk_next(struct stack_walk *walk, struct stack_frame *ret);

/* What holds the code, raw: a path, "[vdso]", "[anon]", or "?". */
void stack_put_file(struct buf *buf, const struct stack_frame *frame);

bool stack_is_named(
	const struct stack_frame *frame); /* its function is known */

/* The function, raw, or "[unknown]". */
void stack_put_function(struct buf *buf, const struct stack_frame *frame);

/* Bytes from the function's begin to the place, or the file's where no function
 * is known. */
uint64_t stack_within(const struct stack_frame *frame);

/* The place: in the file, or in memory where none holds it. */
uint64_t stack_offset(const struct stack_frame *frame);

/* As strace -k has it, escaped: "/bin/x(function+0x12) [0x1234]". */
void stack_print_frame(struct buf *buf, const struct stack_frame *frame,
		       bool utf8);

/* Its parts: "function+0x12", "/bin/x [0x1234]". */
void stack_print_function(struct buf *buf, const struct stack_frame *frame,
			  bool utf8);
void stack_print_place(struct buf *buf, const struct stack_frame *frame,
		       bool utf8);

/* The functions, raw: "read < load < main".  False: no stack. */
bool stack_print_functions(struct buf *buf, const struct event_call *ev,
			   const struct print_files *files);
