/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Processes are made, run programs, end, and are waited for. */
#include "config.h"

#include "calls.h"

#include <fcntl.h>
#include <linux/kcmp.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>

#define EXITED(n) "[{WIFEXITED(s) && WEXITSTATUS(s) == " #n "}]"

static pid_t wait_plain(pid_t pid)
{
	int status;
	return waitpid(pid, &status, __WALL);
}

static void test_fork(struct calls *c)
{
	int status, own = -1;
	CALLS_MAKE(c, fork, (0));
	if (!c->result)
		_exit(7);
	calls_show(c, calls_decimal(c), "%s", "");
	pid_t pid = (pid_t)c->result;
	CALL(c, wait4, (pid, &status, 0, NULL), "%d, " EXITED(7) ", 0, NULL",
	     pid);
	CALLS_MAKE(c, clone,
		   (CLONE_CHILD_SETTID | CLONE_PARENT_SETTID | SIGCHLD, 0, &own,
		    &own));
	if (!c->result)
		_exit(0);
	calls_show(c, calls_decimal(c),
		   "child_stack=NULL, "
		   "flags=CLONE_PARENT_SETTID|CLONE_CHILD_SETTID|SIGCHLD, "
		   "parent_tid=[%d], child_tidptr=%p",
		   own, (void *)&own);
	(void)wait_plain((pid_t)c->result);
	CALLS_MAKE(c, clone, (CLONE_VFORK, 0, 0, 0));
	if (!c->result)
		_exit(0);
	calls_show(c, calls_decimal(c), "child_stack=NULL, flags=CLONE_VFORK");
	(void)wait_plain((pid_t)c->result);
	CALL(c, clone, (CLONE_THREAD | 0x4d, c->bad, 0, 0),
	     "child_stack=%p, flags=CLONE_THREAD|77", (void *)c->bad);
	CALL(c, clone, (CLONE_SIGHAND | CLONE_SETTLS, 0, 0, 0, 5),
	     "child_stack=NULL, flags=CLONE_SIGHAND|CLONE_SETTLS, tls=0x5");
}

static void test_clone3(struct calls *c)
{
	int fd = -1, tid = -1;
	struct clone_args args = {.flags = CLONE_PIDFD | CLONE_PARENT_SETTID,
				  .pidfd = (uintptr_t)&fd,
				  .parent_tid = (uintptr_t)&tid,
				  .exit_signal = SIGCHLD};
	CALLS_MAKE(c, clone3, (&args, sizeof(args)));
	if (!c->result)
		_exit(0);
	calls_show(c, calls_decimal(c),
		   "{flags=CLONE_PIDFD|CLONE_PARENT_SETTID, pidfd=%p, "
		   "parent_tid=%p, exit_signal=SIGCHLD, stack=NULL, "
		   "stack_size=0} => {pidfd=[%d], parent_tid=[%d]}, 88",
		   (void *)&fd, (void *)&tid, fd, tid);
	(void)wait_plain((pid_t)c->result);
	args = (struct clone_args){
		.exit_signal = 99, .stack = 5, .stack_size = 0x1000};
	CALL(c, clone3, (&args, 64),
	     "{flags=0, exit_signal=99, stack=0x5, stack_size=0x1000}, 64");
	args = (struct clone_args){.flags = CLONE_SETTLS | 1UL << 40, .tls = 6};
	CALL(c, clone3, (&args, sizeof(args)),
	     "{flags=CLONE_SETTLS|0x10000000000, exit_signal=0, stack=NULL, "
	     "stack_size=0, tls=0x6}, 88");
	CALL(c, clone3, (NULL, 64), "NULL, 64");
	CALL(c, clone3, (c->bad, 64), "%p, 64", (void *)c->bad);
	CALL(c, clone3, (&args, 5), "%p, 5", (void *)&args);
}

static void exec_child(struct calls *c)
{
	char *argv[] = {"true", "one word", "", NULL};
	char *envp[] = {"A=1", "B=2", NULL};
	CALL_LAST(c, "0", execve, ("/bin/true", argv, envp),
		  "\"/bin/true\", [\"true\", \"one word\", \"\"], %p /* 2 vars "
		  "*/",
		  (void *)envp);
}

