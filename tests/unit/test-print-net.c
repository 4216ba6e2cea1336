/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/decoded.h"

Test(print_net, internet_addresses)
{
	EXPECT_ARGS("connect",
		    "args=4,0x10,16 in1=2:2,2:0x5000,4:0x100007f,8:0",
		    "4, {sa_family=AF_INET, sin_port=htons(80), "
		    "sin_addr=inet_addr(\"127.0.0.1\")}, 16");
	EXPECT_ARGS("connect",
		    "args=5,0x10,28 in1=2:10,2:0xbb01,4:0x5000000,8:0,"
		    "8:0x100000000000000,4:2",
		    "5, {sa_family=AF_INET6, sin6_port=htons(443), "
		    "sin6_flowinfo=htonl(5), "
		    "inet_pton(AF_INET6, \"::1\", &sin6_addr), "
		    "sin6_scope_id=2}, 28");
	EXPECT_ARGS("connect",
		    "args=5,0x10,28 in1=2:10,2:0xbb01,4:0,8:0x80fe,"
		    "8:0x100000000000000,4:1",
		    "5, {sa_family=AF_INET6, sin6_port=htons(443), "
		    "sin6_flowinfo=htonl(0), "
		    "inet_pton(AF_INET6, \"fe80::1\", &sin6_addr), "
		    "sin6_scope_id=if_nametoindex(\"lo\")}, 28");
	EXPECT_ARGS("connect",
		    "args=5,0x10,24 in1=2:10,2:0xbb01,4:0,8:0,"
		    "8:0x100000000000000",
		    "5, {sa_family=AF_INET6, sin6_port=htons(443), "
		    "sin6_flowinfo=htonl(0), "
		    "inet_pton(AF_INET6, \"::1\", &sin6_addr)}, 24");
}

Test(print_net, addresses_that_are_too_short_are_bytes)
{
	EXPECT_ARGS("bind", "args=4,0x10,8 in1=2:2,2:0x5000,4:0x100007f",
		    "4, {sa_family=AF_INET, sa_data=\"\\0P\\177\\0\\0\\1\"}, "
		    "8");
	EXPECT_ARGS("bind", "args=4,0x10,2 in1=2:2",
		    "4, {sa_family=AF_INET}, 2");
	EXPECT_ARGS("bind", "args=4,0x10,1 in1=1:2", "4, 0x10, 1");
	EXPECT_ARGS("bind", "args=4,0x10,16", "4, 0x10, 16");
	EXPECT_ARGS("bind", "args=4,0,16", "4, NULL, 16");
	EXPECT_ARGS("bind", "args=4,0x10,4 in1=2:99,2:0x6261",
		    "4, {sa_family=0x63 /* AF_??? */, sa_data=\"ab\"}, 4");
}

Test(print_net, unix_addresses)
{
	EXPECT_ARGS("bind", "args=3,0x10,2 in1=2:1",
		    "3, {sa_family=AF_UNIX}, 2");
	EXPECT_ARGS("bind", "args=3,0x10,3 in1=\"\\x01\\0\\0\"",
		    "3, {sa_family=AF_UNIX, sun_path=@\"\"}, 3");
	EXPECT_ARGS("bind", "args=3,0x10,9 in1=\"\\x01\\0/run/x\\0\"",
		    "3, {sa_family=AF_UNIX, sun_path=\"/run/x\"}, 9");
	EXPECT_ARGS("bind", "args=3,0x10,9 in1=\"\\x01\\0\\0ab\\0cd\\0\"",
		    "3, {sa_family=AF_UNIX, sun_path=@\"ab\\0cd\\0\"}, 9");
}

