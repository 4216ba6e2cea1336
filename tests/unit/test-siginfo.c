/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/siginfo.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "base/buf.h"

#define WORDS (SIGINFO_SIZE / 4)

static void expect_info(enum abi abi, const uint32_t words[WORDS], size_t have,
			const char *expected)
{
	char text[512];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	siginfo_print(&buf, words, have, abi);
	cr_expect(eq(str, text, (char *)expected));
}

#define EXPECT(expected, ...)                                                  \
	expect_info(ABI_X86_64, (const uint32_t[WORDS]){__VA_ARGS__},          \
		    SIGINFO_SIZE, expected)
#define EXPECT_I386(expected, ...)                                             \
	expect_info(ABI_I386, (const uint32_t[WORDS]){__VA_ARGS__},            \
		    SIGINFO_SIZE, expected)

#define CODE(n) (uint32_t)(n)

Test(siginfo, who_sent_it)
{
	EXPECT("{si_signo=SIGUSR1, si_code=SI_USER, si_pid=7, si_uid=8}", 10, 0,
	       0, 0, 7, 8, 9, 10);
	EXPECT("{si_signo=SIGUSR1, si_code=SI_TKILL, si_pid=7, si_uid=8}", 10,
	       0, CODE(-6), 0, 7, 8, 9, 10);
	EXPECT("{si_signo=SIGUSR1, si_code=SI_USER, si_pid=-1, si_uid=-1}", 10,
	       0, 0, 0, CODE(-1), CODE(-1));
	EXPECT("{si_signo=SIGCHLD, si_code=SI_USER, si_pid=7, "
	       "si_uid=4294967294}",
	       17, 0, 0, 0, 7, CODE(-2));
}

Test(siginfo, a_value_is_shown_where_one_was_sent)
{
	EXPECT("{si_signo=SIGRT_2, si_code=SI_QUEUE, si_pid=7, si_uid=8, "
	       "si_int=9, si_ptr=0xa00000009}",
	       34, 0, CODE(-1), 0, 7, 8, 9, 10);
	EXPECT("{si_signo=SIGRT_2, si_code=SI_QUEUE, si_pid=7, si_uid=8}", 34,
	       0, CODE(-1), 0, 7, 8);
	EXPECT("{si_signo=SIGRT_2, si_code=SI_QUEUE, si_pid=0, si_uid=0, "
	       "si_int=0, si_ptr=0xa00000000}",
	       34, 0, CODE(-1), 0, 0, 0, 0, 10);
	EXPECT("{si_signo=SIGUSR1, si_code=0xfffffff8, si_pid=7, si_uid=8, "
	       "si_int=-1, si_ptr=0xffffffffffffffff}",
	       10, 0, CODE(-8), 0, 7, 8, CODE(-1), CODE(-1));
}

Test(siginfo, a_timer_has_a_number_and_a_value)
{
	EXPECT("{si_signo=SIGUSR1, si_code=SI_TIMER, si_timerid=0, "
	       "si_overrun=0, si_int=0, si_ptr=NULL}",
	       10, 0, CODE(-2));
	EXPECT("{si_signo=SIGALRM, si_code=SI_TIMER, si_timerid=0x7, "
	       "si_overrun=-1, si_int=9, si_ptr=0x9}",
	       14, 0, CODE(-2), 0, 7, CODE(-1), 9);
}

Test(siginfo, the_kernel_may_say_nothing)
{
	EXPECT("{si_signo=SIGALRM, si_code=SI_KERNEL}", 14, 0, 0x80);
	EXPECT("{si_signo=SIGPWR, si_code=0x1, si_pid=0, si_uid=8}", 30, 0, 1,
	       0, 0, 8);
	EXPECT("{si_signo=SIGPROF, si_code=0x1, si_int=4, si_ptr=0x4}", 27, 0,
	       1, 0, 0, 0, 4);
	EXPECT("{si_signo=SIGIO, si_code=0x7}", 29, 0, 7, 0, 7, 8, 9, 10);
	EXPECT("{}", 0, 0, 1, 0, 7);
}

