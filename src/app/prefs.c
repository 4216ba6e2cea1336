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
#include <string.h>

#include "abi/sysset.h"
#include "app/replace.h"
#include "app/saver.h"
#include "base/err.h"

#define TICKS_SIZE 16384 /* all names of a catalogue take below 8 KB */
#define PATH_SIZE  4096

static int ticks_path(char *path, size_t size)
{
	return replace_path(path, size,
			    &(struct replace_place){"XDG_STATE_HOME",
						    ".local/state", "ticks"});
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
	int r = ticks_path(path, sizeof(path));
	if (r < 0)
		return r;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
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

int prefs_save_ticks(const struct sysset *set, struct saver *saver,
		     struct err *err)
{
	char path[PATH_SIZE];
	char text[TICKS_SIZE];
	int r = ticks_path(path, sizeof(path));
	if (r == 0) {
		sysset_print(set, text, sizeof(text) - 1);
		size_t len = strlen(text); /* room was left for more */
		memcpy(text + len, "\n", 2);
		r = saver_replace(saver, path, text);
	}
	if (r < 0)
		return err_set(err, r,
			       "cannot remember the ticks in %.200s: %s; use "
			       "--no-save to leave them",
			       path, strerror(-r));
	return 0;
}
