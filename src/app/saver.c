/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/saver.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/conf.h"
#include "app/conf_file.h"
#include "app/replace.h"
#include "base/quantity.h"
#include "base/xalloc.h"

/* A path and a text, each with its NUL, are one message. */
#define MESSAGE_SIZE (CONF_FILE_PATH_SIZE + 2 * CONF_SIZE_LIMIT)

struct saver {
	pid_t pid;
	int link;
};

/* All that sctop has open stays with sctop. */
static int keep_only(int link)
{
	if (dup2(link, STDIN_FILENO) < 0 || close_range(1, ~0u, 0) < 0)
		return -errno;
	return 0;
}

static int become(uid_t uid, gid_t gid)
{
	if (setgroups(1, &gid) < 0 || setresgid(gid, gid, gid) < 0 ||
	    setresuid(uid, uid, uid) < 0)
		return -errno;
	return 0;
}

/* Runs in the new process, until sctop closes its end. */
static _Noreturn void serve(void)
{
	char *data = xmalloc(MESSAGE_SIZE + 1);
	ssize_t n;
	while ((n = recv(STDIN_FILENO, data, MESSAGE_SIZE, 0)) > 0) {
		data[n] = '\0';
		size_t len = strlen(data) + 1; /* of the path */
		int code = len < (size_t)n ? replace_file(data, data + len)
					   : -EINVAL;
		if (send(STDIN_FILENO, &code, sizeof(code), MSG_NOSIGNAL) < 0)
			break;
	}
	_exit(0);
}

static _Noreturn void run(int link, uid_t uid, gid_t gid)
{
	(void)prctl(PR_SET_NAME, "sctop-save"); /* so that ps tells */
	if (keep_only(link) < 0 || become(uid, gid) < 0)
		_exit(1);
	serve();
}

int saver_start(struct saver **ret, uid_t uid, gid_t gid)
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
		run(ends[1], uid, gid);
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
	return 0;
}

static bool is_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);
	return len > 1 && strncmp(path, dir, len) == 0 && path[len] == '/';
}

int saver_new(struct saver **ret)
{
	char path[CONF_FILE_PATH_SIZE];
	const char *caller = getenv("SUDO_UID"); /* sudo(8) */
	uint64_t uid = 0;
	*ret = NULL;
	if (geteuid() != 0 || !caller || quantity_number(&uid, caller) < 0 ||
	    uid == 0 || uid >= UINT32_MAX || conf_file_path(path) < 0)
		return 0;
	const struct passwd *user = getpwuid((uid_t)uid);
	if (!user || !is_below(path, user->pw_dir))
		return 0;
	return saver_start(ret, user->pw_uid, user->pw_gid);
}

int saver_replace(struct saver *saver, const char *path, const char *text)
{
	if (!saver)
		return replace_file(path, text);
	size_t path_size = strlen(path) + 1;
	size_t size = path_size + strlen(text) + 1;
	int code = -EIO; /* it has ended */
	if (size > MESSAGE_SIZE)
		return -EFBIG;
	char *data = xmalloc(size);
	memcpy(data, path, path_size);
	memcpy(data + path_size, text, size - path_size);
	if (send(saver->link, data, size, MSG_NOSIGNAL) < 0)
		code = -errno;
	else if (recv(saver->link, &code, sizeof(code), 0) !=
		 (ssize_t)sizeof(code))
		code = -EIO;
	free(data);
	return code;
}

void saver_free(struct saver *saver)
{
	if (!saver)
		return;
	(void)close(saver->link); /* ends the process */
	/* A signal handler of ours may interrupt; nothing else can go wrong. */
	while (waitpid(saver->pid, NULL, 0) < 0 && errno == EINTR)
		;
	free(saver);
}