Test(siginfo, an_errno_comes_before_the_rest)
{
	EXPECT("{si_signo=SIGUSR1, si_code=SI_USER, si_errno=ENOENT, si_pid=7, "
	       "si_uid=8}",
	       10, 2, 0, 0, 7, 8);
	EXPECT("{si_signo=SIGUSR1, si_code=SI_USER, si_errno=4294967294, "
	       "si_pid=7, si_uid=8}",
	       10, CODE(-2), 0, 0, 7, 8);
}

Test(siginfo, a_child_has_a_status_and_times)
{
	EXPECT("{si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=7, si_uid=8, "
	       "si_status=9, si_utime=0, si_stime=0}",
	       17, 0, 1, 0, 7, 8, 9);
	EXPECT("{si_signo=SIGCHLD, si_code=CLD_KILLED, si_pid=7, si_uid=8, "
	       "si_status=SIGKILL, si_utime=11 /* 0.11 s */, si_stime=1205 /* "
	       "12.05 s */}",
	       17, 0, 2, 0, 7, 8, 9, 0, 11, 0, 1205);
	EXPECT("{si_signo=SIGCHLD, si_code=CLD_DUMPED, si_pid=7, si_uid=8, "
	       "si_status=153, si_utime=0, si_stime=4294967296 /* 42949672.96 "
	       "s */}",
	       17, 0, 3, 0, 7, 8, 153, 0, 0, 0, 0, 1);
}

Test(siginfo, a_fault_has_an_address)
{
	EXPECT("{si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL}", 11, 0,
	       1);
	EXPECT("{si_signo=SIGSEGV, si_code=SEGV_ACCERR, si_addr=0x800000007}",
	       11, 0, 2, 0, 7, 8);
	EXPECT("{si_signo=SIGSEGV, si_code=SEGV_BNDERR, si_addr=0x7, "
	       "si_lower=0xc0000000b, si_upper=NULL}",
	       11, 0, 3, 0, 7, 0, 9, 10, 11, 12);
	EXPECT("{si_signo=SIGSEGV, si_code=SEGV_PKUERR, si_addr=0x7, "
	       "si_pkey=11}",
	       11, 0, 4, 0, 7, 0, 9, 10, 11, 12);
	EXPECT("{si_signo=SIGBUS, si_code=BUS_MCEERR_AR, si_addr=0x7, "
	       "si_addr_lsb=0xc}",
	       7, 0, 4, 0, 7, 0, 12);
	EXPECT("{si_signo=SIGBUS, si_code=BUS_ADRERR, si_addr=0x7}", 7, 0, 2, 0,
	       7);
	EXPECT("{si_signo=SIGFPE, si_code=FPE_INTDIV, si_addr=0x7}", 8, 0, 1, 0,
	       7);
	EXPECT("{si_signo=SIGILL, si_code=ILL_ILLOPN, si_addr=0x7}", 4, 0, 2, 0,
	       7);
	EXPECT("{si_signo=SIGTRAP, si_code=SI_KERNEL, si_addr=NULL}", 5, 0,
	       0x80);
}

Test(siginfo, a_descriptor_is_ready)
{
	EXPECT("{si_signo=SIGIO, si_code=POLL_IN, si_band=65, si_fd=3}", 29, 0,
	       1, 0, 65, 0, 3);
	EXPECT("{si_signo=SIGUSR1, si_code=SI_SIGIO, si_band=-1, si_fd=-1}", 10,
	       0, CODE(-5), 0, CODE(-1), CODE(-1), CODE(-1));
}

