/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who started sctop by sudo, his home directory kept, has his files there:
 * they are his.  When they are written sctop has no privilege left by which it
 * could do so; a process that has been that user since the start does.
 */
#pragma once

#include <sys/types.h>

struct saver;

/* For the user who called sudo, if the files are in his home directory; else
 * *RET is NULL.  Negative errno. */
int saver_new(struct saver **ret);

/* The same for a user of these IDs. */
int saver_start(struct saver **ret, uid_t uid, gid_t gid);

/* As replace_file(), which does it where SAVER is NULL. */
int saver_replace(struct saver *saver, const char *path, const char *text);
void saver_free(struct saver *saver);
