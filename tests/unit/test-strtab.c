/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/strtab.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <string.h>

Test(strtab, equal_texts_share_one_copy)
{
	struct strtab *tab = strtab_new(4096);
	char first[] = "bash";
	char second[] = "bash";
	const char *a = strtab_ref(tab, first, 4);
	const char *b = strtab_ref(tab, second, 4);
	cr_expect(eq(ptr, (void *)a, (void *)b));
	cr_expect(eq(str, (char *)a, "bash"));
	strtab_free(tab);
}

Test(strtab, stops_at_a_nul)
{
	struct strtab *tab = strtab_new(4096);
	cr_expect(eq(str, (char *)strtab_ref(tab, "ab\0cd", 5), "ab"));
	strtab_free(tab);
}

Test(strtab, gives_memory_back_with_the_last_reference)
{
	struct strtab *tab = strtab_new(4096);
	const char *a = strtab_ref(tab, "python3", 7);
	size_t used = strtab_used_bytes(tab);
	cr_expect(gt(sz, used, 8));
	cr_expect(eq(ptr, (void *)strtab_ref(tab, "python3", 7), (void *)a));
	strtab_unref(tab, a);
	cr_expect(eq(sz, strtab_used_bytes(tab), used));
	strtab_unref(tab, a);
	cr_expect(eq(sz, strtab_used_bytes(tab), 0));
	strtab_free(tab);
}

Test(strtab, refuses_beyond_its_budget)
{
	struct strtab *tab = strtab_new(1000);
	char text[32];
	int kept = 0;
	for (int i = 0; i < 100; i++) {
		int n = snprintf(text, sizeof(text), "name %d", i);
		kept += *strtab_ref(tab, text, (size_t)n) != '\0';
	}
	cr_expect(gt(int, kept, 3));
	cr_expect(lt(int, kept, 20));
	cr_expect(le(sz, strtab_used_bytes(tab), 1000));
	strtab_free(tab);
}

Test(strtab, unref_of_nothing_does_nothing)
{
	struct strtab *tab = strtab_new(16);
	strtab_unref(tab, NULL);
	strtab_unref(tab, strtab_ref(tab, "", 0));
	cr_expect(eq(sz, strtab_used_bytes(tab), 0));
	strtab_free(tab);
	strtab_free(NULL);
}