Test(print_net, other_addresses)
{
	EXPECT_ARGS("bind", "args=6,0x10,12 in1=2:16,2:0,4:7,4:0x11",
		    "6, {sa_family=AF_NETLINK, nl_pid=7, nl_groups=0x000011}, "
		    "12");
	EXPECT_ARGS("bind", "args=6,0x10,12 in1=2:16,2:5,4:0,4:0",
		    "6, {sa_family=AF_NETLINK, nl_pad=0x5, nl_pid=0, "
		    "nl_groups=00000000}, 12");
	EXPECT_ARGS("bind",
		    "args=8,0x10,20 in1=2:17,2:0x300,4:1,2:1,1:0,1:6,"
		    "8:0x60504030201",
		    "8, {sa_family=AF_PACKET, sll_protocol=htons(ETH_P_ALL), "
		    "sll_ifindex=if_nametoindex(\"lo\"), "
		    "sll_hatype=ARPHRD_ETHER, sll_pkttype=PACKET_HOST, "
		    "sll_halen=6, sll_addr=[0x1, 0x2, 0x3, 0x4, 0x5, 0x6]}, "
		    "20");
	EXPECT_ARGS("bind",
		    "args=8,0x10,20 in1=2:17,2:0,4:99,2:0x1234,1:9,1:9,"
		    "8:0x60504030201",
		    "8, {sa_family=AF_PACKET, "
		    "sll_protocol=htons(0 /* ETH_P_??? */), sll_ifindex=99, "
		    "sll_hatype=0x1234 /* ARPHRD_??? */, "
		    "sll_pkttype=0x9 /* PACKET_??? */, sll_halen=9, "
		    "sll_addr=[0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 00, 00, ...]}, "
		    "20");
	EXPECT_ARGS("connect", "args=7,0x10,16 in1=2:40,2:0,4:1234,4:2,4:0",
		    "7, {sa_family=AF_VSOCK, svm_cid=VMADDR_CID_HOST, "
		    "svm_port=0x4d2, svm_flags=0}, 16");
}

Test(print_net, an_address_that_comes_back_has_the_length_it_had_room_for)
{
	EXPECT_ARGS("getsockname",
		    "args=9,0x10,0x20 in2=4:128 out2=4:16 "
		    "out1=2:2,2:0x5000,4:0x100007f,8:0",
		    "9, {sa_family=AF_INET, sin_port=htons(80), "
		    "sin_addr=inet_addr(\"127.0.0.1\")}, [128 => 16]");
	EXPECT_ARGS("getsockname",
		    "args=9,0x10,0x20 in2=4:2 out2=4:16 out1=2:2",
		    "9, {sa_family=AF_INET}, [2 => 16]");
	EXPECT_ARGS("getsockname", "args=9,0x10,0x20 in2=4:0 out2=4:16",
		    "9, 0x10, [0 => 16]");
	EXPECT_ARGS("getpeername",
		    "args=9,0x10,0x20 in2=4:16 out2=4:16 ret=-107",
		    "9, 0x10, [16]");
	EXPECT_ARGS("accept", "args=9,0,0 ret=4", "9, NULL, NULL");
	EXPECT_ARGS("recvfrom",
		    "args=9,0x30,100,0,0x10,0x20 in5=4:110 out5=4:0 "
		    "out1=\"hi\" ret=2",
		    "9, \"hi\", 100, 0, 0x10, [110 => 0]");
}

Test(print_net, pieces_of_data)
{
	EXPECT_ARGS("writev",
		    "args=5,0x10,3 in1=8:0x100,8:5,8:0x200,8:0,8:0x300,8:50 "
		    "in1@0x100=\"hello\" "
		    "in1@0x300=\"world, this is a very long string\"",
		    "5, [{iov_base=\"hello\", iov_len=5}, {iov_base=\"\", "
		    "iov_len=0}, {iov_base=\"world, this is a very long "
		    "strin\"..., iov_len=50}], 3");
	EXPECT_ARGS("writev", "args=5,0x10,0", "5, [], 0");
	EXPECT_ARGS("writev", "args=5,0,2", "5, NULL, 2");
	EXPECT_ARGS("writev", "args=5,0x10,2", "5, 0x10, 2");
	EXPECT_ARGS("readv",
		    "args=5,0x10,2 out1=8:0x100,8:10,8:0x200,8:100 "
		    "out1@0x100=\"helloworld\" out1@0x200=\", this\" ret=16",
		    "5, [{iov_base=\"helloworld\", iov_len=10}, "
		    "{iov_base=\", this\", iov_len=100}], 2");
	EXPECT_ARGS("readv",
		    "args=5,0x10,2 out1=8:0x100,8:10,8:0x200,8:100 ret=0",
		    "5, [{iov_base=\"\", iov_len=10}, {iov_base=\"\", "
		    "iov_len=100}], 2");
	EXPECT_ARGS("readv",
		    "args=99,0x10,2 out1=8:0x100,8:10,8:0x200,8:100 ret=-9",
		    "99, [{iov_base=0x100, iov_len=10}, {iov_base=0x200, "
		    "iov_len=100}], 2");
	EXPECT_ARGS("writev",
		    "args=5,0x10,1 compat in1=4:0x100,4:5 "
		    "in1@0x100=\"hello\"",
		    "5, [{iov_base=\"hello\", iov_len=5}], 1");
	EXPECT_ARGS("process_vm_readv",
		    "args=7,0x10,1,0x20,1,0 out1=8:0x100,8:10 "
		    "out1@0x100=\"hello\" in3=8:0x500,8:5 ret=5",
		    "7, [{iov_base=\"hello\", iov_len=10}], 1, "
		    "[{iov_base=0x500, iov_len=5}], 1, 0");
}

