/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/replay.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "abi/abi.h"
#include "abi/decode.h"
#include "abi/remark.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "base/err.h"
#include "bpf/event.h"

#define US ((uint64_t)1000)
#define S  ((uint64_t)1000000000)

/* What a text became, a line per event. */
struct read {
	struct catalogue *cat;
	struct replay *replay;
	char text[65536];
	struct buf buf;
	bool all; /* counters and ticks too */
};

static void put_call(struct read *read, const struct event_call *call)
{
	static const struct decode_options options = {.string_limit = 32};
	uint32_t index = catalogue_by_nr(read->cat, call->nr, call->h.compat);
	char text[DECODE_ROOM];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	decode_call(&buf, catalogue_get(read->cat, index), call, &options);
	char *column = strstr(text, ")  ");
	if (column) /* strace fills up to a column */
		memmove(column + 2, strstr(column, " = ") + 1,
			strlen(strstr(column, " = ")));
	buf_printf(&read->buf, "%" PRIu64 "+%" PRIu64 " %s %u/%u %s\n",
		   (uint64_t)(call->h.time_ns - call->duration_ns - S) / US,
		   (uint64_t)call->duration_ns / US, call->comm, call->h.pid,
		   call->h.tid, text);
}

static void put_task(struct read *read, const char *what,
		     const struct event_task *task)
{
	buf_printf(&read->buf, "%s %u/%u of %u %s\n", what, task->h.pid,
		   task->h.tid, task->ppid, task->comm);
	for (size_t i = 0; i < remark_lines(&task->h); i++) {
		remark_print(&read->buf, &task->h, i, ABI_X86_64);
		buf_putc(&read->buf, '\n');
	}
}

static void put_counters(struct read *read, const struct event *ev)
{
	const struct event_stat *stat = (const void *)ev;
	const struct event_error *error = (const void *)ev;
	if (ev->kind == EVENT_STAT)
		buf_printf(&read->buf, "stat %u: %" PRIu64 " calls\n", stat->nr,
			   (uint64_t)stat->growth.calls);
	if (ev->kind == EVENT_ERROR)
		buf_printf(&read->buf, "error %u of %u: %" PRIu64 "\n",
			   error->code, error->nr, (uint64_t)error->count);
}

static void put(void *self, const struct event *ev)
{
	static const char *const kinds[EVENT_SYMBOL + 1] = {
		[EVENT_TASK] = "task",     [EVENT_FORK] = "fork",
		[EVENT_EXEC] = "exec",     [EVENT_EXIT] = "exit",
		[EVENT_RENAME] = "rename",
	};
	struct read *read = self;
	const struct event_file *file = (const void *)ev;
	cr_assert(decode_is_sane(ev, ev->size));
	if (ev->kind == EVENT_CALL)
		put_call(read, (const void *)ev);
	else if (kinds[ev->kind])
		put_task(read, kinds[ev->kind], (const void *)ev);
	else if (ev->kind == EVENT_SIGNAL) {
		remark_print(&read->buf, ev, 0, ABI_X86_64);
		buf_putc(&read->buf, '\n');
	} else if (ev->kind == EVENT_FILE)
		buf_printf(&read->buf, "file %.*s\n", (int)file->size,
			   (const char *)(file + 1));
	else if (read->all)
		put_counters(read, ev);
}

static void tell_gap(void *self, const struct replay_gap *gap)
{
	struct read *read = self;
	buf_printf(&read->buf, "%s %" PRIu64 " from %" PRIu64 "\n",
		   gap->why == REPLAY_UNREAD ? "unread" : "unended",
		   gap->events, gap->line);
}

static int try_open(struct read *read, const char *text, size_t len)
{
	const struct catalogue_config made = {.events_fd = -1,
					      .native = ABI_X86_64};
	char path[64];
	struct err err = {0};
	int fd = memfd_create("strace", MFD_CLOEXEC);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	cr_assert(eq(i64, write(fd, text, len), (ssize_t)len));
	const struct replay_config config = {
		.path = path, .gap = tell_gap, .self = read};
	buf_init(&read->buf, read->text, sizeof(read->text));
	cr_assert(zero(i32, catalogue_new(&read->cat, &made, NULL)));
	int code = replay_open(&read->replay, &config, &err);
	(void)close(fd); /* in memory */
	if (code == 0)
		replay_use(read->replay, read->cat);
	return code;
}

