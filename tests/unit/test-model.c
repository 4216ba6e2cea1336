/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/model.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "model/query.h"
#include "tests/lib/evtext.h"
#include "tests/lib/fixture.h"

/* The value of a field as people see it, of the only row of a kind in which
 * TEXT occurs. */
static void expect_value(const struct fixture *fx, enum row_kind kind,
			 const char *text, const char *name,
			 const char *expected)
{
	const struct query query = {
		.kind = kind,
		.syscall = SYSCALL_NONE,
		.text = text,
	};
	struct query_result result = {0};
	struct field_scratch scratch;
	char data[256];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	query_run(&query, fx->model, &result);
	cr_assert(eq(sz, result.count, 1), "%s", text);
	const struct field *field = field_of_kind(kind, name);
	cr_assert(ne(ptr, (void *)field, NULL), "%s", name);
	struct value value =
		field_get(field, fx->model, &result.rows[0], &scratch);
	field_print(&buf, field, &value);
	cr_expect(eq(str, data, (char *)expected), "%s", name);
	query_done(&result);
}

static size_t count_rows(const struct fixture *fx, enum row_kind kind)
{
	const struct query query = {.kind = kind, .syscall = SYSCALL_NONE};
	struct query_result result = {0};
	query_run(&query, fx->model, &result);
	size_t count = result.count;
	query_done(&result);
	return count;
}

Test(model, a_call_of_a_process_never_heard_of_makes_its_row)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call t=9 pid=7 start=5 uid=3 gid=4 comm=cat nr=3");
	expect_value(&fx, ROW_PROCESS, "cat", "pid", "7");
	expect_value(&fx, ROW_PROCESS, "cat", "uid", "3");
	expect_value(&fx, ROW_PROCESS, "cat", "ppid", "-");
	cr_expect(eq(u64, model_last_call(fx.model), 1));
	fixture_done(&fx);
}

Test(model, a_task_event_corrects_what_a_call_told)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call t=9 pid=7 start=5 uid=3 comm=cat nr=3\n"
			  "task t=9 pid=7 start=5 uid=8 comm=dog leader\n"
			  "call t=9 pid=7 start=5 uid=3 comm=cat nr=3");
	expect_value(&fx, ROW_PROCESS, "dog", "uid", "8");
	fixture_done(&fx);
}

Test(model, growths_are_added_per_syscall_and_per_process)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(
		&fx,
		"tick t=1s wall=1s\n"
		"task pid=7 start=5 comm=cat leader\n"
		"stat nr=110 calls=1000003 time=2s max=9us hist=9:1000003\n"
		"count pid=7 start=5 nr=110 calls=1000000 time=1s\n"
		"count pid=7 start=5 nr=110 calls=3 time=1s max=9us\n"
		"tick t=3s wall=1s\n");
	expect_value(&fx, ROW_SYSCALL, "getppid", "calls", "1.0M");
	expect_value(&fx, ROW_SYSCALL, "getppid", "rate", "500k");
	expect_value(&fx, ROW_SYSCALL, "getppid", "p99", "<= 1.0 us");
	expect_value(&fx, ROW_SYSCALL, "getppid", "processes", "1");
	expect_value(&fx, ROW_PROCESS, "cat", "rate", "500k");
	expect_value(&fx, ROW_PROCESS, "cat", "time", "2.0 s");
	expect_value(&fx, ROW_PROCESS, "cat", "time_pct", "100%");
	expect_value(&fx, ROW_PAIR, "getppid", "max", "9.0 us");
	struct row row;
	cr_assert(model_find_row(fx.model, ROW_PROCESS, 1, &row));
	struct field_scratch scratch;
	struct value calls =
		field_get(fixture_field("calls"), fx.model, &row, &scratch);
	cr_expect(eq(u64, calls.u, 1000003));
	fixture_done(&fx);
}

