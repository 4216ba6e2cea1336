/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Descriptors of every kind, one scene per name.  Each look at a descriptor is
 * an lseek(2) to an offset that is used once, and a line on standard output:
 * that offset and what the descriptor refers to, as /proc or the socket itself
 * says at that moment, in the form of strace -yy.
 */
#include "config.h"

#include "fds.h"

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

int fds_need(int result, const char *what)
{
	if (result < 0)
		die(what);
	return result;
}

void fds_expect(int fd, const char *format, ...)
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

void fds_look(int fd)
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
		fds_expect(fd, "<%s>(deleted)", text);
	} else if (S_ISCHR(st.st_mode) || S_ISBLK(st.st_mode)) {
		fds_expect(fd, "<%s<%s %u:%u>>", text,
			   S_ISCHR(st.st_mode) ? "char" : "block",
			   major(st.st_rdev), minor(st.st_rdev));
	} else {
		fds_expect(fd, "<%s>", text);
	}
}

void fds_maybe(int fd)
{
	if (fd >= 0)
		fds_look(fd);
}

int fds_make(const char *path)
{
	return fds_need(open(path, O_RDWR | O_CREAT, 0600), path);
}

static void scene_files(void)
{
	int fd = fds_make("file");
	fds_look(fd);
	int copy = fds_need(dup(fd), "dup");
	fds_look(copy);
	fds_need(rename("file", "renamed"), "rename");
	fds_look(fd);
	fds_need(mkdir("a", 0700), "mkdir");
	fds_need(mkdir("a/b", 0700), "mkdir");
	int deep = fds_make("a/b/c");
	fds_look(deep);
	fds_need(rename("a", "z"), "rename");
	fds_look(deep);
	fds_need(rename("renamed", "z/b/c"), "rename");
	fds_look(deep); /* overwritten: its name is gone */
	fds_look(fd);
	fds_need(link("z/b/c", "other"), "link");
	fds_need(unlink("z/b/c"), "unlink");
	fds_look(fd);
	int again = fds_make("z/b/c");
	fds_look(again);
	fds_look(fd);
}

static void scene_kinds(void)
{
	int pair[2];
	fds_need(pipe(pair), "pipe");
	fds_look(pair[0]);
	fds_look(pair[1]);
	fds_look(fds_need(epoll_create1(0), "epoll_create1"));
	fds_look(fds_need(eventfd(0, 0), "eventfd"));
	fds_look(fds_need(open("/dev/null", O_RDWR), "/dev/null"));
	fds_look(fds_need(open("/dev/ptmx", O_RDWR | O_NOCTTY), "/dev/ptmx"));
	fds_look(fds_need(open("/proc/self/maps", O_RDONLY), "maps"));
	fds_look(fds_need(open("/proc/self/ns/mnt", O_RDONLY), "ns"));
	fds_look(fds_need(open("/sys/kernel", O_RDONLY), "/sys/kernel"));
	fds_look(fds_need(open(".", O_PATH), "."));
	fds_look(fds_need(open("/", O_RDONLY), "/"));
	fds_look(fds_need(open(".", O_TMPFILE | O_RDWR, 0600), "O_TMPFILE"));
	fds_look(fds_need(
		(int)memfd_create("a name of more than thirty-two bytes", 0),
		"memfd_create"));
	int pidfd =
		fds_need((int)syscall(SYS_pidfd_open, getpid(), 0), "pidfd");
	fds_expect(pidfd, "<pid:%d>", getpid());
}

/* Paths as deep and as long as are shown whole. */
static void scene_deep(void)
{
	char name[200];
	for (int i = 0; i < 40; i++) {
		fds_need(mkdir("d", 0700), "mkdir");
		fds_need(chdir("d"), "chdir");
	}
	fds_look(fds_make("file"));
	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	fds_need(mkdir(name, 0700), "mkdir");
	fds_need(chdir(name), "chdir");
	fds_look(fds_make("file"));
	fds_need(fds_make("\303\251 <\n\"\\>"), "odd name");
}

