/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/remark.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "base/buf.h"

static void expect_line(const struct event *ev, size_t i, const char *expected)
{
	char text[512];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	cr_assert(lt(sz, i, remark_lines(ev)));
	remark_print(&buf, ev, i, ABI_X86_64);
	cr_expect(eq(str, text, (char *)expected));
}

static void expect_end(int32_t status, const char *expected)
{
	const struct event_task ev = {
		.h = {.kind = EVENT_EXIT, .flags = EVENT_TASK_ROW, .tid = 7},
		.status = status,
	};
	cr_assert(eq(sz, remark_lines(&ev.h), 1));
	expect_line(&ev.h, 0, expected);
}

Test(remark, ends_bear_their_status)
{
	expect_end(0, "+++ exited with 0 +++");
	expect_end(0xff00, "+++ exited with 255 +++");
	expect_end(9, "+++ killed by SIGKILL +++");
	expect_end(11 | 0x80, "+++ killed by SIGSEGV (core dumped) +++");
	expect_end(35, "+++ killed by SIGRT_3 +++");
}

static struct event_signal signal_of(uint32_t signal, uint32_t action)
{
	struct event_signal ev = {
		.h = {.kind = EVENT_SIGNAL, .tid = 7},
		.signal = signal,
		.action = action,
	};
	memcpy(ev.info, &signal, sizeof(signal));
	return ev;
}

Test(remark, a_signal_is_one_line)
{
	struct event_signal ev = signal_of(10, EVENT_ACTION_HANDLER);
	cr_assert(eq(sz, remark_lines(&ev.h), 1));
	expect_line(&ev.h, 0,
		    "--- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, "
		    "si_pid=0, si_uid=0} ---");
}

Test(remark, a_signal_that_stops_is_two)
{
	struct event_signal ev = signal_of(20, EVENT_ACTION_DEFAULT);
	cr_assert(eq(sz, remark_lines(&ev.h), 2));
	expect_line(&ev.h, 0,
		    "--- SIGTSTP {si_signo=SIGTSTP, si_code=SI_USER, "
		    "si_pid=0, si_uid=0} ---");
	expect_line(&ev.h, 1, "--- stopped by SIGTSTP ---");
	ev.action = EVENT_ACTION_HANDLER;
	cr_expect(eq(sz, remark_lines(&ev.h), 1));
}

Test(remark, an_execve_is_told_by_who_is_replaced)
{
	struct event_task ev = {
		.h = {.kind = EVENT_EXEC, .flags = EVENT_TASK_ROW, .tid = 7},
		.status = 9,
	};
	expect_line(&ev.h, 0, "+++ superseded by execve in pid 9 +++");
	ev.status = 7;
	cr_expect(eq(sz, remark_lines(&ev.h), 0));
}

Test(remark, what_nobody_asked_for_is_no_row)
{
	struct event_task ev = {.h = {.kind = EVENT_EXIT, .tid = 7}};
	cr_expect(not(remark_is_row(&ev.h)));
	cr_expect(eq(sz, remark_lines(&ev.h), 0));
	ev.h.kind = EVENT_FORK;
	ev.h.flags = EVENT_TASK_ROW;
	cr_expect(not(remark_is_row(&ev.h)));
}
