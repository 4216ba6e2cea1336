/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/strace_names.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/xalloc.h"

void strace_names_done(struct strace_names *names)
{
	struct strace_name *name;
	struct strace_name *next;
	HASH_ITER (hh, names->table, name, next) {
		HASH_DEL(names->table, name);
		free(name);
	}
}

/* strace leaves out the second half of what came in two, and begins a clone
 * with its stack. */
static void find_places(struct strace_name *name)
{
	const struct syscall *sc = name->sc;
	const struct syscall_arg *args =
		name->compat ? sc->compat_args : sc->args;
	unsigned nargs = name->compat ? sc->compat_nargs : sc->nargs;
	unsigned count = 0;
	for (unsigned i = 0; i < nargs && i < EVENT_ARGS; i++) {
		if (args[i].spec.kind != ARG_PART)
			name->places[count++] = (uint8_t)i;
	}
	while (count < EVENT_ARGS) {
		name->places[count] =
			count ? name->places[count - 1] : (uint8_t)0;
		count++;
	}
	if (nargs > 1 && args[0].spec.kind == ARG_CLONE) {
		name->places[0] = 1;
		name->places[1] = 0;
	}
}

/* syscall_0x3e7: a number that strace has no name for either. */
static bool is_number(const char *name, uint32_t *ret)
{
	static const char before[] = "syscall_0x";
	size_t len = sizeof(before) - 1;
	if (strncmp(name, before, len) != 0 || !name[len])
		return false;
	char *end = NULL;
	errno = 0;
	unsigned long long value = strtoull(name + len, &end, 16);
	*ret = (uint32_t)value; /* a native one was widened */
	return errno == 0 && *end == '\0';
}

static void resolve(struct strace_names *names, struct strace_name *name)
{
	struct catalogue *cat = names->cat;
	uint32_t index = catalogue_by_name(cat, name->name);
	if (index == SYSCALL_NONE && !is_number(name->name, &name->nr))
		name->nr = catalogue_number_of(cat, name->name);
	if (index != SYSCALL_NONE) {
		int native = catalogue_nr(cat, index, false);
		name->compat_nr = catalogue_nr(cat, index, true);
		name->compat = native < 0;
		name->nr = (uint32_t)(native < 0 ? name->compat_nr : native);
	}
	index = catalogue_by_nr(cat, name->nr, name->compat);
	name->sc = catalogue_get(cat, index);
	find_places(name);
}

const struct strace_name *strace_names_find(struct strace_names *names,
					    const struct strace_text *text)
{
	struct strace_name *name = NULL;
	if (text->len >= STRACE_NAME_SIZE)
		return NULL;
	HASH_FIND(hh, names->table, text->at, text->len, name);
	if (name)
		return name;
	if (HASH_COUNT(names->table) >= STRACE_NAMES_LIMIT) {
		struct strace_name *oldest = names->table;
		HASH_DEL(names->table, oldest);
		free(oldest);
	}
	name = xcalloc(1, sizeof(*name));
	memcpy(name->name, text->at, text->len);
	name->compat_nr = -1;
	resolve(names, name);
	HASH_ADD_KEYPTR(hh, names->table, name->name, text->len, name);
	return name;
}
