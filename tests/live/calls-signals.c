/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Signals are sent, blocked, handled, waited for. */
#include "config.h"

#include "calls.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

/* As the kernel takes it. */
struct action {
	void (*handler)(int);
	unsigned long flags;
	void *restorer;
	uint64_t mask;
};

#define BIT(signal) (1UL << ((signal)-1))

/* Both words of a set, so that nothing behind it is read. */
static void test_masks(struct calls *c)
{
	uint64_t some = BIT(SIGHUP) | BIT(SIGUSR1) | BIT(34) | BIT(64);
	uint64_t most = ~(BIT(SIGINT) | BIT(SIGKILL)), old = 0;
	CALL(c, rt_sigprocmask, (SIG_SETMASK, NULL, &old, 8),
	     "SIG_SETMASK, NULL, [], 8");
	CALL(c, rt_sigprocmask, (SIG_BLOCK, &some, &old, 8),
	     "SIG_BLOCK, [HUP USR1 RT_2 RT_32], [], 8");
	CALL(c, rt_sigprocmask, (SIG_UNBLOCK, &some, NULL, 8),
	     "SIG_UNBLOCK, [HUP USR1 RT_2 RT_32], NULL, 8");
	CALL(c, rt_sigprocmask, (SIG_SETMASK, &most, &old, 8),
	     "SIG_SETMASK, ~[INT KILL], [], 8");
	some = 0;
	CALL(c, rt_sigprocmask, (SIG_SETMASK, &some, &old, 8),
	     "SIG_SETMASK, [], ~[INT KILL STOP], 8");
	some = ~0UL;
	CALL(c, rt_sigprocmask, (77, &some, NULL, 8),
	     "0x4d /* SIG_??? */, ~[], NULL, 8");
	CALL(c, rt_sigprocmask, (SIG_BLOCK, &some, &old, 5),
	     "SIG_BLOCK, %p, %p, 5", (void *)&some, (void *)&old);
	CALL(c, rt_sigprocmask, (SIG_BLOCK, c->bad, NULL, 8),
	     "SIG_BLOCK, %p, NULL, 8", (void *)c->bad);
}

static void handle(int signal)
{
	(void)signal;
}

static void test_actions(struct calls *c)
{
	struct sigaction own = {.sa_handler = handle};
	struct action act = {SIG_IGN, 0, NULL, 0}, old;
	CALLS_NEED(c, !sigaction(SIGUSR1, &own, NULL));
	CALL(c, rt_sigaction, (SIGUSR1, NULL, &old, 8),
	     "SIGUSR1, NULL, {sa_handler=%p, sa_mask=[], "
	     "sa_flags=SA_RESTORER, sa_restorer=%p}, 8",
	     (void *)(uintptr_t)handle, old.restorer);
	CALL(c, rt_sigaction, (SIGUSR2, &act, &old, 8),
	     "SIGUSR2, {sa_handler=SIG_IGN, sa_mask=[], sa_flags=0}, "
	     "{sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8");
	act = (struct action){(void (*)(int))(uintptr_t)c->bad, 0, c->bad,
			      BIT(SIGHUP) | BIT(SIGCHLD)};
	act.flags = SA_RESTART | SA_SIGINFO | SA_ONSTACK | SA_NODEFER |
		    SA_RESETHAND | SA_NOCLDSTOP | SA_NOCLDWAIT | 0x04000000;
	CALL(c, rt_sigaction, (SIGUSR2, &act, NULL, 8),
	     "SIGUSR2, {sa_handler=%p, sa_mask=[HUP CHLD], "
	     "sa_flags=SA_RESTORER|SA_ONSTACK|SA_RESTART|SA_NODEFER|"
	     "SA_RESETHAND|SA_SIGINFO|SA_NOCLDSTOP|SA_NOCLDWAIT, "
	     "sa_restorer=%p}, NULL, 8",
	     (void *)c->bad, (void *)c->bad);
	act = (struct action){SIG_DFL, 0x40, NULL, ~BIT(SIGHUP)};
	CALL(c, rt_sigaction, (34, &act, &old, 8),
	     "SIGRT_2, {sa_handler=SIG_DFL, sa_mask=~[HUP], "
	     "sa_flags=0x40 /* SA_??? */}, {sa_handler=SIG_DFL, sa_mask=[], "
	     "sa_flags=0}, 8");
	CALL(c, rt_sigaction, (SIGKILL, &act, &old, 8),
	     "SIGKILL, {sa_handler=SIG_DFL, sa_mask=~[HUP], sa_flags=0x40 /* "
	     "SA_??? */}, "
	     "%p, 8",
	     (void *)&old);
	CALL(c, rt_sigaction, (99, NULL, c->bad, 8), "99, NULL, %p, 8",
	     (void *)c->bad);
	CALL(c, rt_sigaction, (0, NULL, NULL, 5), "0, NULL, NULL, 5");
}

