/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a process asks about itself with a command: prctl, arch_prctl, seccomp,
 * ptrace. */
#include "config.h"

#include "calls.h"

#include <asm/prctl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

static void test_names(struct calls *c)
{
	char name[16] = "";
	int number = -1;
	CALL(c, prctl, (PR_SET_NAME, "a name"), "PR_SET_NAME, \"a name\"");
	CALL(c, prctl, (PR_GET_NAME, name), "PR_GET_NAME, \"a name\"");
	CALL(c, prctl, (PR_SET_NAME, "fifteen bytes are kept"),
	     "PR_SET_NAME, \"fifteen bytes a\"...");
	CALL(c, prctl, (PR_SET_NAME, c->bad), "PR_SET_NAME, %p",
	     (void *)c->bad);
	CALL(c, prctl, (PR_SET_NAME, "calls"), "PR_SET_NAME, \"calls\"");
	CALL(c, prctl, (PR_SET_PDEATHSIG, SIGTERM),
	     "PR_SET_PDEATHSIG, SIGTERM");
	CALL(c, prctl, (PR_GET_PDEATHSIG, &number),
	     "PR_GET_PDEATHSIG, [SIGTERM]");
	CALL(c, prctl, (PR_SET_PDEATHSIG, 0), "PR_SET_PDEATHSIG, 0");
	CALL(c, prctl, (PR_SET_DUMPABLE, 0),
	     "PR_SET_DUMPABLE, SUID_DUMP_DISABLE");
	CALL_AS(c, "0 (SUID_DUMP_DISABLE)", prctl, (PR_GET_DUMPABLE),
		"PR_GET_DUMPABLE");
	CALL(c, prctl, (PR_SET_DUMPABLE, 1), "PR_SET_DUMPABLE, SUID_DUMP_USER");
	CALL(c, prctl, (PR_SET_DUMPABLE, 77),
	     "PR_SET_DUMPABLE, 0x4d /* SUID_DUMP_??? */");
	CALL(c, prctl, (PR_SET_CHILD_SUBREAPER, 1),
	     "PR_SET_CHILD_SUBREAPER, 1");
	CALL(c, prctl, (PR_GET_CHILD_SUBREAPER, &number),
	     "PR_GET_CHILD_SUBREAPER, [1]");
	CALL(c, prctl, (PR_GET_TID_ADDRESS, c->bad), "PR_GET_TID_ADDRESS, %p",
	     (void *)c->bad);
	CALL(c, prctl, (0x12345678, 1, 2, 3, 4),
	     "0x12345678 /* PR_??? */, 0x1, 0x2, 0x3, 0x4");
}

