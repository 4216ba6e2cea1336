/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/decoded.h"

Test(print_key, what_is_read_is_shown_as_far_as_there_was_room)
{
	EXPECT_ARGS("keyctl", "args=6,5,0x10,20 out2=\"user;0\\0\" ret=7",
		    "KEYCTL_DESCRIBE, 5, \"user;0\", 20");
	EXPECT_ARGS("keyctl", "args=6,5,0x10,4 out2=\"user\" ret=7",
		    "KEYCTL_DESCRIBE, 5, \"user\", 4");
	EXPECT_ARGS("keyctl", "args=6,5,0x10,20 ret=0",
		    "KEYCTL_DESCRIBE, 5, \"\", 20");
	EXPECT_ARGS("keyctl", "args=6,5,0x10,20 ret=-126",
		    "KEYCTL_DESCRIBE, 5, 0x10, 20");
	EXPECT_ARGS("keyctl", "args=11,5,0x10,3 out2=\"ab\\0\" ret=9",
		    "KEYCTL_READ, 5, \"ab\\0\", 3");
	EXPECT_ARGS("keyctl", "args=11,5,0,0 ret=9", "KEYCTL_READ, 5, NULL, 0");
}

Test(print_key, capabilities)
{
	EXPECT_ARGS("keyctl", "args=31,0x10,5 out1=\"\\x01\\x02\\x03\" ret=3",
		    "KEYCTL_CAPABILITIES, [KEYCTL_CAPS0_CAPABILITIES, "
		    "KEYCTL_CAPS1_NS_KEY_TAG, 0x3], 5");
	EXPECT_ARGS("keyctl", "args=31,0x10,0 ret=3",
		    "KEYCTL_CAPABILITIES, [], 0");
}

Test(print_key, parameters)
{
	EXPECT_ARGS("keyctl",
		    "args=23,0x10,0x20,60,0 in1=4:1,4:2,4:3 out2=\"ab\" ret=2",
		    "KEYCTL_DH_COMPUTE, {private=1, prime=2, base=3}, "
		    "\"ab\", 60, NULL");
	EXPECT_ARGS("keyctl",
		    "args=24,5,0,0,0x20 out4=4:1,4:2048,2:1,2:2,2:3,2:4,8:0,"
		    "8:0,8:0,8:0,8:0",
		    "KEYCTL_PKEY_QUERY, 5, 0, NULL, "
		    "{supported_ops=KEYCTL_SUPPORTS_ENCRYPT, key_size=2048, "
		    "max_data_size=1, max_sig_size=2, max_enc_size=3, "
		    "max_dec_size=4}");
	EXPECT_ARGS(
		"keyctl",
		"args=25,0x10,0,0x100,0x200 in1=4:5,4:3,4:4,4:0,8:0,8:0,8:0 "
		"in3=\"abcdef\" out4=\"ghijkl\" ret=4",
		"KEYCTL_PKEY_ENCRYPT, {key_id=5, in_len=3, out_len=4}, "
		"NULL, \"abc\", \"ghij\"");
}

Test(print_key, mmap_of_32_bit_callers_has_its_arguments_in_memory)
{
	EXPECT_ARGS("mmap",
		    "args=0x10 compat in0=4:0,4:8192,4:1,4:2,4:-1,4:0x1000",
		    "NULL, 8192, PROT_READ, MAP_PRIVATE, -1, 0x1000");
	EXPECT_ARGS("mmap", "args=0x10 compat", "0x10");
	EXPECT_ARGS("mmap", "args=0 compat", "NULL");
}

Test(print_key, quotas)
{
	EXPECT_ARGS("quotactl",
		    "args=0x580300,0x10,5,0x100 text1=\"/dev/a\" "
		    "out3=1:1,1:1,2:7,4:5,8:1,8:2,8:3,8:4,8:5,8:6,8:0,8:0,8:0,"
		    "8:0,8:0,8:0,8:0",
		    "QCMD(Q_XGETQUOTA, USRQUOTA), \"/dev/a\", 5, "
		    "{d_version=1, d_flags=FS_USER_QUOTA, d_fieldmask=0x7, "
		    "d_id=5, d_blk_hardlimit=1, d_blk_softlimit=2, "
		    "d_ino_hardlimit=3, d_ino_softlimit=4, d_bcount=5, "
		    "d_icount=6, ...}");
	EXPECT_ARGS("quotactl",
		    "args=0x580500,0x10,5,0x100 text1=\"/dev/a\" "
		    "out3=1:1,1:0,2:7",
		    "QCMD(Q_XGETQSTAT, USRQUOTA), \"/dev/a\", {qs_version=1, "
		    "...}");
	EXPECT_ARGS("quotactl",
		    "args=0x80000500,0x10,5,0x100 text1=\"/dev/a\" "
		    "out3=8:1,8:2,4:0x10003,4:7",
		    "QCMD(Q_GETINFO, USRQUOTA), \"/dev/a\", {dqi_bgrace=1, "
		    "dqi_igrace=2, dqi_flags=DQF_ROOT_SQUASH|DQF_SYS_FILE|0x2, "
		    "dqi_valid=IIF_BGRACE|IIF_IGRACE|IIF_FLAGS}");
}