static void test_stacks(struct calls *c)
{
	static char room[16384];
	stack_t stack = {room, 0, sizeof(room)}, old;
	CALL(c, sigaltstack, (&stack, &old),
	     "{ss_sp=%p, ss_flags=0, ss_size=16384}, {ss_sp=NULL, "
	     "ss_flags=SS_DISABLE, ss_size=0}",
	     (void *)room);
	stack.ss_flags = (int)(SS_DISABLE | 1U << 31);
	CALL(c, sigaltstack, (&stack, NULL),
	     "{ss_sp=%p, ss_flags=SS_DISABLE|SS_AUTODISARM, ss_size=16384}, "
	     "NULL",
	     (void *)room);
	stack.ss_flags = 0x77;
	CALL(c, sigaltstack, (&stack, &old),
	     "{ss_sp=%p, ss_flags=SS_ONSTACK|SS_DISABLE|0x74, ss_size=16384}, "
	     "%p",
	     (void *)room, (void *)&old);
	CALL(c, sigaltstack, (NULL, c->bad), "NULL, %p", (void *)c->bad);
}

static void test_sending(struct calls *c)
{
	siginfo_t info = {.si_signo = SIGUSR2, .si_code = SI_QUEUE};
	pid_t pid = getpid();
	info.si_pid = 5;
	info.si_uid = 6;
	info.si_int = 7;
	CALL(c, kill, (pid, 0), "%d, 0", pid);
	CALL(c, kill, (pid, SIGUSR1), "%d, SIGUSR1", pid);
	calls_remark(c,
		     "--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, "
		     "si_pid=%d, si_uid=0} ---",
		     pid);
	CALL(c, tkill, (pid, SIGUSR1), "%d, SIGUSR1", pid);
	calls_remark(c,
		     "--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_TKILL, "
		     "si_pid=%d, si_uid=0} ---",
		     pid);
	CALL(c, tgkill, (pid, pid, SIGUSR1), "%d, %d, SIGUSR1", pid, pid);
	calls_follows(c, "rt_sigreturn", "0", "{mask=[]}");
	CALL(c, kill, (-999999, SIGRTMAX), "-999999, SIGRT_32");
	CALL(c, kill, (pid, 99), "%d, 99", pid);
	CALL(c, tkill, (-1, 32), "-1, SIGRTMIN");
	CALL(c, tgkill, (-1, -1, -5), "-1, -1, -5");
	info.si_ptr = (void *)0x700000007;
	CALL(c, rt_sigqueueinfo, (pid, SIGUSR1, &info),
	     "%d, SIGUSR1, {si_signo=SIGUSR2, si_code=SI_QUEUE, si_pid=5, "
	     "si_uid=6, si_int=7, si_ptr=0x700000007}",
	     pid);
	CALL(c, rt_tgsigqueueinfo, (pid, pid, SIGUSR1, &info),
	     "%d, %d, SIGUSR1, {si_signo=SIGUSR2, si_code=SI_QUEUE, si_pid=5, "
	     "si_uid=6, si_int=7, si_ptr=0x700000007}",
	     pid, pid);
	CALL(c, rt_sigqueueinfo, (pid, 99, c->bad), "%d, 99, %p", pid,
	     (void *)c->bad);
	int self = (int)syscall(SYS_pidfd_open, pid, 0);
	CALL(c, pidfd_send_signal, (self, SIGUSR1, NULL, 0),
	     "%d, SIGUSR1, NULL, 0", self);
	memset(&info, 0, sizeof(info));
	info.si_signo = SIGHUP;
	info.si_code = SI_USER;
	CALL(c, pidfd_send_signal, (-1, SIGHUP, &info, 0x8),
	     "-1, SIGHUP, {si_signo=SIGHUP, si_code=SI_USER, si_pid=0, "
	     "si_uid=0}, 0x8 /* PIDFD_SIGNAL_??? */");
}

