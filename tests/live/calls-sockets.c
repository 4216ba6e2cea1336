/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sockets are made, named, connected. */
#include "config.h"

#include "calls.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

static void test_socket(struct calls *c)
{
	int pair[2];
	CALL(c, socket, (AF_INET, SOCK_STREAM, IPPROTO_TCP),
	     "AF_INET, SOCK_STREAM, IPPROTO_TCP");
	CALL(c, socket, (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK),
	     "AF_INET, SOCK_DGRAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP");
	CALL(c, socket, (AF_INET6, SOCK_RAW, IPPROTO_ICMPV6),
	     "AF_INET6, SOCK_RAW, IPPROTO_ICMPV6");
	CALL(c, socket, (AF_UNIX, SOCK_SEQPACKET),
	     "AF_UNIX, SOCK_SEQPACKET, 0");
	CALL(c, socket, (AF_NETLINK, SOCK_RAW, NETLINK_ROUTE),
	     "AF_NETLINK, SOCK_RAW, NETLINK_ROUTE");
	CALL(c, socket, (AF_PACKET, SOCK_DGRAM, htons(ETH_P_IP)),
	     "AF_PACKET, SOCK_DGRAM, htons(ETH_P_IP)");
	CALL(c, socket, (77, 8, 9), "0x4d /* AF_??? */, 0x8 /* SOCK_??? */, 9");
	CALL(c, socket, (AF_INET, SOCK_STREAM | 0x100000, 555),
	     "AF_INET, SOCK_STREAM|0x100000 /* SOCK_??? */, 0x22b /* "
	     "IPPROTO_??? */");
	CALL(c, socket, (AF_NETLINK, SOCK_RAW, 99),
	     "AF_NETLINK, SOCK_RAW, 0x63 /* NETLINK_??? */");
	CALL(c, socketpair, (AF_UNIX, SOCK_STREAM, 0, pair),
	     "AF_UNIX, SOCK_STREAM, 0, [%d, %d]", pair[0], pair[1]);
	CALL(c, socketpair, (AF_INET, SOCK_DGRAM, 0, pair),
	     "AF_INET, SOCK_DGRAM, 0, %p", (void *)pair);
	CALL(c, socketpair, (AF_UNIX, SOCK_STREAM, 0, NULL),
	     "AF_UNIX, SOCK_STREAM, 0, NULL");
	CALL(c, shutdown, (pair[0], SHUT_WR), "%d, SHUT_WR", pair[0]);
	CALL(c, shutdown, (pair[1], 77), "%d, 0x4d /* SHUT_??? */", pair[1]);
	CALL(c, shutdown, (-1, SHUT_RDWR), "-1, SHUT_RDWR");
}

#define LOCAL "sin_addr=inet_addr(\"127.0.0.1\")}"

static void test_inet(struct calls *c)
{
	struct sockaddr_in sin = {.sin_family = AF_INET}, got;
	socklen_t size = sizeof(got);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int client = socket(AF_INET, SOCK_STREAM, 0);
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	CALL(c, bind, (fd, &sin, sizeof(sin)),
	     "%d, {sa_family=AF_INET, sin_port=htons(0), " LOCAL ", 16", fd);
	CALL(c, listen, (fd, 5), "%d, 5", fd);
	CALL(c, listen, (-1, -1), "-1, -1");
	CALL(c, getsockname, (fd, &got, &size),
	     "%d, {sa_family=AF_INET, sin_port=htons(%d), " LOCAL ", [16]", fd,
	     ntohs(got.sin_port));
	int port = ntohs(got.sin_port);
	CALL(c, connect, (client, &got, 16),
	     "%d, {sa_family=AF_INET, sin_port=htons(%d), " LOCAL ", 16",
	     client, port);
	size = 100;
	CALL(c, accept, (fd, &got, &size),
	     "%d, {sa_family=AF_INET, sin_port=htons(%d), " LOCAL
	     ", [100 => 16]",
	     fd, ntohs(got.sin_port));
	CALL(c, getpeername, (client, &got, &size),
	     "%d, {sa_family=AF_INET, sin_port=htons(%d), " LOCAL ", [16]",
	     client, port);
	size = 4;
	CALL(c, getpeername, (client, &got, &size),
	     "%d, {sa_family=AF_INET, sa_data=%s}, [4 => 16]", client,
	     calls_bytes(c, (char *)&got + 2, 2));
	CALL(c, getpeername, (fd, &got, &size), "%d, %p, [16]", fd,
	     (void *)&got);
	CALL(c, getsockname, (fd, NULL, NULL), "%d, NULL, NULL", fd);
	CALL(c, accept, (-1, c->bad, c->bad), "-1, %p, %p", (void *)c->bad,
	     (void *)c->bad);
	CALL(c, accept4, (client, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK),
	     "%d, NULL, NULL, SOCK_CLOEXEC|SOCK_NONBLOCK", client);
	CALL(c, accept4, (client, &got, &size, 0x10),
	     "%d, %p, [16], 0x10 /* SOCK_??? */", client, (void *)&got);
	CALL(c, bind, (fd, &sin, 5),
	     "%d, {sa_family=AF_INET, sa_data=\"\\0\\0"
	     "\\177\"}, 5",
	     fd);
	CALL(c, bind, (fd, &sin, 1), "%d, %p, 1", fd, (void *)&sin);
	CALL(c, bind, (-1, NULL, 0), "-1, NULL, 0");
	CALL(c, connect, (-1, c->bad, 16), "-1, %p, 16", (void *)c->bad);
}

