/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Scenes of tests/live/fds: kinds of files and sockets. */
#include "config.h"

#include "fds.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <net/ethernet.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262 /* linux/in.h */
#endif
#define KVM_CREATE_VM 0xae01 /* linux/kvm.h */

/* A node that is there for a while only. */
static void look_at_node(mode_t type, dev_t dev, int flags)
{
	fds_need(mknod("node", type | 0600, dev), "mknod");
	int fd = fds_need(open("node", flags), "node");
	fds_look(fd);
	fds_need(unlink("node"), "unlink");
	fds_look(fd);
}

/* Descriptors by way of the one that is open. */
static void look_at_links(int fd)
{
	static const int flags[] = {O_RDONLY, O_PATH, O_PATH | O_NOFOLLOW};
	char name[64];
	(void)snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		int again = fds_need(open(name, flags[i]), name);
		if (flags[i] & O_NOFOLLOW) /* /proc/PID is not what it says */
			(void)fcntl(again, F_GETFD);
		else
			fds_look(again);
	}
}

void fds_odd(void)
{
	static const char *const names[] = {
		"a (deleted)", "socket:[5]",  "pipe:[5]", "anon_inode:[x]",
		"a b",         "with->arrow", "a,b[c]{d",
	};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		(void)fcntl(fds_make(names[i]), F_GETFD);
	fds_make("\t\001\177\377<\n\"\\>");
	fds_need(mkfifo("fifo", 0600), "mkfifo");
	fds_look(fds_need(open("fifo", O_RDWR), "fifo"));
	fds_look(fds_need(open("fifo", O_PATH), "fifo"));
	look_at_node(S_IFCHR, makedev(1, 3), O_RDWR);
	look_at_node(S_IFCHR, makedev(4000, 70000), O_PATH);
	look_at_node(S_IFBLK, makedev(300, 70000), O_PATH);
	fds_maybe(open("/dev/loop0", O_RDONLY | O_NONBLOCK));
	int file = fds_make("file");
	fds_need(symlink("file", "link"), "symlink");
	fds_look(fds_need(open("link", O_PATH | O_NOFOLLOW), "link"));
	look_at_links(file);
	fds_need(unlink("file"), "unlink");
	look_at_links(file);
	look_at_links(fds_need((int)memfd_create("memory", 0), "memfd"));
	fds_look(fds_need(open("/proc/self/fd", O_RDONLY), "/proc/self/fd"));
	fds_look(fds_need(open("/proc/self/exe", O_RDONLY), "exe"));
	fds_need(mkdir("gone", 0700), "mkdir");
	int directory = fds_need(open("gone", O_RDONLY), "gone");
	fds_need(rmdir("gone"), "rmdir");
	fds_look(directory);
}

static void look_at_namespaces(void)
{
	static const char *const names[] = {
		"mnt",    "net",  "pid",
		"user",   "uts",  "ipc",
		"cgroup", "time", "pid_for_children"};
	char path[64];
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)snprintf(path, sizeof(path), "/proc/self/ns/%s",
			       names[i]);
		fds_maybe(open(path, O_RDONLY));
	}
}

/* A process that ended and was waited for has no number any more. */
static void look_at_process(void)
{
	pid_t child = fds_need(fork(), "fork");
	if (!child) {
		(void)pause();
		_exit(0);
	}
	int pidfd = fds_need((int)syscall(SYS_pidfd_open, child, 0), "pidfd");
	fds_expect(pidfd, "<pid:%d>", child);
	(void)kill(child, SIGKILL);
	(void)waitpid(child, NULL, 0); /* it was killed */
	fds_expect(pidfd, "<anon_inode:[pidfd]>");
}

/* union bpf_attr, struct perf_event_attr, struct io_uring_params: include/uapi
 * of Linux has them longer than zeros need to be. */
static void look_at_kernel_objects(void)
{
	const uint32_t map[18] = {2, 4, 4, 1}; /* an array of one u32 */
	uint64_t perf[16] = {1 | (uint64_t)sizeof(perf) << 32};
	uint64_t ring[15] = {0};
	fds_maybe((int)syscall(SYS_bpf, 0, map, sizeof(map)));
	fds_maybe((int)syscall(SYS_perf_event_open, perf, 0, -1, -1, 0));
	fds_maybe((int)syscall(SYS_io_uring_setup, 4, ring));
	fds_maybe((int)syscall(SYS_userfaultfd, 1));
	fds_maybe((int)syscall(SYS_fsopen, "tmpfs", 0));
	fds_maybe((int)syscall(SYS_open_tree, AT_FDCWD, ".", 0));
	fds_maybe((int)syscall(SYS_memfd_secret, 0));
	int kvm = open("/dev/kvm", O_RDWR);
	fds_maybe(kvm);
	if (kvm >= 0)
		fds_maybe(ioctl(kvm, KVM_CREATE_VM, 0));
}

