/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/flags.h"

#include <stddef.h>
#include <string.h>

#include "base/buf.h"

struct flag {
	enum flags_set set;
	const char *name;
	uint64_t value[2]; /* on x86, on arm64 */
};

/* clang-format off */
static const struct flag flags[] = {
#include "abi/flags.inc"
};
/* clang-format on */

#define FLAGS_END (flags + sizeof(flags) / sizeof(flags[0]))

static uint64_t value_on(const struct flag *flag, enum abi abi)
{
	return flag->value[abi == ABI_ARM64 ? 1 : 0];
}

/* The rows of a set stand together. */
static const struct flag *first_of(enum flags_set set)
{
	const struct flag *p = flags;
	while (p < FLAGS_END && p->set != set)
		p++;
	return p;
}

const char *flags_name(enum flags_set set, uint64_t value, enum abi abi)
{
	const struct flag *p = first_of(set);
	for (; p < FLAGS_END && p->set == set; p++) {
		if (value_on(p, abi) == value)
			return p->name;
	}
	return NULL;
}

int64_t flags_value(enum flags_set set, const char *name, enum abi abi)
{
	const struct flag *p = first_of(set);
	for (; p < FLAGS_END && p->set == set; p++) {
		if (strcmp(p->name, name) == 0)
			return (int64_t)value_on(p, abi);
	}
	return -1;
}

void flags_print_more(struct buf *buf, enum flags_set set, uint64_t value,
		      enum abi abi)
{
	const struct flag *p = first_of(set);
	for (; value && p < FLAGS_END && p->set == set; p++) {
		uint64_t bits = value_on(p, abi);
		if ((value & bits) != bits)
			continue;
		buf_putc(buf, '|');
		buf_puts(buf, p->name);
		value &= ~bits;
	}
	if (value) {
		buf_putc(buf, '|');
		buf_hex(buf, value);
	}
}
