/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/tracefsdir.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/err.h"

#define TRACEFS_MAGIC_NUMBER 0x74726163 /* include/uapi/linux/magic.h */
#define USUAL_PLACE          "/sys/kernel/tracing"
#define EVENTS               "events/syscalls"

/* include/uapi/linux/mount.h, Linux 5.2; glibc 2.36 has them, older ones not.
 */
#define FSOPEN_CLOEXEC_BIT  1u
#define FSCONFIG_CREATE     6u
#define FSMOUNT_CLOEXEC_BIT 1u

static int open_directory(int at, const char *path)
{
	int fd = openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}

static bool is_tracefs(int fd)
{
	struct statfs fs;
	return fstatfs(fd, &fs) == 0 && fs.f_type == TRACEFS_MAGIC_NUMBER;
}

/* The events of a tracefs mounted at PATH, or negative errno. */
static int open_mounted(const char *path)
{
	int fd = open_directory(AT_FDCWD, path);
	if (fd < 0)
		return fd;
	int events = is_tracefs(fd) ? open_directory(fd, EVENTS) : -ENOENT;
	(void)close(fd); /* opened to read */
	return events;
}

/* Undoes the kernel's \040 for blanks and the like, in place. */
static void unescape(char *path)
{
	char *to = path;
	for (const char *p = path; *p; to++) {
		unsigned c;
		int n = 0;
		if (sscanf(p, "\\%3o%n", &c, &n) == 1 && n == 4) {
			*to = (char)c;
			p += 4;
		} else {
			*to = *p++;
		}
	}
	*to = '\0';
}

/*
 * The mount point in a line of mountinfo, if it is a tracefs; else NULL.
 * proc(5): "36 35 98:0 / /mnt rw master:1 - ext3 /dev/root rw".
 */
static char *mount_point(char *line)
{
	const char *type = strstr(line, " - ");
	if (!type || strncmp(type, " - tracefs ", strlen(" - tracefs ")) != 0)
		return NULL;
	char *p = line;
	for (int field = 0; field < 4; field++) {
		p = strchr(p, ' ');
		if (!p)
			return NULL;
		p++;
	}
	p[strcspn(p, " ")] = '\0';
	unescape(p);
	return p;
}

/*
 * The first tracefs of the mount table that lets us in.  The place below
 * debugfs is not tried by its name: looking there mounts it.
 */
static int open_any_mounted(void)
{
	int found = open_mounted(USUAL_PLACE);
	FILE *file = found < 0 ? fopen("/proc/self/mountinfo", "re") : NULL;
	if (!file)
		return found;
	char *line = NULL;
	size_t size = 0;
	while (found < 0 && getline(&line, &size, file) > 0) {
		const char *path = mount_point(line);
		int fd = path ? open_mounted(path) : -ENOENT;
		if (fd >= 0 || found == -ENOENT)
			found = fd;
	}
	free(line);
	(void)fclose(file); /* opened to read */
	return found;
}

/* The events of an instance that no mount table shows, or negative errno. */
static int open_private(void)
{
	int context = (int)syscall(SYS_fsopen, "tracefs", FSOPEN_CLOEXEC_BIT);
	if (context < 0)
		return -errno;
	int root = -1;
	if (syscall(SYS_fsconfig, context, FSCONFIG_CREATE, NULL, NULL, 0) == 0)
		root = (int)syscall(SYS_fsmount, context, FSMOUNT_CLOEXEC_BIT,
				    0);
	int events = root < 0 ? -errno : open_directory(root, EVENTS);
	/* What is open below it keeps the instance. */
	if (root >= 0)
		(void)close(root);
	(void)close(context);
	return events;
}

static bool has_calls(int fd)
{
	int copy = open_directory(fd, ".");
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	if (!dir) {
		if (copy >= 0)
			(void)close(copy); /* opened to read */
		return false;
	}
	bool found = false;
	const struct dirent *entry;
	while (!found && (entry = readdir(dir)))
		found = strncmp(entry->d_name, "sys_enter_",
				strlen("sys_enter_")) == 0;
	(void)closedir(dir); /* opened to read */
	return found;
}

static int open_given(int *ret_fd, const char *dir, struct err *err)
{
	int fd = open_directory(AT_FDCWD, dir);
	if (fd < 0)
		return err_set(err, fd,
			       "cannot open %s as a list of syscalls: %s", dir,
			       strerror(-fd));
	int events = open_directory(fd, EVENTS);
	if (events >= 0) {
		(void)close(fd); /* opened to read */
		*ret_fd = events;
		return 0;
	}
	if (has_calls(fd)) {
		*ret_fd = fd;
		return 0;
	}
	(void)close(fd); /* opened to read */
	return err_set(
		err, -ENOENT,
		"cannot use %s as a list of syscalls: it holds neither " EVENTS
		" nor sys_enter_*; name a tracefs, or a copy of "
		"its " EVENTS,
		dir);
}

static int complain(int mounted, int private, struct err *err)
{
	if (mounted == -EACCES)
		return err_set(err, -EACCES,
			       "cannot read the kernel's list of syscalls in "
			       "tracefs: permission denied; run as root");
	if (private == -EPERM)
		return err_set(err, -EPERM,
			       "cannot read the kernel's list of syscalls: "
			       "tracefs is not mounted, and opening it needs "
			       "CAP_SYS_ADMIN; run as root");
	if (private == -ENODEV || private == -ENOENT)
		return err_set(err, -ENOENT,
			       "cannot read the kernel's list of syscalls: "
			       "this kernel has none; it needs "
			       "CONFIG_FTRACE_SYSCALLS");
	return err_set(err, private,
		       "cannot read the kernel's list of syscalls: opening "
		       "tracefs failed: %s",
		       strerror(-private));
}

int tracefsdir_open(int *ret_fd, const char *dir, struct err *err)
{
	if (dir)
		return open_given(ret_fd, dir, err);
	int mounted = open_any_mounted();
	int fd = mounted < 0 ? open_private() : mounted;
	if (fd < 0)
		return complain(mounted, fd, err);
	*ret_fd = fd;
	return 0;
}
