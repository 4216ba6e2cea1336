/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is remembered per user between two runs: the ticks. */
#pragma once

struct err;
struct saver;
struct sysset;

/*
 * Adds the remembered ticks to SET.  -ENOENT where there are none.  Names that
 * the catalogue lacks are passed over: the file may come from another kernel.
 */
int prefs_load_ticks(struct sysset *set);

/* Replaces the remembered ticks, by SAVER if there is one; the sentence names
 * the file. */
int prefs_save_ticks(const struct sysset *set, struct saver *saver,
		     struct err *err);
