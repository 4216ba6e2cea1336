/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Existing tasks from procfs: the only reader of /proc.  A process is known by
 * its PID and its start (start_boottime): the number may be another's. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct err;

/* The NUL-separated command line of PID into TEXT; its length, 0 where there is
 * none. */
size_t inventory_cmdline(pid_t pid, char *text, size_t size);

/* What descriptor FD of the thread TID refers to, into TEXT; its length, 0
 * where it cannot be told. */
size_t inventory_fd(pid_t tid, int fd, char *text, size_t size);

/*
 * A pidfd of exactly that process; the caller closes it.  -ESRCH if it has
 * ended.
 */
int inventory_pidfd(pid_t pid, uint64_t start_ns, struct err *err);

/* What a process holds open. */
struct inventory_file {
	const char *name; /* "cwd", "root", "exe"; NULL: a descriptor */
	int fd;
	const char
		*text; /* what it refers to, as the kernel names it; hostile */
	size_t size;
	bool known;     /* position and flags */
	uint64_t pos;   /* bytes from the beginning */
	uint32_t flags; /* of open(2), as this machine has them */
};

/*
 * Hands each to ADD, descriptors by number, INVENTORY_FILES at most.  -EACCES
 * if nobody may look, -ESRCH if the process has ended.
 */
#define INVENTORY_FILES 10000 /* of a page nobody reads to its end */
int inventory_files(pid_t pid, uint64_t start_ns,
		    void (*add)(void *self, const struct inventory_file *file),
		    void *self, struct err *err);
