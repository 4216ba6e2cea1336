/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Allocation that ends the program cleanly when memory runs out.  Every store
 * has a byte budget, so this is never a normal event.
 */
#pragma once

#include <stddef.h>

/* Call first in main(): handlers run in reverse order, so that the sentence of
 * die() is printed after the terminal has been restored. */
void die_init(void);

/* Ends the program; "sctop: MESSAGE" goes to standard error last. */
_Noreturn void die(int status, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void *xmalloc(size_t size) __attribute__((malloc));
void *xcalloc(size_t count, size_t size)
	__attribute__((malloc)); /* zeroed; overflow ends too */
void *xrealloc(void *old, size_t size);
char *xstrdup(const char *text) __attribute__((malloc));