#define SENT                                                                   \
	"args=3,0x10,0 in1=8:0,8:0,8:0x100,8:1,8:0x200,8:24,8:0 "              \
	"in1@0x100=8:0x300,8:5 in1@0x300=\"hello\" in1@0x200="

#define SENT_TEXT                                                              \
	"3, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"hello\", "     \
	"iov_len=5}], msg_iovlen=1, msg_control=["

Test(print_net, control_messages)
{
	EXPECT_ARGS("sendmsg", SENT "8:24,4:1,4:1,4:0,4:1",
		    SENT_TEXT "{cmsg_len=24, cmsg_level=SOL_SOCKET, "
			      "cmsg_type=SCM_RIGHTS, cmsg_data=[0, 1]}], "
			      "msg_controllen=24, msg_flags=0}, 0");
	EXPECT_ARGS("sendmsg", SENT "8:24,4:1,4:2,4:0,4:1",
		    SENT_TEXT "{cmsg_len=24, cmsg_level=SOL_SOCKET, "
			      "cmsg_type=SCM_CREDENTIALS}], "
			      "msg_controllen=24, msg_flags=0}, 0");
	EXPECT_ARGS("sendmsg", SENT "8:24,4:1,4:29,8:0",
		    SENT_TEXT "{cmsg_len=24, cmsg_level=SOL_SOCKET, "
			      "cmsg_type=SO_TIMESTAMP_OLD, cmsg_data=???}], "
			      "msg_controllen=24, msg_flags=0}, 0");
	EXPECT_ARGS("sendmsg", SENT "8:4,4:1,4:2,8:0",
		    SENT_TEXT "{cmsg_len=4, cmsg_level=SOL_SOCKET, "
			      "cmsg_type=SCM_CREDENTIALS}, ... /* 0x210 */], "
			      "msg_controllen=24, msg_flags=0}, 0");
	EXPECT_ARGS("sendmsg", SENT "8:100,4:1,4:2,8:0",
		    SENT_TEXT "{cmsg_len=100, cmsg_level=SOL_SOCKET, "
			      "cmsg_type=SCM_CREDENTIALS}], "
			      "msg_controllen=24, msg_flags=0}, 0");
	EXPECT_ARGS("sendmsg", SENT "8:20,4:0,4:2,4:64,4:0",
		    SENT_TEXT "{cmsg_len=20, cmsg_level=SOL_IP, "
			      "cmsg_type=IP_TTL, cmsg_data=[64]}], "
			      "msg_controllen=24, msg_flags=0}, 0");
	EXPECT_ARGS("sendmsg", SENT "8:22,4:99,4:0x77,8:0",
		    SENT_TEXT "{cmsg_len=22, cmsg_level=0x63 /* SOL_??? */, "
			      "cmsg_type=0x77}], msg_controllen=24, "
			      "msg_flags=0}, 0");
}

Test(print_net, control_messages_that_are_longer)
{
	EXPECT_ARGS(
		"sendmsg",
		"args=3,0x10,0 in1=8:0,8:0,8:0,8:0,8:0x200,8:64,8:0 "
		"in1@0x200=8:32,4:1,4:29,8:7,8:8,8:28,4:1,4:2,4:9,4:0,4:5,4:0",
		"3, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, "
		"msg_iovlen=0, msg_control=[{cmsg_len=32, "
		"cmsg_level=SOL_SOCKET, cmsg_type=SO_TIMESTAMP_OLD, "
		"cmsg_data={tv_sec=7, tv_usec=8}}, {cmsg_len=28, "
		"cmsg_level=SOL_SOCKET, cmsg_type=SCM_CREDENTIALS, "
		"cmsg_data={pid=9, uid=0, gid=5}}], msg_controllen=64, "
		"msg_flags=0}, 0");
	EXPECT_ARGS(
		"sendmsg",
		"args=3,0x10,0 in1=8:0,8:0,8:0,8:0,8:0x200,8:48,8:0 "
		"in1@0x200=8:48,4:0,4:11,4:111,1:2,1:3,1:3,1:0,4:0,4:0,2:2,"
		"2:0,4:0x100007f,8:0",
		"3, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, "
		"msg_iovlen=0, msg_control=[{cmsg_len=48, cmsg_level=SOL_IP, "
		"cmsg_type=IP_RECVERR, cmsg_data={ee_errno=111, ee_origin=2, "
		"ee_type=3, ee_code=3, ee_info=0, ee_data=0, "
		"offender={sa_family=AF_INET, sin_port=htons(0), "
		"sin_addr=inet_addr(\"127.0.0.1\")}}}], msg_controllen=48, "
		"msg_flags=0}, 0");
}