Test(model, rates_are_of_the_last_interval_only)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "stat nr=110 calls=50\n");
	expect_value(&fx, ROW_SYSCALL, "getppid", "rate", "-");
	fixture_feed(&fx, "tick t=1s\nstat nr=110 calls=30\ntick t=2s\n");
	expect_value(&fx, ROW_SYSCALL, "getppid", "rate", "30.0");
	fixture_feed(&fx, "tick t=4s\n");
	expect_value(&fx, ROW_SYSCALL, "getppid", "rate", "0");
	expect_value(&fx, ROW_SYSCALL, "getppid", "calls", "80");
	fixture_done(&fx);
}

Test(model, the_bucket_other_is_a_row_of_its_own)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "count pid=0 start=0 nr=0 calls=5\n"
			  "count pid=0 start=0 nr=1 calls=2\n");
	expect_value(&fx, ROW_PROCESS, "other", "calls", "7");
	expect_value(&fx, ROW_PROCESS, "other", "pid", "-");
	struct model_summary summary;
	model_summary(fx.model, &summary);
	cr_expect(eq(u32, summary.processes, 0));
	fixture_done(&fx);
}

Test(model, an_ended_process_stays_with_its_status)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "tick t=1s wall=1732147200s\n"
			  "task pid=7 start=5 comm=cat leader\n"
			  "exit t=61s pid=7 start=5 comm=cat status=256 leader "
			  "dead\n"
			  "count pid=7 start=5 nr=0 calls=4\n"
			  "task pid=8 start=6 comm=dog leader\n"
			  "exit pid=8 start=6 comm=dog status=9 leader dead\n");
	expect_value(&fx, ROW_PROCESS, "cat", "status", "exit 1");
	expect_value(&fx, ROW_PROCESS, "cat", "ended", "11-21 00:01:01");
	expect_value(&fx, ROW_PROCESS, "cat", "calls", "4");
	expect_value(&fx, ROW_PROCESS, "dog", "status", "SIGKILL");
	struct model_summary summary;
	model_summary(fx.model, &summary);
	cr_expect(eq(u32, summary.ended, 2));
	fixture_done(&fx);
}

Test(model, zeroing_drops_the_ended_and_keeps_calls)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "task pid=7 start=5 comm=cat leader\n"
			  "task pid=8 start=6 comm=dog leader\n"
			  "count pid=7 start=5 nr=0 calls=4 max=90\n"
			  "count pid=8 start=6 nr=0 calls=5\n"
			  "count pid=0 start=0 nr=0 calls=6\n"
			  "stat nr=0 calls=15 hist=3:15\n"
			  "lost nr=0 cause=ring count=3\n"
			  "call pid=7 start=5 nr=0 comm=cat\n"
			  "exit pid=8 start=6 comm=dog leader dead\n");
	model_zero(fx.model);
	cr_expect(eq(sz, count_rows(&fx, ROW_PROCESS), 1));
	cr_expect(eq(sz, count_rows(&fx, ROW_PAIR), 0));
	cr_expect(eq(sz, count_rows(&fx, ROW_CALL), 1));
	expect_value(&fx, ROW_PROCESS, "cat", "calls", "0");
	struct model_summary summary;
	model_summary(fx.model, &summary);
	cr_expect(eq(u64, summary.lost[EVENT_LOST_RING], 0));
	fixture_feed(&fx, "count pid=7 start=5 nr=0 calls=1 max=90\n"
			  "stat nr=0 calls=1 hist=3:1\n");
	expect_value(&fx, ROW_PROCESS, "cat", "calls", "1");
	expect_value(&fx, ROW_PAIR, "cat", "max", "<= 90 ns");
	struct row row = {0};
	cr_assert(model_find_row(fx.model, ROW_SYSCALL,
				 catalogue_by_name(fx.cat, "read"), &row));
	struct field_scratch scratch;
	cr_expect(eq(
		u64, 1,
		field_get(fixture_field("processes"), fx.model, &row, &scratch)
			.u));
	fixture_done(&fx);
}

