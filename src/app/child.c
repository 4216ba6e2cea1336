/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/keeper.h"
#include "base/err.h"
#include "base/xalloc.h"

#define STATUS_SCTOP_FAILED   125
#define STATUS_NOT_EXECUTABLE 126
#define STATUS_NOT_FOUND      127
#define STATUS_SIGNAL         128

struct child_inherit {
	sigset_t mask;
	struct sigaction actions[NSIG]; /* by signal; 0 is not used */
	bool known[NSIG];               /* the action could be read */
	char **environ;                 /* its array is ours, its texts not */
};

struct child {
	pid_t pid;
	int link;       /* our end: one byte lets it go, an errno comes back */
	int pty;        /* master, or -1 */
	int keeper;     /* see keeper.h; -1 without a pty */
	int status;     /* as waitpid() gave it */
	int exec_errno; /* 0: it was executed */
	bool ended;
};

struct child_inherit *child_inherit_new(void)
{
	struct child_inherit *inherit = xcalloc(1, sizeof(*inherit));
	(void)sigprocmask(SIG_SETMASK, NULL, &inherit->mask); /* reads only */
	for (int i = 1; i < NSIG; i++)
		inherit->known[i] =
			sigaction(i, NULL, &inherit->actions[i]) == 0;
	size_t count = 0;
	while (environ && environ[count])
		count++;
	inherit->environ = xcalloc(count + 1, sizeof(char *));
	if (count)
		memcpy(inherit->environ, environ, count * sizeof(char *));
	return inherit;
}

void child_inherit_free(struct child_inherit *inherit)
{
	if (!inherit)
		return;
	free(inherit->environ);
	free(inherit);
}

/* 0 if PATH may be executed; -EACCES if it is there and may not. */
static int check_executable(const char *path)
{
	struct stat st;
	if (stat(path, &st) < 0)
		return errno == EACCES ? -EACCES : -ENOENT;
	if (S_ISDIR(st.st_mode))
		return -EACCES;
	if (faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) < 0)
		return -EACCES;
	return 0;
}

int child_find(char *ret, size_t size, const char *command, const char *paths)
{
	size_t len = strlen(command);
	if (len == 0)
		return -ENOENT;
	if (strchr(command, '/')) {
		if (len >= size)
			return -ENAMETOOLONG;
		memcpy(ret, command, len + 1);
		return check_executable(ret);
	}
	int result = -ENOENT;
	for (const char *p = paths; p; p = strchr(p, ':')) {
		p += *p == ':' && p != paths;
		size_t dir = strcspn(p, ":");
		if (dir + len + 2 > size)
			continue;
		memcpy(ret, p, dir);
		if (dir) /* an empty one is the current directory */
			ret[dir++] = '/';
		memcpy(ret + dir, command, len + 1);
		int code = check_executable(ret);
		if (code == 0)
			return 0;
		if (code == -EACCES)
			result = -EACCES;
	}
	return result;
}

/* The parts of a child that is about to be forked. */
struct birth {
	char path[PATH_MAX];
	char *const *command;
	const struct child_inherit *inherit;
	int link;     /* the child's end */
	char pty[64]; /* the terminal's name; "": none */
};

static int take_terminal(const char *name)
{
	if (setsid() < 0)
		return -errno;
	int fd = open(name,
		      O_RDWR | O_CLOEXEC); /* becomes the controlling one */
	if (fd < 0)
		return -errno;
	for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++) {
		if (dup2(fd, i) < 0) /* clears close-on-exec */
			return -errno;
	}
	return 0;
}

/* Runs in the child: no allocation, no output. */
static _Noreturn void live_and_execute(const struct birth *birth)
{
	const struct child_inherit *inherit = birth->inherit;
	for (int i = 1; i < NSIG; i++) {
		if (inherit->known[i])
			(void)sigaction(i, &inherit->actions[i],
					NULL); /* was read, can be set */
	}
	(void)sigprocmask(SIG_SETMASK, &inherit->mask, NULL); /* cannot fail */
	/* The row of its execve bears the name at entry: COMMAND's, not ours.
	 */
	const char *slash = strrchr(birth->path, '/');
	(void)prctl(PR_SET_NAME, slash ? slash + 1 : birth->path);
	int code = birth->pty[0] ? -take_terminal(birth->pty) : 0;
	if (code == 0) {
		char go;
		ssize_t n;
		do
			n = read(birth->link, &go, 1);
		while (n < 0 && errno == EINTR);
		if (n != 1) /* sctop is gone */
			_exit(STATUS_SCTOP_FAILED);
		(void)execve(birth->path, birth->command,
			     inherit->environ); /* returns only to fail */
		code = errno;
	}
	(void)!write(birth->link, &code,
		     sizeof(code)); /* if sctop is gone, nobody asks */
	_exit(code == ENOENT ? STATUS_NOT_FOUND : STATUS_NOT_EXECUTABLE);
}

