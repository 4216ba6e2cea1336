/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a program inherits:
 *
 *   inherit print            prints all of it
 *   inherit with COMMAND...  first makes it unusual, then executes COMMAND
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define FDS 400 /* above the limit that "with" sets */

static void print_environment(void)
{
	for (char **p = environ; *p; p++)
		printf("env %s\n", *p);
}

static void print_descriptors(void)
{
	for (int fd = 0; fd < FDS; fd++) {
		int flags = fcntl(fd, F_GETFD);
		if (flags < 0)
			continue;
		char path[64], target[256] = "";
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		(void)!readlink(path, target, sizeof(target) - 1);
		printf("fd %d %s flags %x %x offset %ld\n", fd, target,
		       (unsigned)flags, (unsigned)fcntl(fd, F_GETFL),
		       (long)(fd == STDOUT_FILENO ? 0
						  : lseek(fd, 0, SEEK_CUR)));
	}
}

static void print_signals(void)
{
	sigset_t mask;
	sigprocmask(SIG_SETMASK, NULL, &mask);
	for (int i = 1; i < NSIG; i++) {
		struct sigaction action;
		if (sigaction(i, NULL, &action) < 0)
			continue;
		printf("signal %d %s %s\n", i,
		       sigismember(&mask, i) ? "blocked" : "open",
		       action.sa_handler == SIG_IGN   ? "ignored"
		       : action.sa_handler == SIG_DFL ? "default"
						      : "handled");
	}
}

static void print_limits(void)
{
	for (int i = 0; i < RLIM_NLIMITS; i++) {
		struct rlimit limit;
		if (getrlimit((__rlimit_resource_t)i, &limit) == 0)
			printf("limit %d %lx %lx\n", i,
			       (unsigned long)limit.rlim_cur,
			       (unsigned long)limit.rlim_max);
	}
}

/* Lines that tell one process from another, or change by themselves. */
static bool is_personal(const char *line)
{
	static const char *const keys[] = {
		"Pid:",    "Tgid:",   "PPid:",     "Ngid:",        "NSpid:",
		"NStgid:", "VmPeak:", "VmSize:",   "VmHWM:",       "VmRSS:",
		"Rss",     "VmData:", "VmStk:",    "VmExe:",       "VmLib:",
		"VmPTE:",  "VmSwap:", "voluntary", "nonvoluntary", "State:",
		"Huge",    "SigQ:"};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		if (strncmp(line, keys[i], strlen(keys[i])) == 0)
			return true;
	}
	return false;
}

/* Credentials, capabilities, masks, groups, session, seccomp and more. */
static void print_file(const char *path)
{
	char line[4096];
	FILE *file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file)) {
		if (!is_personal(line))
			printf("%s %s", path, line);
	}
	if (file)
		fclose(file);
}

static void print_namespaces(void)
{
	static const char *const names[] = {"cgroup", "ipc",  "mnt",  "net",
					    "pid",    "time", "user", "uts"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[64], target[128] = "";
		snprintf(path, sizeof(path), "/proc/self/ns/%s", names[i]);
		(void)!readlink(path, target, sizeof(target) - 1);
		printf("namespace %s\n", target);
	}
}

static int print(void)
{
	char directory[4096];
	mode_t mask = umask(0);
	print_environment();
	print_descriptors();
	print_signals();
	print_limits();
	print_file("/proc/self/status");
	print_file("/proc/self/cgroup");
	print_file("/proc/self/oom_score_adj");
	print_namespaces();
	printf("directory %s\n", getcwd(directory, sizeof(directory)));
	printf("umask %o\n", mask);
	printf("session %d group %d\n", getsid(0), getpgrp());
	printf("nice %d policy %d\n", getpriority(PRIO_PROCESS, 0),
	       sched_getscheduler(0));
	printf("personality %x\n", (unsigned)personality(0xffffffff));
	printf("dumpable %d slack %d no_new_privs %d death %d\n",
	       prctl(PR_GET_DUMPABLE), prctl(PR_GET_TIMERSLACK),
	       prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 0);
	return 0;
}

static int with(char **command)
{
	const struct rlimit files = {333, 4444};
	const struct rlimit core = {0, 12345};
	const gid_t groups[] = {7, 12};
	sigset_t mask;
	setenv("SCTOP_TEST", "a b\n\033[1m", 1);
	setenv("COLUMNS", "17", 1);
	sigemptyset(&mask);
	sigaddset(&mask, SIGUSR1);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGRTMIN + 3);
	sigprocmask(SIG_SETMASK, &mask, NULL);
	signal(SIGUSR2, SIG_IGN);
	signal(SIGCHLD, SIG_IGN);
	signal(SIGPIPE, SIG_DFL);
	setrlimit(RLIMIT_NOFILE, &files);
	setrlimit(RLIMIT_CORE, &core);
	setgroups(2, groups);
	umask(027);
	setpriority(PRIO_PROCESS, 0, 3);
	prctl(PR_SET_TIMERSLACK, 77777);
	personality(ADDR_NO_RANDOMIZE);
	int fd = open("/etc/passwd", O_RDONLY);
	if (fd < 0 || lseek(fd, 5, SEEK_SET) < 0 || dup2(fd, 9) < 0 ||
	    chdir("/usr/share") < 0)
		return 1;
	execv(command[0], command);
	return 1;
}

int main(int argc, char **argv)
{
	if (argc == 2 && strcmp(argv[1], "print") == 0)
		return print();
	if (argc > 2 && strcmp(argv[1], "with") == 0)
		return with(argv + 2);
	return 2;
}
