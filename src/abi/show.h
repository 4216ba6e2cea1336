/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One call while it is printed.  Printers are written as if they read the
 * caller's memory: what was copied of it is found by address and phase, and
 * what was not copied is shown as its address, never as an empty value.
 */
#pragma once

#include "abi/argtype.h"
#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHOW_ELEMENTS 32 /* of an array are shown, then "..." */

struct buf;
struct decode_options;
struct syscall;
struct syscall_arg;

struct show {
	struct buf *buf;
	const struct event_call *ev;
	const struct syscall *sc;
	const struct decode_options *options;
	const char *name; /* of the call, or of the one that is meant */
	const struct syscall_arg *args; /* those that the command has, if any */
	unsigned nargs;
	enum restype result;
	uint16_t result_set; /* of RES_NAMED_*: enum flags_set */
	enum abi abi; /* whose sizes and values hold: ABI_I386 for 32-bit calls
		       */
	bool failed;  /* with an error, or without a result */
	enum event_phase phase; /* to which show_value() values belong */
	unsigned argument;      /* that is shown */
};

/* What is printed: an argument of the call, or one element behind it. */
struct show_arg {
	const struct argtype_spec *spec;
	uint64_t value; /* the register, cut to the caller's width */
	unsigned index; /* of the argument that it belongs to */
	enum event_phase phase;
};

/* Chooses the arguments by the command; OPTIONS and EV are borrowed. */
void show_init(struct show *show, struct buf *buf, const struct syscall *sc,
	       const struct event_call *ev,
	       const struct decode_options *options);

/* The value of argument INDEX, joined where it came in halves. */
uint64_t show_register(const struct show *show, unsigned index);

/* Takes all arguments that the call has, also those that do not count with its
 * command. */
void show_all(struct show *show);

/* Argument INDEX, decoded. */
void show_argument(struct show *show, unsigned index);

/* SIZE bytes of memory at ADDRESS as they were in PHASE, or NULL.  Unaligned.
 */
const void *show_memory(const struct show *show, uint64_t address, size_t size,
			enum event_phase phase);

/* How many bytes at ADDRESS are known, into RET where they are. */
size_t show_available(const struct show *show, uint64_t address,
		      enum event_phase phase, const void **ret);

/* The SIZE bytes that ARG points to; where they are not known shows the address
 * and returns NULL. */
const void *show_whole(struct show *show, const struct show_arg *arg,
		       size_t size);

/* The chunk that begins at ADDRESS: a text, a count, a descriptor; or NULL. */
const struct event_chunk *show_chunk(const struct show *show, uint64_t address,
				     enum event_chunk_what what,
				     enum event_phase phase);

/* How many elements ARG has; false if that is not known. */
bool show_count(const struct show *show, const struct show_arg *arg,
		uint64_t *ret);

/* All that a pointer leads to, as it was in the argument's phase. */
void show_pointed(struct show *show, const struct show_arg *arg);

/* An unsigned number of SIZE (1, 2, 4, 8) bytes. */
uint64_t show_number(const void *bytes, size_t size);

/* Bytes of a pointer or long of the caller. */
size_t show_word(const struct show *show);

/* A value of KIND, such as one that stands in a structure. */
void show_value(struct show *show, enum argtype kind, uint64_t value);

/* NULL or hexadecimal. */
void show_address(struct show *show, uint64_t address);

/* Begins element I of an array with a comma; false: it is not KNOWN, or behind
 * those that are shown, and "..." stands for it and the rest. */
bool show_element(struct show *show, uint64_t i, bool known);

/* In place of the elements of an array that could not be read, from ADDRESS on.
 */
void show_unread(struct show *show, uint64_t address);

/* SIZE bytes in quotation marks, up to the string limit, "..." if HAVE, or the
 * limit, is smaller. */
void show_bytes(struct show *show, const void *bytes, size_t have,
		uint64_t size);

/* The text at ADDRESS, or the address; WHOLE: whatever the string limit. */
void show_text(struct show *show, uint64_t address, bool whole);

/* In quotation marks, every byte as \\x41. */
void show_quoted_hex(struct buf *buf, const void *bytes, size_t len);

/* In strace's escapes; printable ASCII of MORE is escaped too. */
void show_quoted_inside(struct buf *buf, const char *text, size_t len,
			bool utf8, const char *more);

/* The same in quotation marks. */
void show_quoted(struct buf *buf, const char *text, size_t len, bool utf8);
