/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is sent and received on sockets. */
#include "config.h"

#include "calls.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <time.h>

static void test_datagrams(struct calls *c)
{
	struct sockaddr_in sin = {.sin_family = AF_INET}, got;
	socklen_t size = sizeof(sin);
	char buf[64];
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	sin.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	CALLS_NEED(c, !bind(fd, (struct sockaddr *)&sin, size));
	CALLS_NEED(c, !getsockname(fd, (struct sockaddr *)&sin, &size));
	int port = ntohs(sin.sin_port);
	CALL(c, sendto,
	     (fd, "hello\n", 6, MSG_DONTWAIT | MSG_NOSIGNAL, &sin, 16),
	     "%d, \"hello\\n\", 6, MSG_DONTWAIT|MSG_NOSIGNAL, "
	     "{sa_family=AF_INET, sin_port=htons(%d), "
	     "sin_addr=inet_addr(\"127.0.0.1\")}, 16",
	     fd, port);
	size = 64;
	CALL(c, recvfrom, (fd, buf, 64, MSG_PEEK, &got, &size),
	     "%d, \"hello\\n\", 64, MSG_PEEK, {sa_family=AF_INET, "
	     "sin_port=htons(%d), sin_addr=inet_addr(\"127.0.0.1\")}, "
	     "[64 => 16]",
	     fd, port);
	CALL(c, recvfrom, (fd, buf, 3, MSG_TRUNC, NULL, NULL),
	     "%d, \"hel\", 3, MSG_TRUNC, NULL, NULL", fd);
	CALL(c, recvfrom, (fd, buf, 3, MSG_DONTWAIT, &got, &size),
	     "%d, %p, 3, MSG_DONTWAIT, %p, [16]", fd, (void *)buf,
	     (void *)&got);
	CALL(c, sendto, (-1, c->bad, 5, 0x1000000, NULL, 0),
	     "-1, %p, 5, 0x1000000 /* MSG_??? */, NULL, 0", (void *)c->bad);
	CALL(c, sendto, (-1, "", 0, 0, c->bad, 16), "-1, \"\", 0, 0, %p, 16",
	     (void *)c->bad);
}

/* A descriptor beside the bytes. */
union control {
	struct cmsghdr header;
	char room[CMSG_SPACE(2 * sizeof(int)) +
		  CMSG_SPACE(sizeof(struct ucred))];
};

static void fill_rights(struct msghdr *msg, union control *control, int fd)
{
	memset(control, 0, sizeof(*control));
	*msg = (struct msghdr){.msg_control = control,
			       .msg_controllen = CMSG_LEN(2 * sizeof(int))};
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(msg);
	*cmsg = (struct cmsghdr){CMSG_LEN(2 * sizeof(int)), SOL_SOCKET,
				 SCM_RIGHTS};
	const int fds[] = {fd, 0};
	memcpy(CMSG_DATA(cmsg), fds, sizeof(fds));
}

/* Those that come behind credentials. */
static const char *rights_text(struct calls *c, const union control *control)
{
	int fds[2];
	memcpy(fds,
	       control->room + CMSG_SPACE(sizeof(struct ucred)) + CMSG_LEN(0),
	       sizeof(fds));
	return calls_text(c, "[%d, %d]", fds[0], fds[1]);
}

