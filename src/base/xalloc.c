/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/xalloc.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static _Noreturn void out_of_memory(size_t size)
{
	die(1,
	    "out of memory allocating %zu bytes; lower --row-memory or "
	    "--count-memory",
	    size);
}

/* Written once, by die(); printed by the handler that exit() runs last. */
static char last_words[512];

static void print_last_words(void)
{
	if (last_words[0])
		(void)fprintf(stderr, "sctop: %s\n",
			      last_words); /* nowhere else to complain */
}

void die_init(void)
{
	(void)atexit(print_last_words); /* a failure only costs the sentence */
}

_Noreturn void die(int status, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	(void)vsnprintf(last_words, sizeof(last_words), format,
			args); /* a cut sentence still helps */
	va_end(args);
	exit(status);
}

void *xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);
	if (!p)
		out_of_memory(size);
	return p;
}

void *xcalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);
	if (!p)
		out_of_memory(size);
	return p;
}

void *xrealloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);
	if (!p)
		out_of_memory(size);
	return p;
}

char *xstrdup(const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(xmalloc(size), text, size);
}