static void test_unix(struct calls *c)
{
	struct sockaddr_un sun = {.sun_family = AF_UNIX, .sun_path = "name"};
	struct sockaddr_un got;
	socklen_t size = sizeof(got);
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	CALL(c, bind, (fd, &sun, sizeof(sun)),
	     "%d, {sa_family=AF_UNIX, sun_path=\"name\"}, 110", fd);
	CALL(c, getsockname, (fd, &got, &size),
	     "%d, {sa_family=AF_UNIX, sun_path=\"name\"}, [110 => 7]", fd);
	memcpy(sun.sun_path, "\0abstract\1", 11);
	CALL(c, connect, (fd, &sun, 2 + 10),
	     "%d, {sa_family=AF_UNIX, sun_path=@\"abstract\\1\"}, 12", fd);
	CALL(c, bind, (fd, &sun, 2), "%d, {sa_family=AF_UNIX}, 2", fd);
	memset(sun.sun_path, 'p', sizeof(sun.sun_path));
	CALL(c, connect, (fd, &sun, sizeof(sun)),
	     "%d, {sa_family=AF_UNIX, sun_path=\"%.108s\"}, 110", fd,
	     sun.sun_path);
	size = sizeof(got);
	CALL(c, getpeername, (fd, &got, &size), "%d, %p, [110]", fd,
	     (void *)&got);
	fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	CALL(c, getsockname, (fd, &got, &size),
	     "%d, {sa_family=AF_UNIX}, [110 => 2]", fd);
}

static void test_families(struct calls *c)
{
	struct sockaddr_in6 sin6 = {.sin6_family = AF_INET6,
				    .sin6_port = htons(99),
				    .sin6_flowinfo = htonl(5),
				    .sin6_addr = IN6ADDR_LOOPBACK_INIT,
				    .sin6_scope_id = 1};
	struct sockaddr_nl nl = {.nl_family = AF_NETLINK, .nl_groups = 1};
	struct sockaddr_ll ll = {.sll_family = AF_PACKET,
				 .sll_protocol = htons(ETH_P_ALL),
				 .sll_ifindex = 1,
				 .sll_hatype = 1,
				 .sll_halen = 6,
				 .sll_addr = {0, 1, 2, 3, 4, 0xff}};
	struct sockaddr other = {.sa_family = AF_APPLETALK};
	struct sockaddr none = {.sa_family = 999, .sa_data = "\1abc"};
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	socklen_t size = sizeof(nl);
	CALL(c, connect, (-1, &sin6, sizeof(sin6)),
	     "-1, {sa_family=AF_INET6, sin6_port=htons(99), "
	     "sin6_flowinfo=htonl(5), inet_pton(AF_INET6, \"::1\", "
	     "&sin6_addr), sin6_scope_id=1}, 28");
	inet_pton(AF_INET6, "fe80::12:0:0:1", &sin6.sin6_addr);
	CALL(c, connect, (-1, &sin6, sizeof(sin6)),
	     "-1, {sa_family=AF_INET6, sin6_port=htons(99), "
	     "sin6_flowinfo=htonl(5), inet_pton(AF_INET6, \"fe80::12:0:0:1\", "
	     "&sin6_addr), sin6_scope_id=if_nametoindex(\"lo\")}, 28");
	CALL(c, bind, (fd, &nl, sizeof(nl)),
	     "%d, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=0x000001}, 12",
	     fd);
	CALL(c, getsockname, (fd, &nl, &size),
	     "%d, {sa_family=AF_NETLINK, nl_pid=%d, nl_groups=0x000001}, [12]",
	     fd, (int)nl.nl_pid);
	CALL(c, bind, (-1, &ll, sizeof(ll)),
	     "-1, {sa_family=AF_PACKET, sll_protocol=htons(ETH_P_ALL), "
	     "sll_ifindex=if_nametoindex(\"lo\"), sll_hatype=ARPHRD_ETHER, "
	     "sll_pkttype=PACKET_HOST, sll_halen=6, sll_addr=[00, 0x1, 0x2, "
	     "0x3, 0x4, 0xff]}, 20");
	CALL(c, bind, (-1, &other, 16),
	     "-1, {sa_family=AF_APPLETALK, "
	     "sa_data=\"\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}, 16");
	CALL(c, bind, (-1, &none, 16),
	     "-1, {sa_family=0x3e7 /* AF_??? */, "
	     "sa_data=\"\\1abc\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}, 16");
	other.sa_family = AF_UNSPEC;
	CALL(c, connect, (-1, &other, 16),
	     "-1, {sa_family=AF_UNSPEC, "
	     "sa_data=\"\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\"}, 16");
}

void calls_sockets(struct calls *c)
{
	test_socket(c);
	test_inet(c);
	test_unix(c);
	test_families(c);
}