Test(siginfo, a_refused_call_has_its_name)
{
	EXPECT("{si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x7, "
	       "si_syscall=__NR_fork, si_arch=AUDIT_ARCH_X86_64}",
	       31, 0, 1, 0, 7, 0, 57, 0xc000003e);
	EXPECT("{si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x7, "
	       "si_syscall=32 /* gtty */, si_arch=AUDIT_ARCH_I386}",
	       31, 0, 1, 0, 7, 0, 32, 0x40000003);
	EXPECT("{si_signo=SIGSYS, si_code=SYS_USER_DISPATCH, si_call_addr=0x7, "
	       "si_syscall=4095, si_arch=0x12345678 /* AUDIT_ARCH_??? */}",
	       31, 0, 2, 0, 7, 0, 4095, 0x12345678);
}

Test(siginfo, programs_of_32_bits_have_a_layout_of_their_own)
{
	EXPECT_I386("{si_signo=SIGRT_2, si_code=SI_QUEUE, si_pid=7, si_uid=8, "
		    "si_int=9, si_ptr=0x9}",
		    34, 0, CODE(-1), 7, 8, 9);
	EXPECT_I386("{si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=7, "
		    "si_uid=8, si_status=9, si_utime=10 /* 0.10 s */, "
		    "si_stime=0}",
		    17, 0, 1, 7, 8, 9, 10);
	EXPECT_I386("{si_signo=SIGSEGV, si_code=SEGV_BNDERR, si_addr=0x7, "
		    "si_lower=0x9, si_upper=0xa}",
		    11, 0, 3, 7, 8, 9, 10);
	EXPECT_I386("{si_signo=SIGIO, si_code=POLL_HUP, si_band=-1, si_fd=8}",
		    29, 0, 6, CODE(-1), 8);
	EXPECT_I386("{si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x7, "
		    "si_syscall=__NR_fork, si_arch=AUDIT_ARCH_I386}",
		    31, 0, 1, 7, 2, 0x40000003);
}

Test(siginfo, x86_knows_the_calls_of_both_word_sizes)
{
	EXPECT_I386("{si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x7, "
		    "si_syscall=39 /* getpid */, si_arch=AUDIT_ARCH_X86_64}",
		    31, 0, 1, 7, 39, 0xc000003e);
	expect_info(ABI_ARM64,
		    (const uint32_t[WORDS]){31, 0, 1, 0, 7, 0, 172, 0xc00000b7},
		    SIGINFO_SIZE,
		    "{si_signo=SIGSYS, si_code=SYS_SECCOMP, si_call_addr=0x7, "
		    "si_syscall=__NR_getpid, si_arch=AUDIT_ARCH_AARCH64}");
}

Test(siginfo, times_of_32_bits_have_a_sign)
{
	EXPECT_I386("{si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=7, "
		    "si_uid=8, si_status=9, si_utime=0, "
		    "si_stime=18446744073709551615 /* 184467440737095516.15 s "
		    "*/}",
		    17, 0, 1, 7, 8, 9, 0, CODE(-1));
}

Test(siginfo, what_was_not_copied_is_left_out)
{
	const uint32_t words[WORDS] = {17, 0, 1, 0, 7, 8, 9};
	expect_info(ABI_X86_64, words, 28,
		    "{si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=7, "
		    "si_uid=8, si_status=9, ...}");
	expect_info(ABI_X86_64, words, 11, "{...}");
}

Test(siginfo, programs_get_numbers_where_they_say_all)
{
	const uint32_t words[WORDS] = {17, 0, 1, 0, 7, 8, 9};
	struct siginfo_walk walk;
	struct siginfo_part part;
	siginfo_walk_init(&walk, words, sizeof(words), ABI_X86_64);
	cr_assert(siginfo_walk_next(&walk, &part));
	cr_expect(eq(str, (char *)part.key, "signal"));
	cr_expect(not(part.is_number));
	cr_assert(siginfo_walk_next(&walk, &part));
	cr_assert(siginfo_walk_next(&walk, &part));
	cr_expect(eq(str, (char *)part.key, "sender_pid"));
	cr_expect(part.is_number);
	cr_expect(eq(i64, part.value, 7));
}