static void test_rights(struct calls *c)
{
	int pair[2], one = 1;
	char buf[16];
	union control control;
	struct msghdr msg;
	struct iovec out = {"data", 4}, in = {buf, 16};
	CALLS_NEED(c, !socketpair(AF_UNIX, SOCK_DGRAM, 0, pair));
	CALLS_NEED(c, !setsockopt(pair[1], SOL_SOCKET, SO_PASSCRED, &one, 4));
	fill_rights(&msg, &control, pair[0]);
	msg.msg_iov = &out;
	msg.msg_iovlen = 1;
	CALL(c, sendmsg, (pair[0], &msg, MSG_NOSIGNAL),
	     "%d, {msg_name=NULL, msg_namelen=0, msg_iov=[{iov_base=\"data\", "
	     "iov_len=4}], msg_iovlen=1, msg_control=[{cmsg_len=24, "
	     "cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, cmsg_data=[%d, "
	     "0]}], msg_controllen=24, msg_flags=0}, MSG_NOSIGNAL",
	     pair[0], pair[0]);
	msg = (struct msghdr){NULL, 5, &in, 1, &control, sizeof(control), 0x77};
	CALL(c, recvmsg, (pair[1], &msg, MSG_CMSG_CLOEXEC),
	     "%d, {msg_name=NULL, msg_namelen=5, msg_iov=[{iov_base=\"data\", "
	     "iov_len=16}], msg_iovlen=1, msg_control=[{cmsg_len=28, "
	     "cmsg_level=SOL_SOCKET, cmsg_type=SCM_CREDENTIALS, "
	     "cmsg_data={pid=%d, uid=0, gid=0}}, {cmsg_len=24, "
	     "cmsg_level=SOL_SOCKET, cmsg_type=SCM_RIGHTS, "
	     "cmsg_data=%s}], msg_controllen=56, msg_flags=MSG_CMSG_CLOEXEC}, "
	     "MSG_CMSG_CLOEXEC",
	     pair[1], getpid(), rights_text(c, &control));
	CALL(c, recvmsg, (pair[1], &msg, MSG_DONTWAIT),
	     "%d, {msg_namelen=5}, MSG_DONTWAIT", pair[1]);
	CALL(c, recvmsg, (-1, NULL, 0), "-1, NULL, 0");
	CALL(c, sendmsg, (-1, c->bad, 0), "-1, %p, 0", (void *)c->bad);
}

static void test_named(struct calls *c)
{
	struct sockaddr_un sun = {.sun_family = AF_UNIX, .sun_path = "to"};
	struct sockaddr_un from;
	struct iovec out[] = {{"ab", 2}, {"cd", 2}};
	char buf[3], more[8];
	struct iovec in[] = {{buf, 3}, {more, 8}};
	struct msghdr msg = {&sun, sizeof(sun), out, 2, NULL, 0, MSG_OOB};
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	CALLS_NEED(c, !bind(fd, (struct sockaddr *)&sun, sizeof(sun)));
	CALL(c, sendmsg, (fd, &msg, 0),
	     "%d, {msg_name={sa_family=AF_UNIX, sun_path=\"to\"}, "
	     "msg_namelen=110, msg_iov=[{iov_base=\"ab\", iov_len=2}, "
	     "{iov_base=\"cd\", iov_len=2}], msg_iovlen=2, msg_controllen=0, "
	     "msg_flags=MSG_OOB}, 0",
	     fd);
	msg = (struct msghdr){&from, sizeof(from), in, 2, NULL, 0, 0};
	CALL(c, recvmsg, (fd, &msg, 0),
	     "%d, {msg_name={sa_family=AF_UNIX, sun_path=\"to\"}, "
	     "msg_namelen=110 => 5, msg_iov=[{iov_base=\"abc\", iov_len=3}, "
	     "{iov_base=\"d\", iov_len=8}], msg_iovlen=2, msg_controllen=0, "
	     "msg_flags=0}, 0",
	     fd);
	msg = (struct msghdr){NULL, 0, NULL, 0, c->bad, 5, 0};
	CALL(c, sendmsg, (-1, &msg, 0),
	     "-1, {msg_name=NULL, msg_namelen=0, msg_iov=NULL, msg_iovlen=0, "
	     "msg_control=%p, msg_controllen=5, msg_flags=0}, 0",
	     (void *)c->bad);
}