static void test_prctl(struct calls *c)
{
	int number = -1;
	CALL(c, prctl, (PR_SET_KEEPCAPS, 1), "PR_SET_KEEPCAPS, 1");
	CALL(c, prctl, (PR_GET_KEEPCAPS), "PR_GET_KEEPCAPS");
	CALL(c, prctl, (PR_SET_TIMERSLACK, 60000), "PR_SET_TIMERSLACK, 60000");
	CALL(c, prctl, (PR_GET_TIMERSLACK), "PR_GET_TIMERSLACK");
	CALL(c, prctl, (PR_GET_TSC, &number), "PR_GET_TSC, [PR_TSC_ENABLE]");
	CALL(c, prctl, (PR_SET_TSC, PR_TSC_ENABLE),
	     "PR_SET_TSC, PR_TSC_ENABLE");
	CALL(c, prctl, (PR_CAPBSET_READ, 0), "PR_CAPBSET_READ, CAP_CHOWN");
	CALL(c, prctl, (PR_CAPBSET_DROP, 77),
	     "PR_CAPBSET_DROP, 0x4d /* CAP_??? */");
	CALL_AS(c, "0x10 (SECBIT_KEEP_CAPS)", prctl, (PR_GET_SECUREBITS),
		"PR_GET_SECUREBITS");
	CALL(c, prctl, (PR_SET_SECUREBITS, 0x2000),
	     "PR_SET_SECUREBITS, 0x2000 /* SECBIT_??? */");
	CALL(c, prctl, (PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, 1, 0, 0),
	     "PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_DAC_OVERRIDE, 0, 0");
	CALL(c, prctl, (PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0),
	     "PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0");
	CALL(c, prctl, (PR_SET_THP_DISABLE, 0, 0, 0, 0),
	     "PR_SET_THP_DISABLE, 0, 0, 0, 0");
	CALL(c, prctl, (PR_GET_THP_DISABLE, 0, 0, 0, 0),
	     "PR_GET_THP_DISABLE, 0, 0, 0, 0");
	CALL_AS(c, "2 (PR_MCE_KILL_DEFAULT)", prctl,
		(PR_MCE_KILL_GET, 0, 0, 0, 0), "PR_MCE_KILL_GET, 0, 0, 0, 0");
	CALL(c, prctl, (PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0),
	     "PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0");
	CALL(c, prctl, (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
	     "PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0");
	CALL(c, prctl, (PR_SET_PTRACER, PR_SET_PTRACER_ANY),
	     "PR_SET_PTRACER, PR_SET_PTRACER_ANY");
	CALL(c, prctl,
	     (PR_SET_VMA, PR_SET_VMA_ANON_NAME, c->bad, 4096, "pages"),
	     "PR_SET_VMA, PR_SET_VMA_ANON_NAME, %p, 4096, \"pages\"",
	     (void *)c->bad);
	CALL(c, prctl, (PR_SET_MM, PR_SET_MM_BRK, 5, 0, 0),
	     "PR_SET_MM, PR_SET_MM_BRK, 0x5, 0, 0");
	CALL(c, prctl, (PR_GET_SECCOMP), "PR_GET_SECCOMP");
	CALL(c, prctl, (65, 8, 0, 0, 0), "PR_SET_MDWE, 0x8, 0, 0, 0");
}

static void test_speculation(struct calls *c)
{
	CALL_AS(c,
		calls_text(c, "%#lx (%s)", c->result,
			   CALLS_FLAGS(c, (uint64_t)c->result,
				       CALLS_FLAG(PR_SPEC_PRCTL),
				       CALLS_FLAG(PR_SPEC_ENABLE),
				       CALLS_FLAG(PR_SPEC_DISABLE),
				       CALLS_FLAG(PR_SPEC_FORCE_DISABLE))),
		prctl, (PR_GET_SPECULATION_CTRL, PR_SPEC_INDIRECT_BRANCH, 0),
		"PR_GET_SPECULATION_CTRL, PR_SPEC_INDIRECT_BRANCH");
	CALL(c, prctl, (PR_SET_SPECULATION_CTRL, 77, PR_SPEC_ENABLE),
	     "PR_SET_SPECULATION_CTRL, 0x4d /* PR_SPEC_??? */, 0x2");
}

static void test_arch(struct calls *c)
{
	unsigned long base = 0;
	CALL(c, arch_prctl, (ARCH_GET_FS, &base), "ARCH_GET_FS, [%#lx]", base);
	CALL(c, arch_prctl, (ARCH_SET_FS, base), "ARCH_SET_FS, %#lx", base);
	CALL(c, arch_prctl, (ARCH_SET_GS, 0), "ARCH_SET_GS, 0");
	CALL(c, arch_prctl, (ARCH_GET_GS, c->bad), "ARCH_GET_GS, %p",
	     (void *)c->bad);
	CALL(c, arch_prctl, (ARCH_GET_CPUID), "ARCH_GET_CPUID");
	CALL(c, arch_prctl, (0x9999, 5), "0x9999 /* ARCH_??? */, 0x5");
}

static void test_seccomp(struct calls *c)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x1389, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | 5),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog prog = {4, code};
	unsigned action = SECCOMP_RET_LOG;
	CALL(c, seccomp, (SECCOMP_GET_ACTION_AVAIL, 0, &action),
	     "SECCOMP_GET_ACTION_AVAIL, 0, [SECCOMP_RET_LOG]");
	action = 0x12345678;
	CALL(c, seccomp, (SECCOMP_GET_ACTION_AVAIL, 0, &action),
	     "SECCOMP_GET_ACTION_AVAIL, 0, [0x12345678 /* SECCOMP_RET_??? */]");
	CALL(c, seccomp,
	     (SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_LOG, NULL),
	     "SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_LOG, NULL");
	CALL(c, seccomp, (SECCOMP_SET_MODE_FILTER, 0x100, &prog),
	     "SECCOMP_SET_MODE_FILTER, 0x100 /* SECCOMP_FILTER_FLAG_??? */, "
	     "{len=4, filter=%p}",
	     (void *)code);
	CALL(c, seccomp, (77, 5, c->bad),
	     "0x4d /* SECCOMP_SET_MODE_??? */, 0x5, %p", (void *)c->bad);
	CALL(c, prctl, (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &prog),
	     "PR_SET_SECCOMP, SECCOMP_MODE_FILTER, {len=4, filter=%p}",
	     (void *)code);
}