static void scene_mounts(void)
{
	fds_need(unshare(CLONE_NEWNS), "unshare");
	/* The root of a chroot is no mount. */
	(void)mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
	fds_need(mkdir("tmpfs", 0700), "mkdir");
	fds_need(mkdir("bind", 0700), "mkdir");
	fds_need(mkdir("source", 0700), "mkdir");
	fds_need(mount("none", "tmpfs", "tmpfs", 0, NULL), "mount");
	fds_look(fds_make("tmpfs/file"));
	int source = fds_make("source/file");
	fds_need(mount("source", "bind", NULL, MS_BIND, NULL), "mount");
	fds_look(source);
	int fd = fds_need(open("bind/file", O_RDONLY), "bind/file");
	fds_look(fd);
	int root = fds_need(open("bind", O_PATH), "bind");
	fds_look(root);
	fds_need(umount2("bind", MNT_DETACH), "umount2");
	fds_look(fd);
	fds_look(root);
	fds_look(source);
}

static void scene_inherited(void)
{
	int fd = fds_make("inherited");
	(void)fflush(stdout);
	pid_t child = fds_need(fork(), "fork");
	if (!child) {
		char number[16], at[16];
		fds_look(fd);
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
	fds_look(atoi(argv[0]));
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
	fds_need((int)sendmsg(to, &message, 0), "sendmsg");
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
	fds_need((int)recvmsg(from, &message, 0), "recvmsg");
	memcpy(&fd, CMSG_DATA(&control.head), sizeof(fd));
	return fd;
}

static void scene_passed(void)
{
	int pair[2];
	fds_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
	(void)fflush(stdout);
	pid_t child = fds_need(fork(), "fork");
	if (!child) {
		int fd = fds_make("passed");
		send_fd(pair[0], fd);
		_exit(0);
	}
	fds_look(receive_fd(pair[1]));
	(void)waitpid(child, NULL, 0); /* it has sent all the same */
}

/* Not looks: descriptors in structures, of calls that fail. */
static void scene_structures(void)
{
	int fd = fds_make("file");
	struct iocb request = {
		.aio_lio_opcode = IOCB_CMD_PREAD,
		.aio_fildes = (uint32_t)fd,
		.aio_flags = IOCB_FLAG_RESFD,
		.aio_resfd = (uint32_t)fds_need(eventfd(0, 0), "eventfd"),
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
	int fd = fds_make("file");
	pid_t child = (pid_t)fds_need(
		(int)syscall(SYS_clone3, &args, sizeof(args)), "clone3");
	if (!child) {
		fds_need(dup2(fds_make("child"), THEIR_FD), "dup2");
		(void)kill(getpid(), SIGSTOP);
		_exit(0);
	}
	fds_need(waitid(P_PID, (id_t)child, NULL, WSTOPPED), "waitid");
	fds_need((int)syscall(SYS_pidfd_getfd, pidfd, THEIR_FD, 0),
		 "pidfd_getfd");
	(void)syscall(SYS_kcmp, getpid(), getpid(), KCMP_FILE, fd, pidfd);
	(void)syscall(SYS_kcmp, getpid(), child, KCMP_FILE, fd, fd);
	(void)kill(child, SIGKILL);
	fds_need(waitid(P_PIDFD, (id_t)pidfd, NULL, WEXITED), "waitid");
}

unsigned long fds_inode(int fd)
{
	struct stat st;
	fds_need(fstat(fd, &st), "fstat");
	return st.st_ino;
}

/* "127.0.0.1:5" or "[::1]:5" of either end. */
static const char *end_of(int fd, bool remote, char text[TEXT_SIZE])
{
	char host[INET6_ADDRSTRLEN];
	struct sockaddr_storage name;
	socklen_t size = sizeof(name);
	fds_need(remote ? getpeername(fd, (void *)&name, &size)
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
	fds_expect(fd, "<%s:[%s->%s]>", kind, end_of(fd, false, here),
		   end_of(fd, true, there));
}

static void look_bound(int fd, const char *kind)
{
	char here[TEXT_SIZE];
	fds_expect(fd, "<%s:[%s]>", kind, end_of(fd, false, here));
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
	int server = fds_need(socket(family, SOCK_STREAM, 0), tcp);
	fds_expect(server, "<%s:[%lu]>", tcp, fds_inode(server));
	fds_need(bind(server, name, size), "bind");
	fds_need(listen(server, 1), "listen");
	look_bound(server, tcp);
	fds_need(getsockname(server, (void *)&to, &to_size), "getsockname");
	int client = fds_need(socket(family, SOCK_STREAM, 0), tcp);
	fds_need(connect(client, (void *)&to, to_size), "connect");
	look_connected(client, tcp);
	look_connected(fds_need(accept(server, NULL, NULL), "accept"), tcp);

	int datagrams = fds_need(socket(family, SOCK_DGRAM, 0), udp);
	fds_expect(datagrams, "<%s:[%lu]>", udp, fds_inode(datagrams));
	fds_need(bind(datagrams, name, size), "bind");
	look_bound(datagrams, udp);
	fds_need(connect(datagrams, (void *)&to, to_size), "connect");
	look_connected(datagrams, udp);
}

static void scene_sockets(void)
{
	internet(AF_INET, "TCP", "UDP");
	int raw = fds_need(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP), "RAW");
	fds_expect(raw, "<RAW:[%lu]>", fds_inode(raw));
	int v6 = socket(AF_INET6, SOCK_STREAM, 0);
	if (v6 >= 0 && access("/proc/sys/net/ipv6/conf/lo", F_OK) == 0)
		internet(AF_INET6, "TCPv6", "UDPv6");
}

static void scene_unix(void)
{
	int pair[2];
	fds_need(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
	fds_expect(pair[0], "<UNIX-STREAM:[%lu->%lu]>", fds_inode(pair[0]),
		   fds_inode(pair[1]));
	fds_need(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
	fds_expect(pair[1], "<UNIX:[%lu->%lu]>", fds_inode(pair[1]),
		   fds_inode(pair[0]));

	struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "server"};
	int server = fds_need(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
	fds_expect(server, "<UNIX-STREAM:[%lu]>", fds_inode(server));
	fds_need(bind(server, (void *)&name, sizeof(name)), "bind");
	fds_need(listen(server, 1), "listen");
	fds_expect(server, "<UNIX-STREAM:[%lu,\"server\"]>", fds_inode(server));
	int client = fds_need(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
	fds_need(connect(client, (void *)&name, sizeof(name)), "connect");
	int accepted = fds_need(accept(server, NULL, NULL), "accept");
	fds_expect(accepted, "<UNIX-STREAM:[%lu->%lu,\"server\"]>",
		   fds_inode(accepted), fds_inode(client));
	fds_expect(client, "<UNIX-STREAM:[%lu->%lu]>", fds_inode(client),
		   fds_inode(accepted));

	int abstract = fds_need(socket(AF_UNIX, SOCK_SEQPACKET, 0), "socket");
	int size = snprintf(name.sun_path + 1, 64, "sctop-fds-%d", getpid());
	name.sun_path[0] = '\0';
	fds_need(bind(abstract, (void *)&name,
		      (socklen_t)(sizeof(sa_family_t) + 1 + (size_t)size)),
		 "bind");
	fds_expect(abstract, "<UNIX:[%lu,@\"sctop-fds-%d\"]>",
		   fds_inode(abstract), getpid());

	const struct sockaddr_nl nl = {.nl_family = AF_NETLINK};
	int netlink =
		fds_need(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), "nl");
	fds_expect(netlink, "<NETLINK:[%lu]>", fds_inode(netlink));
	fds_need(bind(netlink, (const void *)&nl, sizeof(nl)), "bind");
	fds_expect(netlink, "<NETLINK:[ROUTE:%d]>", getpid());
}

/* Opens, says that it waits, and looks when it is told to. */
static void scene_before(void)
{
	char byte;
	int fd = fds_make("opened-before");
	(void)printf("ready\n");
	(void)fflush(stdout);
	(void)read(STDIN_FILENO, &byte, 1); /* its end tells as well */
	fds_look(fd);
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
	fds_need(mkdir("one", 0700), "mkdir");
	fds_need(chdir("one"), "chdir");
	look_here();
	fds_need(rename("../one", "../two"), "rename");
	look_here();
	fds_need(rmdir("../two"), "rmdir");
	look_here();
	fds_need(chdir("/"), "chdir");
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
	fds_need(mkdir(dir, 0700), dir);
	for (int k = 0; k < STORM_FILES; k++) {
		(void)snprintf(path, sizeof(path), "%s/%c", dir, 'a' + k);
		int fd = fds_make(path);
		(void)syscall(SYS_lseek, fd, i * STORM_FILES + k + 1, SEEK_SET);
		fds_need(unlink(path), "unlink");
		(void)close(fd); /* it is empty */
	}
	fds_need(rmdir(dir), "rmdir");
	_exit(0);
}

static void scene_storm(void)
{
	for (int i = 0; i < STORM_PROCESSES; i++) {
		pid_t child = fds_need(fork(), "fork");
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
	{"processes", scene_processes}, {"odd", fds_odd},
	{"anonymous", fds_anonymous},   {"protocols", fds_protocols},
	{"network", fds_network},       {"ends", fds_ends},
	{"wrong", fds_wrong},           {"arguments", fds_arguments},
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
