/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/kept.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

/* SIZE bytes, each of which tells ID. */
static void put(struct kept *kept, uint64_t id, size_t size)
{
	char data[4096];
	memset(data, (int)('a' + id), size);
	kept_put(kept, id, data, size);
}

Test(kept, is_found_by_its_number)
{
	struct kept *kept = kept_new(1 << 16);
	put(kept, 7, 8);
	const char *data = kept_find(kept, 7);
	cr_assert(ne(ptr, (void *)data, NULL));
	cr_expect(eq(int, memcmp(data, "hhhhhhhh", 8), 0));
	cr_expect(eq(ptr, (void *)kept_find(kept, 8), NULL));
	kept_free(kept);
}

Test(kept, is_replaced_under_the_same_number)
{
	struct kept *kept = kept_new(1 << 16);
	put(kept, 7, 8);
	kept_put(kept, 7, "other", 6);
	cr_expect(eq(str, (char *)kept_find(kept, 7), "other"));
	kept_free(kept);
}

Test(kept, lets_go_first_what_nobody_asked_for_longest)
{
	struct kept *kept = kept_new(4096);
	for (uint64_t id = 1; id <= 3; id++)
		put(kept, id, 1024);
	cr_assert(ne(ptr, (void *)kept_find(kept, 1), NULL));
	put(kept, 4, 1024);
	cr_expect(eq(ptr, (void *)kept_find(kept, 2), NULL));
	cr_expect(ne(ptr, (void *)kept_find(kept, 1), NULL));
	cr_expect(ne(ptr, (void *)kept_find(kept, 3), NULL));
	cr_expect(ne(ptr, (void *)kept_find(kept, 4), NULL));
	kept_free(kept);
}

Test(kept, has_nothing_that_is_larger_than_its_budget)
{
	struct kept *kept = kept_new(64);
	put(kept, 1, 1024);
	cr_expect(eq(ptr, (void *)kept_find(kept, 1), NULL));
	kept_free(kept);
}
