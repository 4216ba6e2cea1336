/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

#define EXPECT_RESULT(name, words, text)                                       \
	cr_expect(eq(str, decoded_result(name, words), text))

Test(result, of_a_choice_is_decimal_and_named)
{
	EXPECT_RESULT("sched_getscheduler", "args=0 ret=3", "3 (SCHED_BATCH)");
	EXPECT_RESULT("sched_getscheduler", "args=0 ret=77", "77");
	EXPECT_RESULT("prctl", "args=3 ret=1", "1 (SUID_DUMP_USER)");
}

Test(result, of_bits_is_hexadecimal_and_named)
{
	EXPECT_RESULT("prctl", "args=27 ret=5",
		      "0x5 (SECBIT_NOROOT|SECBIT_NO_SETUID_FIXUP)");
	EXPECT_RESULT("prctl", "args=27 ret=0", "0");
	EXPECT_RESULT("fcntl", "args=3,1034 ret=1", "0x1 (seals F_SEAL_SEAL)");
	EXPECT_RESULT("fcntl", "args=3,1034 ret=0", "0");
	EXPECT_RESULT("fcntl", "args=3,1025 ret=2", "0x2 (F_UNLCK)");
	EXPECT_RESULT("membarrier", "args=0,0 ret=1",
		      "0x1 (MEMBARRIER_CMD_GLOBAL)");
	EXPECT_RESULT("membarrier", "args=1,0 ret=0", "0");
}

Test(result, of_old_signal_calls_is_what_was_there)
{
	EXPECT_RESULT("signal", "compat args=2,1 ret=0", "0 (SIG_DFL)");
	EXPECT_RESULT("signal", "compat args=2,1 ret=0x1000", "0x1000");
	EXPECT_RESULT("sgetmask", "compat args=0 ret=3",
		      "0x3 (mask [HUP INT])");
	EXPECT_RESULT("ssetmask", "compat args=0 ret=1",
		      "0x1 (old mask [HUP])");
}

Test(result, of_recvmmsg_tells_the_time_left)
{
	EXPECT_RESULT("recvmmsg", "args=3,0x10,2,0,0x20 in4=1,5 out4=0,7 ret=1",
		      "1 (left {tv_sec=0, tv_nsec=7})");
	EXPECT_RESULT("recvmmsg", "args=3,0x10,2,0,0 ret=1", "1");
	EXPECT_RESULT("recvmmsg", "args=3,0x10,2,0,0 ret=0", "0 (Timeout)");
}

Test(result, of_set_thread_area_tells_the_entry)
{
	EXPECT_RESULT("set_thread_area",
		      "compat args=0x10 in0=4:0xffffffff out0=4:6 ret=0",
		      "0 (entry_number=6)");
}

Test(result, an_error_may_lack_its_upper_half)
{
	EXPECT_RESULT("modify_ldt", "args=1,0,16 ret=4294967274",
		      "4294967274 EINVAL (Invalid argument)");
	EXPECT_RESULT("modify_ldt", "args=0,0,16 ret=16", "16");
}
