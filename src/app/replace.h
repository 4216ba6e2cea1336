/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Small files of the user that are replaced as a whole. */
#pragma once

#include <stddef.h>

struct replace_place {
	const char *variable; /* a directory, if it begins with / */
	const char *in_home;  /* the one in $HOME, else */
	const char *name;     /* of the file in their directory sctop */
};

/* Where it is.  -ENOENT: no variable says; -ENAMETOOLONG. */
int replace_path(char *path, size_t size, const struct replace_place *place);

/*
 * PATH holds TEXT, for its owner only.  Directories are made.  It is written
 * beside and renamed, so that nobody reads half a file.  Its directory must
 * belong to who writes and be, for root, no link.  Negative errno.
 */
int replace_file(const char *path, const char *text);
