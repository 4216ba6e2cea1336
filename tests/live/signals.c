/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signals, ends and execs, one per name.  Those that take a signal have a
 * handler for it unless it is to end them: what the kernel discards nobody can
 * see.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BAD_ADDRESS 0x10000ul /* of a page that is never there */

static volatile sig_atomic_t taken;
static sigjmp_buf back;

static void take(int signal)
{
	(void)signal;
	taken++;
}

static void jump_back(int signal)
{
	siglongjmp(back, signal);
}

static void handle(int signal, void (*handler)(int))
{
	struct sigaction act = {.sa_handler = handler};
	if (sigaction(signal, &act, NULL))
		abort();
}

/* Keeps signals away until wait_taken(). */
static void hold_signals(void)
{
	sigset_t every;
	sigfillset(&every);
	sigprocmask(SIG_SETMASK, &every, NULL);
}

/* Sleeps until so many signals have been taken. */
static void wait_taken(int count)
{
	sigset_t none;
	sigemptyset(&none);
	while (taken < count)
		sigsuspend(&none);
}

static int by_kill(void)
{
	handle(SIGUSR1, take);
	return kill(getpid(), SIGUSR1) || taken != 1;
}

static int by_tgkill(void)
{
	handle(SIGUSR2, take);
	return syscall(SYS_tgkill, getpid(), getpid(), SIGUSR2) || taken != 1;
}

static int by_sigqueue(void)
{
	handle(SIGRTMIN, take);
	union sigval value = {.sival_int = 23};
	return sigqueue(getpid(), SIGRTMIN, value) || taken != 1;
}

static pid_t start_child(int (*run)(void))
{
	pid_t pid = fork();
	if (!pid)
		_exit(run());
	return pid;
}

/* Whether TID sleeps in its call CALL. */
static bool is_asleep(pid_t tid, long call)
{
	char path[64], text[256] = "";
	(void)snprintf(path, sizeof(path), "/proc/%d/syscall", tid);
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
	if (fd >= 0)
		close(fd);
	return n > 0 && text[0] != 'r' && strtol(text, NULL, 10) == call;
}

static int sleep_for_ever(void)
{
	sigset_t none;
	sigemptyset(&none);
	for (;;)
		sigsuspend(&none);
	return 0;
}

static void wait_asleep(pid_t tid)
{
	while (!is_asleep(tid, SYS_rt_sigsuspend))
		sched_yield();
}

static int end_with_3(void)
{
	return 3;
}

static int child_exits(void)
{
	handle(SIGCHLD, take);
	hold_signals();
	int status;
	pid_t pid = start_child(end_with_3);
	wait_taken(1);
	return waitpid(pid, &status, 0) != pid || WEXITSTATUS(status) != 3;
}

static int child_killed(void)
{
	handle(SIGCHLD, take);
	hold_signals();
	int status;
	pid_t pid = start_child(sleep_for_ever);
	wait_asleep(pid);
	kill(pid, SIGKILL);
	wait_taken(1);
	return waitpid(pid, &status, 0) != pid || WTERMSIG(status) != SIGKILL;
}

static int child_stops(void)
{
	handle(SIGCHLD, take);
	hold_signals();
	int status;
	pid_t pid = start_child(sleep_for_ever);
	wait_asleep(pid);
	kill(pid, SIGSTOP);
	wait_taken(1);
	kill(pid, SIGCONT);
	wait_taken(2);
	kill(pid, SIGTERM);
	wait_taken(3);
	return waitpid(pid, &status, 0) != pid || WTERMSIG(status) != SIGTERM;
}

static int segv(void)
{
	handle(SIGSEGV, jump_back);
	if (!sigsetjmp(back, 1))
		*(volatile int *)BAD_ADDRESS = 1;
	if (!sigsetjmp(back, 1))
		*(volatile int *)NULL = 1;
	void *page =
		mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (!sigsetjmp(back, 1))
		*(volatile int *)page = 1;
	return 0;
}

