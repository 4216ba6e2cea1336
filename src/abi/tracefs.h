/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The signature of a syscall as the kernel's tracefs tells it: the file
 * events/syscalls/sys_enter_NAME/format.  The text is hostile: it may come from
 * a directory that anybody made.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct err;

#define TRACEFS_PREFIX     "sys_enter_" /* of the directories of calls */
#define TRACEFS_ARGS       6
#define TRACEFS_NAME_SIZE  64   /* the longest in Linux 6.18 has 23 bytes */
#define TRACEFS_TYPE_SIZE  128  /* the longest in Linux 6.18 has 40 bytes */
#define TRACEFS_TEXT_LIMIT 8192 /* of a format file; the longest has 1.5 KB */

struct tracefs_arg {
	char name[TRACEFS_NAME_SIZE];
	char type[TRACEFS_TYPE_SIZE]; /* "const char *" */
};

struct tracefs_signature {
	char name[TRACEFS_NAME_SIZE]; /* "newstat" */
	bool is_understood;           /* nargs and args are known */
	bool is_matched;              /* for who joins a list with another */
	unsigned nargs;
	struct tracefs_arg args[TRACEFS_ARGS];
};

struct tracefs_list {
	struct tracefs_signature *items; /* owned, sorted by name */
	size_t count;
};

/*
 * All calls in EVENTS_FD, a directory "events/syscalls".  A format that cannot
 * be understood leaves a signature without arguments.  Negative errno with a
 * sentence if the directory or a file cannot be read.
 */
int tracefs_list_init(struct tracefs_list *ret, int events_fd, struct err *err);
void tracefs_list_done(struct tracefs_list *list);

/* NULL if NAME is not in LIST.  Borrowed. */
struct tracefs_signature *tracefs_list_find(const struct tracefs_list *list,
					    const char *name);

/*
 * Reads the LEN bytes of a format file.  Common fields, __syscall_nr and
 * __data_loc fields are no arguments.  -EBADMSG with a sentence.
 */
int tracefs_parse(struct tracefs_signature *ret, const char *text, size_t len,
		  struct err *err);
