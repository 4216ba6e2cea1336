/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

Test(print_array, random_bytes_are_hexadecimal)
{
	EXPECT_ARGS("getrandom", "args=0x10,8,1 out0=\"\\x01A\\xff\" ret=3",
		    "\"\\x01\\x41\\xff\", 8, GRND_NONBLOCK");
	cr_expect(eq(str,
		     decoded_limited("getrandom",
				     "args=0x10,8,0 out0=\"abc\" ret=3", 2),
		     "\"\\x61\\x62\"..., 8, 0"));
	EXPECT_ARGS("getrandom", "args=0x10,8,0 ret=-11", "0x10, 8, 0");
	EXPECT_ARGS("getrandom", "args=0x10,0,0 ret=0", "\"\", 0, 0");
}

Test(print_array, the_name_of_a_thread_ends_at_its_limit)
{
	EXPECT_ARGS("prctl", "args=15,0x10 text1=\"worker\"",
		    "PR_SET_NAME, \"worker\"");
	EXPECT_ARGS("prctl", "args=15,0x10 text1=\"abcdefghijklmno\"",
		    "PR_SET_NAME, \"abcdefghijklmno\"...");
	EXPECT_ARGS("prctl", "args=15,5", "PR_SET_NAME, 0x5");
}

Test(print_array, processors_are_listed)
{
	EXPECT_ARGS("sched_setaffinity", "args=0,8,0x10 in2=0xf0f",
		    "0, 8, [0 1 2 3 8 9 10 11]");
	EXPECT_ARGS("sched_setaffinity", "args=0,5,0x10 in2=0x100000001",
		    "0, 5, [0 32]");
	EXPECT_ARGS("sched_getaffinity", "args=0,128,0x10 out2=3 ret=8",
		    "0, 128, [0 1]");
	EXPECT_ARGS("sched_getaffinity", "args=0,1,0x10 ret=-22", "0, 1, 0x10");
	EXPECT_ARGS("sched_setaffinity", "args=0,8,0", "0, 8, NULL");
	EXPECT_ARGS("sched_setaffinity",
		    "args=0,129,0x10 in2=1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1:1",
		    "0, 129, [0 ...]");
}

Test(print_array, a_set_of_nodes_is_words)
{
	EXPECT_ARGS("mbind", "args=0x1000,4096,2,0x10,64,0 in3=3",
		    "0x1000, 4096, MPOL_BIND, [0x00000000000003], 64, 0");
	EXPECT_ARGS("mbind", "args=0x1000,4096,2,0x10,66,0 in3=3,0",
		    "0x1000, 4096, MPOL_BIND, [0x00000000000003, "
		    "0000000000000000], 66, 0");
	EXPECT_ARGS("mbind", "args=0x1000,4096,2,0x10,1,0 in3=3",
		    "0x1000, 4096, MPOL_BIND, 0x10, 1, 0");
	EXPECT_ARGS("mbind", "args=0x1000,4096,2,0x10,0,0",
		    "0x1000, 4096, MPOL_BIND, [], 0, 0");
	EXPECT_ARGS("mbind", "compat args=0x1000,4096,2,0x10,33,0 in3=4:3",
		    "0x1000, 4096, MPOL_BIND, [0x000003], 33, 0");
}

Test(print_array, pages_in_memory_are_bits)
{
	EXPECT_ARGS("mincore", "args=0x1000,8193,0x10 out2=1:1,1:0,1:0xff",
		    "0x1000, 8193, [1, 0, 1]");
	EXPECT_ARGS("mincore", "args=0x1000,0,0x10", "0x1000, 0, []");
	EXPECT_ARGS("mincore", "args=0x1000,4096,0x10 ret=-12",
		    "0x1000, 4096, 0x10");
}

Test(print_array, a_page_is_somewhere_or_has_an_error)
{
	EXPECT_ARGS("move_pages",
		    "args=0,3,0x10,0,0x20,2 in2=0x1000,0,5 "
		    "out4=4:0,4:0xfffffff2,4:1",
		    "0, 3, [0x1000, NULL, 0x5], NULL, [0, -EFAULT, 1], "
		    "MPOL_MF_MOVE");
}