static void execat_child(struct calls *c)
{
	char *argv[] = {"true", NULL}, *envp[] = {"A=1", NULL};
	int fd = open("/bin/true", O_PATH);
	CALL_LAST(c, "0", execveat, (fd, "", argv, envp, AT_EMPTY_PATH),
		  "%d, \"\", [\"true\"], %p /* 1 var */, AT_EMPTY_PATH", fd,
		  (void *)envp);
}

static void test_exec(struct calls *c)
{
	char *argv[35] = {"longer than thirty-two bytes, it is", "\n", NULL};
	char *none[] = {NULL};
	calls_in_child(c, exec_child);
	calls_in_child(c, execat_child);
	CALL(c, execve, ("none", argv, none),
	     "\"none\", [\"longer than thirty-two bytes, it\"..., \"\\n\"], "
	     "%p /* 0 vars */",
	     (void *)none);
	CALL(c, execve, ("none", NULL, NULL), "\"none\", NULL, NULL");
	CALL(c, execve, ("none", none, c->bad), "\"none\", [], %p",
	     (void *)c->bad);
	CALL(c, execve, (c->bad, c->bad, none), "%p, %p, %p /* 0 vars */",
	     (void *)c->bad, (void *)c->bad, (void *)none);
	const char *all = "";
	for (size_t i = 0; i < 33; i++)
		argv[i] = "a";
	for (size_t i = 0; i < 32; i++)
		all = calls_text(c, "%s\"a\", ", all);
	CALL(c, execve, ("none", argv, none),
	     "\"none\", [%s...], %p /* 0 vars */", all, (void *)none);
	argv[1] = c->bad;
	CALL(c, execve, ("none", argv, none),
	     "\"none\", [\"a\", %p, \"a\", \"a\", \"a\", \"a\", \"a\", \"a\", "
	     "\"a\", \"a\", \"a\", \"a\", \"a\", \"a\", \"a\", \"a\", \"a\", "
	     "\"a\", \"a\", \"a\", \"a\", \"a\", \"a\", \"a\", \"a\", \"a\", "
	     "\"a\", \"a\", \"a\", \"a\", \"a\", \"a\", ...], %p /* 0 vars */",
	     (void *)c->bad, (void *)none);
	CALL(c, execveat, (-1, "none", none, NULL, AT_SYMLINK_NOFOLLOW | 0x8),
	     "-1, \"none\", [], NULL, AT_SYMLINK_NOFOLLOW|0x8");
}

static void leave_child(struct calls *c)
{
	CALL_LAST(c, "?", exit_group, (0), "0");
}

static void leave_thread(struct calls *c)
{
	CALL_LAST(c, "?", exit, (0), "0");
}

static const char *usage_text(struct calls *c, const struct rusage *ru)
{
	return calls_text(c,
			  "{ru_utime={tv_sec=%ld, tv_usec=%ld}, "
			  "ru_stime={tv_sec=%ld, tv_usec=%ld}, ...}",
			  ru->ru_utime.tv_sec, ru->ru_utime.tv_usec,
			  ru->ru_stime.tv_sec, ru->ru_stime.tv_usec);
}

/* A child that ended with status 3, or by a signal. */
static pid_t ended(struct calls *c, int signal)
{
	siginfo_t info;
	pid_t pid = fork();
	if (!pid && signal)
		(void)kill(getpid(), signal);
	if (!pid)
		_exit(3);
	CALLS_NEED(c, !waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT));
	return pid;
}