static void pump(struct read *read)
{
	const struct sink sink = {.put = put, .self = read};
	while (!replay_is_over(read->replay))
		(void)replay_pump(read->replay, &sink, 1, UINT64_MAX);
}

static void done(struct read *read)
{
	replay_close(read->replay);
	catalogue_free(read->cat);
}

static void expect(const char *text, const char *expected)
{
	static struct read read;
	read = (struct read){0};
	cr_assert(zero(i32, try_open(&read, text, strlen(text))));
	pump(&read);
	cr_expect(eq(str, read.text, (char *)expected));
	done(&read);
}

Test(strace, a_line_is_a_call_with_its_arguments_as_they_were_printed)
{
	expect("7     1795818053.500000 openat(AT_FDCWD, \"/a,b)\", "
	       "O_RDONLY|O_CLOEXEC) = 3 <0.000021>\n"
	       "7     1795818053.500030 read(3, \"\\177ELF\"..., 832) = 832 "
	       "<0.000009>\n",
	       "task 7/7 of 0 \n"
	       "0+21  7/7 openat(AT_FDCWD, \"/a,b)\", O_RDONLY|O_CLOEXEC) = 3\n"
	       "30+9  7/7 read(3, \"\\177ELF\"..., 832) = 832\n");
}

Test(strace, times_may_be_of_the_day_relative_or_missing)
{
	expect("23:59:59.900000 close(3) = 0\n00:00:00.100000 close(4) = 0\n",
	       "task 0/0 of 0 \n"
	       "0+0  0/0 close(3) = 0\n"
	       "200000+0  0/0 close(4) = 0\n");
	expect("     0.000000 close(3) = 0\n     0.000150 close(4) = 0\n",
	       "task 0/0 of 0 \n"
	       "0+0  0/0 close(3) = 0\n"
	       "150+0  0/0 close(4) = 0\n");
	expect("close(3) = 0\nclose(4) = 0\n", "task 0/0 of 0 \n"
					       "1+0  0/0 close(3) = 0\n"
					       "2+0  0/0 close(4) = 0\n");
}

Test(strace, what_other_options_put_before_a_line_is_passed_over)
{
	expect("[pid    7] 12:00:00 (+     0.000000) [00007f5c1fd1b0a7] "
	       "[   3] close(3) = 0\n"
	       "[pid    7] 12:00:01 (+     1.000000) [????????????????] "
	       "[ 231] exit_group(0) = ?\n",
	       "task 7/7 of 0 \n"
	       "0+0  7/7 close(3) = 0\n"
	       "1000000+0  7/7 exit_group(0) = ?\n");
	expect("7<cat> close(3</tmp/x y>) = 0\n > /lib/libc.so(close+0x1) "
	       "[0x1]\nstrace: Process 8 attached\n",
	       "task 7/7 of 0 cat\n"
	       "file /tmp/x y\n"
	       "1+0 cat 7/7 close(3</tmp/x y>) = 0\n");
}

Test(strace, a_call_in_two_lines_is_one)
{
	expect("7 1.000000 read(3,  <unfinished ...>\n"
	       "8 0.000010 close(4) = 0\n"
	       "7 0.000020 <... read resumed>\"x\", 10) = 1\n"
	       "8 0.000000 <... write resumed>) = 1\n"
	       "7 0.000001 poll([{fd=3, events=POLLIN}], 1, -1 "
	       "<unfinished ...>\n",
	       "task 7/7 of 0 \n"
	       "task 8/8 of 0 \n"
	       "1000010+0  8/8 close(4) = 0\n"
	       "1000000+30  7/7 read(3, \"x\", 10) = 1\n"
	       "unread 1 from 4\n"
	       "unended 1 from 0\n");
}

