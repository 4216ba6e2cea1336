/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/past.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "model/query.h"
#include "tests/lib/fixture.h"

/* FIELDS of every row of KIND that was called, a line each. */
static void expect(const struct fixture *fx, enum row_kind kind,
		   const char *fields, const char *expected)
{
	const struct query query = {
		.kind = kind, .syscall = SYSCALL_NONE, .called = true};
	struct query_result result = {0};
	struct field_scratch scratch;
	char data[4096];
	char names[256];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	query_run(&query, fx->model, &result);
	for (size_t i = 0; i < result.count; i++) {
		char *rest = names;
		char *name;
		(void)snprintf(names, sizeof(names), "%s", fields); /* fits */
		for (int n = 0; (name = strsep(&rest, " ")); n++) {
			const struct field *field = field_of_kind(kind, name);
			cr_assert(ne(ptr, (void *)field, NULL), "%s", name);
			struct value value = field_get(
				field, fx->model, &result.rows[i], &scratch);
			buf_puts(&buf, n ? " " : "");
			field_print_exact(&buf, field, &value);
		}
		buf_putc(&buf, '\n');
	}
	cr_expect(eq(str, data, (char *)expected));
	query_done(&result);
}

static void feed_three(struct fixture *fx)
{
	fixture_init(fx);
	fixture_feed(fx,
		     "task pid=7 comm=a leader\n"
		     "stat nr=0 calls=10 errors=1 time=100 max=50 hist=5:10\n"
		     "count pid=7 nr=0 calls=10 errors=1 time=100 max=50\n"
		     "error pid=7 nr=0 code=2 count=1\n"
		     "tick t=10s\n"
		     "stat nr=0 calls=5 errors=2 time=70 max=60 hist=6:5\n"
		     "count pid=7 nr=0 calls=5 errors=2 time=70 max=60\n"
		     "error pid=7 nr=0 code=2 count=2\n"
		     "tick t=11s\n"
		     "task pid=8 comm=b leader\n"
		     "stat nr=0 calls=1 time=20 max=20 hist=4:1\n"
		     "stat nr=1 calls=3 time=30 hist=3:3\n"
		     "count pid=8 nr=0 calls=1 time=20 max=20\n"
		     "count pid=8 nr=1 calls=3 time=30\n"
		     "tick t=12s\n");
}

#define USUAL "syscall calls errors time rate max"

Test(past, shows_counters_and_rates_as_they_were_at_a_sample)
{
	struct fixture fx;
	feed_three(&fx);
	static const char now[] = "read 16 3 190 ns 1.0 60 ns\n"
				  "write 3 0 30 ns 3.0 0 ns\n";
	expect(&fx, ROW_SYSCALL, USUAL, now);
	cr_expect(not(past_step(fx.model, 1)));
	cr_assert(past_step(fx.model, -1));
	expect(&fx, ROW_SYSCALL, USUAL, now);
	cr_assert(past_step(fx.model, -1));
	expect(&fx, ROW_SYSCALL, USUAL, "read 15 3 170 ns 5.0 60 ns\n");
	expect(&fx, ROW_PROCESS, "comm calls rate top", "a 15 5.0 read\n");
	expect(&fx, ROW_PAIR, "comm syscall calls", "a read 15\n");
	expect(&fx, ROW_ERROR, "errno errors error_rate", "ENOENT 3 2.0\n");
	cr_assert(past_step(fx.model, -1));
	expect(&fx, ROW_SYSCALL, "calls errors max p99",
	       "10 1 50 ns <= 50 ns\n");
	expect(&fx, ROW_ERROR, "errors", "1\n");
	cr_expect(not(past_step(fx.model, -1)));
	cr_assert(past_step(fx.model, 1));
	cr_assert(past_step(fx.model, 1));
	cr_assert(past_step(fx.model, 1));
	expect(&fx, ROW_SYSCALL, USUAL, now);
	cr_expect(not(past_step(fx.model, 1)));
	fixture_done(&fx);
}