static void test_wait(struct calls *c)
{
	int status;
	struct rusage ru;
	siginfo_t info;
	pid_t pid = ended(c, 0);
	memset(&info, 0, sizeof(info));
	CALL(c, waitid, (P_PID, pid, &info, WEXITED | WNOWAIT, NULL),
	     "P_PID, %d, {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=%d, "
	     "si_uid=0, si_status=3, si_utime=0, si_stime=0}, "
	     "WEXITED|WNOWAIT, NULL",
	     pid, pid);
	CALL(c, waitid, (P_ALL, 0, NULL, WEXITED | WNOHANG | WNOWAIT, &ru),
	     "P_ALL, 0, NULL, WNOHANG|WEXITED|WNOWAIT, %s", usage_text(c, &ru));
	CALL(c, wait4, (-1, &status, WNOHANG | __WALL, &ru),
	     "-1, " EXITED(3) ", WNOHANG|__WALL, %s", usage_text(c, &ru));
	pid = ended(c, SIGTERM);
	CALL(c, wait4, (pid, &status, 0, NULL),
	     "%d, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGTERM}], 0, NULL", pid);
	pid = ended(c, SIGKILL);
	CALL(c, waitid, (P_PGID, 0, &info, WEXITED | WSTOPPED, NULL),
	     "P_PGID, 0, {si_signo=SIGCHLD, si_code=CLD_KILLED, si_pid=%d, "
	     "si_uid=0, si_status=SIGKILL, si_utime=0, si_stime=0}, "
	     "WEXITED|WSTOPPED, NULL",
	     pid);
	CALL(c, wait4, (-1, &status, WUNTRACED | 0x100, NULL),
	     "-1, %p, WSTOPPED|0x100, NULL", (void *)&status);
	CALL(c, wait4, (999999999, NULL, 0, &ru), "999999999, NULL, 0, %p",
	     (void *)&ru);
	CALL(c, waitid, (77, 5, &info, 0, NULL),
	     "0x4d /* P_??? */, 5, %p, 0, NULL", (void *)&info);
}

static void sleep_child(struct calls *c)
{
	struct timespec time = {0, 200000000};
	CALL_LAST(c, "? ERESTART_RESTARTBLOCK (Interrupted by signal)",
		  nanosleep, (&time, NULL),
		  "{tv_sec=0, tv_nsec=200000000}, NULL");
	calls_follows(c, "restart_syscall", "0",
		      "<... resuming interrupted nanosleep ...>");
}

/* A child that is stopped in its sleep, and goes on. */
static void test_restart(struct calls *c)
{
	int status;
	pid_t pid = fork();
	if (!pid) {
		sleep_child(c);
		_exit(0);
	}
	calls_await(c, pid, SYS_nanosleep);
	CALLS_NEED(c, !kill(pid, SIGSTOP));
	CALLS_NEED(c, waitpid(pid, &status, WUNTRACED) == pid &&
			      WIFSTOPPED(status));
	CALLS_NEED(c, !kill(pid, SIGCONT));
	CALLS_NEED(c, waitpid(pid, &status, 0) == pid && !status);
}

static void test_rusage(struct calls *c)
{
	struct rusage ru;
	CALL(c, getrusage, (RUSAGE_SELF, &ru), "RUSAGE_SELF, %s",
	     usage_text(c, &ru));
	CALL(c, getrusage, (RUSAGE_CHILDREN, &ru), "RUSAGE_CHILDREN, %s",
	     usage_text(c, &ru));
	CALL(c, getrusage, (77, &ru), "0x4d /* RUSAGE_??? */, %p", (void *)&ru);
	CALL(c, getrusage, (RUSAGE_THREAD, NULL), "RUSAGE_THREAD, NULL");
}

static void test_limits(struct calls *c)
{
	struct rlimit limit = {4096, 8192}, old;
	CALL(c, setrlimit, (RLIMIT_CORE, &limit),
	     "RLIMIT_CORE, {rlim_cur=4*1024, rlim_max=8*1024}");
	CALL(c, getrlimit, (RLIMIT_CORE, &old),
	     "RLIMIT_CORE, {rlim_cur=4*1024, rlim_max=8*1024}");
	limit.rlim_cur = 5;
	CALL(c, prlimit64, (0, RLIMIT_CORE, &limit, &old),
	     "0, RLIMIT_CORE, {rlim_cur=5, rlim_max=8*1024}, "
	     "{rlim_cur=4*1024, rlim_max=8*1024}");
	CALL(c, prlimit64, (0, RLIMIT_CPU, NULL, &old),
	     "0, RLIMIT_CPU, NULL, {rlim_cur=RLIM64_INFINITY, "
	     "rlim_max=RLIM64_INFINITY}");
	CALL(c, getrlimit, (RLIMIT_CPU, &old),
	     "RLIMIT_CPU, {rlim_cur=RLIM64_INFINITY, "
	     "rlim_max=RLIM64_INFINITY}");
	limit = (struct rlimit){10, 5};
	CALL(c, setrlimit, (RLIMIT_NOFILE, &limit),
	     "RLIMIT_NOFILE, {rlim_cur=10, rlim_max=5}");
	CALL(c, getrlimit, (77, &old), "0x4d /* RLIMIT_??? */, %p",
	     (void *)&old);
	CALL(c, setrlimit, (RLIMIT_AS, c->bad), "RLIMIT_AS, %p",
	     (void *)c->bad);
	CALL(c, prlimit64, (-1, 77, NULL, &old),
	     "-1, 0x4d /* RLIMIT_??? */, NULL, %p", (void *)&old);
}