static int segv_fatal(void)
{
	*(volatile int *)BAD_ADDRESS = 1;
	return 0;
}

static int fpe(void)
{
	handle(SIGFPE, jump_back);
#ifdef __x86_64__
	if (!sigsetjmp(back, 1))
		__asm__ volatile("xor %%eax, %%eax; cltd; idivl %%eax" ::
					 : "eax", "edx", "cc");
#endif
	return 0;
}

static int bus(void)
{
	handle(SIGBUS, jump_back);
	int fd = memfd_create("empty", 0);
	char *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
	if (!sigsetjmp(back, 1))
		(void)*(volatile char *)page;
	return 0;
}

static int trap(void)
{
	handle(SIGTRAP, take);
	handle(SIGILL, jump_back);
#ifdef __x86_64__
	__asm__ volatile("int3");
	if (!sigsetjmp(back, 1))
		__asm__ volatile("ud2");
#endif
	return 0;
}

static int broken_pipe(void)
{
	int ends[2];
	if (pipe(ends) || close(ends[0]))
		return 1;
	handle(SIGPIPE, take);
	if (write(ends[1], "x", 1) != -1 || errno != EPIPE || taken != 1)
		return 1;
	handle(SIGPIPE, SIG_DFL);
	return write(ends[1], "x", 1) == 1;
}

static int alarm_clock(void)
{
	handle(SIGALRM, take);
	hold_signals();
	struct itimerval soon = {.it_value.tv_usec = 1000};
	setitimer(ITIMER_REAL, &soon, NULL);
	wait_taken(1);
	return 0;
}

static int timer(void)
{
	handle(SIGUSR1, take);
	hold_signals();
	struct sigevent event = {
		.sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = SIGUSR1,
		.sigev_value.sival_int = 23,
	};
	timer_t id;
	struct itimerspec soon = {.it_value.tv_nsec = 1000000};
	if (timer_create(CLOCK_MONOTONIC, &event, &id) ||
	    timer_settime(id, 0, &soon, NULL))
		return 1;
	wait_taken(1);
	return 0;
}

static int readable(void)
{
	int ends[2];
	handle(SIGIO, take);
	handle(SIGRTMIN + 1, take);
	if (pipe(ends) || fcntl(ends[0], F_SETOWN, getpid()) ||
	    fcntl(ends[0], F_SETFL, O_ASYNC) || write(ends[1], "x", 1) != 1 ||
	    fcntl(ends[0], F_SETSIG, SIGRTMIN + 1) ||
	    write(ends[1], "x", 1) != 1)
		return 1;
	return taken != 2;
}

/* From here on a filter answers getppid(2) with ACTION. */
static bool refuse_getppid(unsigned action)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_getppid, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = {.len = 4, .filter = code};
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

static int filter_traps(void)
{
	handle(SIGSYS, take);
	if (!refuse_getppid(SECCOMP_RET_TRAP))
		return 1;
	(void)syscall(SYS_getppid);
	return taken != 1;
}

static int filter_refuses(void)
{
	if (!refuse_getppid(SECCOMP_RET_ERRNO | EDOM))
		return 1;
	return syscall(SYS_getppid) != -1 || errno != EDOM;
}

static int filter_kills(void)
{
	handle(SIGSYS, take);
	if (!refuse_getppid(SECCOMP_RET_KILL_PROCESS))
		return 1;
	(void)syscall(SYS_getppid);
	return 0;
}

static int blocked(void)
{
	sigset_t set, none;
	handle(SIGUSR1, take);
	handle(SIGUSR2, take);
	sigemptyset(&none);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigaddset(&set, SIGUSR2);
	sigprocmask(SIG_BLOCK, &set, NULL);
	kill(getpid(), SIGUSR2);
	kill(getpid(), SIGUSR1);
	sigprocmask(SIG_SETMASK, &none, NULL);
	return taken != 2;
}

static int terminated(void)
{
	kill(getpid(), SIGTERM);
	return 1;
}

static int aborted(void)
{
	abort();
}

