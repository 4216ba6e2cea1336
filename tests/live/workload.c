/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes known numbers of system calls for the live tests:
 *
 *   workload storm CALLS THREADS    getppid, that many in all
 *   workload pace CALLS PER_S      the same in one thread, at that rate; says
 *                                   how fast it really was
 *   workload fail CALLS THREADS     openat of what is not there, that many;
 *                                   each makes 23 fcntl of what is not open
 *   workload mix KIND               23 wanted and 4001 unwanted calls
 *   workload hold COMMAND...        waits for a line on standard input first
 *
 * Wanted and unwanted, by KIND:
 *   name     getppid / getpgid
 *   outcome  fcntl that succeeds / fails
 *   failure  fcntl that fails / succeeds
 *   errno    fcntl that fails with EBADF / EINVAL
 *   time     nanosleep of 20 ms / that fails at once
 *   same     only the 23 getppid, for filters that tell processes apart
 *   other    only the 4001 getppid
 *   fork     a child and an orphaned grandchild make the 23 getppid
 *   parent   a process makes 23 getppid, its child 4001
 *   threads  one thread 23 getppid, another 4001; it writes the one's TID
 *            and waits for a line on standard input
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WANTED   23
#define UNWANTED 4001

static void repeat_getppid(long count)
{
	for (long i = 0; i < count; i++)
		(void)syscall(SYS_getppid);
}

static void *storm_thread(void *count)
{
	repeat_getppid((long)(intptr_t)count);
	return NULL;
}

