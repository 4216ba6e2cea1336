/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Options of sockets. */
#include "config.h"

#include "calls.h"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

static void test_numbers(struct calls *c, int fd)
{
	int one = 1, got = 0;
	socklen_t size = sizeof(got);
	CALL(c, setsockopt, (fd, SOL_SOCKET, SO_REUSEADDR, &one, 4),
	     "%d, SOL_SOCKET, SO_REUSEADDR, [1], 4", fd);
	CALL(c, getsockopt, (fd, SOL_SOCKET, SO_REUSEADDR, &got, &size),
	     "%d, SOL_SOCKET, SO_REUSEADDR, [1], [4]", fd);
	CALL(c, getsockopt, (fd, SOL_SOCKET, SO_TYPE, &got, &size),
	     "%d, SOL_SOCKET, SO_TYPE, [1], [4]", fd);
	CALL(c, getsockopt, (fd, SOL_SOCKET, SO_ERROR, &got, &size),
	     "%d, SOL_SOCKET, SO_ERROR, [0], [4]", fd);
	size = 2;
	CALL(c, getsockopt, (fd, SOL_SOCKET, SO_TYPE, &got, &size),
	     "%d, SOL_SOCKET, SO_TYPE, \"\\1\\0\", [2]", fd);
	CALL(c, getsockopt, (fd, SOL_SOCKET, SO_REUSEADDR, &got, &size),
	     "%d, SOL_SOCKET, SO_REUSEADDR, \"\\x01\\x00\", [2]", fd);
	size = 100;
	CALL(c, getsockopt, (fd, SOL_SOCKET, SO_DOMAIN, &got, &size),
	     "%d, SOL_SOCKET, SO_DOMAIN, [2], [100 => 4]", fd);
	CALL(c, getsockopt, (fd, SOL_SOCKET, 0x4d4d, &got, &size),
	     "%d, SOL_SOCKET, 0x4d4d /* SO_??? */, %p, [4]", fd, (void *)&got);
	CALL(c, getsockopt, (fd, 0x4d4d, 5, &got, &size),
	     "%d, 0x4d4d /* SOL_?? */, 5, %p, [4]", fd, (void *)&got);
	CALL(c, getsockopt, (fd, SOL_SOCKET, SO_TYPE, NULL, NULL),
	     "%d, SOL_SOCKET, SO_TYPE, NULL, NULL", fd);
	CALL(c, setsockopt, (fd, SOL_SOCKET, SO_KEEPALIVE, c->bad, 4),
	     "%d, SOL_SOCKET, SO_KEEPALIVE, %p, 4", fd, (void *)c->bad);
	CALL(c, setsockopt, (fd, SOL_SOCKET, SO_KEEPALIVE, NULL, 4),
	     "%d, SOL_SOCKET, SO_KEEPALIVE, NULL, 4", fd);
	CALL(c, setsockopt, (fd, SOL_SOCKET, SO_KEEPALIVE, &one, 2),
	     "%d, SOL_SOCKET, SO_KEEPALIVE, %p, 2", fd, (void *)&one);
	CALL(c, setsockopt, (fd, IPPROTO_TCP, TCP_NODELAY, &one, 4),
	     "%d, SOL_TCP, TCP_NODELAY, [1], 4", fd);
	CALL(c, setsockopt, (fd, IPPROTO_IP, IP_TOS, &one, 4),
	     "%d, SOL_IP, IP_TOS, [1], 4", fd);
	CALL(c, setsockopt, (-1, IPPROTO_IPV6, IPV6_V6ONLY, &one, 4),
	     "-1, SOL_IPV6, IPV6_V6ONLY, [1], 4");
	CALL(c, setsockopt, (-1, SOL_SOCKET, SO_REUSEPORT, &one, -1),
	     "-1, SOL_SOCKET, SO_REUSEPORT, %p, -1", (void *)&one);
	CALL(c, setsockopt, (-1, 0x4d4d, 5, &one, 4),
	     "-1, 0x4d4d /* SOL_?? */, 5, [1], 4");
}