Test(past, a_sample_that_is_looked_at_stays_as_time_goes_on)
{
	struct fixture fx;
	struct past_view view;
	feed_three(&fx);
	cr_assert(past_step(fx.model, -1));
	cr_assert(past_step(fx.model, -1));
	for (int i = 0; i < 200; i++)
		fixture_feed(&fx, "stat nr=0 calls=1 time=1\ntick t=13s\n");
	expect(&fx, ROW_SYSCALL, USUAL, "read 15 3 170 ns 5.0 60 ns\n");
	past_view(fx.model, &view);
	cr_expect(view.stepped);
	cr_expect(eq(u64, view.time_ns, 11000000000));
	cr_expect(eq(u64, view.now_ns, 13000000000));
	cr_assert(past_step(fx.model, 1));
	int steps = 1;
	while (past_step(fx.model, 1))
		steps++;
	cr_expect(ge(int, steps, PAST_SAMPLES));
	cr_expect(le(int, steps, PAST_SAMPLES + 2));
	expect(&fx, ROW_SYSCALL, "calls", "216\n3\n");
	fixture_done(&fx);
}

Test(past, holds_the_view_while_events_are_counted)
{
	struct fixture fx;
	struct past_view view;
	struct model_summary summary;
	feed_three(&fx);
	past_hold(fx.model, true);
	fixture_feed(&fx, "task pid=9 comm=c leader\n"
			  "stat nr=0 calls=100 time=1s max=9ms hist=20:100\n"
			  "count pid=9 nr=0 calls=100 time=1s max=9ms\n"
			  "exit pid=7 status=0 t=12500ms leader dead\n"
			  "call pid=7 nr=0 ret=-2\n"
			  "lost nr=0 cause=ring count=7\n"
			  "tick t=13s\ntick t=14s\n");
	expect(&fx, ROW_SYSCALL, USUAL,
	       "read 16 3 190 ns 1.0 60 ns\n"
	       "write 3 0 30 ns 3.0 0 ns\n");
	expect(&fx, ROW_SYSCALL, "lost", "0\n0\n");
	expect(&fx, ROW_PROCESS, "comm calls status", "a 15 -\nb 4 -\n");
	past_view(fx.model, &view);
	model_summary(fx.model, &summary);
	cr_expect(view.held);
	cr_expect(eq(u64, view.calls_since, 100));
	cr_expect(eq(u64, summary.lost[0], 0));
	cr_expect(eq(u32, summary.processes, 2));
	cr_assert(past_step(fx.model, -1));
	cr_assert(past_step(fx.model, -1));
	expect(&fx, ROW_SYSCALL, USUAL, "read 15 3 170 ns 5.0 60 ns\n");
	cr_assert(past_step(fx.model, 1));
	cr_assert(past_step(fx.model, 1));
	expect(&fx, ROW_SYSCALL, "calls", "16\n3\n");
	past_hold(fx.model, false);
	expect(&fx, ROW_SYSCALL, "calls lost", "116 7\n3 0\n");
	expect(&fx, ROW_PROCESS, "comm calls", "a 15\nb 4\nc 100\n");
	model_summary(fx.model, &summary);
	cr_expect(eq(u64, summary.lost[0], 7));
	fixture_done(&fx);
}

/* A recorder has threads walked over whatever is looked at. */
Test(past, calls_in_progress_stay_while_the_view_is_held)
{
	struct fixture fx;
	feed_three(&fx);
	fixture_feed(&fx, "blocked t=12s dur=5 pid=7 nr=0 ret=7\n"
			  "blockedend t=12s\n");
	past_hold(fx.model, true);
	fixture_feed(&fx, "blocked t=13s dur=5 pid=8 nr=1 ret=8\n"
			  "blockedend t=13s\ntick t=13s\n");
	expect(&fx, ROW_BLOCKED, "tid syscall", "7 read\n");
	expect(&fx, ROW_PROCESS, "comm blocked", "a read\nb -\n");
	past_hold(fx.model, false);
	expect(&fx, ROW_BLOCKED, "tid syscall", "8 write\n");
	expect(&fx, ROW_PROCESS, "comm blocked", "a -\nb write\n");
	fixture_done(&fx);
}

