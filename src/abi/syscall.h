/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The catalogue: every system call that can be named.  It joins our own table
 * (syscalls.tbl) with what the running kernel lists in tracefs.  A syscall has
 * an index, stable for the life of the catalogue; numbers that no table knows
 * get one when they are first seen.
 *
 * "native" numbers are those of the machine's own ABI, "compat" ones those of
 * its 32-bit callers (i386 on x86-64; none known on arm64).
 */
#pragma once

#include "abi/abi.h"
#include "abi/argtype.h"

#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>
#include <stdint.h>

struct buf;
struct carried;
struct err;

#define SYSCALL_ARGS       6
#define SYSCALL_NONE       UINT32_MAX /* index of no syscall */
#define SYSCALL_NO_COMMAND UINT32_MAX

enum syscall_class { /* one per syscall; names in syscall_class_name() */
	CLASS_FILE,  /* takes a path */
	CLASS_DESC,  /* works on a descriptor */
	CLASS_NETWORK,
	CLASS_PROCESS,
	CLASS_MEMORY,
	CLASS_SIGNAL,
	CLASS_TIME,
	CLASS_IPC,
	CLASS_CREDS,
	CLASS_SCHED,
	CLASS_SYSTEM,
	CLASS_OTHER,
	CLASS_COUNT,
};

enum syscall_presence {
	SYSCALL_PRESENT,    /* the running kernel lists it, or no list could be
			       read */
	SYSCALL_ABSENT,     /* in our table, not in this kernel */
	SYSCALL_COMPAT,     /* only 32-bit callers can make it */
	SYSCALL_UNNUMBERED, /* the kernel lists it, no table knows its number */
	SYSCALL_UNKNOWN,    /* a number that no table knows, seen in a call */
};

enum syscall_mark {            /* bits */
	SYSCALL_DEFAULT = 1,   /* traced when nothing is picked */
	SYSCALL_NO_RETURN = 2, /* exit, exit_group */
	SYSCALL_CREDS = 4,     /* may change user, group or namespace */
	SYSCALL_EXECS = 8,   /* execve, execveat: arguments are gone at exit */
	SYSCALL_FORKS = 16,  /* the child shows an exit without an entry */
	SYSCALL_WRITES = 32, /* the bytes of a RES_BYTES leave the process */
	SYSCALL_STACK = 64,  /* its argument lies where the stack pointer is */
	SYSCALL_RESUMES = 128, /* goes on with another call */
};

struct syscall_arg {
	const char *name; /* as the kernel names it */
	const char *type; /* C type, "const char *"; NULL in a command */
	struct argtype_spec spec;
};

enum syscall_match {
	SYSCALL_EQUAL,    /* the argument, masked, is the value */
	SYSCALL_NOT_ZERO, /* it has any of the bits of the mask */
};

/*
 * A call whose further arguments depend on one of them: what holds where that
 * argument, masked, has the value, and a second one too if there is any.  The
 * first one that fits is meant.
 */
struct syscall_command {
	const char *call;
	uint8_t match; /* enum syscall_match */
	uint8_t selector;
	uint8_t selector_2; /* SYSCALL_ARGS: none */
	uint16_t result_set;
	uint32_t mask;
	uint32_t value[ABI_COUNT]; /* SYSCALL_NO_COMMAND: the ABI lacks it */
	uint32_t value_2[ABI_COUNT];
	enum restype result;
	unsigned nargs;
	struct syscall_arg args[SYSCALL_ARGS];
	const char *as; /* the call that is meant, or NULL */
	uint16_t order; /* and where its arguments are: CONTROL_ORDER_* */
};

