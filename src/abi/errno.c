/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/errno.h"

#include <stddef.h>
#include <string.h>

#include "base/glob.h"

struct code {
	const char *name; /* NULL: no such code */
	const char *text;
	const char *usual; /* globs of calls, separated by blanks */
};

/* clang-format off */
static const struct code codes[] = {
#include "abi/errno.inc"
};
/* clang-format on */

#define CODES (int)(sizeof(codes) / sizeof(codes[0]))

struct alias {
	const char *name;
	int code;
};

/* Second names in <asm-generic/errno.h> and in glibc's <errno.h>. */
static const struct alias aliases[] = {
	{"EDEADLOCK", 35},
	{"ENOTSUP", 95},
	{"EWOULDBLOCK", 11},
};

const char *errno_name(int code)
{
	return code > 0 && code < CODES ? codes[code].name : NULL;
}

const char *errno_text(int code)
{
	return errno_name(code) ? codes[code].text : "";
}

const char *errno_usual_calls(int code)
{
	return errno_name(code) ? codes[code].usual : "";
}

bool errno_is_usual(int code, const char *call)
{
	const char *p = errno_usual_calls(code);
	while (*p) {
		char glob[64];
		size_t len = strcspn(p, " ");
		if (len < sizeof(glob)) {
			memcpy(glob, p, len);
			glob[len] = '\0';
			if (glob_match(glob, call))
				return true;
		}
		p += len;
		p += strspn(p, " ");
	}
	return false;
}

int errno_by_name(const char *name)
{
	for (int code = 1; code < CODES; code++) {
		if (codes[code].name && strcmp(codes[code].name, name) == 0)
			return code;
	}
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
		if (strcmp(aliases[i].name, name) == 0)
			return aliases[i].code;
	}
	return -1;
}

int errno_is_restart(long ret)
{
	return (ret <= -512 && ret >= -514) || ret == -516;
}
