/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/nearest.h"

#include <criterion/criterion.h>

static const char *const names[] = {"batch", NULL, "summary", "trace",
				    "tracefs"};

static const char *name_at(const void *context, size_t i)
{
	(void)context;
	return names[i];
}

Test(nearest, finds_what_was_meant)
{
	cr_assert_str_eq(nearest("bacth", 5, name_at, NULL), "batch");
	cr_assert_str_eq(nearest("tracefss", 5, name_at, NULL), "tracefs");
	cr_assert_str_eq(nearest("TRACE", 5, name_at, NULL), "trace");
}

Test(nearest, finds_nothing_for_another_word)
{
	cr_assert_null(nearest("completely", 5, name_at, NULL));
	cr_assert_null(nearest("", 5, name_at, NULL));
}
