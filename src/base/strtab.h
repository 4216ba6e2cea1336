/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Interned text: one counted copy of each distinct text, within a byte budget.
 * Equal texts have equal pointers.
 */
#pragma once

#include <stddef.h>

struct strtab;

struct strtab *strtab_new(size_t limit_bytes); /* strtab_free() */
void strtab_free(struct strtab *tab);

/*
 * The text's one copy, NUL-terminated, valid until as many strtab_unref()
 * calls; what follows a NUL in TEXT is dropped.  At the budget: "".
 */
const char *strtab_ref(struct strtab *tab, const char *text, size_t len);

/* TEXT is what strtab_ref() returned, or NULL. */
void strtab_unref(struct strtab *tab, const char *text);

size_t strtab_used_bytes(const struct strtab *tab);
