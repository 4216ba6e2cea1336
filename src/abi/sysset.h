/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A set of syscalls, and the SET syntax of -e and of search: names, globs,
 * /regex/, %class, all, none; comma-separated; a leading ! on an item takes it
 * out (a SET that begins with one starts from all); ?name forgives an unknown
 * name.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct catalogue;
struct err;

struct sysset;

/* Before a name in a SET: only the call that 32-bit callers alone can make. */
#define SYSSET_COMPAT_PREFIX "i386:"

struct sysset *
sysset_new(const struct catalogue *cat); /* empty; the caller's */
void sysset_free(struct sysset *set);
bool sysset_has(const struct sysset *set, uint32_t index);
void sysset_put(struct sysset *set, uint32_t index, bool on);
uint32_t sysset_count(const struct sysset *set); /* present syscalls in it */

/* Whether a call that some program of this machine can make is in it: beside
 * the present ones those of 32-bit callers, and numbers without a name. */
bool sysset_is_useful(const struct sysset *set);

/*
 * Adds SPEC to SET (items with ! remove).  -EINVAL with a sentence that names
 * the item, and the nearest name for an unknown one; SET is then unchanged.
 */
int sysset_parse(struct sysset *set, const char *spec, struct err *err);
void sysset_add_default(struct sysset *set); /* those marked "default" */
void sysset_print(const struct sysset *set, char *text,
		  unsigned size); /* names, comma-separated; parses back */