static void strict_child(struct calls *c)
{
	CALL_LAST(c, "0", seccomp, (SECCOMP_SET_MODE_STRICT, 0, NULL),
		  "SECCOMP_SET_MODE_STRICT, 0, NULL");
	(void)calls_raw(SYS_exit, CALLS_LONGS(0, 0, 0, 0, 0, 0, 0));
}

static void test_ptrace(struct calls *c)
{
	char regs[256];
	struct iovec vec = {regs, sizeof(regs)};
	pid_t pid = getpid();
	CALL(c, ptrace, (PTRACE_PEEKTEXT, pid, 0x1234, &vec),
	     "PTRACE_PEEKTEXT, %d, 0x1234, %p", pid, (void *)&vec);
	CALL(c, ptrace, (PTRACE_POKEDATA, pid, c->bad, 5),
	     "PTRACE_POKEDATA, %d, %p, 0x5", pid, (void *)c->bad);
	CALL(c, ptrace, (PTRACE_PEEKUSER, pid, 8 * 15, regs),
	     "PTRACE_PEEKUSER, %d, 8*ORIG_RAX, %p", pid, (void *)regs);
	CALL(c, ptrace, (PTRACE_ATTACH, pid, 0, 0), "PTRACE_ATTACH, %d", pid);
	CALL(c, ptrace, (PTRACE_CONT, pid, 0, SIGUSR1),
	     "PTRACE_CONT, %d, NULL, SIGUSR1", pid);
	CALL(c, ptrace, (PTRACE_DETACH, -1, 0, 0),
	     "PTRACE_DETACH, -1, NULL, 0");
	CALL(c, ptrace,
	     (PTRACE_SETOPTIONS, pid, 0,
	      PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL),
	     "PTRACE_SETOPTIONS, %d, NULL, "
	     "PTRACE_O_TRACECLONE|PTRACE_O_EXITKILL",
	     pid);
	CALL(c, ptrace, (PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD),
	     "PTRACE_SEIZE, %d, NULL, PTRACE_O_TRACESYSGOOD", pid);
	CALL(c, ptrace, (PTRACE_GETREGSET, pid, 1, &vec),
	     "PTRACE_GETREGSET, %d, NT_PRSTATUS, {iov_base=%p, iov_len=256}",
	     pid, (void *)regs);
	CALL(c, ptrace, (PTRACE_GETREGS, pid, 0, regs),
	     "PTRACE_GETREGS, %d, %p", pid, (void *)regs);
	CALL(c, ptrace, (PTRACE_GETEVENTMSG, pid, 0, regs),
	     "PTRACE_GETEVENTMSG, %d, NULL, %p", pid, (void *)regs);
	CALL(c, ptrace, (PTRACE_KILL, 999999999, 0, 0),
	     "PTRACE_KILL, 999999999");
	CALL(c, ptrace, (0x9999, pid, 5, 6),
	     "0x9999 /* PTRACE_??? */, %d, 0x5, 0x6", pid);
}

static void traced_child(struct calls *c)
{
	CALL(c, ptrace, (PTRACE_TRACEME, 1, 2, 3), "PTRACE_TRACEME");
}

void calls_control(struct calls *c)
{
	test_names(c);
	test_prctl(c);
	test_speculation(c);
	test_arch(c);
	test_ptrace(c);
	calls_in_child(c, traced_child);
	calls_in_child(c, strict_child);
	test_seccomp(c);
}