static uint64_t now_ns(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* no system call */
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* In small bursts, each when its time has come; what was late is made up for.
 * PER_S 0: as fast as it goes. */
static int pace(uint64_t calls, uint64_t per_s)
{
	const uint64_t burst = 50;
	uint64_t start_ns = now_ns();
	uint64_t done = 0;
	while (done < calls) {
		uint64_t n = calls - done < burst ? calls - done : burst;
		repeat_getppid((long)n);
		done += n;
		uint64_t due_ns = per_s ? done * 1000000000u / per_s : 0;
		while (now_ns() - start_ns < due_ns)
			;
	}
	uint64_t took_ns = now_ns() - start_ns;
	(void)printf("%llu calls/s\n",
		     (unsigned long long)(calls * 1000000000u / took_ns));
	return 0;
}

static void *fail_thread(void *count)
{
	for (long i = 0; i < (long)(intptr_t)count; i++)
		(void)open("/nowhere/at/all", O_RDONLY);
	for (int i = 0; i < WANTED; i++)
		(void)fcntl(-1, F_GETFD);
	return NULL;
}

/* CALLS in so many threads, each of which runs RUN with its share. */
static int share(long calls, long threads, void *(*run)(void *))
{
	pthread_t thread[64];
	if (threads < 1 || threads > 64)
		return 2;
	for (long i = 0; i < threads; i++) {
		long part = calls / threads + (i < calls % threads);
		if (pthread_create(&thread[i], NULL, run,
				   (void *)(intptr_t)part))
			return 1;
	}
	for (long i = 0; i < threads; i++)
		(void)pthread_join(thread[i], NULL);
	return 0;
}

static int mix_name(void)
{
	repeat_getppid(WANTED);
	for (int i = 0; i < UNWANTED; i++)
		(void)syscall(SYS_getpgid, 0);
	return 0;
}

static int mix_outcome(void)
{
	for (int i = 0; i < WANTED; i++)
		(void)syscall(SYS_fcntl, 0, F_GETFD);
	for (int i = 0; i < UNWANTED; i++)
		(void)syscall(SYS_fcntl, -1, F_GETFD);
	return 0;
}

static int mix_failure(void)
{
	for (int i = 0; i < WANTED; i++)
		(void)syscall(SYS_fcntl, -1, F_GETFD);
	for (int i = 0; i < UNWANTED; i++)
		(void)syscall(SYS_fcntl, 0, F_GETFD);
	return 0;
}

static int mix_errno(void)
{
	for (int i = 0; i < WANTED; i++)
		(void)syscall(SYS_fcntl, -1, F_GETFD); /* EBADF */
	for (int i = 0; i < UNWANTED; i++)
		(void)syscall(SYS_fcntl, 0, -1); /* EINVAL */
	return 0;
}

static int mix_time(void)
{
	const struct timespec long_time = {.tv_nsec = 20000000};
	for (int i = 0; i < WANTED; i++)
		(void)syscall(SYS_nanosleep, &long_time, NULL);
	for (int i = 0; i < UNWANTED; i++)
		(void)syscall(SYS_nanosleep, NULL, NULL); /* EFAULT, at once */
	return 0;
}

static int mix_same(void)
{
	repeat_getppid(WANTED);
	return 0;
}

static int mix_other(void)
{
	repeat_getppid(UNWANTED);
	return 0;
}

/* A child, and a grandchild whose parent has ended, make the calls. */
static int mix_fork(void)
{
	int ends[2];
	char byte;
	if (pipe(ends) < 0)
		return 1;
	pid_t pid = fork();
	if (pid == 0) {
		repeat_getppid(11);
		if (fork() == 0)
			repeat_getppid(WANTED - 11);
		_exit(0);
	}
	(void)close(ends[1]);
	while (read(ends[0], &byte, 1) > 0) /* until both have ended */
		;
	(void)waitpid(pid, NULL, 0);
	return 0;
}

/* The parent makes the wanted calls, its child the others. */
static int mix_parent(void)
{
	pid_t pid = fork();
	if (pid == 0) {
		repeat_getppid(UNWANTED);
		_exit(0);
	}
	(void)waitpid(pid, NULL, 0);
	repeat_getppid(WANTED);
	return 0;
}

struct known_thread {
	pthread_barrier_t barrier;
	int announce_fd;
};

static void *wanted_thread(void *self)
{
	struct known_thread *known = self;
	dprintf(known->announce_fd, "%ld\n", syscall(SYS_gettid));
	char byte;
	while (read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n')
		;
	(void)pthread_barrier_wait(&known->barrier);
	repeat_getppid(WANTED);
	return NULL;
}

/* Writes the TID of the wanted thread, waits for a line, then calls. */
static int mix_threads(void)
{
	struct known_thread known = {.announce_fd = STDOUT_FILENO};
	pthread_t thread;
	if (pthread_barrier_init(&known.barrier, NULL, 2) ||
	    pthread_create(&thread, NULL, wanted_thread, &known))
		return 1;
	(void)pthread_barrier_wait(&known.barrier);
	repeat_getppid(UNWANTED);
	(void)pthread_join(thread, NULL);
	return 0;
}

static const struct {
	const char *name;
	int (*run)(void);
} kinds[] = {
	{"name", mix_name},       {"outcome", mix_outcome},
	{"failure", mix_failure}, {"errno", mix_errno},
	{"time", mix_time},       {"same", mix_same},
	{"other", mix_other},     {"fork", mix_fork},
	{"parent", mix_parent},   {"threads", mix_threads},
};

static int mix(const char *kind)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].name, kind) == 0)
			return kinds[i].run();
	}
	return 2;
}

/* Keeps its PID through the execve, so that a test can name it beforehand. */
static int hold(char **command)
{
	char byte;
	while (read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n')
		;
	(void)execvp(command[0], command);
	return 1;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "storm") == 0)
		return share(atol(argv[2]), atol(argv[3]), storm_thread);
	if (argc == 4 && strcmp(argv[1], "pace") == 0)
		return pace((uint64_t)atoll(argv[2]), (uint64_t)atoll(argv[3]));
	if (argc == 4 && strcmp(argv[1], "fail") == 0)
		return share(atol(argv[2]), atol(argv[3]), fail_thread);
	if (argc == 3 && strcmp(argv[1], "mix") == 0)
		return mix(argv[2]);
	if (argc >= 3 && strcmp(argv[1], "hold") == 0)
		return hold(argv + 2);
	(void)fprintf(stderr,
		      "usage: workload {storm | fail} CALLS THREADS | "
		      "pace CALLS PER_S | mix KIND | hold COMMAND...\n");
	return 2;
}
