/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

#include <stdlib.h>
#include <time.h>

static void in_utc(void)
{
	setenv("TZ", "UTC0", 1);
	tzset();
}

TestSuite(print_times, .init = in_utc);

Test(print_times, times_of_files_have_dates)
{
	EXPECT_ARGS("utimensat",
		    "args=0xffffff9c,0x10,0x20,0x100 text1=\"f\" "
		    "in2=1669000000,5,0,0x3ffffffe",
		    "AT_FDCWD, \"f\", [{tv_sec=1669000000, tv_nsec=5} "
		    "/* 2022-11-21T03:06:40.000000005+0000 */, UTIME_OMIT], "
		    "AT_SYMLINK_NOFOLLOW");
	EXPECT_ARGS("utimensat",
		    "args=3,0x10,0x20,0 text1=\"f\" in2=7,0x3fffffff,0,0",
		    "3, \"f\", [UTIME_NOW, {tv_sec=0, tv_nsec=0}], 0");
	EXPECT_ARGS("utimensat",
		    "args=3,0x10,0x20,0 text1=\"f\" in2=5,1000000000,0,5",
		    "3, \"f\", [{tv_sec=5, tv_nsec=1000000000}, {tv_sec=0, "
		    "tv_nsec=5} /* 1970-01-01T00:00:00.000000005+0000 */], 0");
	EXPECT_ARGS("utimensat", "args=3,0x10,0x20,0 text1=\"f\" in2=-1,0,5,-1",
		    "3, \"f\", [{tv_sec=-1, tv_nsec=0} "
		    "/* 1969-12-31T23:59:59+0000 */, {tv_sec=5, "
		    "tv_nsec=18446744073709551615}], 0");
	EXPECT_ARGS("utimensat", "args=3,0x10,5,0 text1=\"f\"",
		    "3, \"f\", 0x5, 0");
}

Test(print_times, of_32_bit_programs)
{
	EXPECT_ARGS("utimes",
		    "compat args=0x10,0x20 text0=\"f\" in1=4:1,4:5,4:0,4:0",
		    "\"f\", [{tv_sec=1, tv_usec=5} "
		    "/* 1970-01-01T00:00:01.000005+0000 */, {tv_sec=0, "
		    "tv_usec=0}]");
	EXPECT_ARGS("utimensat_time64",
		    "compat args=3,0x10,0x20,0 text1=\"f\" "
		    "in2=1,5,0,0x3fffffff",
		    "3, \"f\", [{tv_sec=1, tv_nsec=5} "
		    "/* 1970-01-01T00:00:01.000000005+0000 */, UTIME_NOW], 0");
}

Test(print_times, a_result_may_be_a_time)
{
	cr_expect(eq(str, decoded_result("time", "args=0 ret=1669000000"),
		     "1669000000 (2022-11-21T03:06:40+0000)"));
	cr_expect(eq(str, decoded_result("time", "args=0 ret=0"), "0"));
	EXPECT_ARGS("time", "args=0x10 out0=1669000000",
		    "[1669000000 /* 2022-11-21T03:06:40+0000 */]");
}
