/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Waiting for descriptors, and descriptors that tell of something. */
#include "config.h"

#include "calls.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <time.h>

/* A pipe with a byte in it. */
struct ends {
	int in, out;
};

static void test_poll(struct calls *c, struct ends ends)
{
	struct pollfd fds[] = {{ends.in, POLLIN, 0}, {ends.out, POLLOUT, 0}};
	struct timespec none = {0, 0}, bad = {0, -1}, day = {86400, 1};
	uint64_t mask = 1 << (SIGUSR1 - 1) | 1 << (SIGCHLD - 1);
	CALL_AS(c,
		calls_text(c,
			   "2 ([{fd=%d, revents=POLLIN}, {fd=%d, "
			   "revents=POLLOUT}])",
			   ends.in, ends.out),
		poll, (fds, 2, -1),
		"[{fd=%d, events=POLLIN}, {fd=%d, events=POLLOUT}], 2, -1",
		ends.in, ends.out);
	fds[0].events = POLLPRI | POLLRDHUP | 0x1000;
	fds[1].fd = -1;
	CALL_AS(c, "0 (Timeout)", poll, (fds, 2, 1),
		"[{fd=%d, events=POLLPRI|POLLREMOVE|POLLRDHUP}, {fd=-1}], 2, 1",
		ends.in);
	fds[1].fd = 999;
	CALL_AS(c, "1 ([{fd=999, revents=POLLNVAL}])", poll, (fds + 1, 1, 0),
		"[{fd=999, events=POLLOUT}], 1, 0");
	CALL_AS(c, "0 (Timeout)", poll, (fds, 0, 0), "[], 0, 0");
	CALL(c, poll, (NULL, 5, 0), "NULL, 5, 0");
	CALL(c, poll, (c->bad, 1, 0), "%p, 1, 0", (void *)c->bad);
	fds[0].events = POLLIN | POLLRDNORM;
	CALL_AS(c,
		calls_text(c,
			   "1 ([{fd=%d, revents=POLLIN|POLLRDNORM}], left "
			   "{tv_sec=%ld, tv_nsec=%ld})",
			   ends.in, day.tv_sec, day.tv_nsec),
		ppoll, (fds, 1, &day, &mask, 8),
		"[{fd=%d, events=POLLIN|POLLRDNORM}], 1, {tv_sec=86400, "
		"tv_nsec=1}, [USR1 CHLD], 8",
		ends.in);
	CALL_AS(c, "0 (Timeout)", ppoll, (NULL, 0, &none, NULL, 0),
		"NULL, 0, {tv_sec=0, tv_nsec=0}, NULL, 0");
	CALL(c, ppoll, (NULL, 0, &bad, NULL, 8),
	     "NULL, 0, {tv_sec=0, tv_nsec=%lu}, NULL, 8", -1L);
	CALL(c, ppoll, (NULL, 0, NULL, &mask, 5), "NULL, 0, NULL, %p, 5",
	     (void *)&mask);
}

static void test_select(struct calls *c, struct ends ends)
{
	struct timeval tv = {100, 7};
	struct timespec ts = {0, 0};
	fd_set in, out, none;
	uint64_t mask = 0;
	const struct {
		const void *mask;
		size_t size;
	} sig = {&mask, 8};
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_ZERO(&none);
	FD_SET(ends.in, &in);
	FD_SET(ends.in, &out);
	FD_SET(ends.out, &out);
	CALL_AS(c,
		calls_text(c,
			   "2 (in [%d], out [%d], left {tv_sec=%ld, "
			   "tv_usec=%ld})",
			   ends.in, ends.out, tv.tv_sec, tv.tv_usec),
		select, (ends.out + 1, &in, &out, &none, &tv),
		"%d, [%d], [%d %d], [], {tv_sec=100, tv_usec=7}", ends.out + 1,
		ends.in, ends.in, ends.out);
	tv = (struct timeval){0, 0};
	CALL_AS(c, "0 (Timeout)", select, (0, NULL, NULL, NULL, &tv),
		"0, NULL, NULL, NULL, {tv_sec=0, tv_usec=0}");
	FD_SET(900, &in);
	CALL_AS(c, calls_text(c, "1 (in [%d])", ends.in), select,
		(901, &in, NULL, NULL, NULL), "901, [%d 900], NULL, NULL, NULL",
		ends.in);
	CALL(c, select, (-1, &in, NULL, NULL, &tv),
	     "-1, %p, NULL, NULL, {tv_sec=0, tv_usec=0}", (void *)&in);
	CALL(c, select, (5, c->bad, NULL, NULL, &tv),
	     "5, %p, NULL, NULL, {tv_sec=0, tv_usec=0}", (void *)c->bad);
	CALL_AS(c,
		calls_text(c, "1 (in [%d], left {tv_sec=0, tv_nsec=0})",
			   ends.in),
		pselect6, (ends.in + 1, &in, NULL, NULL, &ts, &sig),
		"%d, [%d], NULL, NULL, {tv_sec=0, tv_nsec=0}, {sigmask=[], "
		"sigsetsize=8}",
		ends.in + 1, ends.in);
	CALL_AS(c, "0 (Timeout)", pselect6, (0, NULL, NULL, NULL, &ts, NULL),
		"0, NULL, NULL, NULL, {tv_sec=0, tv_nsec=0}, NULL");
	CALL(c, pselect6, (-1, NULL, NULL, NULL, c->bad, c->bad),
	     "-1, NULL, NULL, NULL, %p, %p", (void *)c->bad, (void *)c->bad);
}

