/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Descriptors of every kind, one scene per name.  Each look at a descriptor is
 * an lseek(2) to an offset that is used once, and a line on standard output:
 * that offset and what the descriptor refers to, as /proc or the socket itself
 * says at that moment, in the form of strace -yy.
 */
#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/kcmp.h>
#include <linux/netlink.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEXT_SIZE 512
#define THEIR_FD  50 /* is open only in another process */

static off_t offset;

static _Noreturn void die(const char *what)
{
	(void)fprintf(stderr, "fds: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int need(int result, const char *what)
{
	if (result < 0)
		die(what);
	return result;
}

/* Looks at FD, which is expected to be what the format says. */
__attribute__((format(printf, 2, 3))) static void
expect(int fd, const char *format, ...)
{
	va_list args;
	(void)printf("%ld ", (long)++offset);
	va_start(args, format);
	(void)vprintf(format, args);
	va_end(args);
	(void)printf("\n");
	(void)fflush(stdout);
	(void)syscall(SYS_lseek, fd, offset, SEEK_SET);
}

/* The same of a file, which /proc knows. */
static void look(int fd)
{
	static const char deleted[] = " (deleted)";
	char name[64];
	char text[TEXT_SIZE + 1];
	struct stat st;
	(void)snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	ssize_t n = readlink(name, text, TEXT_SIZE);
	if (n < 0 || fstat(fd, &st))
		die(name);
	text[n] = '\0';
	size_t end = (size_t)n - (sizeof(deleted) - 1);
	if ((size_t)n >= sizeof(deleted) && strcmp(text + end, deleted) == 0) {
		text[end] = '\0';
		expect(fd, "<%s>(deleted)", text);
	} else if (S_ISCHR(st.st_mode)) {
		expect(fd, "<%s<char %u:%u>>", text, major(st.st_rdev),
		       minor(st.st_rdev));
	} else {
		expect(fd, "<%s>", text);
	}
}

static int make(const char *path)
{
	return need(open(path, O_RDWR | O_CREAT, 0600), path);
}

static void scene_files(void)
{
	int fd = make("file");
	look(fd);
	int copy = need(dup(fd), "dup");
	look(copy);
	need(rename("file", "renamed"), "rename");
	look(fd);
	need(mkdir("a", 0700), "mkdir");
	need(mkdir("a/b", 0700), "mkdir");
	int deep = make("a/b/c");
	look(deep);
	need(rename("a", "z"), "rename");
	look(deep);
	need(rename("renamed", "z/b/c"), "rename");
	look(deep); /* overwritten: its name is gone */
	look(fd);
	need(link("z/b/c", "other"), "link");
	need(unlink("z/b/c"), "unlink");
	look(fd);
	int again = make("z/b/c");
	look(again);
	look(fd);
}

static void scene_kinds(void)
{
	int pair[2];
	need(pipe(pair), "pipe");
	look(pair[0]);
	look(pair[1]);
	look(need(epoll_create1(0), "epoll_create1"));
	look(need(eventfd(0, 0), "eventfd"));
	look(need(open("/dev/null", O_RDWR), "/dev/null"));
	look(need(open("/dev/ptmx", O_RDWR | O_NOCTTY), "/dev/ptmx"));
	look(need(open("/proc/self/maps", O_RDONLY), "maps"));
	look(need(open("/proc/self/ns/mnt", O_RDONLY), "ns"));
	look(need(open("/sys/kernel", O_RDONLY), "/sys/kernel"));
	look(need(open(".", O_PATH), "."));
	look(need(open("/", O_RDONLY), "/"));
	look(need(open(".", O_TMPFILE | O_RDWR, 0600), "O_TMPFILE"));
	look(need((int)memfd_create("a name of more than thirty-two bytes", 0),
		  "memfd_create"));
	int pidfd = need((int)syscall(SYS_pidfd_open, getpid(), 0), "pidfd");
	expect(pidfd, "<pid:%d>", getpid());
}

/* Paths as deep and as long as are shown whole. */
static void scene_deep(void)
{
	char name[200];
	for (int i = 0; i < 40; i++) {
		need(mkdir("d", 0700), "mkdir");
		need(chdir("d"), "chdir");
	}
	look(make("file"));
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	need(mkdir(name, 0700), "mkdir");
	need(chdir(name), "chdir");
	look(make("file"));
	need(make("\303\251 <\n\"\\>"), "odd name");
}

static void scene_mounts(void)
{
	need(unshare(CLONE_NEWNS), "unshare");
	/* The root of a chroot is no mount. */
	(void)mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	need(mkdir("tmpfs", 0700), "mkdir");
	need(mkdir("bind", 0700), "mkdir");
	need(mkdir("source", 0700), "mkdir");
	need(mount("none", "tmpfs", "tmpfs", 0, NULL), "mount");
	look(make("tmpfs/file"));
	int source = make("source/file");
	need(mount("source", "bind", NULL, MS_BIND, NULL), "mount");
	look(source);
	int fd = need(open("bind/file", O_RDONLY), "bind/file");
	look(fd);
	int root = need(open("bind", O_PATH), "bind");
	look(root);
	need(umount2("bind", MNT_DETACH), "umount2");
	look(fd);
	look(root);
	look(source);
}

static void scene_inherited(void)
{
	int fd = make("inherited");
	(void)fflush(stdout);
	pid_t child = need(fork(), "fork");
	if (!child) {
		char number[16], at[16];
		look(fd);
		(void)snprintf(number, sizeof(number), "%d", fd);
		(void)snprintf(at, sizeof(at), "%ld", (long)offset);
		execl("/proc/self/exe", "fds", "look", number, at,
		      (char *)NULL);
		die("execl");
	}
	(void)waitpid(child, NULL, 0); /* its lines are the test's */
}

/* After execve: look NUMBER OFFSET. */
static void after_execve(char **argv)
{
	offset = atol(argv[1]);
	look(atoi(argv[0]));
}

static void send_fd(int to, int fd)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr head;
	} control = {0};
	char byte = 'x';
	struct iovec iov = {&byte, 1};
	struct msghdr message = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	control.head.cmsg_level = SOL_SOCKET;
	control.head.cmsg_type = SCM_RIGHTS;
	control.head.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.head), &fd, sizeof(fd));
	need((int)sendmsg(to, &message, 0), "sendmsg");
}