Test(print_net, messages_of_32_bit_callers)
{
	EXPECT_ARGS("sendmsg",
		    "args=3,0x10,0 compat "
		    "in1=4:0,4:0,4:0x100,4:1,4:0x200,4:16,4:0 "
		    "in1@0x100=4:0x300,4:5 in1@0x300=\"hello\" "
		    "in1@0x200=4:16,4:1,4:1,4:7",
		    "3, {msg_name=NULL, msg_namelen=0, "
		    "msg_iov=[{iov_base=\"hello\", iov_len=5}], msg_iovlen=1, "
		    "msg_control=[{cmsg_len=16, cmsg_level=SOL_SOCKET, "
		    "cmsg_type=SCM_RIGHTS, cmsg_data=[7]}], msg_controllen=16, "
		    "msg_flags=0}, 0");
}

Test(print_net, a_received_message)
{
	EXPECT_ARGS("recvmsg",
		    "args=4,0x10,0x40 in1=8:0x50,8:110,8:0x100,8:1,8:0,8:0,8:0 "
		    "out1=8:0x50,8:0,8:0x100,8:1,8:0,8:0,8:0x20 "
		    "out1@0x100=8:0x300,8:10 out1@0x300=\"hello\" ret=5",
		    "4, {msg_name=0x50, msg_namelen=110 => 0, "
		    "msg_iov=[{iov_base=\"hello\", iov_len=10}], msg_iovlen=1, "
		    "msg_controllen=0, msg_flags=MSG_TRUNC}, MSG_DONTWAIT");
	EXPECT_ARGS("recvmsg",
		    "args=4,0x10,0x40 in1=8:0x50,8:110,8:0x100,8:1,8:0,8:0,8:0 "
		    "out1=8:0x50,8:110,8:0x100,8:1,8:0,8:0,8:0 ret=-11",
		    "4, {msg_namelen=110}, MSG_DONTWAIT");
	EXPECT_ARGS("recvmsg", "args=4,0,0x40 ret=-14",
		    "4, NULL, MSG_DONTWAIT");
}

#define MESSAGE "8:0,8:0,8:0x100,8:1,8:0,8:0,8:0,"
#define MM_TEXT                                                                \
	"{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"hello\"" \
	", iov_len=5}], msg_iovlen=1, msg_controllen=0, msg_flags=0}"

Test(print_net, several_messages)
{
	EXPECT_ARGS("sendmmsg",
		    "args=3,0x10,2,0 in1=" MESSAGE "8:0," MESSAGE "8:0 "
		    "in1@0x100=8:0x300,8:5 in1@0x300=\"hello\" "
		    "out1=" MESSAGE "8:5," MESSAGE "8:0 ret=1",
		    "3, [" MM_TEXT ", msg_len=5}, " MM_TEXT "}], 2, 0");
	EXPECT_ARGS("sendmmsg",
		    "args=3,0x10,1,0 in1=" MESSAGE "8:0 "
		    "in1@0x100=8:0x300,8:5 in1@0x300=\"hello\" ret=-9",
		    "3, [" MM_TEXT "}], 1, 0");
	EXPECT_ARGS("sendmmsg", "args=3,0x10,0,0", "3, [], 0, 0");
	EXPECT_ARGS("recvmmsg",
		    "args=3,0x10,3,0,0 in1=" MESSAGE "8:0 out1=" MESSAGE
		    "8:5 out1@0x100=8:0x300,8:5 out1@0x300=\"hello\" ret=1",
		    "3, [" MM_TEXT ", msg_len=5}], 3, 0, NULL");
	EXPECT_ARGS("recvmmsg", "args=3,0x10,3,0,0 ret=-11",
		    "3, 0x10, 3, 0, NULL");
	cr_expect(eq(str,
		     decoded_result("recvmmsg",
				    "args=3,0x10,3,0,0x20 in4=8:1,8:5 "
				    "out4=8:0,8:999 ret=2"),
		     "2 (left {tv_sec=0, tv_nsec=999})"));
	cr_expect(eq(str, decoded_result("recvmmsg", "args=3,0x10,3,0,0 ret=2"),
		     "2"));
	cr_expect(eq(str, decoded_result("recvmmsg", "args=3,0x10,3,0,0 ret=0"),
		     "0 (Timeout)"));
}