Test(model, failures_are_counted_per_process_call_and_errno)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "tick t=1s wall=1s\n"
			  "task pid=7 start=5 comm=cat leader\n"
			  "error pid=7 start=5 nr=257 code=2 count=20\n"
			  "error pid=7 start=5 nr=257 code=2 count=3\n"
			  "error pid=7 start=5 nr=257 code=13 count=1\n"
			  "error pid=8 start=6 nr=0 code=11 count=5\n"
			  "tick t=2s wall=1s\n");
	cr_expect(eq(sz, count_rows(&fx, ROW_ERROR), 3));
	expect_value(&fx, ROW_ERROR, "ENOENT", "errors", "23");
	expect_value(&fx, ROW_ERROR, "ENOENT", "error_rate", "23.0");
	expect_value(&fx, ROW_ERROR, "ENOENT", "comm", "cat");
	expect_value(&fx, ROW_ERROR, "ENOENT", "syscall", "openat");
	expect_value(&fx, ROW_ERROR, "ENOENT", "usual", "yes");
	expect_value(&fx, ROW_ERROR, "EACCES", "usual", "no");
	expect_value(&fx, ROW_ERROR, "EACCES", "error_text",
		     "Permission denied");
	expect_value(&fx, ROW_ERROR, "EAGAIN", "errors", "5");
	fixture_done(&fx);
}

Test(model, an_error_shows_the_arguments_of_its_latest_row)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call pid=7 start=5 nr=3 args=9 ret=-9 comm=cat\n"
			  "call pid=7 start=5 nr=3 args=8 ret=-9 comm=cat\n"
			  "call pid=7 start=5 nr=3 args=7 ret=-5 comm=cat\n"
			  "call pid=7 start=5 nr=3 args=6 ret=0 comm=cat\n"
			  "call pid=7 start=5 nr=3 args=5 ret=-512 comm=cat\n");
	cr_expect(eq(sz, count_rows(&fx, ROW_ERROR), 0));
	fixture_feed(&fx, "error pid=7 start=5 nr=3 code=9 count=2\n"
			  "error pid=7 start=5 nr=0 code=5 count=1\n");
	expect_value(&fx, ROW_ERROR, "EBADF", "args", "8");
	expect_value(&fx, ROW_ERROR, "EIO", "args", "-");
	model_clear_calls(fx.model);
	expect_value(&fx, ROW_ERROR, "EBADF", "args", "-");
	fixture_done(&fx);
}

Test(model, a_call_in_progress_ages_with_the_ticks)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "tick t=10s wall=1732147200s\n"
			  "blocked t=10s dur=2s pid=7 tid=8 ret=4008 nr=3 "
			  "args=5 comm=cat noresult\n"
			  "blocked t=10s dur=4s pid=9 ret=4009 nr=32 args=6 "
			  "comm=dog noresult found\n");
	cr_expect(eq(sz, count_rows(&fx, ROW_BLOCKED), 0));
	fixture_feed(&fx, "blockedend t=10s\n");
	cr_expect(eq(sz, count_rows(&fx, ROW_BLOCKED), 2));
	expect_value(&fx, ROW_BLOCKED, "cat", "age", "2.0 s");
	expect_value(&fx, ROW_BLOCKED, "cat", "tid", "8");
	expect_value(&fx, ROW_BLOCKED, "cat", "syscall", "close");
	expect_value(&fx, ROW_BLOCKED, "cat", "args", "5");
	expect_value(&fx, ROW_BLOCKED, "cat", "time", "00:00:08.000000");
	expect_value(&fx, ROW_BLOCKED, "dog", "age", "> 4.0 s");
	expect_value(&fx, ROW_BLOCKED, "dog", "time", "-");
	fixture_feed(&fx, "tick t=15s wall=1732147200s\n");
	expect_value(&fx, ROW_BLOCKED, "cat", "age", "7.0 s");
	expect_value(&fx, ROW_BLOCKED, "dog", "age", "> 9.0 s");
	struct row row;
	cr_expect(model_find_row(fx.model, ROW_BLOCKED, 4008, &row));
	cr_expect(not(model_find_row(fx.model, ROW_BLOCKED, 8, &row)));
	fixture_feed(&fx, "blockedend t=16s\n");
	cr_expect(eq(sz, count_rows(&fx, ROW_BLOCKED), 0));
	fixture_done(&fx);
}

