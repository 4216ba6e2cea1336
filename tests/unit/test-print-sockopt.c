/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/decoded.h"

Test(print_sockopt, ints)
{
	EXPECT_ARGS("setsockopt", "args=3,1,2,0x10,4 in3=4:1",
		    "3, SOL_SOCKET, SO_REUSEADDR, [1], 4");
	EXPECT_ARGS("setsockopt", "args=3,1,2,0x10,8 in3=4:1,4:5",
		    "3, SOL_SOCKET, SO_REUSEADDR, [1], 8");
	EXPECT_ARGS("setsockopt", "args=3,1,2,0x10,3 in3=1:1,2:5",
		    "3, SOL_SOCKET, SO_REUSEADDR, 0x10, 3");
	EXPECT_ARGS("setsockopt", "args=3,1,2,0x10,-1",
		    "3, SOL_SOCKET, SO_REUSEADDR, 0x10, -1");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,2,0x10,0x20 out3=4:1 in4=4:4 out4=4:4",
		    "3, SOL_SOCKET, SO_REUSEADDR, [1], [4]");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,2,0x10,0x20 out3=1:1,2:0 in4=4:3 out4=4:3",
		    "3, SOL_SOCKET, SO_REUSEADDR, \"\\x01\\x00\\x00\", [3]");
	EXPECT_ARGS("getsockopt", "args=3,1,2,0x10,0x20 in4=4:0 out4=4:0",
		    "3, SOL_SOCKET, SO_REUSEADDR, 0x10, [0]");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,4,0x10,0x20 out3=4:111 in4=4:4 out4=4:4",
		    "3, SOL_SOCKET, SO_ERROR, [ECONNREFUSED], [4]");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,4,0x10,0x20 out3=4:0 in4=4:4 out4=4:4",
		    "3, SOL_SOCKET, SO_ERROR, [0], [4]");
	EXPECT_ARGS("setsockopt", "args=3,1,74,0x10,4 in3=4:255",
		    "3, SOL_SOCKET, SO_TXREHASH, [SOCK_TXREHASH_DEFAULT], 4");
	EXPECT_ARGS("setsockopt", "args=3,1,74,0x10,4 in3=4:5",
		    "3, SOL_SOCKET, SO_TXREHASH, "
		    "[5 /* SOCK_TXREHASH_??? */], 4");
	EXPECT_ARGS(
		"getsockopt",
		"args=3,270,9,0x10,0x20 out3=4:1,4:2,2:3 in4=4:10 out4=4:10",
		"3, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, [1, 2], [10]");
}

Test(print_sockopt, what_is_no_int_is_text)
{
	EXPECT_ARGS("setsockopt", "args=3,6,13,0x10,3 in3=\"bbr\"",
		    "3, SOL_TCP, TCP_CONGESTION, \"bbr\", 3");
	EXPECT_ARGS("setsockopt", "args=3,6,1,0x10,4 in3=4:1",
		    "3, SOL_TCP, TCP_NODELAY, [1], 4");
	EXPECT_ARGS("setsockopt", "args=3,6,1,0x10,3 in3=1:1,2:0",
		    "3, SOL_TCP, TCP_NODELAY, \"\\1\\0\\0\", 3");
	EXPECT_ARGS("setsockopt", "args=3,6,1,0x10,0",
		    "3, SOL_TCP, TCP_NODELAY, \"\", 0");
	EXPECT_ARGS("setsockopt", "args=3,6,1,0,4",
		    "3, SOL_TCP, TCP_NODELAY, NULL, 4");
}

