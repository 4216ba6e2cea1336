/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/losses.h"

#include <criterion/criterion.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "feed/sink.h"

#define GETPPID 110 /* on x86-64 */
#define OPENAT  257

static struct catalogue *catalogue;
static struct losses losses;
static char text[512];
static struct buf buf;

static void setup(void)
{
	const struct catalogue_config config = {
		.events_fd = -1,
		.native = ABI_X86_64,
	};
	cr_assert_eq(catalogue_new(&catalogue, &config, NULL), 0);
	losses_init(&losses, catalogue);
	buf_init(&buf, text, sizeof(text));
}

static void teardown(void)
{
	losses_done(&losses);
	catalogue_free(catalogue);
}

TestSuite(losses, .init = setup, .fini = teardown);

static void add(uint32_t nr, uint32_t cause, uint64_t count)
{
	const struct event_lost ev = {
		.h = {.size = sizeof(ev), .kind = EVENT_LOST},
		.nr = nr,
		.cause = cause,
		.count = count,
	};
	losses_add(&losses, &ev);
}

Test(losses, are_not_mentioned_when_there_are_none)
{
	losses_print(&losses, &buf);
	cr_assert_str_eq(text, "");
}

Test(losses, are_told_by_cause_and_by_syscall)
{
	add(OPENAT, EVENT_LOST_RING, 3);
	add(GETPPID, EVENT_LOST_RING, 10);
	add(GETPPID, EVENT_LOST_BUDGET, 2);
	add(GETPPID, EVENT_LOST_BUDGET, 2);
	losses_print(&losses, &buf);
	cr_assert_str_eq(
		text,
		"lost 17 rows: 13 with the ring buffer full (--ring-size), 4 "
		"faster than they could be written (--row-memory); getppid 14, "
		"openat 3");
}

Test(losses, of_what_is_no_call_are_told_together)
{
	add(EVENT_NR_NONE, EVENT_LOST_RING, 5);
	losses_print(&losses, &buf);
	cr_assert_str_eq(text, "lost 5 rows: 5 with the ring buffer full "
			       "(--ring-size); signals, ends and others 5");
	buf_clear(&buf);
	add(OPENAT, EVENT_LOST_RING, 1);
	losses_print(&losses, &buf);
	cr_assert_str_eq(text, "lost 6 rows: 6 with the ring buffer full "
			       "(--ring-size); openat 1, signals, ends and "
			       "others 5");
}

Test(losses, ignore_causes_that_do_not_exist)
{
	add(OPENAT, EVENT_LOST_CAUSES, 5);
	add(OPENAT, 4000000000U, 5);
	losses_print(&losses, &buf);
	cr_assert_str_eq(text, "");
}

/* Hands back what losses_report() says. */
static void put_back(void *self, const struct event *ev)
{
	cr_assert_eq(ev->kind, EVENT_LOST);
	cr_assert_eq(ev->size, sizeof(struct event_lost));
	cr_assert_eq(ev->time_ns, 77);
	losses_add(self, (const void *)ev);
}

Test(losses, report_dropped_rows_once)
{
	const struct event_call call = {.h.kind = EVENT_CALL, .nr = OPENAT};
	const struct sink sink = {.put = put_back, .self = &losses};
	const struct event_signal signal = {.h.kind = EVENT_SIGNAL};
	losses_drop(&losses, &call.h);
	losses_drop(&losses, &call.h);
	losses_drop(&losses, &signal.h);
	losses_report(&losses, 77, &sink);
	losses_report(&losses, 77, &sink);
	losses_print(&losses, &buf);
	cr_assert_str_eq(text, "lost 3 rows: 3 faster than they could be "
			       "written (--row-memory); openat 2, signals, "
			       "ends and others 1");
}
