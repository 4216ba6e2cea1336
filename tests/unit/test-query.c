/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/query.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "tests/lib/fixture.h"

/* Runs QUERY; its rows' NAME fields, blanks between, must be EXPECTED. */
static void expect_rows(const struct fixture *fx, const struct query *query,
			const char *name, const char *expected)
{
	struct query_result result = {0};
	struct field_scratch scratch;
	char data[4096];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	query_run(query, fx->model, &result);
	for (size_t i = 0; i < result.count; i++) {
		const struct row *row = &result.rows[i];
		const struct field *field = field_of_kind(row->kind, name);
		cr_assert(ne(ptr, (void *)field, NULL));
		struct value value = field_get(field, fx->model, row, &scratch);
		if (i > 0)
			buf_putc(&buf, ' ');
		field_print(&buf, field, &value);
	}
	cr_expect(eq(str, data, (char *)expected));
	query_done(&result);
}

static struct query of_kind(enum row_kind kind)
{
	return (struct query){.kind = kind, .syscall = SYSCALL_NONE};
}

static void feed_processes(struct fixture *fx)
{
	fixture_init(fx);
	fixture_feed(fx, "task pid=1 comm=init leader\n"
			 "task pid=2 comm=bash cmdline=\"-bash\" leader\n"
			 "task pid=3 comm=cat leader\n"
			 "task pid=4 comm=dog leader\n"
			 "count pid=1 nr=0 calls=5\n"
			 "count pid=1 nr=3 calls=1\n"
			 "count pid=2 nr=0 calls=50\n"
			 "count pid=3 nr=3 calls=20\n");
}

/* Calls 1 to 9: pids 1 2 3 1 2 3 1 2 3, close and dup in turn. */
static void feed_calls(struct fixture *fx)
{
	char text[128];
	fixture_init(fx);
	for (int i = 0; i < 9; i++) {
		(void)snprintf(text, sizeof(text),
			       "call dur=%d pid=%d comm=p%d nr=%d args=%d\n",
			       i * 7 % 9, i % 3 + 1, i % 3 + 1, i % 2 ? 32 : 3,
			       i + 10); /* fits */
		fixture_feed(fx, text);
	}
}

Test(query, without_a_sort_rows_stay_in_the_order_they_came)
{
	struct fixture fx;
	feed_processes(&fx);
	struct query query = of_kind(ROW_PROCESS);
	expect_rows(&fx, &query, "pid", "1 2 3 4");
	query.descending = true;
	expect_rows(&fx, &query, "pid", "4 3 2 1");
	fixture_done(&fx);
}

Test(query, sorts_by_number_and_by_text)
{
	struct fixture fx;
	feed_processes(&fx);
	struct query query = of_kind(ROW_PROCESS);
	query.sort = fixture_field("calls");
	query.descending = true;
	expect_rows(&fx, &query, "pid", "2 3 1 4");
	query.sort = fixture_field("comm");
	query.descending = false;
	expect_rows(&fx, &query, "comm", "bash cat dog init");
	fixture_done(&fx);
}

Test(query, unknown_values_come_last_in_both_directions)
{
	struct fixture fx;
	feed_processes(&fx);
	struct query query = of_kind(ROW_PROCESS);
	query.sort = fixture_field("error_pct"); /* unknown without calls */
	expect_rows(&fx, &query, "pid", "1 2 3 4");
	query.descending = true;
	expect_rows(&fx, &query, "pid", "1 2 3 4");
	query.sort = fixture_field("cmdline");
	expect_rows(&fx, &query, "pid", "2 1 3 4");
	fixture_done(&fx);
}

Test(query, a_limit_keeps_the_top_and_counts_the_rest)
{
	struct fixture fx;
	feed_processes(&fx);
	struct query query = of_kind(ROW_PROCESS);
	query.sort = fixture_field("calls");
	query.descending = true;
	query.limit = 2;
	expect_rows(&fx, &query, "pid", "2 3");
	struct query_result result = {0};
	query_run(&query, fx.model, &result);
	cr_expect(eq(sz, result.count, 2));
	cr_expect(eq(sz, result.matched, 4));
	query_done(&result);
	fixture_done(&fx);
}

