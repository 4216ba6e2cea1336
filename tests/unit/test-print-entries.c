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

Test(print_entries, shows_the_entry_that_readdir_reads)
{
	EXPECT_ARGS("readdir",
		    "args=3,0x10 compat out1=4:0xffffffff,4:3,2:3 "
		    "newtext1@0x1a=\"a\\nb\" ret=1",
		    "3, {d_ino=4294967295, d_off=3, d_reclen=3, "
		    "d_name=\"a\\nb\"}");
	EXPECT_ARGS("readdir",
		    "args=3,0x10 compat out1=4:1,4:2,2:2 "
		    "newtext1@0x1a=\"abc\" ret=1",
		    "3, {d_ino=1, d_off=2, d_reclen=2, d_name=\"ab\"...}");
	EXPECT_ARGS(
		"readdir",
		"args=3,0x10 compat out1=4:1,4:2,2:40 "
		"newtext1@0x1a=\"0123456789012345678901234567890123456789\" "
		"ret=1",
		"3, {d_ino=1, d_off=2, d_reclen=40, "
		"d_name=\"0123456789012345678901234567890123456789\"}");
	EXPECT_ARGS("readdir", "args=3,0x10 compat out1=4:1,4:2,2:1 ret=1",
		    "3, {d_ino=1, d_off=2, d_reclen=1, d_name=0x1a}");
}

Test(print_entries, shows_no_entry_where_readdir_reads_none)
{
	EXPECT_ARGS("readdir", "args=3,0x10 compat ret=0", "3, 0x10");
	EXPECT_ARGS("readdir", "args=3,0 compat ret=1", "3, NULL");
	EXPECT_ARGS("readdir", "args=3,0x10 compat ret=-20", "3, 0x10");
}
