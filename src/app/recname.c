/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/recname.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define NUMBERS 1000 /* then whoever makes the file says that it exists */

/* Nothing that a shell or a path would take for something else. */
static void print_host(char *ret, size_t size)
{
	struct utsname name = {0};
	(void)uname(&name);                             /* cannot fail */
	(void)snprintf(ret, size, "%s", name.nodename); /* it is long enough */
	ret[strcspn(ret, ".")] = '\0';
	for (char *at = ret; *at; at++) {
		if (!strchr("abcdefghijklmnopqrstuvwxyz"
			    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_",
			    *at))
			*at = '_';
	}
}

void recname_print(char *ret, size_t size, uint64_t unix_ns)
{
	char host[sizeof(((struct utsname *)NULL)->nodename)];
	char when[16] = "";
	time_t seconds = (time_t)(unix_ns / 1000000000u);
	struct tm tm = {0};
	print_host(host, sizeof(host));
	(void)localtime_r(&seconds, &tm); /* zeros for a year that is no int */
	(void)strftime(when, sizeof(when), "%Y%m%d-%H%M", &tm);   /* fits */
	(void)snprintf(ret, size, "sctop-%s-%s.rec", host, when); /* fits */
}

int recname_number(char *ret, size_t size, const char *path, unsigned number)
{
	int n = number ? snprintf(ret, size, "%s.%u", path, number)
		       : snprintf(ret, size, "%s", path);
	return n < 0 || (size_t)n >= size ? -ENAMETOOLONG : 0;
}

void recname_print_free(char *ret, size_t size, uint64_t unix_ns)
{
	char name[NAME_MAX];
	recname_print(name, sizeof(name), unix_ns);
	(void)recname_number(ret, size, name, 0); /* fits, as below */
	for (unsigned i = 1; i < NUMBERS && access(ret, F_OK) == 0; i++)
		(void)recname_number(ret, size, name, i);
}
