/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

Test(print_sigset, names_the_signals)
{
	EXPECT_ARGS("rt_sigprocmask", "args=0,0x10,0x20,8 in1=0x10002 out2=0",
		    "SIG_BLOCK, [INT CHLD], [], 8");
	EXPECT_ARGS("rt_sigprocmask", "args=2,0x10,0,8 in1=0xc000000180000000",
		    "SIG_SETMASK, [RTMIN RT_1 RT_31 RT_32], NULL, 8");
	EXPECT_ARGS("rt_sigprocmask", "args=0,0,0x20,8 out2=1",
		    "SIG_BLOCK, NULL, [HUP], 8");
}

Test(print_sigset, names_what_is_missing_where_most_are_there)
{
	EXPECT_ARGS("rt_sigprocmask",
		    "args=0,0x10,0x20,8 in1=0xffffffffffffffff "
		    "out2=0xfffffffe7fffffff",
		    "SIG_BLOCK, ~[], ~[RTMIN RT_1], 8");
	EXPECT_ARGS("rt_sigsuspend", "args=0x10,8 in0=0xffffffffffffc000",
		    "~[HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 "
		    "PIPE ALRM], 8");
	EXPECT_ARGS("rt_sigsuspend", "args=0x10,8 in0=0x1ffffffffff",
		    "[HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 "
		    "PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG "
		    "XCPU XFSZ VTALRM PROF WINCH IO PWR SYS RTMIN RT_1 RT_2 "
		    "RT_3 RT_4 RT_5 RT_6 RT_7 RT_8 RT_9], 8");
	EXPECT_ARGS("rt_sigsuspend", "args=0x10,8 in0=0x3ffffffffff",
		    "~[RT_11 RT_12 RT_13 RT_14 RT_15 RT_16 RT_17 RT_18 RT_19 "
		    "RT_20 RT_21 RT_22 RT_23 RT_24 RT_25 RT_26 RT_27 RT_28 "
		    "RT_29 RT_30 RT_31 RT_32], 8");
}

Test(print_sigset, a_wrong_size_or_place_is_an_address)
{
	EXPECT_ARGS("rt_sigprocmask", "args=0,0x10,0x20,4 in1=2 ret=-22",
		    "SIG_BLOCK, 0x10, 0x20, 4");
	EXPECT_ARGS("rt_sigprocmask", "args=0,0x10,0x20,16 in1=2,2 ret=-22",
		    "SIG_BLOCK, 0x10, 0x20, 16");
	EXPECT_ARGS("rt_sigprocmask", "args=0,0x10,0,8 ret=-14",
		    "SIG_BLOCK, 0x10, NULL, 8");
	EXPECT_ARGS("rt_sigpending", "args=0x10,0", "0x10, 0");
}

Test(print_sigset, the_beginning_of_one_can_be_asked_for)
{
	EXPECT_ARGS("rt_sigpending", "args=0x10,4 out0=4:2", "[INT], 4");
	EXPECT_ARGS("rt_sigpending", "args=0x10,1 out0=1:0xfe", "~[HUP], 1");
}

Test(print_sigset, of_pselect6_is_behind_a_pair)
{
	EXPECT_ARGS("pselect6", "args=0,0,0,0,0,0x60 in5=0x100,8 in5@0x100=2",
		    "0, NULL, NULL, NULL, NULL, {sigmask=[INT], sigsetsize=8}");
	EXPECT_ARGS("pselect6", "args=0,0,0,0,0,0x60 in5=0x100,4 in5@0x100=2",
		    "0, NULL, NULL, NULL, NULL, {sigmask=0x100, sigsetsize=4}");
	EXPECT_ARGS("pselect6", "args=0,0,0,0,0,0x60 in5=0,8",
		    "0, NULL, NULL, NULL, NULL, {sigmask=NULL, sigsetsize=8}");
	EXPECT_ARGS("pselect6", "args=0,0,0,0,0,0x60",
		    "0, NULL, NULL, NULL, NULL, 0x60");
	EXPECT_ARGS("pselect6",
		    "compat args=0,0,0,0,0,0x60 in5=4:0x100,8 in5@0x100=2",
		    "0, NULL, NULL, NULL, NULL, {sigmask=[INT], sigsetsize=8}");
}

Test(print_sigset, sigaction)
{
	EXPECT_ARGS("rt_sigaction",
		    "args=10,0x10,0x20,8 in1=0x1234,0x14000004,0x5678,6 "
		    "out2=0,0,0x5678,0",
		    "SIGUSR1, {sa_handler=0x1234, sa_mask=[INT QUIT], "
		    "sa_flags=SA_RESTORER|SA_RESTART|SA_SIGINFO, "
		    "sa_restorer=0x5678}, "
		    "{sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8");
	EXPECT_ARGS("rt_sigaction",
		    "args=17,0x10,0x20,8 in1=1,0x100000000,0,0 ret=-22",
		    "SIGCHLD, {sa_handler=SIG_IGN, sa_mask=[], "
		    "sa_flags=0x100000000 /* SA_??? */}, 0x20, 8");
	EXPECT_ARGS("rt_sigaction", "args=17,0x10,0,8 in1=-1,0x4000000,0,0",
		    "SIGCHLD, {sa_handler=SIG_ERR, sa_mask=[], "
		    "sa_flags=SA_RESTORER, sa_restorer=NULL}, NULL, 8");
	EXPECT_ARGS("rt_sigaction", "args=17,0x10,0,8 in1=0,0,0", //
		    "SIGCHLD, 0x10, NULL, 8");
}

Test(print_sigset, sigaction_of_a_32_bit_program)
{
	EXPECT_ARGS("rt_sigaction",
		    "compat args=10,0x10,0,8 "
		    "in1=4:0x1234,0x14000004,0x99,6,0x80",
		    "SIGUSR1, {sa_handler=0x1234, sa_mask=[INT QUIT RT_8], "
		    "sa_flags=SA_RESTORER|SA_RESTART|SA_SIGINFO, "
		    "sa_restorer=0x99}, NULL, 8");
	EXPECT_ARGS("sigaction",
		    "compat args=10,0x10,0x20 in1=4:0xffffffff,6,0x10000000,9 "
		    "out2=4:1,0,0x4000000,9",
		    "SIGUSR1, {sa_handler=0xffffffff, sa_mask=[INT QUIT], "
		    "sa_flags=SA_RESTART}, {sa_handler=SIG_IGN, sa_mask=[], "
		    "sa_flags=SA_RESTORER, sa_restorer=0x9}");
}

Test(print_sigset, of_32_signals)
{
	EXPECT_ARGS("sigprocmask",
		    "compat args=0,0x10,0x20 in1=4:6 out2=4:0x3fffff",
		    "SIG_BLOCK, [INT QUIT], ~[URG XCPU XFSZ VTALRM PROF WINCH "
		    "IO PWR SYS RTMIN]");
	EXPECT_ARGS("sigprocmask", "compat args=0,0x10,0",
		    "SIG_BLOCK, 0x10, NULL");
	EXPECT_ARGS("ssetmask", "compat args=0xfffffff0",
		    "~[HUP INT QUIT ILL]");
	EXPECT_ARGS("sigsuspend", "compat args=0,0,6", "[INT QUIT]");
}

Test(print_sigset, handlers)
{
	EXPECT_ARGS("signal", "compat args=10,0", "SIGUSR1, SIG_DFL");
	EXPECT_ARGS("signal", "compat args=10,1", "SIGUSR1, SIG_IGN");
	EXPECT_ARGS("signal", "compat args=10,0x1234", "SIGUSR1, 0x1234");
}