struct syscall {
	const char *name;        /* the usual one: "stat" */
	const char *kernel_name; /* in tracefs where it differs: "newstat"; else
				    == name */
	const char *meaning;     /* one line, no full stop; "" if unknown */
	const char *absent_why;  /* for SYSCALL_ABSENT where known, else "" */
	enum syscall_class class;
	enum syscall_presence presence;
	unsigned marks;      /* enum syscall_mark */
	enum restype result; /* what the result is */
	uint16_t result_set; /* of RES_NAMED_*: enum flags_set */
	enum abi native;     /* the catalogue's */
	int nr[ABI_COUNT];   /* -1: none in that ABI */
	unsigned nargs;
	struct syscall_arg args[SYSCALL_ARGS];
	unsigned compat_nargs; /* the same of 32-bit callers */
	struct syscall_arg compat_args[SYSCALL_ARGS];
	const struct syscall_command *commands; /* those of this call */
	unsigned command_count;
	struct command_order *order; /* of them, owned by the catalogue; NULL:
					they are tried one by one */
};

/* The arguments of one call, chosen by its command where it has one. */
struct syscall_signature {
	const char *name;
	const struct syscall_arg *args; /* borrowed from the catalogue */
	unsigned nargs;
	enum restype result;
	uint16_t result_set;
};

/* VALUES are the registers; MEANT: the call stands for another, chosen by the
 * first of them. */
void syscall_signature(struct syscall_signature *ret, const struct syscall *sc,
		       bool compat, bool meant,
		       const __u64 values[SYSCALL_ARGS]);

struct catalogue;

struct catalogue_config {
	int events_fd; /* directory "events/syscalls" of a tracefs; -1: use the
			  built-in list */
	enum abi
		native; /* of the machine whose calls are shown: abi_native() */
	const char *hide; /* test switch: a name to leave out of our own table;
			     or NULL */
	struct carried *carried; /* of a recording, instead of EVENTS_FD; or
				    NULL.  Its list is taken from it */
};

/* Reads all of EVENTS_FD's format files.  *RET is the caller's;
 * catalogue_free(). */
int catalogue_new(struct catalogue **ret, const struct catalogue_config *config,
		  struct err *err);
void catalogue_free(struct catalogue *cat);

/* Whether the list came from a tracefs. */
bool catalogue_is_from_kernel(const struct catalogue *cat);

/* Of the machine whose calls are shown. */
enum abi catalogue_native(const struct catalogue *cat);

/* Number of indices; grows when unknown numbers are seen.  Sorted by name up to
 * that. */
uint32_t catalogue_count(const struct catalogue *cat);

/* Borrowed for the life of CAT; INDEX below catalogue_count(). */
const struct syscall *catalogue_get(const struct catalogue *cat,
				    uint32_t index);

/* By usual name or kernel alias; SYSCALL_NONE. */
uint32_t catalogue_by_name(const struct catalogue *cat, const char *name);

/*
 * By number; adds "syscall_0x3e7" if no table knows it.  At most 1024 such are
 * kept apart, further ones share the index of "syscall_other".  O(1).
 */
uint32_t catalogue_by_nr(struct catalogue *cat, uint32_t nr, bool compat);

/*
 * A number, beyond all real ones, that stands for a call which no table knows
 * but by its NAME; the call is added.  Of at most 1024 such, as above.
 */
uint32_t catalogue_number_of(struct catalogue *cat, const char *name);

/* The number by which native (or compat) callers make it; -1: they cannot. */
int catalogue_nr(const struct catalogue *cat, uint32_t index, bool compat);

/* Tells the number of a SYSCALL_UNNUMBERED call, once one was seen. */
void catalogue_learn(struct catalogue *cat, uint32_t index, uint32_t nr);

/* The existing name nearest to a misspelt one, or NULL.  Borrowed. */
const char *catalogue_nearest(const struct catalogue *cat, const char *name);

const char *
	syscall_class_name(enum syscall_class class); /* "file", as in %file */
const char *syscall_class_meaning(enum syscall_class class); /* one line */

/* "in bytes[count]": argument I of ARGS, as the tables write it. */
void syscall_print_type(struct buf *buf, const struct syscall_arg *args,
			unsigned i);

/* "fd:fd, buf:in bytes[count], count:ulong": all of them. */
void syscall_print_types(struct buf *buf, const struct syscall_arg *args,
			 unsigned nargs);

/* Text such as "openat(int dfd, const char *filename, ...)" into BUF. */
void syscall_print_signature(struct buf *buf, const struct syscall *sc);