static void test_structures(struct calls *c, int fd)
{
	struct linger linger = {1, 5};
	struct timeval tv = {3, 4};
	struct ucred cred;
	char congestion[16];
	struct {
		struct timeval tv;
		char more[16];
	} large = {{7, 8}, ""};
	int pair[2];
	socklen_t size = sizeof(linger);
	CALLS_NEED(c, !socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	CALL(c, setsockopt, (fd, SOL_SOCKET, SO_LINGER, &linger, 8),
	     "%d, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, 8", fd);
	CALL(c, getsockopt, (fd, SOL_SOCKET, SO_LINGER, &linger, &size),
	     "%d, SOL_SOCKET, SO_LINGER, {l_onoff=1, l_linger=5}, [8]", fd);
	size = 4;
	CALL(c, getsockopt, (fd, SOL_SOCKET, SO_LINGER, &linger, &size),
	     "%d, SOL_SOCKET, SO_LINGER, {l_onoff=1}, [4]", fd);
	CALL(c, setsockopt, (fd, SOL_SOCKET, SO_RCVTIMEO, &tv, 16),
	     "%d, SOL_SOCKET, SO_RCVTIMEO_OLD, "
	     "\"\\3\\0\\0\\0\\0\\0\\0\\0\\4\\0\\0\\0\\0\\0\\0\\0\", 16"
	     "",
	     fd);
	size = sizeof(large);
	CALL(c, getsockopt, (fd, SOL_SOCKET, SO_RCVTIMEO, &large, &size),
	     "%d, SOL_SOCKET, SO_RCVTIMEO_OLD, "
	     "\"\\3\\0\\0\\0\\0\\0\\0\\0\\240\\17\\0\\0\\0\\0\\0\\0\", "
	     "[32 => 16]",
	     fd);
	size = sizeof(cred);
	CALL(c, getsockopt, (pair[0], SOL_SOCKET, SO_PEERCRED, &cred, &size),
	     "%d, SOL_SOCKET, SO_PEERCRED, {pid=%d, uid=0, gid=0}, [12]",
	     pair[0], getpid());
	size = sizeof(congestion);
	CALL(c, getsockopt,
	     (fd, IPPROTO_TCP, TCP_CONGESTION, congestion, &size),
	     "%d, SOL_TCP, TCP_CONGESTION, %s, [16]", fd,
	     calls_bytes(c, congestion, size));
}

static void test_more(struct calls *c, int fd)
{
	struct ip_mreq mreq = {{htonl(0xe0000001)}, {htonl(0x7f000001)}};
	struct ipv6_mreq mreq6 = {IN6ADDR_LOOPBACK_INIT, 1};
	struct sock_filter code[] = {BPF_STMT(BPF_RET | BPF_K, 0xffff)};
	struct sock_fprog prog = {1, code};
	struct packet_mreq packet = {1, PACKET_MR_PROMISC, 6, "abcdef"};
	struct icmp_filter {
		uint32_t data;
	} icmp = {0xfffffffe};
	socklen_t size = sizeof(prog);
	CALL(c, setsockopt, (-1, IPPROTO_IP, IP_ADD_MEMBERSHIP, &mreq, 8),
	     "-1, SOL_IP, IP_ADD_MEMBERSHIP, "
	     "{imr_multiaddr=inet_addr(\"224.0.0.1\"), "
	     "imr_interface=inet_addr(\"127.0.0.1\")}, 8");
	CALL(c, setsockopt,
	     (-1, IPPROTO_IPV6, IPV6_ADD_MEMBERSHIP, &mreq6, sizeof(mreq6)),
	     "-1, SOL_IPV6, IPV6_ADD_MEMBERSHIP, {inet_pton(AF_INET6, \"::1\", "
	     "&ipv6mr_multiaddr), ipv6mr_interface=if_nametoindex(\"lo\")}, "
	     "20");
	CALL(c, setsockopt, (fd, SOL_SOCKET, SO_ATTACH_FILTER, &prog, 16),
	     "%d, SOL_SOCKET, SO_ATTACH_FILTER, {len=1, filter=%p}, 16", fd,
	     (void *)code);
	CALL(c, getsockopt, (-1, SOL_SOCKET, SO_ATTACH_FILTER, &prog, &size),
	     "-1, SOL_SOCKET, SO_GET_FILTER, %p, [16]", (void *)&prog);
	CALL(c, setsockopt, (fd, SOL_SOCKET, SO_DETACH_FILTER, &size, 4),
	     "%d, SOL_SOCKET, SO_DETACH_FILTER, [16], 4", fd);
	CALL(c, setsockopt,
	     (-1, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &packet, sizeof(packet)),
	     "-1, SOL_PACKET, PACKET_ADD_MEMBERSHIP, "
	     "{mr_ifindex=if_nametoindex(\"lo\"), mr_type=PACKET_MR_PROMISC, "
	     "mr_alen=6, mr_address=61:62:63:64:65:66}, 16");
	CALL(c, setsockopt, (-1, SOL_RAW, 1, &icmp, 4),
	     "-1, SOL_RAW, ICMP_FILTER, ~[ICMP_ECHOREPLY], 4");
	CALL(c, setsockopt, (-1, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3),
	     "-1, SOL_SOCKET, SO_BINDTODEVICE, \"lo\\0\", 3");
	CALL(c, setsockopt, (-1, SOL_NETLINK, NETLINK_PKTINFO, &size, 4),
	     "-1, SOL_NETLINK, NETLINK_PKTINFO, [16], 4");
}

void calls_options(struct calls *c)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	test_numbers(c, fd);
	test_structures(c, fd);
	test_more(c, fd);
}
