/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/decoded.h"

Test(print_option, numbers)
{
	EXPECT_ARGS("setsockopt", "args=3,1,2,0x10,4 in3=4:1",
		    "3, SOL_SOCKET, SO_REUSEADDR, [1], 4");
	EXPECT_ARGS("setsockopt", "args=3,1,2,0x10,8 in3=4:-1,4:7",
		    "3, SOL_SOCKET, SO_REUSEADDR, [-1], 8");
	EXPECT_ARGS("setsockopt", "args=3,1,2,0x10,2 in3=2:1",
		    "3, SOL_SOCKET, SO_REUSEADDR, 0x10, 2");
	EXPECT_ARGS("setsockopt", "args=3,1,2,0,4",
		    "3, SOL_SOCKET, SO_REUSEADDR, NULL, 4");
	EXPECT_ARGS("setsockopt", "args=3,1,2,0x10,4",
		    "3, SOL_SOCKET, SO_REUSEADDR, 0x10, 4");
	EXPECT_ARGS("setsockopt", "args=3,1,2,0x10,0xffffffff in3=4:1",
		    "3, SOL_SOCKET, SO_REUSEADDR, 0x10, -1");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,2,0x10,0x20 in4=4:4 out4=4:4 out3=4:1",
		    "3, SOL_SOCKET, SO_REUSEADDR, [1], [4]");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,2,0x10,0x20 in4=4:2 out4=4:2 out3=2:1",
		    "3, SOL_SOCKET, SO_REUSEADDR, \"\\x01\\x00\", [2]");
	EXPECT_ARGS("getsockopt", "args=3,1,2,0x10,0x20 in4=4:0 out4=4:0",
		    "3, SOL_SOCKET, SO_REUSEADDR, 0x10, [0]");
	EXPECT_ARGS("getsockopt", "args=3,1,2,0x10,0x20 in4=4:4 ret=-9",
		    "3, SOL_SOCKET, SO_REUSEADDR, 0x10, [4]");
	EXPECT_ARGS("getsockopt",
		    "args=3,270,9,0x10,0x20 in4=4:8 out4=4:8 out3=4:1,4:-1",
		    "3, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, [1, "
		    "4294967295], [8]");
}

Test(print_option, numbers_that_have_names)
{
	EXPECT_ARGS("getsockopt",
		    "args=3,1,4,0x10,0x20 in4=4:4 out4=4:4 out3=4:111",
		    "3, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,4,0x10,0x20 in4=4:4 out4=4:4 out3=4:0",
		    "3, SOL_SOCKET, SO_ERROR, [0], [4]");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,4,0x10,0x20 in4=4:4 out4=4:4 out3=4:-5",
		    "3, SOL_SOCKET, SO_ERROR, [4294967291], [4]");
	EXPECT_ARGS("setsockopt", "args=3,1,74,0x10,4 in3=4:1",
		    "3, SOL_SOCKET, SO_TXREHASH, [SOCK_TXREHASH_ENABLED], 4");
	EXPECT_ARGS("setsockopt", "args=3,1,74,0x10,4 in3=4:9",
		    "3, SOL_SOCKET, SO_TXREHASH, [9 /* SOCK_TXREHASH_??? */], "
		    "4");
	EXPECT_ARGS("setsockopt", "args=3,255,1,0x10,4 in3=4:0x101",
		    "3, SOL_RAW, ICMP_FILTER, [ICMP_ECHOREPLY ICMP_ECHO], 4");
	EXPECT_ARGS("setsockopt", "args=3,255,1,0x10,3 in3=2:0xfffd,1:0xff",
		    "3, SOL_RAW, ICMP_FILTER, ~[0x1 /* ICMP_??? */], 3");
}

Test(print_option, bytes)
{
	EXPECT_ARGS("getsockopt",
		    "args=3,6,13,0x10,0x20 in4=4:16 out4=4:6 "
		    "out3=\"cubic\\0\"",
		    "3, SOL_TCP, TCP_CONGESTION, \"cubic\\0\", [16 => 6]");
	EXPECT_ARGS("getsockopt",
		    "args=3,6,11,0x10,0x20 in4=4:4 out4=4:4 out3=4:1",
		    "3, SOL_TCP, TCP_INFO, [1], [4]");
	EXPECT_ARGS("setsockopt", "args=3,1,20,0x10,16 in3=8:1,8:2",
		    "3, SOL_SOCKET, SO_RCVTIMEO_OLD, "
		    "\"\\1\\0\\0\\0\\0\\0\\0\\0\\2\\0\\0\\0\\0\\0\\0\\0\", 16");
	EXPECT_ARGS("setsockopt", "args=3,6,13,0x10,0",
		    "3, SOL_TCP, TCP_CONGESTION, \"\", 0");
	EXPECT_ARGS("setsockopt", "args=3,6,13,0x10,5",
		    "3, SOL_TCP, TCP_CONGESTION, 0x10, 5");
}

