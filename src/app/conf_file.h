/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The configuration file: $XDG_CONFIG_HOME/sctop/sctoprc, or
 * ~/.config/sctop/sctoprc (XDG Base Directory Specification 0.8).
 */
#pragma once

#include <stddef.h>

struct conf;
struct err;
struct saver;

#define CONF_FILE_PATH_SIZE 4096

/* -ENOENT: neither variable is set; -ENAMETOOLONG. */
int conf_file_path(char path[CONF_FILE_PATH_SIZE]);

/*
 * Reads it into CONF, which is empty.  0 also where there is none.  Else a
 * sentence: it must be a regular file of at most CONF_SIZE_LIMIT bytes that the
 * user (not only his privileges) may read.
 */
int conf_file_load(struct conf *conf, struct err *err);

/*
 * Makes the changes that were made to CONF to what the file holds by now, and
 * replaces it: a new file, renamed, which only its owner may read.  SAVER, or
 * NULL, writes it.
 */
int conf_file_save(const struct conf *conf, struct saver *saver,
		   struct err *err);
