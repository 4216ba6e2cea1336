/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/remotes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/options.h"
#include "app/remote.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/escape.h"
#include "base/xalloc.h"
#include "feed/merge.h"

#define PROGRAM      "ssh"
#define COMMAND_SIZE 65536
#define LINE_SIZE    400
#define END_ROUNDS   50 /* to end in, when it is asked to */
#define END_ROUND_MS 20

extern char **environ;

struct remote {
	const char *host; /* borrowed: as it was given */
	pid_t pid;        /* of its ssh; 0: it was waited for */
	int status;       /* of that, as wait(2) has it */
	int out, err;     /* what it writes; -1: given away, or at its end */
	char line[LINE_SIZE];
	size_t line_size;
	bool ended; /* and that was said */
};

struct remotes {
	size_t count;
	struct remote at[];
};

static void say(const struct remote_listener *listener,
		const struct remote *remote, const char *text)
{
	static const char own[] = PACKAGE_NAME ": ";
	char data[2 * LINE_SIZE];
	struct buf line;
	buf_init(&line, data, sizeof(data));
	escape_text(&line, remote->host, strlen(remote->host));
	buf_puts(&line, ": ");
	if (strncmp(text, own, sizeof(own) - 1) == 0)
		text += sizeof(own) - 1; /* ours, there */
	escape_text(&line, text, strlen(text));
	listener->say(listener->self, data);
}

static void end_line(struct remote *remote,
		     const struct remote_listener *listener)
{
	remote->line[remote->line_size] = '\0';
	remote->line_size = 0;
	if (remote->line[0])
		say(listener, remote, remote->line);
}

static void close_err(struct remote *remote)
{
	if (remote->err >= 0)
		(void)close(remote->err); /* it was only read */
	remote->err = -1;
}

/* Says the lines that have come; what is longer in pieces. */
static void take_lines(struct remote *remote,
		       const struct remote_listener *listener)
{
	char bytes[1024];
	ssize_t n = 0;
	while (remote->err >= 0 &&
	       (n = read(remote->err, bytes, sizeof(bytes))) > 0) {
		for (ssize_t i = 0; i < n; i++) {
			bool ends = bytes[i] == '\n' || bytes[i] == '\r';
			if (!ends)
				remote->line[remote->line_size++] = bytes[i];
			if (ends || remote->line_size == LINE_SIZE - 1)
				end_line(remote, listener);
		}
	}
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	end_line(remote, listener);
	close_err(remote);
}