Test(past, samples_do_not_tell_what_is_in_progress_now)
{
	struct fixture fx;
	feed_three(&fx);
	fixture_feed(&fx, "blocked t=12s dur=5 pid=7 nr=0 ret=7\n"
			  "blockedend t=12s\n");
	expect(&fx, ROW_PROCESS, "comm blocked", "a read\nb -\n");
	cr_assert(past_step(fx.model, -1));
	expect(&fx, ROW_PROCESS, "comm blocked age_ns", "a - -\nb - -\n");
	fixture_done(&fx);
}

Test(past, keeps_the_samples_of_before_while_the_view_is_held)
{
	struct fixture fx;
	feed_three(&fx);
	past_hold(fx.model, true);
	for (int i = 0; i < 200; i++)
		fixture_feed(&fx, "stat nr=0 calls=1 time=1\ntick t=13s\n");
	cr_assert(past_step(fx.model, -1));
	cr_assert(past_step(fx.model, -1));
	cr_assert(past_step(fx.model, -1));
	expect(&fx, ROW_SYSCALL, "calls", "10\n");
	fixture_done(&fx);
}

Test(past, tells_what_came_since_a_mark)
{
	struct fixture fx;
	struct past_view view;
	feed_three(&fx);
	past_mark(fx.model, true);
	expect(&fx, ROW_SYSCALL, "calls errors time mean p99 max",
	       "0 0 0 ns - - -\n0 0 0 ns - - -\n");
	for (int i = 0; i < 100; i++)
		fixture_feed(
			&fx,
			"stat nr=0 calls=2 errors=1 time=60 max=30 "
			"bytes=7 hist=4:1,5:1\n"
			"count pid=8 nr=0 calls=2 errors=1 time=60 max=30\n"
			"error pid=8 nr=0 code=2 count=1\n"
			"tick t=20s\n");
	expect(&fx, ROW_SYSCALL, "calls errors time mean p50 p99 bytes max",
	       "200 100 6000 ns 30 ns <= 32 ns <= 60 ns 700 <= 60 ns\n"
	       "0 0 0 ns - - - 0 -\n");
	expect(&fx, ROW_PROCESS, "comm calls", "a 0\nb 200\n");
	expect(&fx, ROW_ERROR, "comm errors", "a 0\nb 100\n");
	past_view(fx.model, &view);
	cr_expect(view.marked);
	cr_expect(eq(u64, view.mark_ns, 12000000000));
	fixture_feed(&fx, "stat nr=0 calls=1 time=90 max=90 hist=6:1\n");
	expect(&fx, ROW_SYSCALL, "calls max", "201 90 ns\n0 -\n");
	past_mark(fx.model, false);
	expect(&fx, ROW_SYSCALL, "calls errors max",
	       "217 103 90 ns\n3 0 0 ns\n");
	fixture_done(&fx);
}

Test(past, marks_the_sample_that_is_looked_at)
{
	struct fixture fx;
	feed_three(&fx);
	cr_assert(past_step(fx.model, -1));
	cr_assert(past_step(fx.model, -1));
	past_mark(fx.model, true);
	cr_assert(past_step(fx.model, 1));
	expect(&fx, ROW_SYSCALL, "syscall calls", "read 1\nwrite 3\n");
	cr_assert(past_step(fx.model, 1));
	fixture_feed(&fx, "stat nr=0 calls=4\ntick t=13s\n");
	expect(&fx, ROW_SYSCALL, "syscall calls", "read 5\nwrite 3\n");
	fixture_done(&fx);
}

