/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/fault.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *switches(void)
{
#ifdef SCTOP_FAULTS
	const char *text = getenv("SCTOP_FAULT");
	return text ? text : "";
#else
	return "";
#endif
}

bool fault_is_set(const char *name)
{
	size_t len = strlen(name);
	for (const char *p = switches(); *p; p += *p == ',') {
		size_t here = strcspn(p, ",");
		if (here == len && memcmp(p, name, len) == 0)
			return true;
		p += here;
	}
	return false;
}

const char *fault_hidden(void)
{
	const char *hide = strstr(switches(), "hide="); /* the last switch */
	return hide ? hide + strlen("hide=") : NULL;
}
