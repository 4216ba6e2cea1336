/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What there is to know of a system call by the name that strace has for it. */
#pragma once

#include "bpf/event.h"
#include "feed/strace_line.h"

#include <stdbool.h>
#include <stdint.h>
#include <uthash.h>

struct catalogue;
struct syscall;

#define STRACE_NAME_SIZE   64
#define STRACE_NAMES_LIMIT 4096 /* kept at once: any word may be a name */

struct strace_name {
	char name[STRACE_NAME_SIZE];
	uint32_t nr;
	bool compat;                /* only 32-bit callers have it */
	int compat_nr;              /* of 32-bit callers, or -1 */
	const struct syscall *sc;   /* borrowed from the catalogue */
	uint8_t places[EVENT_ARGS]; /* which argument is printed so many-th */
	UT_hash_handle hh;
};

struct strace_names {
	struct catalogue *cat;     /* borrowed */
	struct strace_name *table; /* owned */
};

void strace_names_done(struct strace_names *names);

/* NULL: it is too long to be one.  Borrowed until the next one is found. */
const struct strace_name *strace_names_find(struct strace_names *names,
					    const struct strace_text *name);
