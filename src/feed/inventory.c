/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/inventory.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

size_t inventory_cmdline(pid_t pid, char *text, size_t size)
{
	char path[64];
	(void)snprintf(path, sizeof(path), "/proc/%ld/cmdline",
		       (long)pid); /* always fits */
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	ssize_t got = read(fd, text, size);
	(void)close(fd); /* nothing was written */
	return got > 0 ? (size_t)got : 0;
}

size_t inventory_fd(pid_t tid, int fd, char *text, size_t size)
{
	char path[64];
	(void)snprintf(path, sizeof(path), "/proc/%ld/fd/%d", (long)tid,
		       fd); /* always fits */
	ssize_t got = readlink(path, text, size);
	return got > 0 ? (size_t)got : 0;
}
