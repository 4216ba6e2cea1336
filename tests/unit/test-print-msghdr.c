/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

#include <stdio.h>
#include <string.h>

Test(print_iovec, written)
{
	EXPECT_ARGS("writev",
		    "args=4,0x100,5 ret=8 in1=0x200,5,0x300,0,0,0,0,4,1,2 "
		    "in1@0x200=\"hello\"",
		    "4, [{iov_base=\"hello\", iov_len=5}, {iov_base=\"\", "
		    "iov_len=0}, {iov_base=NULL, iov_len=0}, {iov_base=NULL, "
		    "iov_len=4}, {iov_base=0x1, iov_len=2}], 5");
	EXPECT_ARGS("writev", "args=4,0x100,0 ret=0", "4, [], 0");
	EXPECT_ARGS("writev", "args=4,0,2 ret=-14", "4, NULL, 2");
	EXPECT_ARGS("writev", "args=4,0x100,2 ret=-14", "4, 0x100, 2");
	EXPECT_ARGS("writev", "args=4,0x100,-1 ret=-22 in1=0,0",
		    "4, 0x100, 18446744073709551615");
}

Test(print_iovec, of_a_32_bit_program)
{
	EXPECT_ARGS("writev",
		    "compat args=4,0x100,2 ret=5 in1=4:0x200,5,0x300,0 "
		    "in1@0x200=\"hello\"",
		    "4, [{iov_base=\"hello\", iov_len=5}, "
		    "{iov_base=\"\", iov_len=0}], 2");
}

Test(print_iovec, a_buffer_is_cut_at_the_limit)
{
	cr_expect(eq(str,
		     decoded_limited("writev",
				     "args=4,0x100,2 ret=8 in1=0x200,4,0x300,9 "
				     "in1@0x200=\"abcd\" in1@0x300=\"efgh\"",
				     4),
		     "4, [{iov_base=\"abcd\", iov_len=4}, "
		     "{iov_base=\"efgh\"..., iov_len=9}], 2"));
}

Test(print_iovec, an_array_that_leaves_memory_says_where)
{
	EXPECT_ARGS("writev",
		    "args=4,0xff0,2 ret=-14 in1=0x200,1 in1@0x200=\"a\"",
		    "4, [{iov_base=\"a\", iov_len=1}, ... /* 0x1000 */], 2");
}

Test(print_iovec, a_buffer_is_not_taken_from_another_that_overlaps)
{
	EXPECT_ARGS("writev",
		    "args=4,0x100,2 ret=-14 in1=0x200,5,0x202,100 "
		    "in1@0x200=\"hello\"",
		    "4, [{iov_base=\"hello\", iov_len=5}, {iov_base=0x202, "
		    "iov_len=100}], 2");
}

Test(print_iovec, sizes_may_add_up_to_more_than_there_is)
{
	EXPECT_ARGS("writev",
		    "args=4,0x100,3 in1@0x100=8:0x200,0xffffffffffffffff,"
		    "0x300,9,0x400,0 ret=-22",
		    "4, [{iov_base=0x200, iov_len=18446744073709551615}, "
		    "{iov_base=0x300, iov_len=9}, "
		    "{iov_base=\"\", iov_len=0}], 3");
}

Test(print_iovec, read_up_to_the_result)
{
	EXPECT_ARGS("readv",
		    "args=3,0x100,3 ret=6 out1=0x200,4,0x300,50,0x400,50 "
		    "out1@0x200=\"abcd\" out1@0x300=\"ef\"",
		    "3, [{iov_base=\"abcd\", iov_len=4}, {iov_base=\"ef\", "
		    "iov_len=50}, {iov_base=\"\", iov_len=50}], 3");
	EXPECT_ARGS("readv", "args=3,0x100,1 ret=-11 out1=0x200,4",
		    "3, [{iov_base=0x200, iov_len=4}], 1");
	EXPECT_ARGS("readv", "args=3,0x100,1 ret=-14", "3, 0x100, 1");
}

Test(print_iovec, of_another_process)
{
	EXPECT_ARGS("process_vm_readv",
		    "args=7,0x100,1,0x180,1,0 ret=2 out1=0x200,4 "
		    "out1@0x200=\"ab\" in3=0x300,5",
		    "7, [{iov_base=\"ab\", iov_len=4}], 1, [{iov_base=0x300, "
		    "iov_len=5}], 1, 0");
}

