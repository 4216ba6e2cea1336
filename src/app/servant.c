/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Request and answer are a message each; a descriptor goes beside the answer
 * (SCM_RIGHTS, unix(7)). */
#include "config.h"

#include "app/servant.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/xalloc.h"

struct servant {
	pid_t pid;
	int link;
	size_t size_limit;
};

union control { /* room for one descriptor, as cmsg(3) lays it out */
	struct cmsghdr head;
	char bytes[CMSG_SPACE(sizeof(int))];
};

static int send_answer(int link, const struct err *answer, int fd)
{
	union control control = {0};
	struct iovec data = {
		.iov_base = (void *)(uintptr_t)answer, /* is only read */
		.iov_len = sizeof(*answer),
	};
	struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
	if (fd >= 0) {
		message.msg_control = control.bytes;
		message.msg_controllen = sizeof(control.bytes);
		struct cmsghdr *head = CMSG_FIRSTHDR(&message);
		head->cmsg_level = SOL_SOCKET;
		head->cmsg_type = SCM_RIGHTS;
		head->cmsg_len = CMSG_LEN(sizeof(fd));
		memcpy(CMSG_DATA(head), &fd, sizeof(fd));
	}
	return sendmsg(link, &message, MSG_NOSIGNAL) < 0 ? -errno : 0;
}

static int take_answer(int link, struct err *answer, int *ret_fd)
{
	union control control = {0};
	struct iovec data = {.iov_base = answer, .iov_len = sizeof(*answer)};
	struct msghdr message = {
		.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};
	*ret_fd = -1;
	ssize_t n = recvmsg(link, &message, MSG_CMSG_CLOEXEC);
	if (n != (ssize_t)sizeof(*answer))
		return -EIO; /* it has ended */
	const struct cmsghdr *head = CMSG_FIRSTHDR(&message);
	if (head && head->cmsg_type == SCM_RIGHTS)
		memcpy(ret_fd, CMSG_DATA(head), sizeof(*ret_fd));
	return 0;
}

/* All that sctop has open stays with sctop. */
static int keep_only(int link)
{
	if (dup2(link, STDIN_FILENO) < 0 || close_range(1, ~0u, 0) < 0)
		return -errno;
	return 0;
}

/* Until sctop closes its end. */
static void serve(const struct servant_config *config)
{
	char *data = xmalloc(config->size_limit + 1);
	ssize_t n;
	int code = 0;
	while (code == 0 &&
	       (n = recv(STDIN_FILENO, data, config->size_limit, 0)) > 0) {
		struct err answer = {0};
		int fd = -1;
		data[n] = '\0';
		answer.code = config->answer(config->self, data, (size_t)n, &fd,
					     &answer);
		code = send_answer(STDIN_FILENO, &answer, fd);
		if (fd >= 0)
			(void)close(fd); /* it is sctop's now */
	}
	free(data);
}

static _Noreturn void run(int link, const struct servant_config *config)
{
	(void)prctl(PR_SET_NAME, config->name); /* so that ps tells */
	if (keep_only(link) < 0 || config->begin(config->self) < 0)
		_exit(1);
	serve(config);
	_exit(0);
}

int servant_start(struct servant **ret, const struct servant_config *config)
{
	int ends[2];
	sigset_t all;
	sigset_t old;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
		return -errno;
	/* the terminal's keys are sctop's business */
	(void)sigfillset(&all);                     /* cannot fail */
	(void)sigprocmask(SIG_SETMASK, &all, &old); /* cannot fail */
	pid_t pid = fork();
	if (pid == 0)
		run(ends[1], config);
	int code = pid < 0 ? -errno : 0;
	(void)sigprocmask(SIG_SETMASK, &old, NULL); /* cannot fail */
	(void)close(ends[1]);                       /* the other's */
	if (code < 0) {
		(void)close(ends[0]); /* nothing was written */
		return code;
	}
	*ret = xcalloc(1, sizeof(**ret));
	(*ret)->pid = pid;
	(*ret)->link = ends[0];
	(*ret)->size_limit = config->size_limit;
	return 0;
}

int servant_ask(struct servant *servant, const void *data, size_t size,
		int *ret_fd, struct err *err)
{
	struct err answer = {0};
	int fd = -1;
	int code = 0;
	if (size > servant->size_limit)
		code = -EFBIG;
	else if (send(servant->link, data, size, MSG_NOSIGNAL) < 0)
		code = -errno;
	else
		code = take_answer(servant->link, &answer, &fd);
	if (code)
		return err_set(err, code, "%s", strerror(-code));
	if (answer.code < 0 && err)
		*err = answer;
	if (ret_fd)
		*ret_fd = fd;
	else if (fd >= 0)
		(void)close(fd); /* nobody asked for it */
	return answer.code;
}

void servant_free(struct servant *servant)
{
	if (!servant)
		return;
	(void)close(servant->link); /* ends the process */
	/* A signal handler of ours may interrupt; nothing else can go wrong. */
	while (waitpid(servant->pid, NULL, 0) < 0 && errno == EINTR)
		;
	free(servant);
}
