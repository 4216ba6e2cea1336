/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/stat.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

static struct event_growth growth(uint64_t calls, uint64_t errors,
				  uint64_t time_ns, uint64_t max_ns)
{
	return (struct event_growth){
		.calls = calls,
		.errors = errors,
		.time_ns = time_ns,
		.max_ns = max_ns,
	};
}

static void add(struct stat_sum *sum, uint64_t calls, uint64_t max_ns,
		uint64_t now)
{
	struct event_growth g = growth(calls, 1, calls * 10, max_ns);
	stat_sum_add(sum, &g, now);
}

Test(stat, growths_add_up_and_the_maximum_stays)
{
	struct stat_sum sum = {0};
	add(&sum, 5, 40, 1);
	add(&sum, 3, 30, 1);
	cr_expect(eq(u64, sum.calls, 8));
	cr_expect(eq(u64, sum.errors, 2));
	cr_expect(eq(u64, sum.time_ns, 80));
	cr_expect(eq(u64, sum.max_ns, 40));
}

Test(stat, the_closed_interval_is_the_one_before_the_open_one)
{
	struct stat_sum sum = {0};
	add(&sum, 5, 0, 1);
	cr_expect(eq(u64, stat_sum_closed(&sum, 1).calls, 0));
	cr_expect(eq(u64, stat_sum_closed(&sum, 2).calls, 5));
	cr_expect(eq(u64, stat_sum_closed(&sum, 3).calls, 0));
	add(&sum, 7, 0, 2);
	cr_expect(eq(u64, stat_sum_closed(&sum, 2).calls, 5));
	cr_expect(eq(u64, stat_sum_closed(&sum, 3).calls, 7));
	add(&sum, 1, 0, 4);
	cr_expect(eq(u64, stat_sum_closed(&sum, 4).calls, 0));
	cr_expect(eq(u64, stat_sum_closed(&sum, 5).calls, 1));
}

Test(stat, merging_keeps_totals_and_rates)
{
	struct stat_sum a = {0};
	struct stat_sum b = {0};
	add(&a, 5, 90, 1);
	add(&b, 7, 20, 2);
	stat_sum_merge(&b, &a, 2);
	cr_expect(eq(u64, b.calls, 12));
	cr_expect(eq(u64, b.max_ns, 90));
	cr_expect(eq(u64, stat_sum_closed(&b, 2).calls, 5));
	cr_expect(eq(u64, stat_sum_closed(&b, 3).calls, 7));
}

Test(stat, an_old_maximum_does_not_come_back_after_zeroing)
{
	struct stat_sum sum = {0};
	add(&sum, 1, 500, 1);
	stat_sum_zero(&sum);
	add(&sum, 1, 500, 1);
	cr_expect(eq(u64, sum.calls, 1));
	cr_expect(eq(u64, sum.max_ns, 0));
	cr_expect(eq(u64, sum.max_floor_ns, 500));
	add(&sum, 1, 501, 1);
	cr_expect(eq(u64, sum.max_ns, 501));
}

Test(stat, a_quantile_is_the_end_of_its_slot)
{
	uint64_t hist[EVENT_HIST_SLOTS] = {[9] = 98, [12] = 1, [20] = 1};
	uint64_t ns = 0;
	cr_assert(stat_quantile(hist, 0.5, &ns));
	cr_expect(eq(u64, ns, 1024));
	cr_assert(stat_quantile(hist, 0.99, &ns));
	cr_expect(eq(u64, ns, 8192));
	cr_assert(stat_quantile(hist, 1.0, &ns));
	cr_expect(eq(u64, ns, 2097152));
}

Test(stat, nothing_or_the_last_slot_has_no_quantile)
{
	uint64_t none[EVENT_HIST_SLOTS] = {0};
	uint64_t last[EVENT_HIST_SLOTS] = {[31] = 1};
	uint64_t ns = 7;
	cr_expect(not(stat_quantile(none, 0.5, &ns)));
	cr_expect(not(stat_quantile(last, 0.5, &ns)));
	cr_expect(eq(u64, ns, 7));
}

Test(stat, pairs_are_found_whatever_the_order_of_making)
{
	struct stat_pairs pairs = {0};
	for (uint32_t i = 0; i < 100; i++) {
		uint32_t syscall = i * 37 % 101;
		stat_pair_make(&pairs, NULL, syscall)->sum.calls = syscall + 1;
	}
	cr_expect(eq(u32, pairs.count, 100));
	for (uint32_t i = 0; i < 100; i++) {
		uint32_t syscall = i * 37 % 101;
		const struct stat_pair *pair = stat_pair_find(&pairs, syscall);
		cr_assert(ne(ptr, (void *)pair, NULL));
		cr_assert(eq(u64, pair->sum.calls, syscall + 1));
		cr_assert(eq(ptr, (void *)pair,
			     stat_pair_make(&pairs, NULL, syscall)));
	}
	cr_expect(eq(u32, pairs.count, 100));
	cr_expect(eq(ptr, (void *)stat_pair_find(&pairs, 1000), NULL));
	stat_pairs_done(&pairs);
	cr_expect(zero(sz, stat_pairs_bytes(&pairs)));
}
