/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/field.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "model/query.h"
#include "tests/lib/fixture.h"

/* The fields of each row of a syscall's buckets: a line each. */
static void expect_buckets(const struct fixture *fx, const char *expected)
{
	static const char *const names[] = {"from",  "to",  "calls",
					    "share", "bar", "heat"};
	const struct query query = {.kind = ROW_BUCKET,
				    .syscall =
					    catalogue_by_name(fx->cat, "read"),
				    .sort = field_of_kind(ROW_BUCKET, "from")};
	struct query_result result = {0};
	struct field_scratch scratch;
	char data[2048];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	query_run(&query, fx->model, &result);
	for (size_t i = 0; i < result.count; i++) {
		for (size_t j = 0; j < sizeof(names) / sizeof(names[0]); j++) {
			const struct field *field =
				field_of_kind(ROW_BUCKET, names[j]);
			struct value value = field_get(
				field, fx->model, &result.rows[i], &scratch);
			buf_puts(&buf, j ? "|" : "");
			if (strcmp(names[j], "heat") == 0)
				value.text += strlen(value.text) - 6;
			field_print_exact(&buf, field, &value);
		}
		buf_putc(&buf, '\n');
	}
	cr_expect(eq(str, data, (char *)expected));
	query_done(&result);
}

Test(heat, is_shown_by_shades_each_four_times_the_one_before)
{
	struct fixture fx;
	fixture_init(&fx);
	expect_buckets(&fx, "");
	fixture_feed(&fx, "stat nr=0 calls=64 hist=0:64\ntick t=1s\n"
			  "stat nr=0 calls=32 hist=0:16,2:16\ntick t=2s\n"
			  "stat nr=0 calls=17 hist=0:17\ntick t=3s\n"
			  "stat nr=0 calls=5 hist=0:4,2:1\ntick t=4s\n"
			  "tick t=5s\n"
			  "stat nr=0 calls=10 hist=0:1,3:9\ntick t=6s\n"
			  "stat nr=0 calls=99 hist=0:99\n");
	expect_buckets(&fx, "0 ns|2 ns|201|88.5%|######### |#*#: .\n"
			    "2 ns|4 ns|0|0%|          |      \n"
			    "4 ns|8 ns|17|7.5%|#         | * .  \n"
			    "8 ns|16 ns|9|4.0%|#         |     *\n");
	fixture_done(&fx);
}

/* The histogram of the only call that was made. */
static void expect_hist(const char *events, const char *expected)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, events);
	const struct query query = {
		.kind = ROW_SYSCALL, .syscall = SYSCALL_NONE, .called = true};
	struct query_result result = {0};
	struct field_scratch scratch;
	query_run(&query, fx.model, &result);
	cr_assert(eq(sz, result.count, 1));
	struct value value = field_get(field_of_kind(ROW_SYSCALL, "hist"),
				       fx.model, &result.rows[0], &scratch);
	cr_assert(value.known);
	cr_expect(eq(str, (char *)value.text, (char *)expected));
	query_done(&result);
	fixture_done(&fx);
}

Test(heat, of_all_time_is_a_strip_of_heights)
{
	/* all below 512 ns are one character; 1 us is the third */
	expect_hist("stat nr=0 calls=30 hist=0:1,7:1,8:2,10:16,11:8,12:1",
		    ": @=.                   ");
	expect_hist("stat nr=0 calls=30 hist=20:1,30:7,31:8",
		    "            .         %@");
}

Test(heat, leads_to_the_calls_of_the_duration)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "stat nr=0 calls=4 hist=10:1,11:2,31:1\n"
			  "call pid=7 nr=0 dur=1024\n"
			  "call pid=7 nr=0 dur=2047\n"
			  "call pid=7 nr=0 dur=2048\n"
			  "call pid=7 nr=1 dur=1024\n"
			  "call pid=7 nr=0 dur=1024 noresult\n"
			  "call pid=7 nr=0 dur=4s\n");
	struct query query = {.kind = ROW_BUCKET,
			      .syscall = catalogue_by_name(fx.cat, "read")};
	struct query_result result = {0};
	query_run(&query, fx.model, &result);
	cr_assert(eq(sz, result.count, 22));
	struct query_within first = query_within_row(&result.rows[0]);
	struct query_within last = query_within_row(&result.rows[21]);
	cr_expect(not(query_is_within_same(&first, &last)));
	query.kind = ROW_CALL;
	query.within = first;
	query_run(&query, fx.model, &result);
	cr_assert(eq(sz, result.count, 2));
	cr_expect(eq(u64, result.rows[0].id, 1));
	cr_expect(eq(u64, result.rows[1].id, 2));
	query.within = last;
	query_run(&query, fx.model, &result);
	cr_assert(eq(sz, result.count, 1));
	cr_expect(eq(u64, result.rows[0].id, 6));
	query_done(&result);
	fixture_done(&fx);
}

Test(heat, leads_to_the_calls_of_an_interval)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call t=10s pid=7 nr=0\ncall t=11s pid=7 nr=0\n"
			  "call t=12s pid=7 nr=0\ncall t=13s pid=7 nr=0\n");
	const struct query query = {
		.kind = ROW_CALL,
		.syscall = SYSCALL_NONE,
		.within = {.after_ns = 10000000000, .until_ns = 12000000000},
	};
	struct query_result result = {0};
	query_run(&query, fx.model, &result);
	cr_assert(eq(sz, result.count, 2));
	cr_expect(eq(u64, result.rows[0].id, 2));
	cr_expect(eq(u64, result.rows[1].id, 3));
	query_done(&result);
	fixture_done(&fx);
}