static void test_many(struct calls *c)
{
	int pair[2];
	char one[8], two[8];
	struct iovec out[] = {{"first", 5}, {"second", 6}};
	struct iovec in[] = {{one, 8}, {two, 8}};
	struct mmsghdr msgs[2] = {{{NULL, 0, out, 1, NULL, 0, 0}, 0},
				  {{NULL, 0, out + 1, 1, NULL, 0, 0}, 0}};
	struct timespec ts = {5, 0};
	CALLS_NEED(c, !socketpair(AF_UNIX, SOCK_DGRAM, 0, pair));
	CALL(c, sendmmsg, (pair[0], msgs, 2, MSG_NOSIGNAL),
	     "%d, [{msg_hdr={msg_name=NULL, msg_namelen=0, "
	     "msg_iov=[{iov_base=\"first\", iov_len=5}], msg_iovlen=1, "
	     "msg_controllen=0, msg_flags=0}, msg_len=5}, "
	     "{msg_hdr={msg_name=NULL, msg_namelen=0, "
	     "msg_iov=[{iov_base=\"second\", iov_len=6}], msg_iovlen=1, "
	     "msg_controllen=0, msg_flags=0}, msg_len=6}], 2, MSG_NOSIGNAL",
	     pair[0]);
	msgs[0].msg_hdr.msg_iov = in;
	msgs[1].msg_hdr.msg_iov = in + 1;
	CALL_AS(c,
		calls_text(c, "2 (left {tv_sec=%ld, tv_nsec=%ld})", ts.tv_sec,
			   ts.tv_nsec),
		recvmmsg, (pair[1], msgs, 2, MSG_WAITFORONE, &ts),
		"%d, [{msg_hdr={msg_name=NULL, msg_namelen=0, "
		"msg_iov=[{iov_base=\"first\", iov_len=8}], msg_iovlen=1, "
		"msg_controllen=0, msg_flags=0}, msg_len=5}, "
		"{msg_hdr={msg_name=NULL, msg_namelen=0, "
		"msg_iov=[{iov_base=\"second\", iov_len=8}], msg_iovlen=1, "
		"msg_controllen=0, msg_flags=0}, msg_len=6}], 2, "
		"MSG_WAITFORONE, {tv_sec=5, tv_nsec=0}",
		pair[1]);
	CALL(c, recvmmsg, (-1, NULL, 2, 0, NULL), "-1, NULL, 2, 0, NULL");
	CALL(c, recvmmsg, (-1, msgs, 2, 0, c->bad), "-1, %p, 2, 0, %p",
	     (void *)msgs, (void *)c->bad);
	CALL(c, sendmmsg, (-1, c->bad, 2, 0), "-1, %p, 2, 0", (void *)c->bad);
}

#define MOST 16 /* as many messages as there is room for */

