/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The directory side of tracefs.h: finds and reads the format files. */
#include "config.h"

#include "abi/tracefs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/xalloc.h"

#define LIST_LIMIT 4096 /* ten times what Linux 6.18 lists */

/* Up to SIZE bytes of a plain file; -EBADMSG for anything else, also for a
 * longer file: no format file is. */
static ssize_t read_file(int dir_fd, const char *path, char *text, size_t size)
{
	/* O_NONBLOCK: a pipe of that name must not hold us. */
	int fd = openat(dir_fd, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return -errno;
	struct stat st;
	ssize_t ret = -EBADMSG;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		size_t len = 0;
		ssize_t n = 1;
		while (n > 0 && len < size) {
			n = read(fd, text + len, size - len);
			len += n > 0 ? (size_t)n : 0;
		}
		ret = n < 0 ? -errno : len < size ? (ssize_t)len : -EBADMSG;
	}
	(void)close(fd); /* opened to read: nothing can be lost */
	return ret;
}

static bool is_name(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
	return len && len < TRACEFS_NAME_SIZE && !name[len];
}

/* The directory's name counts, whatever the format calls itself. */
static int read_signature(struct tracefs_signature *ret, int events_fd,
			  const char *name, struct err *err)
{
	char path[sizeof(TRACEFS_PREFIX) + TRACEFS_NAME_SIZE + 8];
	(void)snprintf(path, sizeof(path), TRACEFS_PREFIX "%s/format",
		       name); /* is_name() saw to it that it fits */
	char text[TRACEFS_TEXT_LIMIT];
	ssize_t n = read_file(events_fd, path, text, sizeof(text));
	*ret = (struct tracefs_signature){0};
	if (n >= 0)
		/* Not understood: listed without arguments. */
		(void)tracefs_parse(ret, text, (size_t)n, NULL);
	else if (n != -EBADMSG && n != -ENOENT && n != -ENOTDIR)
		return err_set(err, (int)n,
			       "cannot read the kernel's list of syscalls, "
			       "file %s: %s",
			       path, strerror((int)-n));
	memcpy(ret->name, name, strlen(name) + 1);
	return 0;
}

static int compare(const void *a, const void *b)
{
	const struct tracefs_signature *x = a;
	const struct tracefs_signature *y = b;
	return strcmp(x->name, y->name);
}

static int read_all(struct tracefs_list *list, DIR *dir, struct err *err)
{
	size_t room = 0;
	const struct dirent *entry;
	while ((entry = readdir(dir))) {
		const char *name = entry->d_name + strlen(TRACEFS_PREFIX);
		if (strncmp(entry->d_name, TRACEFS_PREFIX,
			    strlen(TRACEFS_PREFIX)) != 0 ||
		    !is_name(name))
			continue;
		if (list->count == LIST_LIMIT)
			return err_set(err, -E2BIG,
				       "cannot read the kernel's list of "
				       "syscalls: more than %d entries",
				       LIST_LIMIT);
		if (list->count == room) {
			room = room ? 2 * room : 512;
			list->items = xrealloc(list->items,
					       room * sizeof(list->items[0]));
		}
		int r = read_signature(&list->items[list->count], dirfd(dir),
				       name, err);
		if (r < 0)
			return r;
		list->count++;
	}
	return 0;
}

int tracefs_list_init(struct tracefs_list *ret, int events_fd, struct err *err)
{
	/* A descriptor of our own: the caller's keeps its position. */
	int fd = openat(events_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	if (!dir) {
		int code = -errno;
		if (fd >= 0)
			(void)close(fd); /* nothing was written */
		return err_set(err, code,
			       "cannot read the kernel's list of syscalls: %s",
			       strerror(-code));
	}
	struct tracefs_list list = {0};
	int r = read_all(&list, dir, err);
	(void)closedir(dir); /* nothing was written */
	if (r < 0) {
		tracefs_list_done(&list);
		return r;
	}
	if (list.count)
		qsort(list.items, list.count, sizeof(list.items[0]), compare);
	*ret = list;
	return 0;
}

void tracefs_list_done(struct tracefs_list *list)
{
	free(list->items);
	*list = (struct tracefs_list){0};
}

struct tracefs_signature *tracefs_list_find(const struct tracefs_list *list,
					    const char *name)
{
	if (!list->count || strlen(name) >= TRACEFS_NAME_SIZE)
		return NULL;
	struct tracefs_signature key;
	memcpy(key.name, name, strlen(name) + 1);
	return bsearch(&key, list->items, list->count, sizeof(list->items[0]),
		       compare);
}