Test(model, zeroing_takes_errors_away_until_they_come_again)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "error pid=7 start=5 nr=3 code=9 count=2\n"
			  "error pid=0 start=0 nr=3 code=9 count=8\n");
	cr_expect(eq(sz, count_rows(&fx, ROW_ERROR), 2));
	expect_value(&fx, ROW_ERROR, "other", "errors", "8");
	model_zero(fx.model);
	cr_expect(eq(sz, count_rows(&fx, ROW_ERROR), 0));
	fixture_feed(&fx, "error pid=7 start=5 nr=3 code=9 count=1\n");
	expect_value(&fx, ROW_ERROR, "EBADF", "errors", "1");
	fixture_done(&fx);
}

Test(model, losses_are_counted_by_cause_and_syscall)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "lost nr=110 cause=ring count=20\n"
			  "lost nr=110 cause=state count=3\n"
			  "lost cause=ring count=1\n");
	struct model_summary summary;
	model_summary(fx.model, &summary);
	cr_expect(eq(u64, summary.lost[EVENT_LOST_RING], 21));
	cr_expect(eq(u64, summary.lost[EVENT_LOST_STATE], 3));
	cr_expect(eq(u64, summary.lost[EVENT_LOST_BUDGET], 0));
	expect_value(&fx, ROW_SYSCALL, "getppid", "lost", "23");
	fixture_done(&fx);
}

Test(model, the_summary_tells_of_which_call_most_rows_are_left_out)
{
	struct fixture fx;
	struct model_summary summary;
	fixture_init(&fx);
	fixture_feed(&fx, "stat nr=110 calls=4000\n"
			  "stat nr=0 calls=90\n"
			  "lost nr=0 cause=sampled count=10\n"
			  "lost nr=110 cause=sampled count=3900\n"
			  "lost nr=1 cause=ring count=9000\n"
			  "tick t=1s\n");
	model_summary(fx.model, &summary);
	cr_expect(eq(u64, summary.lost[EVENT_LOST_SAMPLED], 3910));
	cr_expect(eq(str,
		     (char *)catalogue_get(model_catalogue(fx.model),
					   summary.sampled)
			     ->name,
		     "getppid"));
	cr_expect(eq(u64, summary.sampled_of, 40));
	fixture_feed(&fx, "stat nr=110 calls=7\ntick t=2s\n");
	model_summary(fx.model, &summary);
	cr_expect(eq(u32, summary.sampled, SYSCALL_NONE));
	fixture_done(&fx);
}

Test(model, the_summary_tells_rates_and_cost)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "tick t=1s wall=1s seen=100 filtered=10 sent=5\n"
			  "call pid=7 start=5 nr=0 comm=cat\n"
			  "stat nr=0 calls=400\n"
			  "tick t=3s wall=1s seen=500 filtered=30 sent=6 "
			  "bpf_ns=10000 bpf_runs=100 cpu=200ms\n");
	struct model_summary summary;
	model_summary(fx.model, &summary);
	cr_expect(epsilon_eq(dbl, summary.seen_per_s, 200, 1e-9));
	cr_expect(epsilon_eq(dbl, summary.filtered_per_s, 10, 1e-9));
	cr_expect(epsilon_eq(dbl, summary.shown_per_s, 0.5, 1e-9));
	cr_expect(epsilon_eq(dbl, summary.calls_per_s, 200, 1e-9));
	cr_expect(epsilon_eq(dbl, summary.bpf_ns_per_call, 200, 1e-9));
	/* 10 % of its own and 200 calls/s of 200 ns */
	cr_expect(epsilon_eq(dbl, summary.cpu_percent, 10.004, 1e-9));
	cr_expect(eq(u64, summary.sent, 6));
	fixture_done(&fx);
}

Test(model, cost_that_was_never_measured_is_unknown)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "tick t=1s\n");
	struct model_summary summary;
	model_summary(fx.model, &summary);
	cr_expect(lt(dbl, summary.bpf_ns_per_call, 0));
	cr_expect(lt(dbl, summary.cpu_percent, 0));
	fixture_done(&fx);
}