static int receive_fd(int from)
{
	union {
		char bytes[CMSG_SPACE(sizeof(int))];
		struct cmsghdr head;
	} control;
	char byte;
	int fd;
	struct iovec iov = {&byte, 1};
	struct msghdr message = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	need((int)recvmsg(from, &message, 0), "recvmsg");
	memcpy(&fd, CMSG_DATA(&control.head), sizeof(fd));
	return fd;
}

static void scene_passed(void)
{
	int pair[2];
	need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
	(void)fflush(stdout);
	pid_t child = need(fork(), "fork");
	if (!child) {
		int fd = make("passed");
		send_fd(pair[0], fd);
		_exit(0);
	}
	look(receive_fd(pair[1]));
	(void)waitpid(child, NULL, 0); /* it has sent all the same */
}

/* Not looks: descriptors in structures, of calls that fail. */
static void scene_structures(void)
{
	int fd = make("file");
	struct iocb request = {
		.aio_lio_opcode = IOCB_CMD_PREAD,
		.aio_fildes = (uint32_t)fd,
		.aio_flags = IOCB_FLAG_RESFD,
		.aio_resfd = (uint32_t)need(eventfd(0, 0), "eventfd"),
	};
	struct iocb *requests[] = {&request, &request};
	(void)syscall(SYS_io_submit, 0, 2, requests);
}

/* Not looks: what a process knows of another's descriptors. */
static void scene_processes(void)
{
	int pidfd = -1;
	const struct clone_args args = {
		.flags = CLONE_PIDFD,
		.pidfd = (uintptr_t)&pidfd,
		.exit_signal = SIGCHLD,
	};
	int fd = make("file");
	pid_t child = (pid_t)need((int)syscall(SYS_clone3, &args, sizeof(args)),
				  "clone3");
	if (!child) {
		need(dup2(make("child"), THEIR_FD), "dup2");
		(void)kill(getpid(), SIGSTOP);
		_exit(0);
	}
	need(waitid(P_PID, (id_t)child, NULL, WSTOPPED), "waitid");
	need((int)syscall(SYS_pidfd_getfd, pidfd, THEIR_FD, 0), "pidfd_getfd");
	(void)syscall(SYS_kcmp, getpid(), getpid(), KCMP_FILE, fd, pidfd);
	(void)syscall(SYS_kcmp, getpid(), child, KCMP_FILE, fd, fd);
	(void)kill(child, SIGKILL);
	need(waitid(P_PIDFD, (id_t)pidfd, NULL, WEXITED), "waitid");
}

