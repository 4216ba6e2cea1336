/* SPDX-License-Identifier: GPL-2.0-or-later */
/* catalogue_nearest(): what a misspelt name was meant to be. */
#include "config.h"

#include "abi/syscall.h"

#include "base/nearest.h"

static const char *name_at(const void *context, size_t i)
{
	const struct syscall *sc = catalogue_get(context, (uint32_t)i);
	return sc->presence == SYSCALL_UNKNOWN ? NULL : sc->name;
}

const char *catalogue_nearest(const struct catalogue *cat, const char *name)
{
	return *name ? nearest(name, catalogue_count(cat), name_at, cat) : NULL;
}
