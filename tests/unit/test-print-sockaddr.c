/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

#define EXPECT_ADDRESS(size, words, text)                                      \
	EXPECT_ARGS("connect", "args=3,0x10," #size " in1=" words,             \
		    "3, " text ", " #size)

Test(print_sockaddr, unix_paths)
{
	EXPECT_ADDRESS(8, "\"\\x01\\0/tmp/x\"",
		       "{sa_family=AF_UNIX, sun_path=\"/tmp/x\"}");
	EXPECT_ADDRESS(10, "\"\\x01\\0/tmp/x\\0y\"",
		       "{sa_family=AF_UNIX, sun_path=\"/tmp/x\"}");
	EXPECT_ADDRESS(2, "\"\\x01\\0\"", "{sa_family=AF_UNIX}");
	EXPECT_ADDRESS(3, "\"\\x01\\0\\0\"",
		       "{sa_family=AF_UNIX, sun_path=@\"\"}");
	EXPECT_ADDRESS(8, "\"\\x01\\0\\0a\\0bs\\x01\"",
		       "{sa_family=AF_UNIX, sun_path=@\"a\\0bs\\1\"}");
}

Test(print_sockaddr, a_path_is_whole_whatever_the_limit)
{
	cr_expect(eq(str,
		     decoded_limited("connect",
				     "args=3,0x10,8 in1=\"\\x01\\0/tmp/x\"", 3),
		     "3, {sa_family=AF_UNIX, sun_path=\"/tmp/x\"}, 8"));
}

Test(print_sockaddr, internet)
{
	EXPECT_ADDRESS(16, "2:2,0x3500,4:0x0100007f,8:0",
		       "{sa_family=AF_INET, sin_port=htons(53), "
		       "sin_addr=inet_addr(\"127.0.0.1\")}");
	EXPECT_ADDRESS(8, "2:2,0x3500,4:0x0100007f",
		       "{sa_family=AF_INET, sa_data=\"\\0005\\177\\0\\0\\1\"}");
	EXPECT_ADDRESS(28,
		       "2:10,0xbb01,4:0x07000000,8:0,0x0100000000000000,4:7",
		       "{sa_family=AF_INET6, sin6_port=htons(443), "
		       "sin6_flowinfo=htonl(7), inet_pton(AF_INET6, \"::1\", "
		       "&sin6_addr), sin6_scope_id=7}");
	EXPECT_ADDRESS(24, "2:10,0xbb01,4:0,8:0,0x0100000000000000",
		       "{sa_family=AF_INET6, sin6_port=htons(443), "
		       "sin6_flowinfo=htonl(0), inet_pton(AF_INET6, \"::1\", "
		       "&sin6_addr)}");
}

Test(print_sockaddr, a_local_scope_is_an_interface)
{
	EXPECT_ADDRESS(28, "2:10,0,4:0,8:0x80fe,0x0100000000000000,4:1",
		       "{sa_family=AF_INET6, sin6_port=htons(0), "
		       "sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "
		       "\"fe80::1\", &sin6_addr), "
		       "sin6_scope_id=if_nametoindex(\"lo\")}");
	EXPECT_ADDRESS(28, "2:10,0,4:0,8:0x02ff,0x0100000000000000,4:99999",
		       "{sa_family=AF_INET6, sin6_port=htons(0), "
		       "sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "
		       "\"ff02::1\", &sin6_addr), sin6_scope_id=99999}");
}

Test(print_sockaddr, netlink)
{
	EXPECT_ADDRESS(12, "2:16,0,4:1234,5",
		       "{sa_family=AF_NETLINK, nl_pid=1234, "
		       "nl_groups=0x000005}");
	EXPECT_ADDRESS(12, "2:16,7,4:0,0",
		       "{sa_family=AF_NETLINK, nl_pad=0x7, nl_pid=0, "
		       "nl_groups=00000000}");
	EXPECT_ADDRESS(12, "2:16,0,4:-2,0x12345678",
		       "{sa_family=AF_NETLINK, nl_pid=-2, "
		       "nl_groups=0x12345678}");
}

Test(print_sockaddr, packet)
{
	EXPECT_ADDRESS(
		20, "2:17,8,4:1,2:1,1:4,6,1,2,3,4,5,0xab,0,0",
		"{sa_family=AF_PACKET, sll_protocol=htons(ETH_P_IP), "
		"sll_ifindex=if_nametoindex(\"lo\"), "
		"sll_hatype=ARPHRD_ETHER, sll_pkttype=PACKET_OUTGOING, "
		"sll_halen=6, sll_addr=[0x1, 0x2, 0x3, 0x4, 0x5, 0xab]}");
	EXPECT_ADDRESS(20, "2:17,0x3412,4:99999,2:1,1:0,9,1,2,3,4,5,6,0,0",
		       "{sa_family=AF_PACKET, "
		       "sll_protocol=htons(0x1234 /* ETH_P_??? */), "
		       "sll_ifindex=99999, sll_hatype=ARPHRD_ETHER, "
		       "sll_pkttype=PACKET_HOST, sll_halen=9, sll_addr=[0x1, "
		       "0x2, 0x3, 0x4, 0x5, 0x6, 00, 00, ...]}");
	EXPECT_ADDRESS(20, "2:17,8,4:0,2:1,1:0,0,1,2,3,4,5,6,0,0",
		       "{sa_family=AF_PACKET, sll_protocol=htons(ETH_P_IP), "
		       "sll_ifindex=0, sll_hatype=ARPHRD_ETHER, "
		       "sll_pkttype=PACKET_HOST, sll_halen=0}");
}

Test(print_sockaddr, of_virtual_machines)
{
	EXPECT_ADDRESS(16, "2:40,0,4:1024,3,0",
		       "{sa_family=AF_VSOCK, svm_cid=0x3, svm_port=0x400, "
		       "svm_flags=0}");
	EXPECT_ADDRESS(16, "2:40,3,4:0xffffffff,2,1",
		       "{sa_family=AF_VSOCK, svm_reserved1=0x3, "
		       "svm_cid=VMADDR_CID_HOST, svm_port=VMADDR_PORT_ANY, "
		       "svm_flags=VMADDR_FLAG_TO_HOST}");
}

Test(print_sockaddr, other_families)
{
	EXPECT_ADDRESS(4, "\"\\0\\0\\01\"",
		       "{sa_family=AF_UNSPEC, sa_data=\"\\0001\"}");
	EXPECT_ADDRESS(2, "2:0", "{sa_family=AF_UNSPEC}");
	EXPECT_ADDRESS(4, "2:99,0",
		       "{sa_family=0x63 /* AF_??? */, sa_data=\"\\0\\0\"}");
	EXPECT_ADDRESS(16, "2:44,2,4:99999,1,5",
		       "{sa_family=AF_XDP, sxdp_flags=XDP_COPY, "
		       "sxdp_ifindex=99999, sxdp_queue_id=1, "
		       "sxdp_shared_umem_fd=0x5}");
	EXPECT_ADDRESS(12, "2:42,0,4:1,2",
		       "{sa_family=AF_QIPCRTR, sq_node=0x1, sq_port=0x2}");
}

Test(print_sockaddr, what_is_no_address_is_a_number)
{
	EXPECT_ADDRESS(1, "2:2", "0x10");
	EXPECT_ADDRESS(0, "2:2", "0x10");
	EXPECT_ARGS("connect", "args=3,0x10,0xffffffff in1=8:2,0",
		    "3, 0x10, -1");
	EXPECT_ADDRESS(16, "2:2", "0x10");
	EXPECT_ARGS("connect", "args=3,0,16", "3, NULL, 16");
}

Test(print_sockaddr, what_the_kernel_gives_is_cut_to_the_room_for_it)
{
	EXPECT_ARGS("getsockname",
		    "args=3,0x10,0x20 in2=4:200 out2=4:16 "
		    "out1=2:2,0x3500,4:0x0100007f,8:0",
		    "3, {sa_family=AF_INET, sin_port=htons(53), "
		    "sin_addr=inet_addr(\"127.0.0.1\")}, [200 => 16]");
	EXPECT_ARGS("getsockname",
		    "args=3,0x10,0x20 in2=4:4 out2=4:16 "
		    "out1=2:2,0x3500,4:0x0100007f,8:0",
		    "3, {sa_family=AF_INET, sa_data=\"\\0005\"}, [4 => 16]");
	EXPECT_ARGS("getsockname",
		    "args=3,0x10,0x20 in2=4:0 out2=4:16 out1=8:2,0",
		    "3, 0x10, [0 => 16]");
	EXPECT_ARGS("getsockname", "args=3,0x10,0x20 in2=4:16 ret=-9",
		    "3, 0x10, [16]");
}

Test(print_sockaddr, a_length_without_an_address_is_not_read)
{
	EXPECT_ARGS("accept", "args=3,0,0x20 in2=4:16 out2=4:16 ret=4",
		    "3, NULL, 0x20");
	EXPECT_ARGS("accept", "args=3,0,0 ret=4", "3, NULL, NULL");
	EXPECT_ARGS("accept", "args=3,0x10,0x20 ret=-11", "3, 0x10, 0x20");
	EXPECT_ARGS("getsockname", "args=3,0x10,0x20 in2=4:-1 ret=-22",
		    "3, 0x10, [-1]");
}
