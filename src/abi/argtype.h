/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of argument kinds: what an argument means, how it is printed, and
 * what the kernel side must copy for it.  Adding one is a row and its printer.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct buf;

enum argtype {
	ARG_UNKNOWN, /* classified from tracefs type and name where possible */
	ARG_INT,     /* signed 32-bit decimal */
	ARG_UINT,    /* unsigned 32-bit decimal */
	ARG_LONG,    /* signed, register-wide */
	ARG_ULONG,   /* unsigned, register-wide; sizes, counts */
	ARG_HEX,     /* a bit pattern */
	ARG_ADDR,    /* an address; NULL for 0 */
	ARG_MODE,    /* file mode, octal */
	ARG_DIRFD,   /* descriptor or AT_FDCWD */
	ARG_FD,      /* descriptor */
	ARG_PATH,    /* text, shown whole */
	ARG_STRING,  /* text, shown up to --string-limit */
	ARG_OPEN_FLAGS, /* O_* */
	ARG_PID,
	ARG_UID,
	ARG_SIGNAL, /* SIGTERM */
	ARG_COUNT,
};

enum restype {
	RES_INT, /* decimal */
	RES_HEX, /* an address: mmap, brk */
	RES_FD,  /* a descriptor */
	RES_PID,
	RES_BYTES, /* a byte count: feeds the byte counters */
	RES_OCTAL, /* umask */
	RES_NONE,  /* never returns */
};

/* Kind by name ("path"), as syscalls.tbl writes it; -1 if unknown. */
int argtype_by_name(const char *name);
const char *argtype_name(enum argtype kind);

/* Kind guessed from a tracefs C type and argument name, for calls our table
 * lacks. */
enum argtype argtype_guess(const char *type, const char *name);

/* Whether the kernel side copies the text the argument points to. */
bool argtype_captures_text(enum argtype kind);
