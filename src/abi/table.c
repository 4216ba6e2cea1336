/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/table.h"

#include <string.h>

#include "abi/flags.h"
#include "abi/structs.h"

/* clang-format off */
static const struct table_row rows[] = {
#include "abi/syscalls.inc"
};
/* clang-format on */

/* clang-format off */
static const struct table_other others[] = {
#include "abi/others.inc"
	{0},
};

static const struct syscall_command commands[] = {
#include "abi/commands.inc"
	{0},
};
/* clang-format on */

static const char *const abi_prefixes[ABI_COUNT] = {
	[ABI_X86_64] = "x86_64:",
	[ABI_ARM64] = "arm64:",
	[ABI_I386] = "i386:",
};

size_t table_count(void)
{
	return sizeof(rows) / sizeof(rows[0]);
}

const struct table_row *table_at(size_t i)
{
	return &rows[i];
}

const char *table_name(enum abi abi, uint32_t nr)
{
	for (size_t i = 0; i < table_count(); i++) {
		if (rows[i].nr[abi] >= 0 && (uint32_t)rows[i].nr[abi] == nr)
			return rows[i].name;
	}
	return NULL;
}

const struct table_other *table_other(const char *name, enum abi abi)
{
	for (const struct table_other *p = others; p->name; p++) {
		if (p->abi == abi && strcmp(p->name, name) == 0)
			return p;
	}
	return NULL;
}

const struct syscall_command *table_commands(const char *name,
					     unsigned *ret_count)
{
	const struct syscall_command *first = NULL;
	*ret_count = 0;
	for (const struct syscall_command *p = commands; p->call; p++) {
		if (strcmp(p->call, name) != 0)
			continue;
		first = first ? first : p;
		(*ret_count)++;
	}
	return first;
}

/* The part of ALIAS after the prefix of ABI; NULL if it is of another one. */
static const char *without_prefix(const char *alias, size_t len, enum abi abi)
{
	if (!memchr(alias, ':', len))
		return alias;
	size_t prefix = strlen(abi_prefixes[abi]);
	if (len > prefix && memcmp(alias, abi_prefixes[abi], prefix) == 0)
		return alias + prefix;
	return NULL;
}

bool table_alias(const struct table_row *row, enum abi abi, char *name,
		 size_t size)
{
	for (const char *p = row->aliases; *p;) {
		size_t len = strcspn(p, ",");
		const char *alias = without_prefix(p, len, abi);
		size_t rest = alias ? len - (size_t)(alias - p) : 0;
		if (alias && rest < size) {
			memcpy(name, alias, rest);
			name[rest] = '\0';
			return true;
		}
		p += len + (p[len] == ',' ? 1 : 0);
	}
	return false;
}
