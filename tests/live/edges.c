/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The edges of a system call's life, one per name: calls that never return,
 * that return elsewhere, or that a signal cuts short.  Each waits for the
 * state it needs (a thread asleep in its call), never for a time.
 */
#include "config.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t own_tid(void)
{
	return (pid_t)syscall(SYS_gettid);
}

static bool read_text(pid_t tid, const char *name, char text[512])
{
	char path[64];
	(void)snprintf(path, sizeof(path), "/proc/%d/%s", tid, name);
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, text, 511);
	if (fd >= 0)
		close(fd);
	text[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* Returns once the thread or process TID sleeps in its call CALL. */
static void wait_asleep(pid_t tid, long call)
{
	char text[512];
	for (;; sched_yield()) {
		if (!read_text(tid, "syscall", text) ||
		    strtol(text, NULL, 10) != call || text[0] == 'r')
			continue;
		const char *end;
		if (read_text(tid, "stat", text) &&
		    (end = strrchr(text, ')')) && end[1] == ' ' &&
		    end[2] == 'S')
			return;
	}
}

struct sleeper {
	pthread_t thread;
	_Atomic pid_t tid;
	int fd;
};

static void *sleep_in_read(void *arg)
{
	struct sleeper *self = arg;
	char c;
	self->tid = own_tid();
	(void)!read(self->fd, &c, 1);
	return NULL;
}

static void *sleep_in_nanosleep(void *arg)
{
	struct sleeper *self = arg;
	struct timespec hour = {.tv_sec = 3600};
	self->tid = own_tid();
	nanosleep(&hour, NULL);
	return NULL;
}

static void start(struct sleeper *sleeper, void *(*run)(void *), long call,
		  int fd)
{
	sleeper->fd = fd;
	if (pthread_create(&sleeper->thread, NULL, run, sleeper))
		abort();
	while (!sleeper->tid)
		sched_yield();
	wait_asleep(sleeper->tid, call);
}

static int killed_in_read(int signal)
{
	int ends[2];
	if (pipe(ends))
		return 1;
	pid_t pid = fork();
	if (!pid) {
		char c;
		(void)!read(ends[0], &c, 1);
		_exit(3);
	}
	wait_asleep(pid, SYS_read);
	kill(pid, signal);
	int status;
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) && WTERMSIG(status) == signal ? 0 : 1;
}

static int by_sigkill(void)
{
	return killed_in_read(SIGKILL);
}

static int by_sigterm(void)
{
	return killed_in_read(SIGTERM);
}

static int exit_group_over_threads(void)
{
	int ends[2];
	struct sleeper in_read = {0}, in_sleep = {0};
	if (pipe(ends))
		return 1;
	start(&in_read, sleep_in_read, SYS_read, ends[0]);
	start(&in_sleep, sleep_in_nanosleep, SYS_clock_nanosleep, -1);
	_exit(0);
}

static void *exec_true(void *arg)
{
	pid_t leader = *(pid_t *)arg;
	wait_asleep(leader, SYS_read);
	execl("/bin/true", "true", (char *)NULL);
	abort();
}

static int execve_from_thread(void)
{
	int ends[2];
	char c;
	pid_t leader = getpid();
	pthread_t thread;
	if (pipe(ends) || pthread_create(&thread, NULL, exec_true, &leader))
		return 1;
	(void)!read(ends[0], &c, 1);
	return 1;
}

static void handle(int signal)
{
	(void)signal;
}

static int read_interrupted(int flags)
{
	int ends[2];
	struct sigaction act = {.sa_handler = handle, .sa_flags = flags};
	if (pipe(ends) || sigaction(SIGUSR1, &act, NULL))
		return 1;
	struct sleeper sleeper = {0};
	start(&sleeper, sleep_in_read, SYS_read, ends[0]);
	pthread_kill(sleeper.thread, SIGUSR1);
	if (flags & SA_RESTART) {
		wait_asleep(sleeper.tid, SYS_read);
		if (write(ends[1], "x", 1) != 1)
			return 1;
	}
	pthread_join(sleeper.thread, NULL);
	return 0;
}

static int handlers(void)
{
	struct sigaction act = {.sa_handler = handle};
	sigset_t none;
	sigemptyset(&none);
	if (read_interrupted(SA_RESTART) || read_interrupted(0))
		return 1;
	sigset_t alarm;
	sigemptyset(&alarm);
	sigaddset(&alarm, SIGALRM);
	sigprocmask(SIG_BLOCK, &alarm, NULL);
	sigaction(SIGALRM, &act, NULL);
	struct itimerval soon = {.it_value.tv_usec = 1000};
	setitimer(ITIMER_REAL, &soon, NULL);
	sigsuspend(&none);
	for (int i = 0; i < 23; i++)
		raise(SIGUSR1);
	return 0;
}

static void *end_at_once(void *arg)
{
	(void)arg;
	return NULL;
}

static int thread_exits(void)
{
	for (int i = 0; i < 23; i++) {
		pthread_t thread;
		if (pthread_create(&thread, NULL, end_at_once, NULL))
			return 1;
		pthread_join(thread, NULL);
	}
	return 0;
}

static int odd_numbers(void)
{
	syscall(999, 1, 2, 3, 4, 5, 6);
	syscall(-1, 1, 2, 3, 4, 5, 6);
	return 0;
}

/* The i386 way into the kernel, from a 64-bit program: getpid is 20 there. */
static int int80(void)
{
#ifdef __x86_64__
	for (int i = 0; i < 23; i++) {
		long pid;
		__asm__ volatile("int $0x80"
				 : "=a"(pid)
				 : "a"(20L)
				 : "memory", "cc", "r8", "r9", "r10", "r11");
		if (pid != getpid())
			return 1;
	}
#endif
	return 0;
}

static int vfork_execve(void)
{
	pid_t pid = vfork();
	if (!pid) {
		execl("/bin/true", "true", (char *)NULL);
		_exit(127);
	}
	int status;
	return waitpid(pid, &status, 0) == pid && !status ? 0 : 1;
}

static const struct {
	const char *name;
	int (*run)(void);
} edges[] = {
	{"sigkill", by_sigkill},
	{"sigterm", by_sigterm},
	{"exit-group", exit_group_over_threads},
	{"execve-thread", execve_from_thread},
	{"handlers", handlers},
	{"thread-exits", thread_exits},
	{"odd-numbers", odd_numbers},
	{"vfork", vfork_execve},
	{"int80", int80},
};

#define EDGES (sizeof(edges) / sizeof(edges[0]))

int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < EDGES; i++)
		if (!strcmp(argv[1], edges[i].name))
			return edges[i].run();
	fprintf(stderr, "usage: %s NAME, one of:", argv[0]);
	for (size_t i = 0; i < EDGES; i++)
		fprintf(stderr, " %s", edges[i].name);
	fprintf(stderr, "\n");
	return 2;
}
