/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/tracefsdir.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"

static struct err err;

static int open_data(int *ret_fd, const char *name)
{
	const char *srcdir = getenv("srcdir");
	char path[512];
	snprintf(path, sizeof(path), "%s/tests/data/tracefs/%s",
		 srcdir ? srcdir : ".", name);
	return tracefsdir_open(ret_fd, path, &err);
}

static bool holds_openat(int fd)
{
	struct stat st;
	return fstatat(fd, "sys_enter_openat/format", &st, 0) == 0;
}

Test(tracefsdir, takes_a_tracefs)
{
	int fd = -1;
	cr_assert(eq(int, open_data(&fd, "linux-6.18"), 0), "%s", err.text);
	cr_expect(holds_openat(fd));
	close(fd);
}

Test(tracefsdir, takes_the_directory_of_calls_itself)
{
	int fd = -1;
	cr_assert(eq(int, open_data(&fd, "linux-6.18/events/syscalls"), 0),
		  "%s", err.text);
	cr_expect(holds_openat(fd));
	close(fd);
}

Test(tracefsdir, names_a_directory_that_is_not_there)
{
	int fd = -1;
	cr_expect(eq(int, tracefsdir_open(&fd, "/nonexistent", &err), -ENOENT));
	cr_expect(eq(str, err.text,
		     "cannot open /nonexistent as a list of syscalls: No such "
		     "file or directory"));
	cr_expect(eq(int, tracefsdir_open(&fd, "/dev/null", &err), -ENOTDIR));
	cr_expect(eq(int, fd, -1));
}

Test(tracefsdir, refuses_a_directory_without_calls)
{
	int fd = -1;
	cr_expect(eq(int, tracefsdir_open(&fd, "/dev", &err), -ENOENT));
	cr_expect(eq(str, err.text,
		     "cannot use /dev as a list of syscalls: it holds neither "
		     "events/syscalls nor sys_enter_*; name a tracefs, or a "
		     "copy of its events/syscalls"));
	cr_expect(eq(int, fd, -1));
}
