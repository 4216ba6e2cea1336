/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

Test(print_wait_status, how_a_child_ended)
{
	EXPECT_ARGS("wait4", "args=7,0x10,0,0 ret=7 out1=4:0x300",
		    "7, [{WIFEXITED(s) && WEXITSTATUS(s) == 3}], 0, NULL");
	EXPECT_ARGS("wait4", "args=7,0x10,0,0 ret=7 out1=4:9",
		    "7, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGKILL}], 0, NULL");
	EXPECT_ARGS("wait4", "args=7,0x10,0,0 ret=7 out1=4:0x86",
		    "7, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGABRT && "
		    "WCOREDUMP(s)}], 0, NULL");
}

Test(print_wait_status, how_a_child_stopped)
{
	EXPECT_ARGS("wait4", "args=7,0x10,2,0 ret=7 out1=4:0x137f",
		    "7, [{WIFSTOPPED(s) && WSTOPSIG(s) == SIGSTOP}], WSTOPPED, "
		    "NULL");
	EXPECT_ARGS("wait4", "args=7,0x10,8,0 ret=7 out1=4:0xffff",
		    "7, [{WIFCONTINUED(s)}], WCONTINUED, NULL");
	EXPECT_ARGS("wait4", "args=7,0x10,0,0 ret=7 out1=4:0x4057f",
		    "7, [{WIFSTOPPED(s) && WSTOPSIG(s) == "
		    "SIGTRAP}|PTRACE_EVENT_EXEC<<16], 0, NULL");
	EXPECT_ARGS("wait4", "args=7,0x10,0,0 ret=7 out1=4:0x857f",
		    "7, [{WIFSTOPPED(s) && WSTOPSIG(s) == SIGTRAP | 0x80}], 0, "
		    "NULL");
}

Test(print_wait_status, there_may_be_none)
{
	EXPECT_ARGS("wait4", "args=7,0x10,1,0 ret=0 out1=4:0",
		    "7, 0x10, WNOHANG, NULL");
	EXPECT_ARGS("wait4", "args=7,0x10,0,0 ret=-10", "7, 0x10, 0, NULL");
	EXPECT_ARGS("wait4", "args=7,0,0,0 ret=7", "7, NULL, 0, NULL");
}
