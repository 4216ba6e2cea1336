/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Failures of processes that come and go, counted through the feed alone.
 *
 *   failures BYTES
 *
 * 211 children of one process, two threads each, fail 23 openat with ENOENT and
 * 7 close with EBADF in each thread, while the counters, of so many bytes, are
 * read again and again.  The last line of the output is "openat N close N other
 * N": what was counted in all, and how much of it in the bucket "other".
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "base/err.h"
#include "bpf/event.h"
#include "feed/live.h"
#include "feed/tracefsdir.h"

#define CHILDREN 211
#define OPENS    23
#define CLOSES   7

struct sums {
	uint64_t opens, closes, other;
	struct catalogue *cat;
};

static void die_of(const char *what, const char *why)
{
	fprintf(stderr, "failures: %s: %s\n", what, why);
	exit(1);
}

static void *fail(void *unused)
{
	for (int i = 0; i < OPENS; i++)
		(void)openat(AT_FDCWD, "/nowhere/at/all", O_RDONLY);
	for (int i = 0; i < CLOSES; i++)
		(void)close(-1);
	return unused;
}

static void fail_twice(void)
{
	pthread_t thread;
	if (pthread_create(&thread, NULL, fail, NULL))
		_exit(1);
	(void)fail(NULL);
	(void)pthread_join(thread, NULL);
	_exit(0);
}

/* Waits for a byte, then makes children one after the other. */
static void serve(int fd)
{
	char byte;
	if (read(fd, &byte, 1) != 1)
		_exit(1);
	for (int i = 0; i < CHILDREN; i++) {
		pid_t pid = fork();
		if (pid == 0)
			fail_twice();
		if (pid < 0 || waitpid(pid, NULL, 0) != pid)
			_exit(1);
	}
	_exit(0);
}

static void add(void *self, const struct event *ev)
{
	struct sums *sums = self;
	const struct event_error *error = (const void *)ev;
	if (ev->kind != EVENT_ERROR)
		return;
	uint32_t index = catalogue_by_nr(sums->cat, error->nr, ev->compat);
	const char *name = catalogue_get(sums->cat, index)->name;
	if (strcmp(name, "openat") == 0 && error->code == ENOENT)
		sums->opens += error->count;
	else if (strcmp(name, "close") == 0 && error->code == EBADF)
		sums->closes += error->count;
	else
		return;
	if (ev->pid == 0)
		sums->other += error->count;
}

static struct live *open_feed(struct catalogue *cat, pid_t pid, uint64_t bytes,
			      int events_fd)
{
	struct live *live = NULL;
	struct err err = {0};
	struct timespec now;
	(void)clock_gettime(CLOCK_BOOTTIME, &now); /* cannot fail for it */
	const struct live_config config = {
		.catalogue = cat,
		.own_since_ns = (uint64_t)now.tv_sec * 1000000000u +
				(uint64_t)now.tv_nsec, /* not the child */
		.filter = {.pids = &pid,
			   .pid_count = 1,
			   .follow = true,
			   .uid = -1},
		.ring_bytes = 1 << 20,
		.count_bytes = bytes,
		.string_limit = 32,
		.tracefs_events_fd = events_fd,
	};
	if (live_open(&live, &config, &err))
		die_of("live_open", err.text);
	for (uint32_t i = 0; i < catalogue_count(cat); i++)
		live_set_state(live, i, LIVE_COUNTED);
	return live;
}

/* Reads the counters until the process has ended, and twice more. */
static void watch(struct live *live, struct sums *sums, pid_t pid)
{
	const struct timespec pause = {.tv_nsec = 20000000};
	const struct sink sink = {.put = add, .self = sums};
	int status = 0;
	bool over = false;
	for (int left = 2; left > 0; left -= over) {
		(void)nanosleep(&pause, NULL); /* shorter is as good */
		over = over || waitpid(pid, &status, WNOHANG) == pid;
		(void)live_pump(live, &sink, 0, true);
		live_sample(live, &sink);
	}
	if (status)
		die_of("the child", "it failed");
}

int main(int argc, char **argv)
{
	uint64_t bytes = argc > 1 ? strtoull(argv[1], NULL, 10) : 32 << 20;
	int ends[2];
	int events_fd = -1;
	struct err err = {0};
	struct sums sums = {0};
	if (pipe2(ends, O_CLOEXEC))
		die_of("pipe2", strerror(errno));
	pid_t pid = fork();
	if (pid == 0)
		serve(ends[0]);
	(void)tracefsdir_open(&events_fd, NULL,
			      &err); /* -1: the built-in list */
	const struct catalogue_config names = {.events_fd = events_fd,
					       .native = abi_native()};
	if (pid < 0 || catalogue_new(&sums.cat, &names, &err))
		die_of("catalogue_new", err.text);
	struct live *live = open_feed(sums.cat, pid, bytes, events_fd);
	if (write(ends[1], "", 1) != 1)
		die_of("write", strerror(errno));
	watch(live, &sums, pid);
	printf("openat %" PRIu64 " close %" PRIu64 " other %" PRIu64 "\n",
	       sums.opens, sums.closes, sums.other);
	live_close(live);
	catalogue_free(sums.cat);
	return 0;
}
