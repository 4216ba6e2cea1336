/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What -l --verbose prints: how every argument is understood. */
#pragma once

#include <stdio.h>

struct catalogue;

/*
 * One line per syscall, "read(fd:fd, buf:out bytes[ret], count:ulong)"; one for
 * 32-bit callers where theirs differ, and one per command that has arguments of
 * its own.  -EIO if OUT takes no more.
 */
int list_types(const struct catalogue *cat, FILE *out);