static void test_epoll(struct calls *c, struct ends ends)
{
	struct epoll_event event = {EPOLLIN | EPOLLET, {.u64 = 5}};
	struct epoll_event got[4];
	struct timespec none = {0, 0};
	uint64_t mask = ~0ULL;
	CALL(c, epoll_create, (9), "9");
	CALL(c, epoll_create, (-1), "-1");
	CALL(c, epoll_create1, (EPOLL_CLOEXEC | 0x1), "EPOLL_CLOEXEC|0x1");
	CALL(c, epoll_create1, (0x1), "0x1 /* EPOLL_??? */");
	CALL(c, epoll_create1, (EPOLL_CLOEXEC), "EPOLL_CLOEXEC");
	int fd = (int)c->result;
	CALL(c, epoll_ctl, (fd, EPOLL_CTL_ADD, ends.in, &event),
	     "%d, EPOLL_CTL_ADD, %d, {events=EPOLLIN|EPOLLET, data={u32=5, "
	     "u64=5}}",
	     fd, ends.in);
	event = (struct epoll_event){EPOLLOUT | EPOLLONESHOT | EPOLLRDHUP,
				     {.u64 = 0x123456789abcdef0}};
	CALL(c, epoll_ctl, (fd, EPOLL_CTL_ADD, ends.out, &event),
	     "%d, EPOLL_CTL_ADD, %d, "
	     "{events=EPOLLOUT|EPOLLRDHUP|EPOLLONESHOT, data={u32=%u, "
	     "u64=%lu}}",
	     fd, ends.out, 0x9abcdef0, 0x123456789abcdef0);
	CALL(c, epoll_ctl, (fd, EPOLL_CTL_DEL, 0, NULL),
	     "%d, EPOLL_CTL_DEL, 0, NULL", fd);
	CALL(c, epoll_ctl, (fd, EPOLL_CTL_DEL, 0, &event),
	     "%d, EPOLL_CTL_DEL, 0, %p", fd, (void *)&event);
	CALL(c, epoll_ctl, (-1, 77, 0, c->bad),
	     "-1, 0x4d /* EPOLL_CTL_??? */, 0, %p", (void *)c->bad);
	CALL(c, epoll_wait, (fd, got, 4, -1),
	     "%d, [{events=EPOLLIN, data={u32=5, u64=5}}, {events=EPOLLOUT, "
	     "data={u32=%u, u64=%lu}}], 4, -1",
	     fd, 0x9abcdef0, 0x123456789abcdef0);
	CALL(c, epoll_wait, (fd, got, 4, 0), "%d, [], 4, 0", fd);
	CALL(c, epoll_wait, (fd, got, 0, 0), "%d, %p, 0, 0", fd, (void *)got);
	CALL(c, epoll_pwait, (fd, got, 4, 0, &mask, 8), "%d, [], 4, 0, ~[], 8",
	     fd);
	CALL(c, epoll_pwait, (fd, got, 4, 0, NULL, 8), "%d, [], 4, 0, NULL, 8",
	     fd);
	CALL(c, epoll_pwait2, (fd, got, 4, &none, &mask, 8),
	     "%d, [], 4, {tv_sec=0, tv_nsec=0}, ~[], 8", fd);
	CALL(c, epoll_pwait2, (-1, NULL, 4, NULL, NULL, 0),
	     "-1, NULL, 4, NULL, NULL, 0");
}