Test(print_iovec, thirty_two_are_shown)
{
	char words[512] = "args=4,0x100,33 ret=0 in1=0,0";
	char expected[1024] = "4, [{iov_base=NULL, iov_len=0}";
	for (int i = 1; i < 32; i++) {
		strcat(words, ",0,0");
		strcat(expected, ", {iov_base=NULL, iov_len=0}");
	}
	strcat(expected, ", ...], 33");
	cr_expect(eq(str, decoded("writev", words), expected));
}

#define HELLO "msg_iov=[{iov_base=\"hello\", iov_len=5}], msg_iovlen=1, "

Test(print_msghdr, sent)
{
	EXPECT_ARGS("sendmsg",
		    "args=5,0x100,0 ret=5 in1=0,0,0x200,1,0,0,0 "
		    "in1@0x200=0x300,5 in1@0x300=\"hello\"",
		    "5, {msg_name=NULL, msg_namelen=0, " HELLO
		    "msg_controllen=0, msg_flags=0}, 0");
	EXPECT_ARGS("sendmsg",
		    "args=5,0x100,0x4000 ret=5 "
		    "in1=0x180,12,0x200,1,0,0,0x40 in1@0x180=2:16,0,4:1,0 "
		    "in1@0x200=0x300,5 in1@0x300=\"hello\"",
		    "5, {msg_name={sa_family=AF_NETLINK, nl_pid=1, "
		    "nl_groups=00000000}, msg_namelen=12, " HELLO
		    "msg_controllen=0, msg_flags=MSG_DONTWAIT}, MSG_NOSIGNAL");
	EXPECT_ARGS("sendmsg", "args=5,0x100,0 ret=-14", "5, 0x100, 0");
	EXPECT_ARGS("sendmsg", "args=5,0,0 ret=-14", "5, NULL, 0");
}

Test(print_msghdr, sent_by_a_32_bit_program)
{
	EXPECT_ARGS("sendmsg",
		    "compat args=5,0x100,0 ret=5 in1=4:0,0,0x200,1,0x400,16,0 "
		    "in1@0x200=4:0x300,5 in1@0x300=\"hello\" "
		    "in1@0x400=4:16,1,1,7",
		    "5, {msg_name=NULL, msg_namelen=0, " HELLO
		    "msg_control=[{cmsg_len=16, cmsg_level=SOL_SOCKET, "
		    "cmsg_type=SCM_RIGHTS, cmsg_data=[7]}], "
		    "msg_controllen=16, msg_flags=0}, 0");
}

Test(print_msghdr, received)
{
	EXPECT_ARGS("recvmsg",
		    "args=6,0x100,0 ret=5 in1=0x180,110,0x200,1,0,0,0 "
		    "out1=0x180,0,0x200,1,0,0,0x8 out1@0x200=0x300,100 "
		    "out1@0x300=\"hello\"",
		    "6, {msg_name=0x180, msg_namelen=110 => 0, "
		    "msg_iov=[{iov_base=\"hello\", iov_len=100}], "
		    "msg_iovlen=1, msg_controllen=0, msg_flags=MSG_CTRUNC}, 0");
	EXPECT_ARGS("recvmsg",
		    "args=6,0x100,0 ret=0 in1=0x180,4,0,0,0,0,0 "
		    "out1=0x180,16,0,0,0,0,0 out1@0x180=2:2,0x3500,8:0,4:0",
		    "6, {msg_name={sa_family=AF_INET, sa_data=\"\\0005\"}, "
		    "msg_namelen=4 => 16, msg_iov=NULL, msg_iovlen=0, "
		    "msg_controllen=0, msg_flags=0}, 0");
	EXPECT_ARGS("recvmsg",
		    "args=6,0x100,0x40 ret=-11 in1=0x180,110,0x200,1,0,0,0",
		    "6, {msg_namelen=110}, MSG_DONTWAIT");
	EXPECT_ARGS("recvmsg", "args=6,0x100,0 ret=-14", "6, 0x100, 0");
}

