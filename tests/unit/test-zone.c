/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/zone.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <time.h>

static int hour_at(time_t time)
{
	struct tm tm;
	cr_assert(ne(ptr, localtime_r(&time, &tm), NULL));
	return tm.tm_hour;
}

Test(zone, is_that_of_the_environment)
{
	struct zone zone;
	(void)setenv("TZ", "XYZ-3", 1);
	zone_find(&zone);
	cr_assert(eq(str, zone.name, ""));
	cr_assert(eq(str, zone.rule, "XYZ-3"));
	(void)setenv("TZ", "", 1);
	zone_find(&zone);
	cr_assert(eq(str, zone.rule, "UTC0"));
}

Test(zone, is_used_by_its_rule_where_its_name_is_not_known)
{
	const struct zone zone = {.name = "Mars/Olympus", .rule = "MMT-5"};
	cr_assert(zone_use(&zone));
	cr_assert(eq(i32, hour_at(0), 5));
}

Test(zone, leads_to_no_file_elsewhere)
{
	const struct zone zones[] = {
		{.name = "../../../etc/passwd"},
		{.name = "/etc/passwd"},
		{.name = "", .rule = ":/etc/passwd"},
		{.name = "", .rule = "/etc/passwd"},
		{.name = "", .rule = ""},
	};
	(void)setenv("TZ", "XYZ-3", 1);
	for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
		cr_assert(not(zone_use(&zones[i])));
		cr_assert(eq(str, getenv("TZ"), "XYZ-3"));
	}
}