Test(print_sockopt, structures_that_are_told_in_part)
{
	EXPECT_ARGS("getsockopt",
		    "args=3,1,13,0x10,0x20 out3=4:1,4:5 in4=4:8 out4=4:8",
		    "3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, [8]");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,13,0x10,0x20 out3=4:1,2:5 in4=4:6 out4=4:6",
		    "3, SOL_SOCKET, SO_LINGER, {l_onoff=1, "
		    "l_linger=\"\\x05\\x00\"}, [6]");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,13,0x10,0x20 out3=4:1 in4=4:4 out4=4:4",
		    "3, SOL_SOCKET, SO_LINGER, {l_onoff=1}, [4]");
	EXPECT_ARGS("setsockopt", "args=3,1,13,0x10,7 in3=4:1,2:5,1:0",
		    "3, SOL_SOCKET, SO_LINGER, 0x10, 7");
	EXPECT_ARGS("setsockopt", "args=3,1,13,0x10,9 in3=4:1,4:5,1:0",
		    "3, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, 9");
	EXPECT_ARGS("getsockopt",
		    "args=3,1,17,0x10,0x20 out3=4:1,4:2,4:3 in4=4:12 out4=4:12",
		    "3, SOL_SOCKET, SO_PEERCRED, {pid=1, uid=2, gid=3}, [12]");
	EXPECT_ARGS("setsockopt", "args=3,1,26,0x10,16 in3=8:3,8:0x1000",
		    "3, SOL_SOCKET, SO_ATTACH_FILTER, {len=3, "
		    "filter=0x1000}, 16");
	EXPECT_ARGS("setsockopt", "args=3,1,26,0x10,8 compat in3=4:3,4:0x1000",
		    "3, SOL_SOCKET, SO_ATTACH_FILTER, {len=3, "
		    "filter=0x1000}, 8");
	EXPECT_ARGS("setsockopt", "args=3,263,5,0x10,16 in3=4:1,4:2,4:3,4:4",
		    "3, SOL_PACKET, PACKET_RX_RING, {tp_block_size=1, "
		    "tp_block_nr=2, tp_frame_size=3, tp_frame_nr=4}, 16");
	EXPECT_ARGS("setsockopt",
		    "args=3,263,5,0x10,17 in3=4:1,4:2,4:3,4:4,1:0",
		    "3, SOL_PACKET, PACKET_RX_RING, 0x10, 17");
}

Test(print_sockopt, groups)
{
	EXPECT_ARGS("setsockopt",
		    "args=3,0,35,0x10,8 in3=4:0x010000e0,4:0x0100007f",
		    "3, SOL_IP, IP_ADD_MEMBERSHIP, "
		    "{imr_multiaddr=inet_addr(\"224.0.0.1\"), "
		    "imr_interface=inet_addr(\"127.0.0.1\")}, 8");
	EXPECT_ARGS("setsockopt",
		    "args=3,41,20,0x10,20 in3=8:0,8:0x100000000000000,4:1",
		    "3, SOL_IPV6, IPV6_ADD_MEMBERSHIP, "
		    "{inet_pton(AF_INET6, \"::1\", &ipv6mr_multiaddr), "
		    "ipv6mr_interface=if_nametoindex(\"lo\")}, 20");
	EXPECT_ARGS("setsockopt",
		    "args=3,263,1,0x10,16 in3=4:1,2:1,2:6,8:0x060504030201",
		    "3, SOL_PACKET, PACKET_ADD_MEMBERSHIP, "
		    "{mr_ifindex=if_nametoindex(\"lo\"), "
		    "mr_type=PACKET_MR_PROMISC, mr_alen=6, "
		    "mr_address=01:02:03:04:05:06}, 16");
	EXPECT_ARGS("setsockopt", "args=3,255,1,0x10,4 in3=4:0xfffffff6",
		    "3, SOL_RAW, ICMP_FILTER, ~[ICMP_ECHOREPLY "
		    "ICMP_DEST_UNREACH], 4");
	EXPECT_ARGS("setsockopt", "args=3,255,1,0x10,4 in3=4:0x80000001",
		    "3, SOL_RAW, ICMP_FILTER, [ICMP_ECHOREPLY "
		    "0x1f /* ICMP_??? */], 4");
}

Test(print_sockopt, received_bytes_are_no_more_than_there_is_room_for)
{
	EXPECT_ARGS("recvfrom", "args=3,0x10,3,0x20,0,0 out1=\"hello\" ret=6",
		    "3, \"hel\", 3, MSG_TRUNC, NULL, NULL");
}