static void test_signalled(struct calls *c)
{
	uint64_t mask = 1 << (SIGINT - 1) | 1 << (SIGTERM - 1) | 1UL << 33;
	CALL(c, eventfd, (5), "5");
	CALL(c, eventfd2, (-1, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE),
	     "4294967295, EFD_SEMAPHORE|EFD_CLOEXEC|EFD_NONBLOCK");
	CALL(c, eventfd2, (0, 0), "0, 0");
	CALL(c, eventfd2, (0, 0x10), "0, 0x10 /* EFD_??? */");
	CALL(c, signalfd, (-1, &mask, 8), "-1, [INT TERM RT_2], 8");
	int fd = (int)c->result;
	CALL(c, signalfd4, (fd, &mask, 8, 0), "%d, [INT TERM RT_2], 8, 0", fd);
	CALL(c, signalfd4, (-1, &mask, 8, SFD_CLOEXEC | SFD_NONBLOCK),
	     "-1, [INT TERM RT_2], 8, SFD_CLOEXEC|SFD_NONBLOCK");
	CALL(c, signalfd4, (-1, &mask, 4, 0x1), "-1, %p, 4, 0x1 /* SFD_??? */",
	     (void *)&mask);
	CALL(c, signalfd4, (-1, NULL, 8, 0), "-1, NULL, 8, 0");
}

static void test_watches(struct calls *c)
{
	CALL_BARE(c, inotify_init);
	int fd = (int)c->result;
	CALL(c, inotify_init1, (IN_CLOEXEC | IN_NONBLOCK),
	     "IN_NONBLOCK|IN_CLOEXEC");
	CALL(c, inotify_init1, (0x1), "0x1 /* IN_??? */");
	CALL(c, inotify_add_watch,
	     (fd, ".", IN_MODIFY | IN_CREATE | IN_ONLYDIR),
	     "%d, \".\", IN_MODIFY|IN_CREATE|IN_ONLYDIR", fd);
	int watch = (int)c->result;
	CALL(c, inotify_add_watch, (fd, "none", IN_ALL_EVENTS | 0x10000),
	     "%d, \"none\", "
	     "IN_ACCESS|IN_MODIFY|IN_ATTRIB|IN_CLOSE_WRITE|IN_CLOSE_NOWRITE|"
	     "IN_OPEN|IN_MOVED_FROM|IN_MOVED_TO|IN_CREATE|IN_DELETE|"
	     "IN_DELETE_SELF|IN_MOVE_SELF|0x10000",
	     fd);
	CALL(c, inotify_rm_watch, (fd, watch), "%d, %d", fd, watch);
	CALL(c, inotify_rm_watch, (-1, -1), "-1, -1");
	CALL(c, fanotify_init, (FAN_CLASS_NOTIF | FAN_CLOEXEC, O_RDONLY),
	     "FAN_CLASS_NOTIF|FAN_CLOEXEC, O_RDONLY");
	fd = (int)c->result;
	CALL(c, fanotify_init, (FAN_CLASS_PRE_CONTENT | 0x100000, O_RDWR),
	     "FAN_CLASS_PRE_CONTENT|0x100000 /* FAN_??? */, O_RDWR");
	CALL(c, fanotify_mark,
	     (fd, FAN_MARK_ADD | FAN_MARK_ONLYDIR, FAN_OPEN | FAN_CLOSE, -100,
	      "."),
	     "%d, FAN_MARK_ADD|FAN_MARK_ONLYDIR, "
	     "FAN_CLOSE_WRITE|FAN_CLOSE_NOWRITE|FAN_OPEN, AT_FDCWD, \".\"",
	     fd);
	CALL(c, fanotify_mark, (fd, FAN_MARK_FLUSH, 0, FAN_NOFD, NULL),
	     "%d, FAN_MARK_FLUSH, 0, FAN_NOFD, NULL", fd);
	CALL(c, fanotify_mark, (-1, 0x8000, 1UL << 40, 5, c->bad),
	     "-1, 0x8000 /* FAN_MARK_??? */, 0x10000000000 /* FAN_??? */, 5, "
	     "%p",
	     (void *)c->bad);
}

void calls_events(struct calls *c)
{
	int ends[2];
	CALLS_NEED(c, !pipe(ends) && write(ends[1], "x", 1) == 1);
	test_poll(c, (struct ends){ends[0], ends[1]});
	test_select(c, (struct ends){ends[0], ends[1]});
	test_epoll(c, (struct ends){ends[0], ends[1]});
	test_signalled(c);
	test_watches(c);
}
