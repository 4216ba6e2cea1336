/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What -l and -x print.  Columns are set apart by two blanks or more, and no
 * line depends on another, so that lists of two kernels can be compared.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

struct catalogue;
struct err;

/* One line per syscall: name, the kernel's alias, class, state, signature,
 * meaning.  -EIO if OUT takes no more. */
int list_print(const struct catalogue *cat, FILE *out, bool heading);

/*
 * Explains NAME: a syscall, a class ("%file") or an errno ("ENOENT").  -EINVAL
 * with a sentence that suggests the nearest name; -EIO if OUT takes no more.
 */
int list_explain(const struct catalogue *cat, const char *name, FILE *out,
		 struct err *err);