Test(print_option, structures_that_are_set_are_whole)
{
	EXPECT_ARGS("setsockopt", "args=3,1,13,0x10,8 in3=4:1,4:2",
		    "3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=2}, 8");
	EXPECT_ARGS("setsockopt", "args=3,1,13,0x10,12 in3=4:1,4:2,4:3",
		    "3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=2}, 12");
	EXPECT_ARGS("setsockopt", "args=3,1,13,0x10,4 in3=4:1",
		    "3, SOL_SOCKET, SO_LINGER, 0x10, 4");
	EXPECT_ARGS("setsockopt", "args=3,1,26,0x10,16 in3=8:2,8:0x5000",
		    "3, SOL_SOCKET, SO_ATTACH_FILTER, {len=2, "
		    "filter=0x5000}, 16");
	EXPECT_ARGS("setsockopt", "args=3,1,26,0x10,20 in3=8:2,8:0x5000,4:0",
		    "3, SOL_SOCKET, SO_ATTACH_FILTER, 0x10, 20");
	EXPECT_ARGS("setsockopt",
		    "args=3,0,35,0x10,8 in3=4:0x010000e0,4:0x0100007f",
		    "3, SOL_IP, IP_ADD_MEMBERSHIP, "
		    "{imr_multiaddr=inet_addr(\"224.0.0.1\"), "
		    "imr_interface=inet_addr(\"127.0.0.1\")}, 8");
	EXPECT_ARGS("setsockopt", "args=3,263,5,0x10,16 in3=4:1,4:2,4:3,4:4",
		    "3, SOL_PACKET, PACKET_RX_RING, {tp_block_size=1, "
		    "tp_block_nr=2, tp_frame_size=3, tp_frame_nr=4}, 16");
}

Test(print_option, structures_with_addresses)
{
	EXPECT_ARGS("setsockopt",
		    "args=3,41,20,0x10,20 in3=8:0,8:0x0100000000000000,4:1",
		    "3, SOL_IPV6, IPV6_ADD_MEMBERSHIP, {inet_pton(AF_INET6, "
		    "\"::1\", &ipv6mr_multiaddr), "
		    "ipv6mr_interface=if_nametoindex(\"lo\")}, 20");
	EXPECT_ARGS("setsockopt",
		    "args=3,263,1,0x10,16 "
		    "in3=4:1,2:1,2:6,8:0x0000060504030201",
		    "3, SOL_PACKET, PACKET_ADD_MEMBERSHIP, "
		    "{mr_ifindex=if_nametoindex(\"lo\"), "
		    "mr_type=PACKET_MR_PROMISC, mr_alen=6, "
		    "mr_address=01:02:03:04:05:06}, 16");
	EXPECT_ARGS("setsockopt",
		    "args=3,0,42,0x10,132 compat in3=4:9,2:2,2:0x5000,"
		    "4:0x010000e0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,8:0,"
		    "8:0,8:0,8:0,8:0",
		    "3, SOL_IP, MCAST_JOIN_GROUP, {gr_interface=9, "
		    "gr_group={sa_family=AF_INET, sin_port=htons(80), "
		    "sin_addr=inet_addr(\"224.0.0.1\")}}, 132");
	EXPECT_ARGS("setsockopt", "args=3,0,42,0x10,24 in3=8:0,8:0,8:0",
		    "3, SOL_IP, MCAST_JOIN_GROUP, 0x10, 24");
}

Test(print_option, structures_that_are_got_have_the_fields_that_fit)
{
	EXPECT_ARGS("getsockopt",
		    "args=3,1,17,0x10,0x20 in4=4:12 out4=4:12 "
		    "out3=4:1,4:-1,4:3",
		    "3, SOL_SOCKET, SO_PEERCRED, {pid=1, uid=-1, gid=3}, "
		    "[12]");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,13,0x10,0x20 in4=4:4 out4=4:4 out3=4:1",
		    "3, SOL_SOCKET, SO_LINGER, {l_onoff=1}, [4]");
	EXPECT_ARGS("getsockopt",
		    "args=3,263,6,0x10,0x20 in4=4:8 out4=4:8 out3=4:1,4:2",
		    "3, SOL_PACKET, PACKET_STATISTICS, {tp_packets=1, "
		    "tp_drops=2}, [8]");
	EXPECT_ARGS("getsockopt", "args=3,1,13,0x10,0x20 in4=4:8 ret=-22",
		    "3, SOL_SOCKET, SO_LINGER, 0x10, [8]");
}

Test(print_option, filters_are_their_length_and_address)
{
	EXPECT_ARGS("seccomp", "args=1,0,0x10 in2=8:2,8:0x5000",
		    "SECCOMP_SET_MODE_FILTER, 0, {len=2, filter=0x5000}");
	EXPECT_ARGS("seccomp", "args=1,0,0x10",
		    "SECCOMP_SET_MODE_FILTER, 0, 0x10");
}
