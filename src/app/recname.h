/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Names of recordings for which nobody gave one. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* "sctop-HOST-20261127-2205.rec", by the Unix time UNIX_NS as it is here. */
void recname_print(char *ret, size_t size, uint64_t unix_ns);

/* The same, with a number behind it where there is such a file already. */
void recname_print_free(char *ret, size_t size, uint64_t unix_ns);

/* PATH with NUMBER behind it, 0: without; negative errno: it is too long. */
int recname_number(char *ret, size_t size, const char *path, unsigned number);