static unsigned long inode_of(int fd)
{
	struct stat st;
	need(fstat(fd, &st), "fstat");
	return st.st_ino;
}

/* "127.0.0.1:5" or "[::1]:5" of either end. */
static const char *end_of(int fd, bool remote, char text[TEXT_SIZE])
{
	char host[INET6_ADDRSTRLEN];
	struct sockaddr_storage name;
	socklen_t size = sizeof(name);
	need(remote ? getpeername(fd, (void *)&name, &size)
		    : getsockname(fd, (void *)&name, &size),
	     "getsockname");
	if (name.ss_family == AF_INET) {
		const struct sockaddr_in *in = (void *)&name;
		inet_ntop(AF_INET, &in->sin_addr, host, sizeof(host));
		(void)snprintf(text, TEXT_SIZE, "%s:%u", host,
			       ntohs(in->sin_port));
	} else {
		const struct sockaddr_in6 *in = (void *)&name;
		inet_ntop(AF_INET6, &in->sin6_addr, host, sizeof(host));
		(void)snprintf(text, TEXT_SIZE, "[%s]:%u", host,
			       ntohs(in->sin6_port));
	}
	return text;
}

static void look_connected(int fd, const char *kind)
{
	char here[TEXT_SIZE], there[TEXT_SIZE];
	expect(fd, "<%s:[%s->%s]>", kind, end_of(fd, false, here),
	       end_of(fd, true, there));
}

static void look_bound(int fd, const char *kind)
{
	char here[TEXT_SIZE];
	expect(fd, "<%s:[%s]>", kind, end_of(fd, false, here));
}

static void internet(int family, const char *tcp, const char *udp)
{
	const struct sockaddr_in in = {
		.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
	const struct sockaddr_in6 in6 = {
		.sin6_family = AF_INET6,
		.sin6_addr = IN6ADDR_LOOPBACK_INIT,
	};
	const struct sockaddr *name =
		family == AF_INET ? (const void *)&in : (const void *)&in6;
	socklen_t size = family == AF_INET ? sizeof(in) : sizeof(in6);
	struct sockaddr_storage to;
	socklen_t to_size = sizeof(to);
	int server = need(socket(family, SOCK_STREAM, 0), tcp);
	expect(server, "<%s:[%lu]>", tcp, inode_of(server));
	need(bind(server, name, size), "bind");
	need(listen(server, 1), "listen");
	look_bound(server, tcp);
	need(getsockname(server, (void *)&to, &to_size), "getsockname");
	int client = need(socket(family, SOCK_STREAM, 0), tcp);
	need(connect(client, (void *)&to, to_size), "connect");
	look_connected(client, tcp);
	look_connected(need(accept(server, NULL, NULL), "accept"), tcp);

	int datagrams = need(socket(family, SOCK_DGRAM, 0), udp);
	expect(datagrams, "<%s:[%lu]>", udp, inode_of(datagrams));
	need(bind(datagrams, name, size), "bind");
	look_bound(datagrams, udp);
	need(connect(datagrams, (void *)&to, to_size), "connect");
	look_connected(datagrams, udp);
}

static void scene_sockets(void)
{
	internet(AF_INET, "TCP", "UDP");
	int raw = need(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), "RAW");
	expect(raw, "<RAW:[%lu]>", inode_of(raw));
	int v6 = socket(AF_INET6, SOCK_STREAM, 0);
	if (v6 >= 0 && access("/proc/sys/net/ipv6/conf/lo", F_OK) == 0)
		internet(AF_INET6, "TCPv6", "UDPv6");
}

