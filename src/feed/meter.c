/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/meter.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/xalloc.h"

#define ON_MS  100
#define OFF_MS 1900

struct meter {
	pid_t pid;
	int link; /* its other end reads end-of-file when we are gone */
};

/* Waits MS milliseconds; whether sctop is still there. */
static bool wait_ms(int link, int ms)
{
	struct pollfd fd = {.fd = link, .events = POLLIN};
	return poll(&fd, 1, ms) == 0;
}

static void keep_one_capability(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {0};
	data[0].effective = data[0].permitted = 1u << CAP_SYS_ADMIN;
	/* Without the capability nothing is switched on, and the cost stays
	 * unknown. */
	(void)syscall(SYS_capset, &header, data);
}

static void close_all_but(int link)
{
	if (dup2(link, STDIN_FILENO) < 0)
		_exit(1);
	(void)syscall(SYS_close_range, 1u, ~0u, 0u); /* Linux 5.9 and newer */
}

static _Noreturn void run(int link)
{
	close_all_but(link);
	/* The terminal's keys are sctop's business, as is every other signal.
	 */
	sigset_t all;
	(void)sigfillset(&all);
	(void)sigprocmask(SIG_SETMASK, &all, NULL); /* valid arguments */
	keep_one_capability();
	int fd;
	do {
		fd = bpf_enable_stats(BPF_STATS_RUN_TIME);
		bool is_over = fd < 0 || !wait_ms(STDIN_FILENO, ON_MS);
		if (fd >= 0)
			(void)close(fd); /* which switches them off */
		if (is_over)
			break;
	} while (wait_ms(STDIN_FILENO, OFF_MS));
	_exit(0);
}

int meter_new(struct meter **ret, struct err *err)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC))
		return err_set(err, -errno, "cannot make a pipe: %s",
			       strerror(errno));
	pid_t pid = fork();
	if (!pid) {
		(void)close(ends[1]); /* ours is the reading end */
		run(ends[0]);
	}
	(void)close(ends[0]); /* nothing was written */
	if (pid < 0) {
		(void)close(ends[1]); /* nothing was written */
		return err_set(err, -errno, "cannot fork: %s", strerror(errno));
	}
	struct meter *meter = xcalloc(1, sizeof(*meter));
	meter->pid = pid;
	meter->link = ends[1];
	*ret = meter;
	return 0;
}

void meter_free(struct meter *meter)
{
	if (!meter)
		return;
	(void)close(meter->link); /* ends the process */
	/* A signal handler of ours may interrupt; nothing else can go wrong. */
	while (waitpid(meter->pid, NULL, 0) < 0 && errno == EINTR)
		;
	free(meter);
}
