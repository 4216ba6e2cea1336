/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/spark.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>

#include "base/buf.h"
#include "model/past.h"
#include "tests/lib/fixture.h"

/* Each class on a line: name, calls, rate, and the bars in brackets. */
static void expect(const struct fixture *fx, const char *expected)
{
	struct spark sparks[CLASS_COUNT];
	char data[1024];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	size_t count = spark_list(fx->model, sparks);
	for (size_t i = 0; i < count; i++)
		buf_printf(&buf, "%s %llu %.1f [%s]\n",
			   syscall_class_name(sparks[i].class),
			   (unsigned long long)sparks[i].calls, sparks[i].per_s,
			   sparks[i].heights);
	cr_expect(eq(str, data, (char *)expected));
}

/* read(2) is of class desc, openat(2) of file. */
static void feed(struct fixture *fx, unsigned second, unsigned reads,
		 unsigned opens)
{
	char text[256];
	int len = 0;
	if (reads)
		len += snprintf(text, sizeof(text),
				"stat nr=0 calls=%u time=1\n", reads);
	if (opens)
		len += snprintf(text + len, sizeof(text) - (size_t)len,
				"stat nr=257 calls=%u time=1\n", opens);
	(void)snprintf(text + len, sizeof(text) - (size_t)len, "tick t=%us\n",
		       second); /* all fits */
	fixture_feed(fx, text);
}

static void feed_some(struct fixture *fx)
{
	fixture_init(fx);
	feed(fx, 10, 1000, 0); /* how long that took is not known */
	feed(fx, 11, 70, 0);
	feed(fx, 12, 0, 3);
	feed(fx, 14, 70, 0); /* two seconds */
	feed(fx, 15, 10, 0);
}

#define NOW                                                                    \
	"desc 150 10.0 [        @ =:]\n"                                       \
	"file 3 0.0 [         @  ]\n"

Test(spark, is_of_rates_each_class_in_its_own_scale)
{
	struct fixture fx;
	feed_some(&fx);
	expect(&fx, NOW);
	fixture_done(&fx);
}

Test(spark, is_empty_before_a_rate_is_known)
{
	struct fixture fx;
	fixture_init(&fx);
	expect(&fx, "");
	feed(&fx, 10, 1000, 3);
	expect(&fx, "");
	fixture_done(&fx);
}

Test(spark, shows_the_latest_intervals_and_sorts_by_the_last_minute)
{
	struct fixture fx;
	fixture_init(&fx);
	feed(&fx, 10, 0, 0);
	feed(&fx, 11, 0, 500);
	for (unsigned i = 0; i < 59; i++)
		feed(&fx, 12 + i, 7, 0);
	expect(&fx, "file 500 0.0 [            ]\n"
		    "desc 413 7.0 [@@@@@@@@@@@@]\n");
	feed(&fx, 71, 7, 1);
	expect(&fx, "desc 420 7.0 [@@@@@@@@@@@@]\n"
		    "file 1 1.0 [           @]\n");
	fixture_done(&fx);
}

Test(spark, stands_still_while_the_view_is_held)
{
	struct fixture fx;
	feed_some(&fx);
	past_hold(fx.model, true);
	feed(&fx, 16, 5000, 9);
	feed(&fx, 17, 5000, 9);
	expect(&fx, NOW);
	past_hold(fx.model, false);
	/* What came meanwhile was dropped, but for the latest. */
	expect(&fx, "desc 5150 5000.0 [      . .. @]\n"
		    "file 12 9.0 [       -   @]\n");
	fixture_done(&fx);
}

Test(spark, is_that_of_the_sample_that_is_looked_at)
{
	struct fixture fx;
	feed_some(&fx);
	cr_assert(past_step(fx.model, -1));
	expect(&fx, NOW);
	cr_assert(past_step(fx.model, -1));
	expect(&fx, "desc 140 35.0 [         @ =]\n"
		    "file 3 0.0 [          @ ]\n");
	cr_assert(past_step(fx.model, -1));
	expect(&fx, "desc 70 0.0 [          @ ]\n"
		    "file 3 3.0 [           @]\n");
	/* A later interval does not touch it. */
	feed(&fx, 16, 5000, 9);
	expect(&fx, "desc 70 0.0 [          @ ]\n"
		    "file 3 3.0 [           @]\n");
	fixture_done(&fx);
}
