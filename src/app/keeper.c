/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#define CHUNK 4096

/* Everything else that sctop has open would stay open with us. */
static int close_others(int master, int link)
{
	int keep[] = {master, link};
	if (master > link) {
		keep[0] = link;
		keep[1] = master;
	}
	if (keep[0] > 0 && close_range(0, (unsigned)keep[0] - 1, 0) < 0)
		return -errno;
	if (keep[1] - keep[0] > 1 &&
	    close_range((unsigned)keep[0] + 1, (unsigned)keep[1] - 1, 0) < 0)
		return -errno;
	return close_range((unsigned)keep[1] + 1, ~0u, 0) < 0 ? -errno : 0;
}

static void wait_for(int fd)
{
	struct pollfd one = {.fd = fd, .events = POLLIN};
	while (poll(&one, 1, -1) < 0 && errno == EINTR)
		;
}

/* Runs in the new process. */
static _Noreturn void keep(int master, int link)
{
	char bytes[CHUNK];
	ssize_t n;
	(void)prctl(PR_SET_NAME, "sctop-pty"); /* so that ps tells who is who */
	(void)setsid();    /* signals of the terminal are not for us */
	(void)!chdir("/"); /* a directory that stays is a courtesy */
	if (close_others(master, link) < 0)
		_exit(1);
	do
		n = read(link, bytes, sizeof(bytes));
	while (n > 0 || (n < 0 && errno == EINTR));
	do {
		wait_for(master); /* sctop made it non-blocking */
		n = read(master, bytes, sizeof(bytes));
	} while (n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN)));
	_exit(0);
}

int keeper_start(int *ret_link, int master)
{
	int ends[2];
	sigset_t all;
	sigset_t old;
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	(void)sigfillset(&all);                     /* cannot fail */
	(void)sigprocmask(SIG_SETMASK, &all, &old); /* cannot fail */
	pid_t pid = fork();
	if (pid == 0)
		keep(master, ends[0]);
	int code = pid < 0 ? -errno : 0;
	(void)sigprocmask(SIG_SETMASK, &old, NULL); /* cannot fail */
	(void)close(ends[0]);                       /* the keeper's */
	if (code < 0)
		(void)close(ends[1]); /* nothing was written */
	else
		*ret_link = ends[1];
	return code;
}
