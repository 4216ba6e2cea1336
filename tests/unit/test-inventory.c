/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "feed/inventory.h"

#define SECOND_NS 1000000000u

/* As the kernel tells it, to a hundredth of a second: see proc_pid_stat(5). */
static uint64_t start_of(pid_t pid)
{
	char path[64];
	unsigned long long ticks = 0;
	(void)snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	FILE *in = fopen(path, "r");
	cr_assert_not_null(in);
	cr_assert_eq(fscanf(in,
			    "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u "
			    "%*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu",
			    &ticks),
		     1);
	(void)fclose(in);
	return ticks * (SECOND_NS / (uint64_t)sysconf(_SC_CLK_TCK));
}

Test(inventory, reaches_the_process_that_started_then)
{
	struct err err = {0};
	int pidfd = inventory_pidfd(getpid(), start_of(getpid()), &err);
	cr_assert(ge(int, pidfd, 0), "%s", err.text);
	close(pidfd);
}

Test(inventory, reaches_nobody_else_who_has_the_number_now)
{
	struct err err = {0};
	uint64_t start_ns = start_of(getpid()) - SECOND_NS;
	cr_assert(eq(int, inventory_pidfd(getpid(), start_ns, &err), -ESRCH));
	cr_assert_not_null(strstr(err.text, "may be another's"));
}

Test(inventory, reaches_no_process_that_has_ended)
{
	pid_t child = fork();
	if (child == 0) {
		(void)pause();
		_exit(0);
	}
	uint64_t start_ns = start_of(child);
	(void)kill(child, SIGKILL);
	(void)waitpid(child, NULL, 0);
	cr_assert(eq(int, inventory_pidfd(child, start_ns, NULL), -ESRCH));
}

static void ignore(void *self, const struct inventory_file *file)
{
	(void)self;
	(void)file;
}

Test(inventory, says_that_a_process_may_not_be_looked_into)
{
	struct err err = {0};
	pid_t parent = getpid();
	int status;
	if (geteuid() != 0)
		cr_skip_test("needs a process of another user");
	pid_t child = fork();
	if (child == 0) {
		int code = -1;
		if (setuid(65534) == 0)
			code = inventory_files(parent, start_of(parent), ignore,
					       NULL, &err);
		_exit(code == -EACCES &&
				      strstr(err.text, "may not be looked into")
			      ? 0
			      : 1);
	}
	cr_assert(eq(int, waitpid(child, &status, 0), child));
	cr_assert(eq(int, status, 0));
}

struct seen {
	int fd;
	const char *path;
	bool fd_is_right, cwd;
};

static void see(void *self, const struct inventory_file *file)
{
	struct seen *seen = self;
	seen->cwd = seen->cwd || (file->name && !strcmp(file->name, "cwd"));
	if (file->name || file->fd != seen->fd)
		return;
	seen->fd_is_right = file->size == strlen(seen->path) &&
			    memcmp(file->text, seen->path, file->size) == 0 &&
			    file->known && file->pos == 3 &&
			    (file->flags & O_APPEND) &&
			    (file->flags & O_ACCMODE) == O_WRONLY;
}

Test(inventory, lists_what_is_open_with_position_and_flags)
{
	char path[] = "/tmp/sctop-inventory.XXXXXX";
	int made = mkstemp(path);
	struct seen seen = {.fd = open(path, O_WRONLY | O_APPEND),
			    .path = path};
	struct err err = {0};
	cr_assert(ge(int, seen.fd, 0));
	cr_assert(eq(int, (int)write(seen.fd, "abc", 3), 3));
	cr_assert(eq(int,
		     inventory_files(getpid(), start_of(getpid()), see, &seen,
				     &err),
		     0),
		  "%s", err.text);
	cr_expect(seen.fd_is_right);
	cr_expect(seen.cwd);
	close(made);
	unlink(path);
}
