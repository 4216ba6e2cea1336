/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/fmt.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"

#define EXPECT_FMT(call, expected)                                             \
	do {                                                                   \
		char data[64];                                                 \
		struct buf buf;                                                \
		buf_init(&buf, data, sizeof(data));                            \
		call;                                                          \
		cr_expect(eq(str, data, (expected)));                          \
	} while (0)

Test(fmt, a_span_counts_whole_seconds)
{
	EXPECT_FMT(fmt_span(&buf, 0), "0:00");
	EXPECT_FMT(fmt_span(&buf, 5999999999), "0:05");
	EXPECT_FMT(fmt_span(&buf, 3599000000000), "59:59");
	EXPECT_FMT(fmt_span(&buf, 3723000000000), "1:02:03");
}

Test(fmt, durations_keep_three_digits)
{
	EXPECT_FMT(fmt_duration(&buf, 0), "0 ns");
	EXPECT_FMT(fmt_duration(&buf, 812), "812 ns");
	EXPECT_FMT(fmt_duration(&buf, 999), "999 ns");
	EXPECT_FMT(fmt_duration(&buf, 1000), "1.0 us");
	EXPECT_FMT(fmt_duration(&buf, 12345), "12.3 us");
	EXPECT_FMT(fmt_duration(&buf, 99949), "99.9 us");
	EXPECT_FMT(fmt_duration(&buf, 99950), "100 us");
	EXPECT_FMT(fmt_duration(&buf, 1234567), "1.2 ms");
	EXPECT_FMT(fmt_duration(&buf, 12300000000), "12.3 s");
}

Test(fmt, a_duration_that_rounds_up_takes_the_next_unit)
{
	EXPECT_FMT(fmt_duration(&buf, 999499), "999 us");
	EXPECT_FMT(fmt_duration(&buf, 999500), "1.0 ms");
	EXPECT_FMT(fmt_duration(&buf, 999999999), "1.0 s");
	EXPECT_FMT(fmt_duration(&buf, 59940000000), "59.9 s");
	EXPECT_FMT(fmt_duration(&buf, 60000000000), "1m00s");
}

Test(fmt, long_durations_are_minutes_hours_days)
{
	EXPECT_FMT(fmt_duration(&buf, 125000000000), "2m05s");
	EXPECT_FMT(fmt_duration(&buf, 11040000000000), "3h04m");
	EXPECT_FMT(fmt_duration(&buf, 183600000000000), "2d03h");
	EXPECT_FMT(fmt_duration(&buf, UINT64_MAX), "213503d23h");
}

Test(fmt, counts_are_exact_below_ten_thousand)
{
	EXPECT_FMT(fmt_count(&buf, 0), "0");
	EXPECT_FMT(fmt_count(&buf, 9999), "9999");
	EXPECT_FMT(fmt_count(&buf, 10000), "10.0k");
	EXPECT_FMT(fmt_count(&buf, 12345), "12.3k");
	EXPECT_FMT(fmt_count(&buf, 999499), "999k");
	EXPECT_FMT(fmt_count(&buf, 999500), "1.0M");
	EXPECT_FMT(fmt_count(&buf, UINT64_MAX), "18447P");
}

Test(fmt, bytes_go_by_powers_of_1024)
{
	EXPECT_FMT(fmt_bytes(&buf, 1023), "1023");
	EXPECT_FMT(fmt_bytes(&buf, 1024), "1.0K");
	EXPECT_FMT(fmt_bytes(&buf, 12595), "12.3K");
	EXPECT_FMT(fmt_bytes(&buf, 1048575), "1.0M");
	EXPECT_FMT(fmt_bytes(&buf, 3221225472), "3.0G");
}

Test(fmt, a_rate_that_is_not_zero_never_reads_zero)
{
	EXPECT_FMT(fmt_rate(&buf, 0), "0");
	EXPECT_FMT(fmt_rate(&buf, 0.01), "<0.1");
	EXPECT_FMT(fmt_rate(&buf, 0.5), "0.5");
	EXPECT_FMT(fmt_rate(&buf, 99.94), "99.9");
	EXPECT_FMT(fmt_rate(&buf, 99.95), "100");
	EXPECT_FMT(fmt_rate(&buf, 12345.6), "12.3k");
}

Test(fmt, percent_may_exceed_a_hundred)
{
	EXPECT_FMT(fmt_percent(&buf, 0), "0%");
	EXPECT_FMT(fmt_percent(&buf, 0.001), "<0.1%");
	EXPECT_FMT(fmt_percent(&buf, 12.34), "12.3%");
	EXPECT_FMT(fmt_percent(&buf, 399.6), "400%");
}

Test(fmt, clocks_are_in_local_time)
{
	setenv("TZ", "UTC-2", 1);
	tzset();
	EXPECT_FMT(fmt_clock(&buf, 1732147200000812345, 0), "02:00:00");
	EXPECT_FMT(fmt_clock(&buf, 1732147200000812345, 3), "02:00:00.000");
	EXPECT_FMT(fmt_clock(&buf, 1732147200000812345, 6), "02:00:00.000812");
	EXPECT_FMT(fmt_date(&buf, 1732147200000812345), "11-21 02:00:00");
}

Test(fmt, seconds_have_six_digits)
{
	EXPECT_FMT(fmt_seconds(&buf, 812000), "0.000812");
	EXPECT_FMT(fmt_seconds(&buf, 1732147200000812345), "1732147200.000812");
}