Test(strace, tasks_follow_from_the_calls_that_make_them)
{
	expect("7 execve(\"/bin/sh\", [\"sh\", \"-c\"...], 0x1 /* 2 vars */) "
	       "= 0\n"
	       "7 vfork( <unfinished ...>\n"
	       "8 execve(\"/bin/ls\", [\"ls\"], 0x1) = 0\n"
	       "7 <... vfork resumed>) = 8\n"
	       "7 clone3({flags=CLONE_VM|CLONE_THREAD, tls=0x1} => "
	       "{parent_tid=[9]}, 88) = 9\n"
	       "9 exit(0) = ?\n"
	       "9 +++ exited with 0 +++\n"
	       "8 +++ killed by SIGSEGV (core dumped) +++\n"
	       "7 +++ exited with 3 +++\n",
	       "task 7/7 of 0 \n"
	       "exec 7/7 of 0 sh\n"
	       "1+0 sh 7/7 execve(\"/bin/sh\", [\"sh\", \"-c\"...], 0x1 /* 2 "
	       "vars */) = 0\n"
	       "fork 8/8 of 7 sh\n"
	       "exec 8/8 of 7 ls\n"
	       "3+0 sh 8/8 execve(\"/bin/ls\", [\"ls\"], 0x1) = 0\n"
	       "2+1 sh 7/7 vfork() = 8\n"
	       "fork 7/9 of 0 sh\n"
	       "4+0 sh 7/7 clone3({flags=CLONE_VM|CLONE_THREAD, tls=0x1} => "
	       "{parent_tid=[9]}, 88) = 9\n"
	       "5+0 sh 7/9 exit(0) = ?\n"
	       "exit 7/9 of 0 sh\n+++ exited with 0 +++\n"
	       "exit 8/8 of 7 ls\n+++ killed by SIGSEGV (core dumped) +++\n"
	       "exit 7/7 of 0 sh\n+++ exited with 3 +++\n");
}

Test(strace, a_thread_that_execs_goes_on_as_the_leader)
{
	expect("7 clone(child_stack=0x1, flags=CLONE_THREAD) = 8\n"
	       "8 execve(\"/bin/ls\", [\"ls\"], 0x1 <unfinished ...>\n"
	       "7 +++ superseded by execve in pid 8 +++\n"
	       "7 <... execve resumed>) = 0\n",
	       "task 7/7 of 0 \n"
	       "fork 7/8 of 0 \n"
	       "1+0  7/7 clone(child_stack=0x1, flags=CLONE_THREAD) = 8\n"
	       "exec 7/7 of 0 ls\n+++ superseded by execve in pid 8 +++\n"
	       "2+0 ls 7/7 execve(\"/bin/ls\", [\"ls\"], 0x1) = 0\n");
}

Test(strace, results_keep_what_is_printed_behind_them)
{
	expect("7 access(\"x\", R_OK) = -1 ENOENT (No such file or "
	       "directory)\n"
	       "7 poll(0x1, 1, 5) = 0 (Timeout)\n"
	       "7 fcntl(3, F_GETFL) = 0x8002 (flags O_RDWR|O_LARGEFILE)\n"
	       "7 read(0, 0x1, 4) = ? ERESTARTSYS (To be restarted if "
	       "SA_RESTART is set)\n",
	       "task 7/7 of 0 \n"
	       "1+0  7/7 access(\"x\", R_OK) = -1 ENOENT (No "
	       "such file or directory)\n"
	       "2+0  7/7 poll(0x1, 1, 5) = 0 (Timeout)\n"
	       "3+0  7/7 fcntl(3, F_GETFL) = 0x8002 (flags "
	       "O_RDWR|O_LARGEFILE)\n"
	       "4+0  7/7 read(0, 0x1, 4) = ? ERESTARTSYS "
	       "(To be restarted if SA_RESTART is set)\n");
}

Test(strace, signals_have_what_they_say_of_themselves)
{
	static const char line[] =
		"--- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_KILLED, si_pid=9, "
		"si_uid=0, si_status=SIGKILL, si_utime=1 /* 0.01 s */, "
		"si_stime=0} ---\n"
		"--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, "
		"si_addr=NULL} ---\n"
		"--- SIGSYS {si_signo=SIGSYS, si_code=SYS_SECCOMP, "
		"si_call_addr=0x7f, si_syscall=__NR_close, "
		"si_arch=AUDIT_ARCH_X86_64} ---\n";
	char expected[1024];
	(void)snprintf(expected, sizeof(expected), "task 0/0 of 0 \n%s", line);
	expect(line, expected);
}

