/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Existing tasks from procfs: the only reader of /proc. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The NUL-separated command line of PID into TEXT; its length, 0 where there is
 * none. */
size_t inventory_cmdline(pid_t pid, char *text, size_t size);

/* What descriptor FD of the thread TID refers to, into TEXT; its length, 0
 * where it cannot be told. */
size_t inventory_fd(pid_t tid, int fd, char *text, size_t size);