void fds_anonymous(void)
{
	sigset_t none;
	(void)sigemptyset(&none);
	fds_look(fds_need(epoll_create1(EPOLL_CLOEXEC), "epoll_create1"));
	fds_look(fds_need(eventfd(0, EFD_CLOEXEC), "eventfd"));
	fds_look(fds_need(timerfd_create(CLOCK_MONOTONIC, 0), "timerfd"));
	fds_look(fds_need(signalfd(-1, &none, 0), "signalfd"));
	fds_look(fds_need(inotify_init1(0), "inotify_init1"));
	fds_maybe(fanotify_init(0, 0));
	look_at_namespaces();
	look_at_process();
	look_at_kernel_objects();
}

/* Of a socket of which nothing but the inode is known; KIND is its name. */
static void look_at_socket(int family, int type, int protocol, const char *kind)
{
	int fd = socket(family, type, protocol);
	if (fd >= 0)
		fds_expect(fd, "<%s:[%lu]>", kind, fds_inode(fd));
}

void fds_protocols(void)
{
	look_at_socket(AF_INET, SOCK_STREAM, IPPROTO_MPTCP, "socket");
	look_at_socket(AF_INET6, SOCK_STREAM, IPPROTO_MPTCP, "socket");
	look_at_socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, "socket");
	look_at_socket(AF_INET6, SOCK_DGRAM, IPPROTO_UDPLITE, "UDPLITEv6");
	look_at_socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP, "SCTP");
	look_at_socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6, "RAWv6");
	look_at_socket(AF_INET, SOCK_RAW, IPPROTO_RAW, "RAW");
	look_at_socket(AF_NETLINK, SOCK_RAW, NETLINK_KOBJECT_UEVENT, "NETLINK");
	look_at_socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL), "socket");
	look_at_socket(AF_VSOCK, SOCK_STREAM, 0, "socket");
	look_at_socket(AF_ALG, SOCK_SEQPACKET, 0, "socket");
	look_at_socket(AF_KEY, SOCK_RAW, 2, "socket");

	/* The first of a process has its number, another one has not. */
	const struct sockaddr_nl name = {.nl_family = AF_NETLINK,
					 .nl_pid = 0x7654321};
	int audit = socket(AF_NETLINK, SOCK_RAW, NETLINK_AUDIT);
	if (audit >= 0 && !bind(audit, (const void *)&name, sizeof(name)))
		fds_expect(audit, "<NETLINK:[AUDIT:%d]>", 0x7654321);
}

static int bound_to_loopback(int type)
{
	const struct sockaddr_in name = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	int fd = fds_need(socket(AF_INET, type, 0), "socket");
	fds_need(bind(fd, (const void *)&name, sizeof(name)), "bind");
	return fd;
}

static unsigned port_of(int fd)
{
	struct sockaddr_in name;
	socklen_t size = sizeof(name);
	fds_need(getsockname(fd, (void *)&name, &size), "getsockname");
	return ntohs(name.sin_port);
}

static void connect_to(int fd, int other)
{
	struct sockaddr_in name;
	socklen_t size = sizeof(name);
	fds_need(getsockname(other, (void *)&name, &size), "getsockname");
	fds_need(connect(fd, (void *)&name, size), "connect");
}

#define LOOPBACK "127.0.0.1"

static void look_bound(int fd, const char *kind)
{
	fds_expect(fd, "<%s:[" LOOPBACK ":%u]>", kind, port_of(fd));
}

static void look_connected(int fd, const char *kind, int other)
{
	fds_expect(fd, "<%s:[" LOOPBACK ":%u->" LOOPBACK ":%u]>", kind,
		   port_of(fd), port_of(other));
}

static void end_streams(void)
{
	char byte;
	int server = bound_to_loopback(SOCK_STREAM);
	look_bound(server, "TCP");
	fds_need(listen(server, 1), "listen");
	int client = bound_to_loopback(SOCK_STREAM);
	look_bound(client, "TCP");
	connect_to(client, server);
	look_connected(client, "TCP", server);
	int accepted = fds_need(accept(server, NULL, NULL), "accept");
	look_connected(accepted, "TCP", client);
	fds_need(close(client), "close");
	fds_need((int)read(accepted, &byte, 1), "read"); /* waits for its end */
	look_bound(server, "TCP");
	fds_need(shutdown(accepted, SHUT_RDWR), "shutdown");
	fds_expect(accepted, "<TCP:[%lu]>", fds_inode(accepted));
}