static int realtime(void)
{
	union sigval value = {.sival_ptr = (void *)0x123};
	sigqueue(getpid(), SIGRTMIN + 3, value);
	return 1;
}

static void *exit_7(void *arg)
{
	(void)arg;
	syscall(SYS_exit, 7);
	return NULL;
}

static void *sleep_in_thread(void *arg)
{
	_Atomic pid_t *tid = arg;
	*tid = (pid_t)syscall(SYS_gettid);
	sleep_for_ever();
	return NULL;
}

static void start_sleeper(void)
{
	pthread_t thread;
	_Atomic pid_t tid = 0;
	if (pthread_create(&thread, NULL, sleep_in_thread, &tid))
		abort();
	while (!tid)
		sched_yield();
	wait_asleep(tid);
}

static int thread_exits(void)
{
	pthread_t thread;
	if (pthread_create(&thread, NULL, exit_7, NULL) ||
	    pthread_join(thread, NULL))
		return 1;
	return 5;
}

static int others_killed(void)
{
	start_sleeper();
	start_sleeper();
	syscall(SYS_exit_group, 9);
	return 1;
}

static int all_terminated(void)
{
	start_sleeper();
	kill(getpid(), SIGTERM);
	return 1;
}

static void *end_last(void *arg)
{
	pid_t leader = *(pid_t *)arg;
	char path[64], text[256];
	(void)snprintf(path, sizeof(path), "/proc/%d/stat", leader);
	for (;; sched_yield()) { /* until the leader is a zombie */
		int fd = open(path, O_RDONLY);
		ssize_t n = read(fd, text, sizeof(text) - 1);
		close(fd);
		text[n > 0 ? n : 0] = '\0';
		const char *end = strrchr(text, ')');
		if (end && end[1] == ' ' && end[2] == 'Z')
			syscall(SYS_exit, 8);
	}
	return NULL;
}

/* Its status is reported when no thread is left. */
static int leader_first(void)
{
	pthread_t thread;
	static pid_t leader;
	leader = getpid();
	if (pthread_create(&thread, NULL, end_last, &leader))
		return 1;
	syscall(SYS_exit, 6);
	return 1;
}

static void *exec_true(void *arg)
{
	pid_t leader = *(pid_t *)arg;
	wait_asleep(leader);
	execl("/bin/true", "true", (char *)NULL);
	abort();
}

static int execve_from_thread(void)
{
	static pid_t leader;
	pthread_t thread;
	leader = getpid();
	start_sleeper();
	if (pthread_create(&thread, NULL, exec_true, &leader))
		return 1;
	return sleep_for_ever();
}

static const struct {
	const char *name;
	int (*run)(void);
} programs[] = {
	{"kill", by_kill},
	{"tgkill", by_tgkill},
	{"sigqueue", by_sigqueue},
	{"child-exits", child_exits},
	{"child-killed", child_killed},
	{"child-stops", child_stops},
	{"segv", segv},
	{"segv-fatal", segv_fatal},
	{"fpe", fpe},
	{"bus", bus},
	{"trap", trap},
	{"pipe", broken_pipe},
	{"alarm", alarm_clock},
	{"timer", timer},
	{"readable", readable},
	{"filter-traps", filter_traps},
	{"filter-refuses", filter_refuses},
	{"filter-kills", filter_kills},
	{"blocked", blocked},
	{"terminated", terminated},
	{"aborted", aborted},
	{"realtime", realtime},
	{"thread-exits", thread_exits},
	{"others-killed", others_killed},
	{"all-terminated", all_terminated},
	{"leader-first", leader_first},
	{"execve-thread", execve_from_thread},
};

#define PROGRAMS (sizeof(programs) / sizeof(programs[0]))

int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < PROGRAMS; i++)
		if (!strcmp(argv[1], programs[i].name))
			return programs[i].run();
	for (size_t i = 0; i < PROGRAMS; i++)
		printf("%s\n", programs[i].name);
	return 2;
}
