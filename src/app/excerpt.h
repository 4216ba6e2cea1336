/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What options that choose processes and calls say about a recording, which has
 * what was traced: the rows that they would have let pass, as a filter.
 */
#pragma once

#include <stdbool.h>

struct buf;
struct err;
struct options;
struct sysset;

/* Adds the expression that must hold, where there is one. */
void excerpt_print(struct buf *buf, const struct options *options);

/* Whether there is one, or calls are named. */
bool excerpt_is_asked_for(const struct options *options);

/* Adds the calls that -e names to SET, of a recording or not.  -EINVAL. */
int excerpt_calls(struct sysset *set, const struct options *options,
		  struct err *err);