Test(query, a_limited_sort_agrees_with_a_whole_one)
{
	struct fixture fx;
	fixture_init(&fx);
	char text[128];
	for (int i = 1; i <= 300; i++) {
		(void)snprintf(text, sizeof(text),
			       "call dur=%d pid=1 comm=c nr=3 args=%d\n",
			       i * 7919 % 101, i * 31 % 97); /* fits */
		fixture_feed(&fx, text);
	}
	static const char *const names[] = {"duration_ns", "args"};
	for (size_t n = 0; n < 2; n++) {
		struct query query = of_kind(ROW_CALL);
		query.sort = fixture_field(names[n]);
		query.descending = n == 0;
		struct query_result all = {0};
		struct query_result top = {0};
		query_run(&query, fx.model, &all);
		query.limit = 37;
		query_run(&query, fx.model, &top);
		cr_assert(eq(sz, all.count, 300));
		cr_assert(eq(sz, top.count, 37));
		for (size_t i = 0; i < 37; i++)
			cr_expect(eq(u64, all.rows[i].id, top.rows[i].id));
		query_done(&all);
		query_done(&top);
	}
	fixture_done(&fx);
}

Test(query, text_is_looked_for_in_what_is_shown_whatever_its_case)
{
	struct fixture fx;
	feed_processes(&fx);
	struct query query = of_kind(ROW_PROCESS);
	query.text = "CAT";
	expect_rows(&fx, &query, "pid", "3");
	query.text = "-bash";
	expect_rows(&fx, &query, "pid", "2");
	const struct field *comm = fixture_field("comm");
	query.match = &comm;
	query.match_count = 1;
	expect_rows(&fx, &query, "pid", "");
	query.text = "";
	expect_rows(&fx, &query, "pid", "1 2 3 4");
	fixture_done(&fx);
}

Test(query, a_class_can_be_searched_for)
{
	struct fixture fx;
	fixture_init(&fx);
	struct query query = of_kind(ROW_SYSCALL);
	query.text = "%file";
	struct query_result result = {0};
	query_run(&query, fx.model, &result);
	cr_expect(gt(sz, result.count, 40));
	for (size_t i = 0; i < result.count; i++) {
		uint32_t index = model_row_syscall(fx.model, &result.rows[i]);
		cr_assert(eq(int, catalogue_get(fx.cat, index)->class,
			     CLASS_FILE));
	}
	query_done(&result);
	fixture_done(&fx);
}

Test(query, headings_stand_before_each_class_that_has_rows)
{
	struct fixture fx;
	fixture_init(&fx);
	struct query query = of_kind(ROW_SYSCALL);
	query.by_class = true;
	query.text = "mkdir";
	query.sort = fixture_field("syscall");
	query.descending = true;
	const struct field *syscall = fixture_field("syscall");
	query.match = &syscall;
	query.match_count = 1;
	expect_rows(&fx, &query, "syscall", "%file mkdirat mkdir");
	fixture_done(&fx);
}

Test(query, a_scope_narrows_pairs_and_processes)
{
	struct fixture fx;
	feed_processes(&fx);
	struct query query = of_kind(ROW_PAIR);
	expect_rows(&fx, &query, "pid", "1 1 2 3");
	query.process = 1;
	query.sort = fixture_field("calls");
	expect_rows(&fx, &query, "syscall", "close read");
	query = of_kind(ROW_PAIR);
	query.syscall = catalogue_by_name(fx.cat, "read");
	expect_rows(&fx, &query, "pid", "1 2");
	query.kind = ROW_PROCESS;
	expect_rows(&fx, &query, "pid", "1 2");
	query.process = 2;
	expect_rows(&fx, &query, "pid", "2");
	query.process = 99;
	expect_rows(&fx, &query, "pid", "");
	fixture_done(&fx);
}

Test(query, a_scope_narrows_errors_and_the_calls_of_one)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call pid=1 nr=3 args=1 ret=-9\n"
			  "call pid=1 nr=3 args=2 ret=-5\n"
			  "call pid=1 nr=3 args=3 ret=9\n"
			  "call pid=2 nr=3 args=4 ret=-9\n"
			  "call pid=1 nr=32 args=5 ret=-9\n"
			  "call pid=1 nr=3 args=6 ret=-9 noresult\n"
			  "error pid=1 nr=3 code=9 count=1\n"
			  "error pid=1 nr=3 code=5 count=7\n"
			  "error pid=2 nr=3 code=9 count=2\n");
	struct query query = of_kind(ROW_ERROR);
	query.sort = fixture_field("errors");
	query.descending = true;
	expect_rows(&fx, &query, "errors", "7 2 1");
	query.process = 2;
	expect_rows(&fx, &query, "errors", "2");
	query = of_kind(ROW_CALL);
	query.within.error = 9;
	expect_rows(&fx, &query, "args", "1 4 5");
	query.process = 1;
	query.syscall = catalogue_by_name(fx.cat, "close");
	expect_rows(&fx, &query, "args", "1");
	fixture_done(&fx);
}

