/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One file, $XDG_STATE_HOME/sctop/ticks or ~/.local/state/sctop/ticks (XDG Base
 * Directory Specification 0.8), one SET as -e takes it.
 */
#include "config.h"

#include "app/prefs.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "abi/sysset.h"
#include "base/err.h"

#define TICKS_SIZE 16384 /* all names of a catalogue take below 8 KB */
#define PATH_SIZE  4096

/* The directory for NAME's parent is made if MAKE.  0 or negative errno. */
static int state_path(char *path, size_t size, const char *suffix)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	int n;
	if (state && state[0] == '/')
		n = snprintf(path, size, "%s/sctop%s", state, suffix);
	else if (home && home[0] == '/')
		n = snprintf(path, size, "%s/.local/state/sctop%s", home,
			     suffix);
	else
		return -ENOENT;
	return n > 0 && (size_t)n < size ? 0 : -ENAMETOOLONG;
}

static int make_directories(char *path)
{
	for (char *slash = path + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		int r = mkdir(path, 0700);
		*slash = '/';
		if (r < 0 && errno != EEXIST)
			return -errno;
	}
	return 0;
}

/* Text with control characters is not ours: nothing of it is used. */
static bool is_plain(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			return false;
	return true;
}

int prefs_load_ticks(struct sysset *set)
{
	char path[PATH_SIZE];
	int r = state_path(path, sizeof(path), "/ticks");
	if (r < 0)
		return r;
	FILE *file = fopen(path, "re");
	if (!file)
		return -errno;
	char text[TICKS_SIZE];
	bool got = fgets(text, sizeof(text), file) != NULL;
	(void)fclose(file); /* only read from */
	if (!got)
		return -ENOENT;
	text[strcspn(text, "\n")] = '\0';
	if (!is_plain(text))
		return -EINVAL;
	char *rest = text;
	char *name;
	while ((name = strsep(&rest, ",")))
		(void)sysset_parse(set, name, NULL); /* unknown here: no tick */
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

/* Written beside and renamed, so that nobody reads half a file. */
static int replace(const char *path, const char *beside, const char *text)
{
	int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	int r = write_all(fd, text);
	if (close(fd) < 0 && r == 0)
		r = -errno;
	if (r == 0 && rename(beside, path) < 0)
		r = -errno;
	if (r < 0)
		(void)unlink(beside); /* what is left of it is of no use */
	return r;
}

int prefs_save_ticks(const struct sysset *set, struct err *err)
{
	char path[PATH_SIZE];
	char beside[PATH_SIZE];
	char text[TICKS_SIZE];
	int r = state_path(path, sizeof(path), "/ticks");
	if (r == 0)
		r = state_path(beside, sizeof(beside), "/ticks.new");
	if (r == 0)
		r = make_directories(path);
	if (r == 0) {
		sysset_print(set, text, sizeof(text) - 1);
		size_t len = strlen(text); /* room was left for more */
		memcpy(text + len, "\n", 2);
		r = replace(path, beside, text);
	}
	if (r < 0)
		return err_set(err, r,
			       "cannot remember the ticks in %.200s: %s; use "
			       "--no-save to leave them",
			       path, strerror(-r));
	return 0;
}