#define EXPECT_CONTROL(size, words, text)                                      \
	EXPECT_ARGS("sendmsg",                                                 \
		    "args=5,0x100,0 in1=0,0,0,0,0x400," #size                  \
		    ",0 in1@0x400=" words,                                     \
		    "5, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, "         \
		    "msg_iovlen=0, msg_control=" text                          \
		    ", msg_controllen=" #size ", msg_flags=0}, 0")

Test(print_cmsg, of_sockets)
{
	EXPECT_CONTROL(24, "8:24,4:1,1,4,-1",
		       "[{cmsg_len=24, cmsg_level=SOL_SOCKET, "
		       "cmsg_type=SCM_RIGHTS, cmsg_data=[4, -1]}]");
	EXPECT_CONTROL(56, "8:28,4:1,2,77,0,-1,0,8:20,4:1,1,5,0",
		       "[{cmsg_len=28, cmsg_level=SOL_SOCKET, "
		       "cmsg_type=SCM_CREDENTIALS, cmsg_data={pid=77, uid=0, "
		       "gid=-1}}, {cmsg_len=20, cmsg_level=SOL_SOCKET, "
		       "cmsg_type=SCM_RIGHTS, cmsg_data=[5]}]");
	EXPECT_CONTROL(32, "8:32,4:1,29,8:17,42",
		       "[{cmsg_len=32, cmsg_level=SOL_SOCKET, "
		       "cmsg_type=SO_TIMESTAMP_OLD, cmsg_data={tv_sec=17, "
		       "tv_usec=42}}]");
	EXPECT_CONTROL(64, "8:64,4:1,37,8:1,2,3,4,5,6",
		       "[{cmsg_len=64, cmsg_level=SOL_SOCKET, "
		       "cmsg_type=SO_TIMESTAMPING_OLD, cmsg_data=[{tv_sec=1, "
		       "tv_nsec=2}, {tv_sec=3, tv_nsec=4}, {tv_sec=5, "
		       "tv_nsec=6}]}]");
	EXPECT_CONTROL(24, "8:20,4:1,3,0x61626300,0",
		       "[{cmsg_len=20, cmsg_level=SOL_SOCKET, "
		       "cmsg_type=SCM_SECURITY, cmsg_data=\"\\0cba\"}]");
}

Test(print_cmsg, of_the_internet)
{
	EXPECT_CONTROL(24, "8:20,4:0,2,64,0",
		       "[{cmsg_len=20, cmsg_level=SOL_IP, cmsg_type=IP_TTL, "
		       "cmsg_data=[64]}]");
	EXPECT_CONTROL(24, "8:18,4:0,1,0x10,0",
		       "[{cmsg_len=18, cmsg_level=SOL_IP, cmsg_type=IP_TOS, "
		       "cmsg_data=[0x10, 0]}]");
	EXPECT_CONTROL(32, "8:28,4:0,8,1,0x0100007f,0x0200007f,0",
		       "[{cmsg_len=28, cmsg_level=SOL_IP, "
		       "cmsg_type=IP_PKTINFO, "
		       "cmsg_data={ipi_ifindex=if_nametoindex(\"lo\"), "
		       "ipi_spec_dst=inet_addr(\"127.0.0.1\"), "
		       "ipi_addr=inet_addr(\"127.0.0.2\")}}]");
	EXPECT_CONTROL(48, "8:48,4:0,11,111,1:2,3,3,0,4:0,0,8:0,0",
		       "[{cmsg_len=48, cmsg_level=SOL_IP, "
		       "cmsg_type=IP_RECVERR, cmsg_data={ee_errno=111, "
		       "ee_origin=2, ee_type=3, ee_code=3, ee_info=0, "
		       "ee_data=0, offender={sa_family=AF_UNSPEC, "
		       "sa_data=\"\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0"
		       "\"}}}]");
}

Test(print_cmsg, without_data_that_are_known)
{
	EXPECT_CONTROL(24, "8:20,4:6,52,4,0",
		       "[{cmsg_len=20, cmsg_level=SOL_TCP, "
		       "cmsg_type=0x34}]");
	EXPECT_CONTROL(24, "8:20,4:99,77,4,0",
		       "[{cmsg_len=20, cmsg_level=0x63 /* SOL_??? */, "
		       "cmsg_type=0x4d}]");
	EXPECT_CONTROL(16, "8:16,4:1,1",
		       "[{cmsg_len=16, cmsg_level=SOL_SOCKET, "
		       "cmsg_type=SCM_RIGHTS}]");
	EXPECT_CONTROL(24, "8:20,4:1,29,4,0",
		       "[{cmsg_len=20, cmsg_level=SOL_SOCKET, "
		       "cmsg_type=SO_TIMESTAMP_OLD, cmsg_data=???}]");
}

Test(print_cmsg, wrong_lengths)
{
	EXPECT_CONTROL(24, "8:3,4:1,1,4,0",
		       "[{cmsg_len=3, cmsg_level=SOL_SOCKET, "
		       "cmsg_type=SCM_RIGHTS}, ... /* 0x410 */]");
	EXPECT_CONTROL(24, "8:1000,4:1,1,4,0",
		       "[{cmsg_len=1000, cmsg_level=SOL_SOCKET, "
		       "cmsg_type=SCM_RIGHTS, cmsg_data=[4, 0]}]");
	EXPECT_CONTROL(15, "8:15,4:1,1", "0x400");
	EXPECT_CONTROL(48, "8:20,4:1,1,4,0",
		       "[{cmsg_len=20, cmsg_level=SOL_SOCKET, "
		       "cmsg_type=SCM_RIGHTS, cmsg_data=[4]}, ...]");
}

#define MESSAGE                                                                \
	"{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"ab\", "  \
	"iov_len=2}], msg_iovlen=1, msg_controllen=0, msg_flags=0}"

Test(print_mmsghdr, sent)
{
	EXPECT_ARGS("sendmmsg",
		    "args=5,0x100,2,0 ret=1 "
		    "in1=0,0,0x200,1,0,0,0,0,0,0,0x200,1,0,0,0,0 "
		    "in1@0x200=0x300,2 in1@0x300=\"ab\" "
		    "out1=0,0,0x200,1,0,0,0,2",
		    "5, [" MESSAGE ", msg_len=2}, " MESSAGE "}], 2, 0");
	EXPECT_ARGS("sendmmsg",
		    "args=5,0x100,1,0 ret=-9 in1=0,0,0x200,1,0,0,0,0 "
		    "in1@0x200=0x300,2 in1@0x300=\"ab\"",
		    "5, [" MESSAGE "}], 1, 0");
	EXPECT_ARGS("sendmmsg", "args=5,0x100,0,0 ret=0", "5, [], 0, 0");
	EXPECT_ARGS("sendmmsg", "args=5,0x100,2,0 ret=-14", "5, 0x100, 2, 0");
}

Test(print_mmsghdr, received)
{
	EXPECT_ARGS("recvmmsg",
		    "args=5,0x100,3,0,0 ret=1 in1=0,0,0x200,1,0,0,0,0 "
		    "out1=0,0,0x200,1,0,0,0,2 out1@0x200=0x300,2 "
		    "out1@0x300=\"ab\"",
		    "5, [" MESSAGE ", msg_len=2}], 3, 0, NULL");
	EXPECT_ARGS("recvmmsg",
		    "args=5,0x100,3,0,0 ret=-11 in1=0,0,0x200,1,0,0,0,0",
		    "5, 0x100, 3, 0, NULL");
	cr_expect(eq(str,
		     decoded_result("recvmmsg",
				    "args=5,0x100,3,0,0x40 ret=1 in4=1,0 "
				    "out4=0,5"),
		     "1 (left {tv_sec=0, tv_nsec=5})"));
	cr_expect(eq(str, decoded_result("recvmmsg", "args=5,0,0 ret=0"),
		     "0 (Timeout)"));
}

Test(print_mmsghdr, of_which_some_had_no_room)
{
	EXPECT_ARGS("sendmmsg",
		    "args=5,0x100,2,0 cut ret=2 "
		    "in1=0,0,0x200,1,0,0,0,0,0,0,0x210,1,0,0,0,0 "
		    "in1@0x200=0x300,2 in1@0x300=\"ab\" out1@0x138=4:2 "
		    "out1@0x178=4:2",
		    "5, [" MESSAGE ", msg_len=2}, ...], 2, 0");
	EXPECT_ARGS("sendmmsg",
		    "args=5,0x100,2,0 cut ret=2 "
		    "in1=0,0,0x200,1,0,0,0,0,0,0,0x200,1,0,0,0,0 "
		    "in1@0x200=0x300,2 in1@0x300=\"ab\" out1@0x138=4:2",
		    "5, [" MESSAGE ", msg_len=2}, ...], 2, 0");
	EXPECT_ARGS("recvmmsg",
		    "args=5,0x100,3,0,0 cut ret=2 "
		    "out1=0,0,0x200,1,0,0,0,2,0,0,0x210,1,0,0,0,2 "
		    "out1@0x200=0x300,2 out1@0x300=\"ab\"",
		    "5, [" MESSAGE ", msg_len=2}, ...], 3, 0, NULL");
}