/* So many in a row, through a stream. */
static void test_most(struct calls *c)
{
	int pair[2];
	struct iovec each = {"a message of 30 bytes or so ...", 31};
	struct mmsghdr msgs[MOST];
	const char *all = "";
	CALLS_NEED(c, !socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	for (int i = 0; i < MOST; i++) {
		msgs[i] = (struct mmsghdr){{NULL, 0, &each, 1, NULL, 0, 0}, 0};
		all = calls_text(
			c,
			"%s%s{msg_hdr={msg_name=NULL, msg_namelen=0, "
			"msg_iov=[{iov_base=\"a message of 30 bytes or so "
			"...\", iov_len=31}], msg_iovlen=1, msg_controllen=0, "
			"msg_flags=0}, msg_len=31}",
			all, i ? ", " : "");
	}
	CALL(c, sendmmsg, (pair[0], msgs, MOST, 0), "%d, [%s], %d, 0", pair[0],
	     all, MOST);
}

/* A question about an interface that does not exist, and the answer. */
struct question {
	struct nlmsghdr head;
	struct ifinfomsg link;
};

#define QUESTION                                                               \
	"[{nlmsg_len=32, nlmsg_type=RTM_GETLINK, nlmsg_flags=NLM_F_REQUEST, "  \
	"nlmsg_seq=7, nlmsg_pid=0}, {ifi_family=AF_UNSPEC, "                   \
	"ifi_type=ARPHRD_NETROM, ifi_index=2147483632, "                       \
	"ifi_flags=IFF_UP|IFF_RUNNING, ifi_change=0x41}]"
#define ANSWER                                                                 \
	"[{nlmsg_len=52, nlmsg_type=NLMSG_ERROR, nlmsg_flags=0, "              \
	"nlmsg_seq=7, nlmsg_pid=%d}, {error=-ENODEV, msg=" QUESTION "}]"

#define NAMED                                                                  \
	"msg_name={sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, "      \
	"msg_namelen=12, "

static void test_netlink(struct calls *c)
{
	struct sockaddr_nl own = {.nl_family = AF_NETLINK};
	socklen_t size = sizeof(own);
	const struct question question = {
		{32, RTM_GETLINK, NLM_F_REQUEST, 7, 0},
		{.ifi_index = 0x7ffffff0,
		 .ifi_flags = IFF_UP | IFF_RUNNING,
		 .ifi_change = 0x41}};
	char buf[256];
	struct iovec in = {buf, sizeof(buf)};
	struct iovec out = {(void *)&question, sizeof(question)};
	struct sockaddr_nl to = {.nl_family = AF_NETLINK};
	struct msghdr msg = {&to, sizeof(to), &in, 1, NULL, 0, 0};
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	/* strace finds the protocol of those that have an address. */
	CALLS_NEED(c, !bind(fd, (struct sockaddr *)&own, size));
	CALLS_NEED(c, !getsockname(fd, (struct sockaddr *)&own, &size));
	CALL(c, sendto, (fd, &question, 32, 0, NULL, 0),
	     "%d, " QUESTION ", 32, 0, NULL, 0", fd);
	CALL(c, recvmsg, (fd, &msg, 0),
	     "%d, {" NAMED "msg_iov=[{iov_base=" ANSWER ", iov_len=256}], "
	     "msg_iovlen=1, msg_controllen=0, msg_flags=0}, 0",
	     fd, (int)own.nl_pid);
	msg.msg_iov = &out;
	CALL(c, sendmsg, (fd, &msg, 0),
	     "%d, {" NAMED "msg_iov=[{iov_base=" QUESTION ", iov_len=32}], "
	     "msg_iovlen=1, msg_controllen=0, msg_flags=0}, 0",
	     fd);
	CALL(c, recvfrom, (fd, buf, 256, MSG_PEEK, NULL, NULL),
	     "%d, " ANSWER ", 256, MSG_PEEK, NULL, NULL", fd, (int)own.nl_pid);
	CALL(c, recvfrom, (fd, buf, 8, 0, NULL, NULL),
	     "%d, \"\\x34\\x00\\x00\\x00\\x02\\x00\\x00\\x00\", 8, 0, NULL, "
	     "NULL",
	     fd);
	CALL(c, sendto, (fd, c->bad, 32, 0, NULL, 0), "%d, %p, 32, 0, NULL, 0",
	     fd, (void *)c->bad);
	CALL(c, sendto, (fd, &question, 3, MSG_OOB, NULL, 0),
	     "%d, \"\\x20\\x00\\x00\", 3, MSG_OOB, NULL, 0", fd);
}

#define LONG     1200 /* bytes: three are more than is copied of one */
#define LONG_HEX "\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00"
#define LONG_SHOWN                                                             \
	"[{nlmsg_len=1200, nlmsg_type=NLMSG_NOOP, nlmsg_flags=0, "             \
	"nlmsg_seq=%d, nlmsg_pid=0}, \"" LONG_HEX LONG_HEX LONG_HEX LONG_HEX   \
	"\"...]"

/* Messages of which each is too long to be copied whole. */
static void test_long_messages(struct calls *c)
{
	struct sockaddr_nl own = {.nl_family = AF_NETLINK};
	union {
		struct nlmsghdr head;
		char room[LONG];
	} msgs[3];
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	CALLS_NEED(c, !bind(fd, (struct sockaddr *)&own, sizeof(own)));
	memset(msgs, 0, sizeof(msgs));
	for (unsigned i = 0; i < 3; i++)
		msgs[i].head = (struct nlmsghdr){LONG, NLMSG_NOOP, 0, i, 0};
	CALL(c, sendto, (fd, msgs, 3 * LONG, MSG_OOB, NULL, 0),
	     "%d, [" LONG_SHOWN ", " LONG_SHOWN ", " LONG_SHOWN
	     "], 3600, MSG_OOB, NULL, 0",
	     fd, 0, 1, 2);
}

void calls_messages(struct calls *c)
{
	test_datagrams(c);
	test_rights(c);
	test_named(c);
	test_many(c);
	test_most(c);
	test_netlink(c);
	test_long_messages(c);
}