Test(print_key, registers)
{
	EXPECT_ARGS("ptrace",
		    "args=12,5,0,0x100 compat out3=4:1,4:2,4:3,4:4,4:5,4:6,"
		    "4:7,4:8,4:9,4:10,4:11,4:12,4:13,4:14,4:15,4:16,4:17",
		    "PTRACE_GETREGS, 5, {ebx=0x1, ecx=0x2, edx=0x3, esi=0x4, "
		    "edi=0x5, ebp=0x6, eax=0x7, xds=0x8, xes=0x9, xfs=0xa, "
		    "xgs=0xb, orig_eax=0xc, eip=0xd, xcs=0xe, eflags=0xf, "
		    "esp=0x10, xss=0x11}");
	EXPECT_ARGS("ptrace", "args=0x4209,5,0x10,0 in2=8:1,4:8,4:-2",
		    "PTRACE_PEEKSIGINFO, 5, {off=1, flags=0x8 /* "
		    "PTRACE_PEEKSIGINFO_??? */, nr=4294967294}, NULL");
}

Test(print_key, terminals)
{
	EXPECT_ARGS("ioctl",
		    "args=3,0x5401,0x10 out2=4:0x500,4:5,4:0xbf,4:0x8a3b,8:0,"
		    "8:0,4:0",
		    "3, TCGETS, {c_iflag=ICRNL|IXON, "
		    "c_oflag=NL0|CR0|TAB0|BS0|VT0|FF0|OPOST|ONLCR, "
		    "c_cflag=B38400|CS8|CREAD, "
		    "c_lflag=ISIG|ICANON|ECHO|ECHOE|ECHOK|IEXTEN|ECHOCTL|"
		    "ECHOKE, ...}");
	EXPECT_ARGS("ioctl", "args=3,0x5401,0x10 ret=-25", "3, TCGETS, 0x10");
	EXPECT_ARGS("ioctl",
		    "args=3,0x5405,0x10 out2=2:0x500,2:5,2:0xbf,2:0x8a3b,8:0,"
		    "2:0",
		    "3, TCGETA, {c_iflag=ICRNL|IXON, "
		    "c_oflag=NL0|CR0|TAB0|BS0|VT0|FF0|OPOST|ONLCR, "
		    "c_cflag=B38400|CS8|CREAD, "
		    "c_lflag=ISIG|ICANON|ECHO|ECHOE|ECHOK|IEXTEN|ECHOCTL|"
		    "ECHOKE, ...}");
}

#define LO "in2=8:0x6f6c,8:0,8:0,8:0,8:0 out2=8:0x6f6c,8:0,"

Test(print_key, network_interfaces)
{
	EXPECT_ARGS("ioctl", "args=3,0x8913,0x10 " LO "8:0x1043,8:0,8:0",
		    "3, SIOCGIFFLAGS, {ifr_name=\"lo\", "
		    "ifr_flags=IFF_UP|IFF_BROADCAST|IFF_RUNNING|"
		    "IFF_MULTICAST}");
	EXPECT_ARGS("ioctl", "args=3,0x8913,0x10 " LO "8:0,8:0,8:0 ret=-19",
		    "3, SIOCGIFFLAGS, {ifr_name=\"lo\"}");
	EXPECT_ARGS("ioctl",
		    "args=3,0x8915,0x10 " LO "4:2,4:0x0100007f,8:0,8:0",
		    "3, SIOCGIFADDR, {ifr_name=\"lo\", "
		    "ifr_addr={sa_family=AF_INET, sin_port=htons(0), "
		    "sin_addr=inet_addr(\"127.0.0.1\")}}");
	EXPECT_ARGS("ioctl",
		    "args=3,0x8927,0x10 " LO "2:1,2:0x0201,4:0x06050403,8:0,"
		    "8:0",
		    "3, SIOCGIFHWADDR, {ifr_name=\"lo\", "
		    "ifr_hwaddr={sa_family=ARPHRD_ETHER, "
		    "sa_data=01:02:03:04:05:06}}");
	EXPECT_ARGS("ioctl", "args=3,0x8922,0x10 in2=8:0x6f6c,8:0,8:1500,8:0",
		    "3, SIOCSIFMTU, {ifr_name=\"lo\", ifr_mtu=1500}");
	EXPECT_ARGS("ioctl",
		    "args=3,0x8910,0x10 in2=8:0,8:0,8:1,8:0,8:0 "
		    "out2=8:0x6f6c,8:0,8:1,8:0,8:0",
		    "3, SIOCGIFNAME, {ifr_ifindex=1, ifr_name=\"lo\"}");
	EXPECT_ARGS("ioctl", "args=3,0x8913,0x10", "3, SIOCGIFFLAGS, 0x10");
}