static void scene_unix(void)
{
	int pair[2];
	need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
	expect(pair[0], "<UNIX-STREAM:[%lu->%lu]>", inode_of(pair[0]),
	       inode_of(pair[1]));
	need(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
	expect(pair[1], "<UNIX:[%lu->%lu]>", inode_of(pair[1]),
	       inode_of(pair[0]));

	struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "server"};
	int server = need(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
	expect(server, "<UNIX-STREAM:[%lu]>", inode_of(server));
	need(bind(server, (void *)&name, sizeof(name)), "bind");
	need(listen(server, 1), "listen");
	expect(server, "<UNIX-STREAM:[%lu,\"server\"]>", inode_of(server));
	int client = need(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
	need(connect(client, (void *)&name, sizeof(name)), "connect");
	int accepted = need(accept(server, NULL, NULL), "accept");
	expect(accepted, "<UNIX-STREAM:[%lu->%lu,\"server\"]>",
	       inode_of(accepted), inode_of(client));
	expect(client, "<UNIX-STREAM:[%lu->%lu]>", inode_of(client),
	       inode_of(accepted));

	int abstract = need(socket(AF_UNIX, SOCK_SEQPACKET, 0), "socket");
	int size = snprintf(name.sun_path + 1, 64, "sctop-fds-%d", getpid());
	name.sun_path[0] = '\0';
	need(bind(abstract, (void *)&name,
		  (socklen_t)(sizeof(sa_family_t) + 1 + (size_t)size)),
	     "bind");
	expect(abstract, "<UNIX:[%lu,@\"sctop-fds-%d\"]>", inode_of(abstract),
	       getpid());

	const struct sockaddr_nl nl = {.nl_family = AF_NETLINK};
	int netlink = need(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "nl");
	expect(netlink, "<NETLINK:[%lu]>", inode_of(netlink));
	need(bind(netlink, (const void *)&nl, sizeof(nl)), "bind");
	expect(netlink, "<NETLINK:[ROUTE:%d]>", getpid());
}

/* Opens, says that it waits, and looks when it is told to. */
static void scene_before(void)
{
	char byte;
	int fd = make("opened-before");
	(void)printf("ready\n");
	(void)fflush(stdout);
	(void)read(STDIN_FILENO, &byte, 1); /* its end tells as well */
	look(fd);
}

/* The working directory, seen by access(2) of names that are used once. */
static void look_here(void)
{
	char text[TEXT_SIZE + 1];
	char name[32];
	ssize_t n = readlink("/proc/self/cwd", text, TEXT_SIZE);
	text[n > 0 ? n : 0] = '\0';
	(void)printf("%ld <%s>\n", (long)++offset, text);
	(void)fflush(stdout);
	(void)snprintf(name, sizeof(name), "look-%ld", (long)offset);
	(void)syscall(SYS_faccessat, AT_FDCWD, name, F_OK);
}

static void scene_directory(void)
{
	look_here();
	need(mkdir("one", 0700), "mkdir");
	need(chdir("one"), "chdir");
	look_here();
	need(rename("../one", "../two"), "rename");
	look_here();
	need(rmdir("../two"), "rmdir");
	look_here();
	need(chdir("/"), "chdir");
	look_here();
}

#define STORM_PROCESSES 2000
#define STORM_FILES     3

/* A process of the storm: three files in a directory of its own, which bears
 * the same name as others did and will. */
static void storm(int i)
{
	char dir[64], path[96];
	(void)snprintf(dir, sizeof(dir), "storm-%d", i);
	need(mkdir(dir, 0700), dir);
	for (int k = 0; k < STORM_FILES; k++) {
		(void)snprintf(path, sizeof(path), "%s/%c", dir, 'a' + k);
		int fd = make(path);
		(void)syscall(SYS_lseek, fd, i * STORM_FILES + k + 1, SEEK_SET);
		need(unlink(path), "unlink");
		(void)close(fd); /* it is empty */
	}
	need(rmdir(dir), "rmdir");
	_exit(0);
}

static void scene_storm(void)
{
	for (int i = 0; i < STORM_PROCESSES; i++) {
		pid_t child = need(fork(), "fork");
		if (!child)
			storm(i);
		if (i % 4 == 3) /* four at a time */
			while (wait(NULL) > 0)
				;
	}
	while (wait(NULL) > 0)
		;
}

static const struct {
	const char *name;
	void (*play)(void);
} scenes[] = {
	{"files", scene_files},         {"kinds", scene_kinds},
	{"deep", scene_deep},           {"mounts", scene_mounts},
	{"inherited", scene_inherited}, {"passed", scene_passed},
	{"sockets", scene_sockets},     {"unix", scene_unix},
	{"before", scene_before},       {"directory", scene_directory},
	{"storm", scene_storm},         {"structures", scene_structures},
	{"processes", scene_processes},
};

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "look") == 0) {
		after_execve(argv + 2);
		return 0;
	}
	for (size_t i = 0; i < sizeof(scenes) / sizeof(scenes[0]); i++) {
		if (argc == 2 && strcmp(argv[1], scenes[i].name) == 0) {
			scenes[i].play();
			return 0;
		}
	}
	(void)fprintf(stderr, "usage: fds SCENE\n");
	return 2;
}
