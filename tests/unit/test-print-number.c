/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

Test(print_number, requests_have_names)
{
	EXPECT_ARGS("ioctl", "args=3,0x541b,0x10 out2=4:7", "3, FIONREAD, [7]");
	EXPECT_ARGS("ioctl", "args=3,0x5451", "3, FIOCLEX");
	EXPECT_ARGS("ioctl", "args=3,0x80045430,0x10 out2=4:4",
		    "3, TIOCGPTN, [4]");
	EXPECT_ARGS("ioctl", "args=3,0x1200000000005451", "3, FIOCLEX");
}

Test(print_number, requests_of_one_number_stand_together)
{
	EXPECT_ARGS("ioctl", "args=3,0x40049409,4",
		    "3, BTRFS_IOC_CLONE or FICLONE, 4");
}

Test(print_number, unknown_requests_are_taken_apart)
{
	EXPECT_ARGS("ioctl", "args=3,0x12345678,5",
		    "3, _IOC(_IOC_NONE, 0x56, 0x78, 0x1234), 0x5");
	EXPECT_ARGS("ioctl", "args=3,0xffffffff,0",
		    "3, _IOC(_IOC_READ|_IOC_WRITE, 0xff, 0xff, 0x3fff), 0");
	EXPECT_ARGS("ioctl", "args=3,0x80000000,5",
		    "3, _IOC(_IOC_READ, 0, 0, 0), 0x5");
	EXPECT_ARGS("ioctl", "args=3,0x40000000,5",
		    "3, _IOC(_IOC_WRITE, 0, 0, 0), 0x5");
}

Test(print_number, some_requests_say_how_large_the_buffer_is)
{
	EXPECT_ARGS("ioctl", "args=3,0x81004506,5", "3, EVIOCGNAME(256), 0x5");
	EXPECT_ARGS("ioctl", "args=3,0x80604518,5", "3, EVIOCGKEY(96), 0x5");
}

Test(print_number, a_quota_command_has_a_type)
{
	EXPECT_ARGS("quotactl", "args=0x80000100,0x10,0,0 text1=\"/dev/sda1\"",
		    "QCMD(Q_SYNC, USRQUOTA), \"/dev/sda1\"");
	EXPECT_ARGS("quotactl", "args=0x12345605,0,5,0x30",
		    "QCMD(0x123456 /* Q_??? */, 0x5 /* ???QUOTA */), NULL, 5, "
		    "0x30");
}

Test(print_number, priorities_of_disks_have_a_class)
{
	EXPECT_ARGS("ioprio_set", "args=1,0,0x4007",
		    "IOPRIO_WHO_PROCESS, 0, IOPRIO_PRIO_VALUE(IOPRIO_CLASS_BE, "
		    "7)");
	cr_expect(eq(str, decoded_result("ioprio_get", "args=1,0 ret=0x6005"),
		     "24581 (IOPRIO_PRIO_VALUE(IOPRIO_CLASS_IDLE, 5))"));
}

Test(print_number, the_protocol_of_packets_is_in_network_order)
{
	EXPECT_ARGS("socket", "args=17,3,0x300",
		    "AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)");
	EXPECT_ARGS("socket", "args=17,3,0x1122",
		    "AF_PACKET, SOCK_RAW, htons(0x2211 /* ETH_P_??? */)");
}

Test(print_number, futex_operations_are_taken_apart)
{
	EXPECT_ARGS("futex", "args=0x10,5,1,7,0x20,0x15001005",
		    "0x10, FUTEX_WAKE_OP, 1, 7, 0x20, "
		    "FUTEX_OP_ADD<<28|0x1<<12|FUTEX_OP_CMP_GE<<24|0x5");
	EXPECT_ARGS("futex", "args=0x10,5,1,7,0x20,0xf0000000",
		    "0x10, FUTEX_WAKE_OP, 1, 7, 0x20, "
		    "FUTEX_OP_OPARG_SHIFT<<28|0x7<<28 /* FUTEX_OP_??? */"
		    "|0<<12|FUTEX_OP_CMP_EQ<<24|0");
	EXPECT_ARGS("futex", "args=0x10,5,1,7,0x20,0x0fffffff",
		    "0x10, FUTEX_WAKE_OP, 1, 7, 0x20, FUTEX_OP_SET<<28|0xfff"
		    "<<12|0xf<<24 /* FUTEX_OP_CMP_??? */|0xfff");
}

Test(print_number, ipc_flags_end_in_a_mode)
{
	EXPECT_ARGS("msgget", "args=0,0x380", "IPC_PRIVATE, IPC_CREAT|0600");
	EXPECT_ARGS("msgget", "args=5,0x180", "0x5, 0600");
	EXPECT_ARGS("semget", "args=5,1,0", "0x5, 1, 000");
	EXPECT_ARGS("shmget", "args=5,4096,0x380", "0x5, 4096, IPC_CREAT|0600");
	EXPECT_ARGS("shmget", "args=5,4096,0x78000b80",
		    "0x5, 4096, IPC_CREAT|SHM_HUGETLB|30<<SHM_HUGE_SHIFT|0600");
}

Test(print_number, swap_flags_end_in_a_priority)
{
	EXPECT_ARGS("swapon", "args=0x10,0x18003 text0=\"f\"",
		    "\"f\", SWAP_FLAG_PREFER|SWAP_FLAG_DISCARD|3");
	EXPECT_ARGS("swapon", "args=0x10,5 text0=\"f\"", "\"f\", 5");
}

Test(print_number, numbers_may_have_their_name_as_a_comment)
{
	EXPECT_ARGS("syslog", "args=8,0,3",
		    "8 /* SYSLOG_ACTION_CONSOLE_LEVEL */, NULL, "
		    "3 /* LOGLEVEL_ERR */");
	EXPECT_ARGS("prctl", "args=62,1,5,1,0x10",
		    "PR_SCHED_CORE, PR_SCHED_CORE_CREATE, 5, "
		    "0x1 /* PIDTYPE_TGID */, 0x10");
	EXPECT_ARGS("arch_prctl", "args=0x1023,18",
		    "ARCH_REQ_XCOMP_PERM, 0x12 /* XFEATURE_XTILE_DATA */");
	EXPECT_ARGS("arch_prctl", "args=0x1021,0x10 out1=0x800",
		    "ARCH_GET_XCOMP_SUPP, [0x800 /* XFEATURE_MASK_??? */]");
	EXPECT_ARGS("arch_prctl", "args=0x1021,0x10 out1=7",
		    "ARCH_GET_XCOMP_SUPP, [0x7 /* "
		    "XFEATURE_MASK_FPSSE|XFEATURE_MASK_YMM */]");
}

Test(print_number, ptrace_names_registers)
{
	EXPECT_ARGS("ptrace", "args=3,7,80,0x10 out3=9",
		    "PTRACE_PEEKUSER, 7, 8*RAX, [0x9]");
	EXPECT_ARGS("ptrace", "args=3,7,0x1000,0x10 ret=-5",
		    "PTRACE_PEEKUSER, 7, 0x1000, 0x10");
}