static void test_identity(struct calls *c)
{
	int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
	CALL_BARE(c, getpid);
	CALL_BARE(c, getppid);
	CALL_BARE(c, gettid);
	CALL_BARE(c, getpgrp);
	CALL(c, getpgid, (0), "0");
	CALL(c, getpgid, (999999999), "999999999");
	CALL(c, getsid, (0), "0");
	CALL(c, setpgid, (0, 0), "0, 0");
	CALL(c, setpgid, (-1, 5), "-1, 5");
	CALL_BARE(c, setsid);
	CALL(c, set_tid_address, (c->bad), "%p", (void *)c->bad);
	CALL(c, pidfd_open, (getpid(), 0), "%d, 0", getpid());
	CALL(c, pidfd_open, (getpid(), 0x800), "%d, PIDFD_NONBLOCK", getpid());
	CALL(c, pidfd_open, (-1, 0x10), "-1, 0x10 /* PIDFD_??? */");
	CALL(c, pidfd_getfd, (self, 0, 0), "%d, 0, 0", self);
	CALL(c, pidfd_getfd, (-1, -1, 0x5), "-1, -1, 0x5");
	CALL(c, kcmp, (getpid(), getpid(), KCMP_FILE, 0, 1),
	     "%d, %d, KCMP_FILE, 0, 1", getpid(), getpid());
	CALL(c, kcmp, (getpid(), getppid(), KCMP_VM, 0, 0), "%d, %d, KCMP_VM",
	     getpid(), getppid());
	CALL(c, kcmp, (1, -1, 77, 5, 6),
	     "1, -1, 0x4d /* KCMP_??? */, 0x5, 0x6");
	CALL_AS(c, "0 (PER_LINUX)", personality, (0xffffffff), "0xffffffff");
	CALL_AS(c, "0 (PER_LINUX)", personality, (ADDR_NO_RANDOMIZE),
		"PER_LINUX|ADDR_NO_RANDOMIZE");
	CALL_AS(c, "0x40000 (PER_LINUX|ADDR_NO_RANDOMIZE)", personality,
		(PER_BSD), "PER_BSD");
	CALL_AS(c, "0x6 (PER_BSD)", personality, (0), "PER_LINUX");
}

static void test_namespaces(struct calls *c)
{
	int fd = open("/proc/self/ns/uts", O_RDONLY);
	CALL(c, unshare, (CLONE_FS | CLONE_FILES), "CLONE_FS|CLONE_FILES");
	CALL(c, unshare, (0), "0");
	CALL(c, unshare, (0x1), "0x1 /* CLONE_??? */");
	CALL(c, setns, (fd, CLONE_NEWUTS), "%d, CLONE_NEWUTS", fd);
	CALL(c, setns, (-1, CLONE_NEWNET | 0x1), "-1, CLONE_NEWNET|0x1");
	CALL(c, setns, (-1, 0), "-1, 0");
}

void calls_processes(struct calls *c)
{
	test_fork(c);
	test_clone3(c);
	test_exec(c);
	calls_in_child(c, leave_child);
	calls_in_child(c, leave_thread);
	test_wait(c);
	test_restart(c);
	test_rusage(c);
	test_limits(c);
	test_identity(c);
	test_namespaces(c);
}