Test(model, ticks_are_counted_per_class)
{
	struct fixture fx;
	fixture_init(&fx);
	uint32_t index = catalogue_by_name(fx.cat, "openat");
	model_set_traced(fx.model, index, true);
	model_set_traced(fx.model, index, true);
	cr_expect(model_is_traced(fx.model, index));
	struct model_summary summary;
	model_summary(fx.model, &summary);
	cr_expect(eq(u32, summary.traced, 1));
	struct row row;
	struct field_scratch scratch;
	cr_assert(model_find_row(fx.model, ROW_CLASS, CLASS_FILE, &row));
	cr_expect(
		eq(u64, 2,
		   field_get(fixture_field("traced"), fx.model, &row, &scratch)
			   .u));
	model_set_traced(fx.model, index, false);
	cr_expect(not(model_is_traced(fx.model, index)));
	cr_expect(
		eq(u64, 0,
		   field_get(fixture_field("traced"), fx.model, &row, &scratch)
			   .u));
	fixture_done(&fx);
}

Test(model, numbers_of_no_table_get_a_row)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "stat nr=999 calls=2\n");
	expect_value(&fx, ROW_SYSCALL, "syscall_0x3e7", "calls", "2");
	fixture_done(&fx);
}

Test(model, users_are_named_from_outside)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx,
		     "task pid=7 start=5 comm=cat uid=33 euid=33 leader\n");
	expect_value(&fx, ROW_PROCESS, "cat", "user", "33");
	model_set_user(fx.model, 0, 33, "www-data");
	expect_value(&fx, ROW_PROCESS, "cat", "user", "www-data");
	model_set_user(fx.model, 0, 33, "");
	expect_value(&fx, ROW_PROCESS, "cat", "user", "33");
	fixture_done(&fx);
}

Test(model, sleep_of_the_machine_does_not_shift_start_times)
{
	struct fixture fx;
	fixture_init(&fx);
	/* asleep for 100 s: a fork at 10 s monotonic starts at 110 s boot */
	fixture_feed(&fx,
		     "tick t=1s wall=1732147200s\n"
		     "task t=1s pid=7 start=105s comm=cat leader\n"
		     "fork t=10s pid=8 start=110s comm=dog ppid=7 leader\n");
	expect_value(&fx, ROW_PROCESS, "dog", "started", "11-21 00:00:10");
	expect_value(&fx, ROW_PROCESS, "cat", "started", "11-21 00:00:05");
	fixture_done(&fx);
}

/* Feeds that many processes that each make a call and end. */
static void feed_short_lives(const struct fixture *fx, int count)
{
	char text[256];
	for (int i = 1; i <= count; i++) {
		(void)snprintf(text, sizeof(text),
			       "fork t=%ds pid=%d comm=p%d leader\n"
			       "count pid=%d nr=0 calls=1\n"
			       "exit pid=%d comm=p%d leader dead\ntick\n",
			       i, i, i, i, i, i); /* fits */
		fixture_feed(fx, text);
	}
}

/* Of all processes, "other" too. */
static uint64_t calls_of_all(const struct fixture *fx)
{
	const struct query query = {
		.kind = ROW_PROCESS,
		.syscall = SYSCALL_NONE,
	};
	struct query_result result = {0};
	struct field_scratch scratch;
	uint64_t calls = 0;
	query_run(&query, fx->model, &result);
	for (size_t i = 0; i < result.count; i++)
		calls += field_get(fixture_field("calls"), fx->model,
				   &result.rows[i], &scratch)
				 .u;
	query_done(&result);
	return calls;
}

Test(model, the_budget_folds_the_oldest_ended_processes_and_loses_no_call)
{
	struct fixture fx;
	fixture_init(&fx);
	feed_short_lives(&fx, 5000);
	struct model_summary summary;
	model_summary(fx.model, &summary);
	cr_expect(gt(u64, summary.folded, 1000));
	cr_expect(eq(u64, summary.folded + summary.ended, 5000));
	cr_expect(eq(u64, calls_of_all(&fx), 5000));
	fixture_done(&fx);
}