Test(strace, names_that_no_table_knows_and_numbers_are_calls_too)
{
	expect("7 frobnicate(1, 2) = 3\n7 syscall_0x3e7(0x1) = -1 (errno 38)\n"
	       "7 frobnicate(4) = 5\n",
	       "task 7/7 of 0 \n"
	       "1+0  7/7 frobnicate(1, 2) = 3\n"
	       "2+0  7/7 syscall_0x3e7(0x1) = -1 (errno 38)\n"
	       "3+0  7/7 frobnicate(4) = 5\n");
}

Test(strace, what_is_hostile_in_a_text_is_escaped)
{
	expect("7 write(1, \x1b]0;x\a, 3) = 3\n",
	       "task 7/7 of 0 \n"
	       "1+0  7/7 write(1, \\33]0;x\\7, 3) = 3\n");
}

Test(strace, lines_that_are_no_calls_are_told_with_their_number)
{
	expect("close(3) = 0\nhello\nworld\nclose(4) = 0\nclose(\n",
	       "task 0/0 of 0 \n"
	       "1+0  0/0 close(3) = 0\n"
	       "unread 2 from 2\n"
	       "2+0  0/0 close(4) = 0\n"
	       "unread 1 from 5\n");
}

Test(strace, a_line_that_is_too_long_is_left_out)
{
	static struct read read;
	static char text[200000];
	read = (struct read){0};
	size_t len = (size_t)snprintf(text, sizeof(text), "close(3) = 0\n");
	memset(text + len, 'x', 150000);
	(void)snprintf(text + len + 150000, 100, "\nclose(4) = 0\n");
	cr_assert(zero(i32, try_open(&read, text, strlen(text))));
	pump(&read);
	cr_expect(strstr(read.text, "unread 1 from 2\n") != NULL);
	cr_expect(strstr(read.text, "close(4)") != NULL);
	done(&read);
}

Test(strace, an_argument_that_is_too_long_is_cut)
{
	static struct read read;
	static char text[5000] = "7 write(1, \"";
	read = (struct read){0};
	memset(text + strlen(text), 'x', 3000);
	(void)strcat(text, "\", 3000) = 3000\n");
	cr_assert(zero(i32, try_open(&read, text, strlen(text))));
	pump(&read);
	cr_expect(strstr(read.text, "x..., 3000) = 3000\n") != NULL);
	done(&read);
}

Test(strace, calls_are_counted_as_the_kernel_side_would)
{
	static struct read read;
	static const char text[] = "7 close(3) = 0\n7 close(3) = -1 EBADF "
				   "(Bad file descriptor)\n";
	read = (struct read){.all = true};
	cr_assert(zero(i32, try_open(&read, text, strlen(text))));
	pump(&read);
	cr_expect(strstr(read.text, "stat 3: 2 calls\n") != NULL);
	cr_expect(strstr(read.text, "error 9 of 3: 1\n") != NULL);
	done(&read);
}

Test(strace, reading_again_tells_the_same_but_no_gap)
{
	static struct read read;
	static const char text[] = "1795818053.0 close(3) = 0\nhello\n"
				   "1795818055.0 close(4) = 0\n";
	uint64_t first_ns = 0;
	uint64_t last_ns = 0;
	read = (struct read){0};
	cr_assert(zero(i32, try_open(&read, text, strlen(text))));
	cr_assert(replay_span(read.replay, &first_ns, &last_ns));
	cr_expect(eq(u64, last_ns - first_ns, 2 * S));
	cr_expect(eq(u64, replay_peek_ns(read.replay), first_ns));
	pump(&read);
	cr_assert(zero(i32, replay_seek(read.replay, last_ns)));
	buf_clear(&read.buf);
	pump(&read);
	cr_expect(eq(str, read.text,
		     "task 0/0 of 0 \n"
		     "0+0  0/0 close(3) = 0\n"
		     "2000000+0  0/0 close(4) = 0\n"));
	done(&read);
}

Test(strace, other_files_are_refused)
{
	static struct read read;
	static const char *const texts[] = {"hello\n", "", "f(x)\n",
					    "close(3) = 0\0\n"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		read = (struct read){0};
		size_t len = i == 3 ? 14 : strlen(texts[i]);
		cr_expect(eq(i32, try_open(&read, texts[i], len), -EBADMSG));
		done(&read);
	}
}