static void test_waiting(struct calls *c)
{
	uint64_t block = BIT(SIGUSR2) | BIT(SIGALRM), none = 0, set = 0;
	struct timespec now = {0, 0};
	struct action act = {SIG_DFL, 0, NULL, 0};
	siginfo_t info;
	CALLS_NEED(c, !syscall(SYS_rt_sigaction, SIGUSR2, &act, NULL, 8));
	CALLS_NEED(c, !syscall(SYS_rt_sigprocmask, SIG_BLOCK, &block, NULL, 8));
	CALL(c, rt_sigtimedwait, (&block, &info, &now, 8),
	     "[USR2 ALRM], %p, {tv_sec=0, tv_nsec=0}, 8", (void *)&info);
	CALL(c, rt_sigpending, (&set, 8), "[], 8");
	CALLS_NEED(c, !kill(getpid(), SIGUSR2));
	CALL(c, rt_sigpending, (&set, 8), "[USR2], 8");
	CALL(c, rt_sigpending, (c->bad, 8), "%p, 8", (void *)c->bad);
	CALL_AS(c, "12 (SIGUSR2)", rt_sigtimedwait, (&block, &info, NULL, 8),
		"[USR2 ALRM], {si_signo=SIGUSR2, si_code=SI_USER, si_pid=%d, "
		"si_uid=0}, NULL, 8",
		getpid());
	CALL(c, rt_sigtimedwait, (&none, NULL, &now, 8),
	     "[], NULL, {tv_sec=0, tv_nsec=0}, 8");
	CALL(c, rt_sigtimedwait, (NULL, NULL, NULL, 5), "NULL, NULL, NULL, 5");
	CALLS_NEED(c, !kill(getpid(), SIGUSR1));
	CALL(c, rt_sigsuspend, (&none, 5), "%p, 5", (void *)&none);
	CALL(c, rt_sigsuspend, (c->bad, 8), "%p, 8", (void *)c->bad);
}

/* The caller is interrupted by a signal that is pending already. */
static void test_interrupted(struct calls *c)
{
	uint64_t block = BIT(SIGUSR1), none = 0;
	CALLS_NEED(c, !syscall(SYS_rt_sigprocmask, SIG_BLOCK, &block, NULL, 8));
	CALLS_NEED(c, !kill(getpid(), SIGUSR1));
	CALLS_MAKE(c, rt_sigsuspend, (&none, 8));
	CALLS_NEED(c, c->error == EINTR);
	calls_show(c, "? ERESTARTNOHAND (To be restarted if no handler)",
		   "[], 8");
	calls_follows(c, "rt_sigreturn", "-1 EINTR (Interrupted system call)",
		      "{mask=[USR1 USR2 ALRM]}");
	struct itimerspec soon = {.it_value.tv_nsec = 1000};
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
				 .sigev_signo = SIGUSR1};
	timer_t timer;
	CALLS_NEED(c,
		   !syscall(SYS_rt_sigprocmask, SIG_UNBLOCK, &block, NULL, 8));
	CALLS_NEED(c, !timer_create(CLOCK_MONOTONIC, &event, &timer));
	soon.it_value.tv_nsec = 20000000;
	soon.it_interval.tv_nsec = 20000000;
	CALLS_NEED(c, !timer_settime(timer, 0, &soon, NULL));
	CALLS_MAKE(c, pause, (0));
	CALLS_NEED(c, !timer_delete(timer));
	calls_show(c, "? ERESTARTNOHAND (To be restarted if no handler)", "%s",
		   "");
}

void calls_signals(struct calls *c)
{
	test_masks(c);
	test_actions(c);
	test_stacks(c);
	test_sending(c);
	test_waiting(c);
	test_interrupted(c);
}