/* The pid of a process that ended and was not folded, the first of them. */
static uint64_t oldest_pid(const struct fixture *fx)
{
	const struct query query = {
		.kind = ROW_PROCESS,
		.syscall = SYSCALL_NONE,
		.sort = fixture_field("pid"),
	};
	struct query_result result = {0};
	struct field_scratch scratch;
	uint64_t pid = 0;
	query_run(&query, fx->model, &result);
	for (size_t i = 0; i < result.count && !pid; i++)
		pid = field_get(fixture_field("pid"), fx->model,
				&result.rows[i], &scratch)
			      .u;
	query_done(&result);
	return pid;
}

/* In a recording anything may be counted late. */
Test(model, counting_an_ended_process_does_not_fold_it)
{
	struct fixture fx;
	fixture_init(&fx);
	feed_short_lives(&fx, 5000);
	char text[256];
	for (int nr = 1; nr <= 200; nr++) {
		int pid = (int)oldest_pid(&fx);
		(void)snprintf(text, sizeof(text),
			       "count t=5000s pid=%d nr=%d calls=1\n"
			       "error pid=%d nr=%d code=2 count=1\n"
			       "call pid=%d nr=%d ret=-13\n",
			       pid, nr, pid, nr, pid, nr); /* fits */
		fixture_feed(&fx, text);
	}
	cr_expect(eq(u64, calls_of_all(&fx), 5200));
	fixture_done(&fx);
}

Test(model, living_processes_beyond_the_budget_count_as_other)
{
	struct fixture fx;
	fixture_init(&fx);
	char text[128];
	for (int i = 1; i <= 5000; i++) {
		(void)snprintf(text, sizeof(text),
			       "fork pid=%d comm=p leader\n"
			       "count pid=%d nr=0 calls=1\n",
			       i, i); /* fits */
		fixture_feed(&fx, text);
	}
	struct model_summary summary;
	model_summary(fx.model, &summary);
	cr_expect(lt(u32, summary.processes, 4000));
	cr_expect(eq(u64, calls_of_all(&fx), 5000));
	fixture_done(&fx);
}

Test(model, the_busy_machine_is_read_whole)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed_file(&fx, "machine.ev");
	struct model_summary summary;
	model_summary(fx.model, &summary);
	cr_expect(eq(u32, summary.processes, 12));
	cr_expect(eq(u32, summary.ended, 1));
	cr_expect(eq(u64, model_last_call(fx.model), 62));
	expect_value(&fx, ROW_PROCESS, "cc1", "status", "exit 0");
	expect_value(&fx, ROW_PROCESS, "cc1", "top", "openat");
	expect_value(&fx, ROW_PROCESS, "server.js", "top", "futex");
	expect_value(&fx, ROW_PROCESS, "2400", "comm", "\\x1b[31mevil");
	fixture_done(&fx);
}

/* Of a recording: its machine may have had none. */
Test(model, asks_for_no_interface_of_this_machine_where_others_are_meant)
{
	static const char bind[] =
		"call t=9 pid=7 comm=cat nr=49 args=3,0x1000,20 "
		"in1=2:17,2:0,4:1,2:1,1:0,1:6,8:0";
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, bind);
	expect_value(&fx, ROW_CALL, "cat", "args",
		     "3, {sa_family=AF_PACKET, sll_protocol=htons(0 /* "
		     "ETH_P_??? */), "
		     "sll_ifindex=if_nametoindex(\"lo\"), "
		     "sll_hatype=ARPHRD_ETHER, sll_pkttype=PACKET_HOST, "
		     "sll_halen=6, sll_addr=[00, 00, 00, 00, 00, 00]}, 20");
	model_set_link(fx.model, 0, 0, NULL);
	expect_value(&fx, ROW_CALL, "cat", "args",
		     "3, {sa_family=AF_PACKET, sll_protocol=htons(0 /* "
		     "ETH_P_??? */), "
		     "sll_ifindex=1, sll_hatype=ARPHRD_ETHER, "
		     "sll_pkttype=PACKET_HOST, sll_halen=6, sll_addr=[00, 00, "
		     "00, 00, 00, 00]}, 20");
	fixture_done(&fx);
}