Test(print_array, an_offset_moves_if_something_was_sent)
{
	EXPECT_ARGS("sendfile", "args=3,4,0x10,100 in2=0 out2=100 ret=100",
		    "3, 4, [0] => [100], 100");
	EXPECT_ARGS("sendfile", "args=3,4,0x10,100 in2=7 out2=7 ret=0",
		    "3, 4, [7], 100");
	EXPECT_ARGS("sendfile", "args=3,4,0x10,100 in2=7 ret=-11",
		    "3, 4, [7], 100");
	EXPECT_ARGS("sendfile", "args=3,4,0,100", "3, 4, NULL, 100");
	EXPECT_ARGS("sendfile", "compat args=3,4,0x10,9 in2=4:1 out2=4:2 ret=1",
		    "3, 4, [1] => [2], 9");
}

Test(print_array, capabilities_are_joined_of_two_words)
{
	EXPECT_ARGS("capset",
		    "args=0x10,0x20 in0=4:0x20080522,4:0 "
		    "in1=4:1,4:3,4:0,4:0xff,4:0,4:0",
		    "{version=_LINUX_CAPABILITY_VERSION_3, pid=0}, "
		    "{effective=1<<CAP_CHOWN|1<<CAP_MAC_OVERRIDE|"
		    "1<<CAP_MAC_ADMIN|1<<CAP_SYSLOG|1<<CAP_WAKE_ALARM|"
		    "1<<CAP_BLOCK_SUSPEND|1<<CAP_AUDIT_READ|1<<CAP_PERFMON|"
		    "1<<CAP_BPF, permitted=1<<CAP_CHOWN|1<<CAP_DAC_OVERRIDE, "
		    "inheritable=0}");
	EXPECT_ARGS("capset",
		    "args=0x10,0x20 in0=4:0x20080522,4:0 "
		    "in1=4:1,4:0,4:33,4:0xffffff00,4:0xfe00,4:0x80000001",
		    "{version=_LINUX_CAPABILITY_VERSION_3, pid=0}, "
		    "{effective=1<<CAP_CHOWN|1<<CAP_CHECKPOINT_RESTORE|"
		    "0xfffffe00, permitted=0xfe00 /* CAP_??? */, "
		    "inheritable=1<<CAP_CHOWN|1<<CAP_KILL|"
		    "1<<CAP_MAC_OVERRIDE|0x80000000}");
	EXPECT_ARGS("capget",
		    "args=0x10,0x20 in0=4:0x19980330,4:5 out1=4:1,4:0,4:0",
		    "{version=_LINUX_CAPABILITY_VERSION_1, pid=5}, "
		    "{effective=1<<CAP_CHOWN, permitted=0, inheritable=0}");
	EXPECT_ARGS("capget", "args=0x10,0x20 in0=4:0x20071026,4:5 ret=-1",
		    "{version=_LINUX_CAPABILITY_VERSION_2, pid=5}, 0x20");
}

Test(print_array, attributes_end_before_their_nul)
{
	EXPECT_ARGS("setxattr",
		    "args=0x10,0x20,0x30,5,1 text0=\"f\" text1=\"user.x\" "
		    "in2=\"abc\\0\\0\"",
		    "\"f\", \"user.x\", \"abc\\0\", 5, XATTR_CREATE");
	EXPECT_ARGS("setxattr",
		    "args=0x10,0x20,0x30,65537,0 text0=\"f\" text1=\"user.x\" "
		    "in2=\"abc\"",
		    "\"f\", \"user.x\", 0x30, 65537, 0");
	EXPECT_ARGS("getxattr",
		    "args=0x10,0x20,0x30,9 text0=\"f\" text1=\"user.x\" "
		    "out2=\"\\x01\\0\" ret=2",
		    "\"f\", \"user.x\", \"\\1\", 9");
	EXPECT_ARGS("getxattr",
		    "args=0x10,0x20,0,0 text0=\"f\" text1=\"user.x\" ret=2",
		    "\"f\", \"user.x\", NULL, 0");
}

Test(print_array, the_working_directory_is_a_path)
{
	EXPECT_ARGS("getcwd", "args=0x10,200 text0=\"/home\" ret=6",
		    "\"/home\", 200");
	EXPECT_ARGS("getcwd", "args=0x10,2 ret=-34", "0x10, 2");
}