static void rename_datagrams(void)
{
	const struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
	int one = bound_to_loopback(SOCK_DGRAM);
	int other = bound_to_loopback(SOCK_DGRAM);
	look_bound(one, "UDP");
	connect_to(one, other);
	look_connected(one, "UDP", other);
	fds_need(connect(one, &nowhere, sizeof(nowhere)), "connect");
	fds_expect(one, "<UDP:[%lu]>", fds_inode(one));
	int sender = fds_need(socket(AF_INET, SOCK_DGRAM, 0), "socket");
	connect_to(sender, other);
	look_connected(sender, "UDP", other);
}

/* A pair of which one end goes away: by close, and with a process. */
static void end_pair(int type, const char *kind)
{
	int pair[2];
	fds_need(socketpair(AF_UNIX, type, 0, pair), "socketpair");
	fds_expect(pair[0], "<%s:[%lu->%lu]>", kind, fds_inode(pair[0]),
		   fds_inode(pair[1]));
	pid_t child = fds_need(fork(), "fork");
	if (!child) {
		fds_need(close(pair[0]), "close");
		(void)pause();
		_exit(0);
	}
	unsigned long other = fds_inode(pair[1]);
	fds_need(close(pair[1]), "close");
	fds_expect(pair[0], "<%s:[%lu->%lu]>", kind, fds_inode(pair[0]), other);
	(void)kill(child, SIGKILL);
	(void)waitpid(child, NULL, 0); /* it was killed */
	fds_expect(pair[0], "<%s:[%lu]>", kind, fds_inode(pair[0]));
	fds_need(close(pair[0]), "close");
}

static int unix_named(int type, const char *name, size_t size)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	memcpy(address.sun_path, name, size);
	int fd = fds_need(socket(AF_UNIX, type, 0), "socket");
	fds_need(bind(fd, (const void *)&address,
		      (socklen_t)(sizeof(sa_family_t) + size)),
		 "bind");
	return fd;
}

/* Bound, then connected; connected, then bound. */
static void rename_unix(void)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "one"};
	int one = unix_named(SOCK_DGRAM, "one", 3);
	fds_expect(one, "<UNIX:[%lu,\"one\"]>", fds_inode(one));
	int other = fds_need(socket(AF_UNIX, SOCK_DGRAM, 0), "socket");
	fds_expect(other, "<UNIX:[%lu]>", fds_inode(other));
	fds_need(connect(other, (const void *)&name, sizeof(name)), "connect");
	fds_expect(other, "<UNIX:[%lu->%lu]>", fds_inode(other),
		   fds_inode(one));
	(void)strcpy(name.sun_path, "other");
	fds_need(bind(other, (const void *)&name, sizeof(name)), "bind");
	fds_expect(other, "<UNIX:[%lu->%lu,\"other\"]>", fds_inode(other),
		   fds_inode(one));
	fds_need(connect(one, (const void *)&name, sizeof(name)), "connect");
	fds_expect(one, "<UNIX:[%lu->%lu,\"one\"]>", fds_inode(one),
		   fds_inode(other));
	/* Abstract, with a NUL inside; a path that fills the address. */
	int abstract = unix_named(SOCK_STREAM, "\0fds\0x", 6);
	fds_expect(abstract, "<UNIX-STREAM:[%lu,@\"fds\"]>",
		   fds_inode(abstract));
	char full[108];
	memset(full, 'x', sizeof(full));
	int whole = unix_named(SOCK_STREAM, full, sizeof(full));
	fds_expect(whole, "<UNIX-STREAM:[%lu,\"%.*s\"]>", fds_inode(whole),
		   (int)sizeof(full), full);
	fds_need(unlink("one"), "unlink");
	fds_expect(one, "<UNIX:[%lu->%lu,\"one\"]>", fds_inode(one),
		   fds_inode(other));
}

void fds_ends(void)
{
	end_streams();
	rename_datagrams();
	end_pair(SOCK_STREAM, "UNIX-STREAM");
	end_pair(SOCK_SEQPACKET, "UNIX");
	rename_unix();
}

void fds_network(void)
{
	const struct sockaddr_in any = {.sin_family = AF_INET};
	const struct sockaddr_nl nl = {.nl_family = AF_NETLINK};
	int pair[2];
	fds_need(unshare(CLONE_NEWNET), "unshare");
	int server = fds_need(socket(AF_INET, SOCK_STREAM, 0), "socket");
	fds_expect(server, "<TCP:[%lu]>", fds_inode(server));
	fds_need(bind(server, (const void *)&any, sizeof(any)), "bind");
	fds_expect(server, "<TCP:[0.0.0.0:%u]>", port_of(server));
	fds_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
	fds_expect(pair[0], "<UNIX-STREAM:[%lu->%lu]>", fds_inode(pair[0]),
		   fds_inode(pair[1]));
	int netlink = fds_need(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE),
			       "netlink");
	fds_need(bind(netlink, (const void *)&nl, sizeof(nl)), "bind");
	fds_expect(netlink, "<NETLINK:[ROUTE:%d]>", getpid());
}
