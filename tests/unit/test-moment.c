/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/moment.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"

#define S 1000000000ull
#define M (60 * S)
#define H (60 * M)

/* From 22:00 to 03:00 o'clock in Berlin, over a midnight; at 23:30. */
static const struct moment_span night = {
	.first_ns = 1000 * S,
	.last_ns = 1000 * S + 5 * H,
	.at_ns = 1000 * S + H + 30 * M,
	.wall_offset_ns = 1732222800 * S - 1000 * S, /* 2024-11-21 21:00 UTC */
};

static void set_zone(void)
{
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
}

static uint64_t behind(const char *text)
{
	struct err err = {0};
	uint64_t ns = 0;
	set_zone();
	cr_assert(zero(i32, moment_parse(&ns, text, &night, &err)), "%s",
		  err.text);
	return ns - night.first_ns;
}

static const char *refused(struct err *err, const char *text)
{
	uint64_t ns = 0;
	set_zone();
	cr_assert(eq(i32, moment_parse(&ns, text, &night, err), -EINVAL), "%s",
		  text);
	return err->text;
}

Test(moment, is_a_time_of_day_on_either_side_of_midnight)
{
	cr_assert(eq(u64, behind("23:00"), H));
	cr_assert(eq(u64, behind("22:00:00"), 0));
	cr_assert(eq(u64, behind("00:30"), 2 * H + 30 * M));
	cr_assert(eq(u64, behind("0:30:01.5"), 2 * H + 30 * M + 3 * S / 2));
	cr_assert(eq(u64, behind("23:59:59.123456789"), 2 * H - 876543211));
	cr_assert(eq(u64, behind("03:00"), 5 * H));
}

Test(moment, is_so_much_later_or_earlier_but_within_the_recording)
{
	cr_assert(eq(u64, behind("+5s"), H + 30 * M + 5 * S));
	cr_assert(eq(u64, behind("-5"), H + 30 * M - 5 * S));
	cr_assert(eq(u64, behind("+1.5ms"), H + 30 * M + 1500000));
	cr_assert(eq(u64, behind("-2h"), 0));
	cr_assert(eq(u64, behind("+2m"), H + 32 * M));
	cr_assert(eq(u64, behind("+900h"), 5 * H));
}

Test(moment, is_a_part_of_it)
{
	cr_assert(eq(u64, behind("0%"), 0));
	cr_assert(eq(u64, behind("50%"), 2 * H + 30 * M));
	cr_assert(eq(u64, behind("12.5%"), 37 * M + 30 * S));
	cr_assert(eq(u64, behind("100%"), 5 * H));
}

Test(moment, is_nothing_else)
{
	static const char *const texts[] = {
		"",           "noon",
		"12",         "12:3",
		"24:00",      "12:60",
		"1:00:61",    "12:00:00,5",
		"12:00:00.x", "+",
		"-x",         "+5 parsecs",
		"%",          "x%",
		"-1%",        "101%",
		"nan%",       ":",
		"12:",        "12:00:",
		"123:00",     "12:00.5x",
		"0x10%:",     "99999999999999999999999999999999999999999%",
	};
	struct err err;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		cr_assert(ne(str, (char *)refused(&err, texts[i]), ""));
}

Test(moment, says_what_the_recording_has)
{
	struct err err = {0};
	cr_assert(eq(str, (char *)refused(&err, "12:00"),
		     "12:00 is not in the recording, which goes from "
		     "11-21 22:00:00 to 11-22 03:00:00"));
}
