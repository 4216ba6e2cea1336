/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of argument kinds: what an argument means, how it is printed, and
 * what the kernel side must copy for it.  Adding one is a row and its printer.
 */
#pragma once

#include "abi/abi.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

enum argtype {
	ARG_UNKNOWN, /* classified from tracefs type and name where possible */
	ARG_INT,     /* signed 32-bit decimal */
	ARG_UINT,    /* unsigned 32-bit decimal */
	ARG_LONG,    /* signed, register-wide */
	ARG_ULONG,   /* unsigned, register-wide; sizes, counts */
	ARG_HEX,     /* a bit pattern, register-wide */
	ARG_HEX32,   /* a bit pattern of an int */
	ARG_ADDR,    /* an address; NULL for 0 */
	ARG_MODE,    /* file mode, octal */
	ARG_DIRFD,   /* descriptor or AT_FDCWD */
	ARG_FD,      /* descriptor */
	ARG_PATH,    /* text, shown whole */
	ARG_STRING,  /* text, shown up to --string-limit */
	ARG_OPEN_FLAGS, /* O_*, access mode first */
	ARG_FD_FLAGS,   /* O_* without access mode: dup3, pipe2 */
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
	RES_FCNTL, /* hexadecimal for the commands that return flags */
	RES_NONE,  /* never returns */
	RES_COUNT,
};

/* One argument of one call, as it was seen. */
struct argtype_value {
	uint64_t value;   /* the register; of a compat call 32 bits of it */
	enum abi abi;     /* of the machine whose call it is */
	bool compat;      /* made by a 32-bit caller */
	const char *text; /* what it points to, or NULL: not captured */
	size_t text_len;  /* bytes */
	bool text_cut;    /* captured only in part */
	unsigned limit;   /* bytes shown of a text that is not a path */
	bool utf8;        /* other scripts stay; else strace's octal escapes */
};

/* Kind by name ("path"), as syscalls.tbl writes it; -1 if unknown. */
int argtype_by_name(const char *name);
const char *argtype_name(enum argtype kind);

/* The C type an argument of that kind usually has. */
const char *argtype_c_type(enum argtype kind);

/* The value as strace writes it. */
void argtype_print(struct buf *buf, enum argtype kind,
		   const struct argtype_value *value);

/* Kind guessed from a tracefs C type and argument name, for calls our table
 * lacks. */
enum argtype argtype_guess(const char *type, const char *name);

/* Whether the kernel side copies the text the argument points to. */
bool argtype_captures_text(enum argtype kind);