Test(past, is_forgotten_when_counters_are_zeroed)
{
	struct fixture fx;
	feed_three(&fx);
	past_mark(fx.model, true);
	cr_assert(past_step(fx.model, -1));
	model_zero(fx.model);
	struct past_view view;
	past_view(fx.model, &view);
	cr_expect(not(view.marked));
	cr_expect(not(view.stepped));
	cr_expect(not(past_step(fx.model, -1)));
	fixture_feed(&fx, "stat nr=0 calls=4\ntick t=13s\n"
			  "stat nr=0 calls=3\ntick t=14s\n");
	cr_assert(past_step(fx.model, -1));
	cr_assert(past_step(fx.model, -1));
	expect(&fx, ROW_SYSCALL, "calls", "4\n");
	fixture_done(&fx);
}

/* Short-lived processes, more than the budget of counters has room for. */
static void feed_many(const struct fixture *fx, int from, int count)
{
	char text[256];
	for (int i = from; i < from + count; i++) {
		(void)snprintf(text, sizeof(text),
			       "task pid=%d leader\n"
			       "count pid=%d nr=0 calls=2 time=2\n"
			       "exit pid=%d leader dead\ntick t=%dms\n",
			       i, i, i, 20000 + i); /* fits */
		fixture_feed(fx, text);
	}
}

static uint64_t sum_of_processes(const struct fixture *fx)
{
	const struct query query = {.kind = ROW_PROCESS,
				    .syscall = SYSCALL_NONE};
	struct query_result result = {0};
	struct field_scratch scratch;
	uint64_t sum = 0;
	query_run(&query, fx->model, &result);
	for (size_t i = 0; i < result.count; i++)
		sum += field_get(field_of_kind(ROW_PROCESS, "calls"), fx->model,
				 &result.rows[i], &scratch)
			       .u;
	query_done(&result);
	return sum;
}

Test(past, sums_stay_exact_when_processes_are_folded)
{
	struct fixture fx;
	struct model_summary summary;
	fixture_init(&fx);
	feed_many(&fx, 100, 3000);
	past_mark(fx.model, true);
	feed_many(&fx, 3100, 3000);
	model_summary(fx.model, &summary);
	cr_assert(gt(u64, summary.folded, 3000));
	cr_expect(eq(u64, sum_of_processes(&fx), 6000));
	past_mark(fx.model, false);
	cr_expect(eq(u64, sum_of_processes(&fx), 12000));
	for (int i = 0; i < 20; i++)
		cr_assert(past_step(fx.model, -1));
	cr_expect(eq(u64, sum_of_processes(&fx), 12000 - 2 * 19));
	fixture_done(&fx);
}

Test(past, calls_are_listed_up_to_the_time_that_is_shown)
{
	struct fixture fx;
	struct past_view view;
	fixture_init(&fx);
	past_view(fx.model, &view);
	cr_expect(eq(u64, view.last_call, 0));
	fixture_feed(&fx, "tick t=9s\ntick t=10s\ncall pid=7 nr=0 t=10500ms\n"
			  "tick t=11s\ncall pid=7 nr=0 t=11500ms\n"
			  "call pid=7 nr=0 t=11600ms\n");
	past_hold(fx.model, true);
	past_view(fx.model, &view);
	cr_expect(eq(u64, view.last_call, 3));
	cr_assert(past_step(fx.model, -1));
	past_view(fx.model, &view);
	cr_expect(eq(u64, view.last_call, 0));
	cr_expect(eq(u64, view.after_ns, 10000000000));
	cr_expect(eq(u64, view.time_ns, 11000000000));
	fixture_done(&fx);
	fixture_init(&fx);
	past_hold(fx.model, true);
	past_view(fx.model, &view);
	cr_expect(eq(u64, view.last_call, UINT64_MAX)); /* there was none */
	fixture_done(&fx);
}