Test(query, the_newest_calls_are_listed_in_either_order)
{
	struct fixture fx;
	feed_calls(&fx);
	struct query query = of_kind(ROW_CALL);
	query.limit = 4;
	expect_rows(&fx, &query, "args", "15 16 17 18");
	query.descending = true;
	expect_rows(&fx, &query, "args", "18 17 16 15");
	fixture_done(&fx);
}

Test(query, calls_can_be_paged_from_either_end)
{
	struct fixture fx;
	feed_calls(&fx);
	struct query query = of_kind(ROW_CALL);
	query.limit = 3;
	query.until_id = 6;
	expect_rows(&fx, &query, "args", "13 14 15");
	query.until_id = 0;
	query.since_id = 2;
	expect_rows(&fx, &query, "args", "11 12 13");
	query.until_id = 3;
	query.descending = true;
	expect_rows(&fx, &query, "args", "12 11");
	query.since_id = 99;
	expect_rows(&fx, &query, "args", "");
	fixture_done(&fx);
}

Test(query, calls_are_narrowed_by_process_syscall_and_text)
{
	struct fixture fx;
	feed_calls(&fx);
	struct query query = of_kind(ROW_CALL);
	struct row row = {0};
	cr_assert(model_find_row(fx.model, ROW_CALL, 2, &row));
	query.process = model_row_process(fx.model, &row);
	expect_rows(&fx, &query, "pid", "2 2 2");
	query.syscall = catalogue_by_name(fx.cat, "close");
	expect_rows(&fx, &query, "args", "14");
	query = of_kind(ROW_CALL);
	query.text = "p3";
	expect_rows(&fx, &query, "pid", "3 3 3");
	fixture_done(&fx);
}

Test(query, what_explains_is_searched_among_syscalls_but_not_among_calls)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call pid=1 comm=c nr=3 args=5\n");
	struct query query = of_kind(ROW_CALL);
	query.text = "close(int fd";
	expect_rows(&fx, &query, "syscall", "");
	query.kind = ROW_SYSCALL;
	expect_rows(&fx, &query, "syscall", "close");
	const struct field *signature = fixture_field("signature");
	query.kind = ROW_CALL;
	query.match = &signature;
	query.match_count = 1;
	expect_rows(&fx, &query, "syscall", "close");
	fixture_done(&fx);
}

Test(query, calls_sort_by_duration)
{
	struct fixture fx;
	feed_calls(&fx);
	struct query query = of_kind(ROW_CALL);
	query.sort = fixture_field("duration_ns");
	query.descending = true;
	query.limit = 3;
	expect_rows(&fx, &query, "duration_ns", "8 ns 7 ns 6 ns");
	fixture_done(&fx);
}

Test(query, among_equals_a_second_field_decides)
{
	struct fixture fx;
	feed_processes(&fx);
	struct query query = of_kind(ROW_PROCESS);
	query.sort = field_of_kind(ROW_PROCESS, "errors");
	query.descending = true;
	query.then = field_of_kind(ROW_PROCESS, "calls");
	expect_rows(&fx, &query, "pid", "2 3 1 4");
	query.descending = false;
	expect_rows(&fx, &query, "pid", "2 3 1 4");
	fixture_done(&fx);
}

Test(query, calls_can_be_limited_to_failed_ones)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call pid=1 nr=3 ret=0\n"
			  "call pid=2 nr=3 ret=-9\n"
			  "call pid=3 nr=0 ret=-512\n"
			  "call pid=4 nr=9 ret=-4096\n"
			  "call pid=5 nr=0 ret=-11\n"
			  "call pid=6 nr=60 ret=-1 noresult\n");
	struct query query = of_kind(ROW_CALL);
	query.failed = true;
	expect_rows(&fx, &query, "pid", "2 5");
	fixture_done(&fx);
}

Test(query, a_row_can_be_tried_alone)
{
	struct fixture fx;
	feed_processes(&fx);
	struct query query = of_kind(ROW_PROCESS);
	query.text = "cat";
	struct row row = {0};
	cr_assert(model_find_row(fx.model, ROW_PROCESS, 3, &row));
	cr_expect(query_matches(&query, fx.model, &row));
	cr_assert(model_find_row(fx.model, ROW_PROCESS, 1, &row));
	cr_expect(not(query_matches(&query, fx.model, &row)));
	fixture_done(&fx);
}
