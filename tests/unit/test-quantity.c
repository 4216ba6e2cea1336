/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/quantity.h"

#include <criterion/criterion.h>
#include <errno.h>

static uint64_t value;

Test(quantity, reads_durations_in_every_unit)
{
	cr_assert_eq(quantity_duration(&value, "7ns"), 0);
	cr_assert_eq(value, 7);
	cr_assert_eq(quantity_duration(&value, "250us"), 0);
	cr_assert_eq(value, 250000);
	cr_assert_eq(quantity_duration(&value, "10ms"), 0);
	cr_assert_eq(value, 10000000);
	cr_assert_eq(quantity_duration(&value, "3s"), 0);
	cr_assert_eq(value, 3000000000);
	cr_assert_eq(quantity_duration(&value, "2m"), 0);
	cr_assert_eq(value, 120000000000);
	cr_assert_eq(quantity_duration(&value, "1h"), 0);
	cr_assert_eq(value, 3600000000000);
}

Test(quantity, takes_a_bare_duration_as_seconds)
{
	cr_assert_eq(quantity_duration(&value, "2"), 0);
	cr_assert_eq(value, 2000000000);
}

Test(quantity, reads_fractions_exactly)
{
	cr_assert_eq(quantity_duration(&value, "0.1"), 0);
	cr_assert_eq(value, 100000000);
	cr_assert_eq(quantity_duration(&value, "1.234567891s"), 0);
	cr_assert_eq(value, 1234567891);
	cr_assert_eq(quantity_size(&value, "1.5K"), 0);
	cr_assert_eq(value, 1536);
}

Test(quantity, reads_sizes_as_powers_of_1024)
{
	cr_assert_eq(quantity_size(&value, "64K"), 0);
	cr_assert_eq(value, 65536);
	cr_assert_eq(quantity_size(&value, "16M"), 0);
	cr_assert_eq(value, 16777216);
	cr_assert_eq(quantity_size(&value, "1G"), 0);
	cr_assert_eq(value, 1073741824);
	cr_assert_eq(quantity_size(&value, "4096"), 0);
	cr_assert_eq(value, 4096);
}

Test(quantity, rejects_what_has_another_form)
{
	static const char *const bad[] = {"",    "s",    "-1",  "+1",
					  "1 s", "1.s",  ".5",  "1x",
					  "1S",  "0x10", "1e3", "1.2.3"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		cr_assert_eq(quantity_duration(&value, bad[i]), -EINVAL, "%s",
			     bad[i]);
	cr_assert_eq(quantity_size(&value, "1k"), -EINVAL);
	cr_assert_eq(quantity_number(&value, "1.5"), -EINVAL);
	cr_assert_eq(quantity_number(&value, ""), -EINVAL);
}

Test(quantity, rejects_what_does_not_fit_64_bits)
{
	cr_assert_eq(quantity_number(&value, "18446744073709551615"), 0);
	cr_assert_eq(value, UINT64_MAX);
	cr_assert_eq(quantity_number(&value, "18446744073709551616"), -ERANGE);
	cr_assert_eq(quantity_duration(&value, "6000000h"), -ERANGE);
	cr_assert_eq(quantity_size(&value, "99999999999G"), -ERANGE);
}
