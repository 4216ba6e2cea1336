/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes the files of recordings that begin when sctop has given up its
 * privileges: where it might have made them at start, and for who called sudo.
 */
#pragma once

struct err;
struct maker;

/* *RET is NULL where there was no privilege to lose.  Negative errno. */
int maker_new(struct maker **ret);
void maker_free(struct maker *maker);

/* As record_make(), which does it where SELF, a struct maker, is NULL. */
int maker_make(void *self, const char *path, struct err *err);