/* With the signals as they are without us. */
static int spawn(struct remote *remote, const char *program,
		 const char *command, const int ends[2][2])
{
	char *const argv[] = {(char *)(uintptr_t)program, "-T",

			      (char *)(uintptr_t)remote->host,
			      (char *)(uintptr_t)command, NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none;
	sigset_t usual;
	(void)sigemptyset(&none); /* cannot fail */
	(void)sigfillset(&usual); /* cannot fail */
	int code = posix_spawn_file_actions_init(&files);
	if (code)
		return -code;
	code = posix_spawnattr_init(&attributes);
	if (code == 0) {
		(void)posix_spawnattr_setflags(
			&attributes, POSIX_SPAWN_SETSIGMASK |
					     POSIX_SPAWN_SETSIGDEF); /* valid */
		(void)posix_spawnattr_setsigmask(&attributes, &none);
		(void)posix_spawnattr_setsigdefault(&attributes, &usual);
		(void)posix_spawn_file_actions_addopen(
			&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
		(void)posix_spawn_file_actions_adddup2(&files, ends[0][1],
						       STDOUT_FILENO);
		(void)posix_spawn_file_actions_adddup2(&files, ends[1][1],
						       STDERR_FILENO);
		code = posix_spawnp(&remote->pid, program, &files, &attributes,
				    argv, environ);
		(void)posix_spawnattr_destroy(&attributes); /* cannot fail */
	}
	(void)posix_spawn_file_actions_destroy(&files); /* cannot fail */
	if (code)
		remote->pid = 0;
	return -code;
}

static int start(struct remote *remote, const char *command, struct err *err)
{
	const char *program = getenv("SCTOP_SSH");
	int ends[2][2] = {{-1, -1}, {-1, -1}};
	if (!program || !*program)
		program = PROGRAM;
	int code = pipe2(ends[0], O_CLOEXEC) < 0 ||
				   pipe2(ends[1], O_CLOEXEC | O_NONBLOCK) < 0
			   ? -errno
			   : 0;
	/* Its end of the latter waits, as it expects. */
	if (code == 0 && fcntl(ends[1][1], F_SETFL, 0) < 0)
		code = -errno;
	if (code == 0)
		code = spawn(remote, program, command, (const int(*)[2])ends);
	remote->out = ends[0][0];
	remote->err = ends[1][0];
	for (int i = 0; i < 2; i++)
		if (ends[i][1] >= 0)
			(void)close(ends[i][1]); /* ssh has it */
	return code ? err_set(err, code,
			      "cannot start '%.100s' to reach '%.100s' "
			      "(--host): %s",
			      program, remote->host, strerror(-code))
		    : 0;
}

/* Whether it has ended; its status is known then. */
static bool reap(struct remote *remote, int options)
{
	if (remote->pid &&
	    waitpid(remote->pid, &remote->status, options) == remote->pid)
		remote->pid = 0;
	return !remote->pid;
}

static void print_status(struct buf *buf, int status)
{
	if (WIFSIGNALED(status))
		buf_printf(buf, "was ended by signal %d", WTERMSIG(status));
	else
		buf_printf(buf, "ended with status %d", WEXITSTATUS(status));
}

/* It sent nothing and never will. */
static int refuse(struct remote *remote, const struct remote_listener *listener,
		  struct err *err)
{
	char data[64];
	struct buf status;
	(void)reap(remote, 0);
	take_lines(remote, listener);
	buf_init(&status, data, sizeof(data));
	print_status(&status, remote->status);
	return err_set(err, -EIO,
		       "cannot watch '%.300s' (--host): ssh %s and sent no "
		       "recording",
		       remote->host, data);
}

/* Whether it sends something; -EIO: it has ended without. */
static int look(struct remote *remote, const struct pollfd fds[2],
		const struct remote_listener *listener, struct err *err)
{
	if (fds[1].revents)
		take_lines(remote, listener);
	if (fds[0].revents & POLLIN)
		return 1;
	return fds[0].revents ? refuse(remote, listener, err) : 0;
}

static int await(struct remotes *remotes,
		 const struct remote_listener *listener, struct err *err)
{
	struct pollfd fds[EVENT_HOSTS * 2];
	size_t waits = 0;
	int code = 0;
	for (size_t i = 0; i < remotes->count; i++) {
		fds[2 * i] = (struct pollfd){.fd = remotes->at[i].out,
					     .events = POLLIN};
		fds[2 * i + 1].events = POLLIN;
	}
	for (waits = remotes->count; waits && code >= 0;) {
		for (size_t i = 0; i < remotes->count; i++)
			fds[2 * i + 1].fd = remotes->at[i].err;
		if (poll(fds, remotes->count * 2, -1) < 0)
			continue; /* a signal that ends us does */
		for (size_t i = 0; i < remotes->count && code >= 0; i++) {
			code = look(&remotes->at[i], fds + 2 * i, listener,
				    err);
			if (code <= 0)
				continue;
			fds[2 * i].fd = -1; /* it is there */
			fds[2 * i].revents = 0;
			waits--;
		}
	}
	return code < 0 ? code : 0;
}

int remotes_start(struct remotes **ret, const struct options *options,
		  const struct remote_listener *listener, struct err *err)
{
	size_t count = options->hosts.count;
	struct remotes *remotes =
		xcalloc(1, sizeof(*remotes) + count * sizeof(remotes->at[0]));
	char *command = xmalloc(COMMAND_SIZE);
	struct buf line;
	int code = 0;
	*ret = remotes; /* whoever has it ends what was started */
	buf_init(&line, command, COMMAND_SIZE);
	remote_command(&line, options);
	if (line.cut)
		code = err_set(err, -E2BIG,
			       "the options are too long for --host");
	for (size_t i = 0; i < count && code == 0; i++) {
		struct remote *remote = &remotes->at[remotes->count++];
		remote->host = options->hosts.at[i];
		code = start(remote, command, err);
	}
	free(command);
	return code ? code : await(remotes, listener, err);
}

void remotes_sources(struct remotes *remotes, struct merge_source *ret)
{
	for (size_t i = 0; i < remotes->count; i++) {
		struct remote *remote = &remotes->at[i];
		ret[i] = (struct merge_source){.path = remote->host,
					       .fd = remote->out};
		remote->out = -1;
	}
}

static void tell_end(struct remote *remote,
		     const struct remote_listener *listener)
{
	char data[64];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	buf_puts(&text, "ended");
	if (remote->status) {
		buf_puts(&text, ": ssh ");
		print_status(&text, remote->status);
	}
	say(listener, remote, data);
	remote->ended = true;
}

void remotes_poll(struct remotes *remotes, const struct merge *merge,
		  const struct remote_listener *listener)
{
	for (unsigned i = 0; i < remotes->count; i++) {
		struct remote *remote = &remotes->at[i];
		if (remote->err >= 0)
			take_lines(remote, listener);
		if (!remote->ended && merge_has_ended(merge, i) &&
		    reap(remote, WNOHANG))
			tell_end(remote, listener);
	}
}

static void end(struct remote *remote)
{
	if (remote->out >= 0)
		(void)close(remote->out); /* it was only read */
	close_err(remote);
	if (reap(remote, WNOHANG))
		return;
	(void)kill(remote->pid, SIGTERM); /* it is ours */
	for (int i = 0; i < END_ROUNDS && !reap(remote, WNOHANG); i++)
		(void)poll(NULL, 0, END_ROUND_MS);
	if (remote->pid)
		(void)kill(remote->pid, SIGKILL);
	(void)reap(remote, 0);
}

void remotes_free(struct remotes *remotes)
{
	if (!remotes)
		return;
	for (size_t i = 0; i < remotes->count; i++)
		end(&remotes->at[i]);
	free(remotes);
}
