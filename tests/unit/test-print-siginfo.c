/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

#define REST ",0,0,0,0,0,0,0,0,0,0,0"

Test(print_siginfo, of_a_call)
{
	EXPECT_ARGS("rt_sigqueueinfo",
		    "args=5,10,0x10 in2=10,0,0x800000007,9,0" REST,
		    "5, SIGUSR1, {si_signo=SIGUSR1, si_code=SI_USER, si_pid=7, "
		    "si_uid=8}");
	EXPECT_ARGS("rt_sigqueueinfo", "args=5,10,0", "5, SIGUSR1, NULL");
	EXPECT_ARGS("rt_sigqueueinfo", "args=5,10,0x10", "5, SIGUSR1, 0x10");
	EXPECT_ARGS("waitid",
		    "args=0,0,0x10,4,0 out2=17,1,0x800000007,9,0" REST,
		    "P_ALL, 0, {si_signo=SIGCHLD, si_code=CLD_EXITED, "
		    "si_pid=7, si_uid=8, si_status=9, si_utime=0, "
		    "si_stime=0}, WEXITED, NULL");
	EXPECT_ARGS("waitid", "args=0,0,0x10,4,0 out2=0,0,0,0,0" REST,
		    "P_ALL, 0, {}, WEXITED, NULL");
	EXPECT_ARGS("waitid", "args=0,0,0x10,4,0 ret=-10",
		    "P_ALL, 0, 0x10, WEXITED, NULL");
}

Test(print_siginfo, of_a_32_bit_call)
{
	EXPECT_ARGS(
		"rt_sigqueueinfo",
		"args=5,10,0x10 compat in2=10,0x7ffffffff,0x900000008,0,0" REST,
		"5, SIGUSR1, {si_signo=SIGUSR1, si_code=SI_QUEUE, "
		"si_pid=7, si_uid=8, si_int=9, si_ptr=0x9}");
}

Test(print_siginfo, several_are_a_list)
{
	EXPECT_ARGS("ptrace",
		    "args=0x4209,5,0,0x100 ret=2 "
		    "out3=10,0,0x800000007,9,0" REST
		    ",12,0,0x800000007,9,0" REST,
		    "PTRACE_PEEKSIGINFO, 5, NULL, "
		    "[{si_signo=SIGUSR1, si_code=SI_USER, si_pid=7, "
		    "si_uid=8}, {si_signo=SIGUSR2, si_code=SI_USER, si_pid=7, "
		    "si_uid=8}]");
}
