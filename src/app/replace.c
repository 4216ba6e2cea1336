/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_SIZE 4096

int replace_path(char *path, size_t size, const struct replace_place *place)
{
	const char *dir = getenv(place->variable);
	const char *home = getenv("HOME");
	int n;
	if (dir && dir[0] == '/')
		n = snprintf(path, size, "%s/sctop/%s", dir, place->name);
	else if (home && home[0] == '/')
		n = snprintf(path, size, "%s/%s/sctop/%s", home, place->in_home,
			     place->name);
	else
		return -ENOENT;
	return n > 0 && (size_t)n < size ? 0 : -ENAMETOOLONG;
}

static int make_directories(const char *path)
{
	char part[PATH_SIZE];
	(void)snprintf(part, sizeof(part), "%s", path); /* replace_file() */
	for (char *slash = part + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		int r = mkdir(part, 0700);
		*slash = '/';
		if (r < 0 && errno != EEXIST)
			return -errno;
	}
	return 0;
}

static int write_all(int fd, const char *text)
{
	size_t len = strlen(text);
	while (len > 0) {
		ssize_t n = write(fd, text, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		text += n;
		len -= (size_t)n;
	}
	return 0;
}

/* The directory of PATH, which must be ours; what root writes in the home of
 * somebody else could by a link there go anywhere.  Negative errno. */
static int open_directory(const char *path)
{
	char part[PATH_SIZE];
	struct stat st;
	(void)snprintf(part, sizeof(part), "%s", path); /* replace_file() */
	*strrchr(part, '/') = '\0';
	int links = geteuid() == 0 ? O_NOFOLLOW : 0;
	int dir = open(part, O_RDONLY | O_DIRECTORY | O_CLOEXEC | links);
	if (dir < 0)
		return -errno;
	if (fstat(dir, &st) < 0 || st.st_uid != geteuid()) {
		(void)close(dir); /* nothing was written */
		return -EPERM;
	}
	return dir;
}

/* TEXT into the file NAME of DIR, by way of another. */
static int replace_in(int dir, const char *name, const char *beside,
		      const char *text)
{
	/* of a run that was killed; mostly not there */
	(void)unlinkat(dir, beside, 0);
	int fd = openat(dir, beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			0600);
	if (fd < 0)
		return -errno;
	int r = write_all(fd, text);
	if (close(fd) < 0 && r == 0)
		r = -errno;
	if (r == 0 && renameat(dir, beside, dir, name) < 0)
		r = -errno;
	if (r < 0)
		(void)unlinkat(dir, beside, 0); /* of no use */
	return r;
}

int replace_file(const char *path, const char *text)
{
	char beside[NAME_MAX + 1];
	const char *slash = strrchr(path, '/');
	if (!slash || strlen(path) >= PATH_SIZE)
		return -ENAMETOOLONG;
	int n = snprintf(beside, sizeof(beside), "%s.new", slash + 1);
	if (n < 0 || (size_t)n >= sizeof(beside))
		return -ENAMETOOLONG;
	int r = make_directories(path);
	if (r < 0)
		return r;
	int dir = open_directory(path);
	if (dir < 0)
		return dir;
	r = replace_in(dir, slash + 1, beside, text);
	(void)close(dir); /* it was only looked in */
	return r;
}