/* The master of a new pseudo-terminal; its other end's name into NAME. */
static int open_pty(char *name, size_t size)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (grantpt(fd) < 0 || unlockpt(fd) < 0 ||
	    ptsname_r(fd, name, size) != 0) {
		int code = -errno;
		(void)close(fd); /* nothing was written */
		return code;
	}
	struct winsize ws;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0)
		(void)ioctl(fd, TIOCSWINSZ, &ws); /* a size is no necessity */
	return fd;
}

/* Both return with every signal of the caller blocked as before. */
static pid_t fork_quietly(const struct birth *birth, int parent_end)
{
	sigset_t all, old;
	(void)sigfillset(&all);                     /* cannot fail */
	(void)sigprocmask(SIG_SETMASK, &all, &old); /* cannot fail */
	pid_t pid = fork();
	if (pid == 0) {
		(void)close(parent_end); /* so that sctop's end is seen */
		live_and_execute(birth);
	}
	int code = errno;
	(void)sigprocmask(SIG_SETMASK, &old, NULL); /* cannot fail */
	return pid < 0 ? -code : pid;
}

static int explain_not_found(const char *command, int code, struct err *err)
{
	if (code == -ENOENT)
		return err_set(err, code,
			       "cannot start '%.200s': %s; check the "
			       "spelling%s",
			       command,
			       strchr(command, '/') ? "no such file"
						    : "not found along PATH",
			       strchr(command, '/') ? "" : " or give its path");
	return err_set(err, code,
		       "cannot start '%.200s': it is not executable; "
		       "chmod +x makes a program of it",
		       command);
}

int child_new(struct child **ret, char *const *command,
	      const struct child_inherit *inherit, bool pty, struct err *err)
{
	struct birth birth = {.command = command, .inherit = inherit};
	const char *paths = getenv("PATH");
	int code = child_find(birth.path, sizeof(birth.path), command[0],
			      paths ? paths : "/bin:/usr/bin");
	if (code)
		return explain_not_found(command[0], code, err);
	int ends[2];
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return err_set(err, -errno,
			       "cannot start '%.200s': socketpair: %s",
			       command[0], strerror(errno));
	birth.link = ends[1];
	int master = pty ? open_pty(birth.pty, sizeof(birth.pty)) : -1;
	pid_t pid = pty && master < 0 ? master : fork_quietly(&birth, ends[0]);
	(void)close(ends[1]); /* the child's own */
	if (pid < 0) {
		(void)close(ends[0]); /* nothing was written */
		if (master >= 0)
			(void)close(master); /* nothing was written */
		return err_set(err, pid, "cannot start '%.200s': %s",
			       command[0], strerror(-pid));
	}
	struct child *child = xcalloc(1, sizeof(*child));
	child->pid = pid;
	child->link = ends[0];
	child->pty = master;
	child->keeper = -1;
	code = master >= 0 ? keeper_start(&child->keeper, master) : 0;
	if (code < 0) {
		child_free(child); /* the held one ends by this */
		return err_set(err, code, "cannot start '%.200s': %s",
			       command[0], strerror(-code));
	}
	*ret = child;
	return 0;
}

void child_free(struct child *child)
{
	if (!child)
		return;
	(void)close(child->link); /* one still held ends by this */
	if (child->pty >= 0)
		(void)close(child->pty); /* nothing is buffered here */
	if (child->keeper >= 0)
		(void)close(child->keeper); /* from now on it reads the pty */
	free(child);
}

pid_t child_pid(const struct child *child)
{
	return child->pid;
}

int child_pty(const struct child *child)
{
	return child->pty;
}

int child_go(struct child *child, struct err *err)
{
	if (send(child->link, "", 1, MSG_NOSIGNAL) == 1)
		return 0;
	return err_set(err, -errno, "cannot start the command: %s",
		       strerror(errno));
}

bool child_reap(struct child *child)
{
	if (child->ended)
		return true;
	pid_t pid;
	do
		pid = waitpid(child->pid, &child->status, WNOHANG);
	while (pid < 0 && errno == EINTR);
	if (pid == 0)
		return false;
	int code = 0;
	if (recv(child->link, &code, sizeof(code), MSG_DONTWAIT) ==
	    (ssize_t)sizeof(code))
		child->exec_errno = code;
	child->ended = true;
	return true;
}

int child_exit_status(const struct child *child)
{
	if (WIFSIGNALED(child->status))
		return STATUS_SIGNAL + WTERMSIG(child->status);
	return WEXITSTATUS(child->status);
}

int child_exec_errno(const struct child *child)
{
	return child->exec_errno;
}
