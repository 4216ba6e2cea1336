/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/inventory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/err.h"

#define SECOND_NS 1000000000u
#define STAT_SIZE 1024 /* more than /proc/PID/stat up to its 22nd field */

/* The beginning of /proc/PID/NAME; its length, 0 where it cannot be read. */
static size_t read_file(pid_t pid, const char *name, char *text, size_t size)
{
	char path[64];
	(void)snprintf(path, sizeof(path), "/proc/%ld/%s", (long)pid,
		       name); /* always fits */
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	ssize_t got = read(fd, text, size);
	(void)close(fd); /* nothing was written */
	return got > 0 ? (size_t)got : 0;
}

size_t inventory_cmdline(pid_t pid, char *text, size_t size)
{
	return read_file(pid, "cmdline", text, size);
}

size_t inventory_fd(pid_t tid, int fd, char *text, size_t size)
{
	char path[64];
	(void)snprintf(path, sizeof(path), "/proc/%ld/fd/%d", (long)tid,
		       fd); /* always fits */
	ssize_t got = readlink(path, text, size);
	return got > 0 ? (size_t)got : 0;
}

/* In ticks since boot, which is what /proc tells; see proc_pid_stat(5). */
static bool start_of(pid_t pid, uint64_t *ret)
{
	enum {
		FIELD = 22,
		FIRST_BEHIND_NAME = 3
	};
	char text[STAT_SIZE];
	size_t size = read_file(pid, "stat", text, sizeof(text) - 1);
	text[size] = '\0';
	const char *at = strrchr(text, ')'); /* a name may have any byte */
	for (int i = FIRST_BEHIND_NAME; at && i <= FIELD; i++)
		at = strchr(at + 1, ' ');
	return at && sscanf(at, "%" SCNu64, ret) == 1;
}

static int gone(pid_t pid, struct err *err)
{
	return err_set(err, -ESRCH,
		       "process %ld has ended, and its number may be another's",
		       (long)pid);
}

/* Whether the process still has its number, and had it until now. */
static bool is_alive(int pidfd)
{
	return syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0) == 0 ||
	       errno != ESRCH;
}

int inventory_pidfd(pid_t pid, uint64_t start_ns, struct err *err)
{
	uint64_t start;
	int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (pidfd < 0 && errno != ESRCH)
		return err_set(err, -errno, "cannot reach process %ld: %s",
			       (long)pid, strerror(errno));
	uint64_t ticks = (uint64_t)sysconf(_SC_CLK_TCK);
	if (pidfd >= 0 && start_of(pid, &start) && is_alive(pidfd) &&
	    start == start_ns / (SECOND_NS / ticks))
		return pidfd;
	if (pidfd >= 0)
		(void)close(pidfd); /* nothing was written */
	return gone(pid, err);
}

/* To whom the files of a process are handed. */
struct visit {
	pid_t pid;
	void (*add)(void *self, const struct inventory_file *file);
	void *self;
};

/* Position and flags, of /proc/PID/fdinfo. */
static void read_info(const struct visit *visit, struct inventory_file *file)
{
	char name[32], text[STAT_SIZE];
	(void)snprintf(name, sizeof(name), "fdinfo/%d",
		       file->fd); /* always fits */
	size_t size = read_file(visit->pid, name, text, sizeof(text) - 1);
	text[size] = '\0';
	file->known = sscanf(text, "pos: %" SCNu64 " flags: %" SCNo32,
			     &file->pos, &file->flags) == 2;
}

/* Hands over what the link /proc/PID/PATH leads to; 0 or a negative errno. */
static int visit_link(const struct visit *visit, const char *path,
		      struct inventory_file *file)
{
	char link[64], text[PATH_MAX];
	(void)snprintf(link, sizeof(link), "/proc/%ld/%s", (long)visit->pid,
		       path); /* always fits */
	ssize_t got = readlink(link, text, sizeof(text));
	if (got < 0)
		return -errno;
	file->text = text;
	file->size = (size_t)got;
	visit->add(visit->self, file);
	return 0;
}

static int visit_places(const struct visit *visit)
{
	static const char *const names[] = {"exe", "cwd", "root"};
	int code = 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct inventory_file file = {.name = names[i]};
		int one = visit_link(visit, names[i], &file);
		if (one != -ENOENT) /* a kernel thread has no program */
			code = code ? code : one;
	}
	return code;
}

static int visit_descriptors(const struct visit *visit)
{
	char path[64];
	(void)snprintf(path, sizeof(path), "/proc/%ld/fd",
		       (long)visit->pid); /* always fits */
	DIR *dir = opendir(path);
	if (!dir)
		return -errno;
	const struct dirent *entry;
	size_t count = 0;
	while (count < INVENTORY_FILES && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		struct inventory_file file = {.fd = atoi(entry->d_name)};
		(void)snprintf(path, sizeof(path), "fd/%d", file.fd);
		read_info(visit, &file);
		/* one that was closed meanwhile is none */
		count += visit_link(visit, path, &file) == 0;
	}
	(void)closedir(dir); /* nothing was written */
	return 0;
}

int inventory_files(pid_t pid, uint64_t start_ns,
		    void (*add)(void *self, const struct inventory_file *file),
		    void *self, struct err *err)
{
	const struct visit visit = {.pid = pid, .add = add, .self = self};
	int pidfd = inventory_pidfd(pid, start_ns, err);
	if (pidfd < 0)
		return pidfd;
	int code = visit_descriptors(&visit);
	if (code == 0)
		code = visit_places(&visit);
	bool alive = is_alive(pidfd);
	(void)close(pidfd); /* nothing was written */
	if (!alive)
		return gone(pid, err);
	if (code == -EACCES || code == -EPERM)
		return err_set(err, code,
			       "process %ld may not be looked into from here: "
			       "%s",
			       (long)pid, strerror(-code));
	if (code)
		return err_set(err, code,
			       "cannot list what process %ld has open: %s",
			       (long)pid, strerror(-code));
	return 0;
}
