/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

Test(print_entries, counts_the_entries)
{
	EXPECT_ARGS("getdents64", "args=3,0x10,32768 ret=808 newcount1=30",
		    "3, 0x10 /* 30 entries */, 32768");
	EXPECT_ARGS("getdents64", "args=3,0x10,32768 ret=0",
		    "3, 0x10 /* 0 entries */, 32768");
	EXPECT_ARGS("getdents64", "args=3,0x10,24 ret=24 newcount1=1",
		    "3, 0x10 /* 1 entries */, 24");
	EXPECT_ARGS("getdents64", "args=3,0x10,10 ret=-22", "3, 0x10, 10");
	EXPECT_ARGS("getdents64", "args=3,0x10,100 ret=88", "3, 0x10, 100");
	EXPECT_ARGS("getdents", "args=3,0x10,32768 ret=64 newcount1=2",
		    "3, 0x10 /* 2 entries */, 32768");
}
