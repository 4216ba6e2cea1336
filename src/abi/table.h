/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rows of syscalls.tbl, as they stand there, sorted by name. */
#pragma once

#include "abi/syscall.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct table_row {
	const char *name;
	const char *aliases; /* "a,arm64:b", "" */
	const char *absent_why;
	const char *meaning;
	int16_t nr[ABI_COUNT]; /* -1: none */
	enum syscall_class class;
	enum restype result;
	unsigned marks; /* enum syscall_mark */
	uint16_t result_set;
	unsigned nargs;
	struct syscall_arg args[SYSCALL_ARGS];
};

/* What an ABI has otherwise: "@i386 NAME". */
struct table_other {
	const char *name;
	enum abi abi;
	unsigned nargs;
	struct syscall_arg args[SYSCALL_ARGS];
};

#define TABLE_NR_LIMIT                                                         \
	512 /* numbers are below; the generator refuses others                 \
	     */

size_t table_count(void);
const struct table_row *table_at(size_t i);

/* What the call of that number is called on ABI; NULL: none is known. */
const char *table_name(enum abi abi, uint32_t nr);

/* The arguments of NAME on ABI where they are not those of its row, or NULL. */
const struct table_other *table_other(const char *name, enum abi abi);

/* The commands of a call, which stand together; NULL if it has none. */
const struct syscall_command *table_commands(const char *name,
					     unsigned *ret_count);

/*
 * What tracefs calls the syscall on a machine of ABI, into NAME; false if it
 * has no name there but the usual one.
 */
bool table_alias(const struct table_row *row, enum abi abi, char *name,
		 size_t size);
