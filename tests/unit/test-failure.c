/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/failure.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

Test(failure, is_found_by_syscall_and_errno)
{
	struct failures failures = {0};
	failure_make(&failures, NULL, 7, 2)->count = 1;
	failure_make(&failures, NULL, 3, 11)->count = 2;
	failure_make(&failures, NULL, 7, 1)->count = 3;
	failure_make(&failures, NULL, 7, 2)->count += 10;
	cr_expect(eq(u32, failures.count, 3));
	cr_expect(eq(u64, failure_find(&failures, 7, 2)->count, 11));
	cr_expect(eq(u64, failure_find(&failures, 3, 11)->count, 2));
	cr_expect(eq(u64, failure_find(&failures, 7, 1)->count, 3));
	cr_expect(eq(ptr, failure_find(&failures, 7, 3), NULL));
	cr_expect(eq(ptr, failure_find(&failures, 8, 2), NULL));
	failure_done(&failures);
}

Test(failure, has_the_rate_of_the_closed_interval)
{
	struct failure failure = {0};
	failure_add(&failure, 5, 1);
	cr_expect(eq(u64, failure_closed(&failure, 1), 0));
	cr_expect(eq(u64, failure_closed(&failure, 2), 5));
	failure_add(&failure, 3, 2);
	cr_expect(eq(u64, failure_closed(&failure, 2), 5));
	cr_expect(eq(u64, failure_closed(&failure, 3), 3));
	cr_expect(eq(u64, failure_closed(&failure, 4), 0));
	cr_expect(eq(u64, failure.count, 8));
}

Test(failure, merging_keeps_sums_and_rates)
{
	struct failure to = {0};
	struct failure from = {0};
	failure_add(&to, 1, 3);
	failure_add(&from, 10, 4);
	failure_merge(&to, &from, 4);
	cr_expect(eq(u64, to.count, 11));
	cr_expect(eq(u64, failure_closed(&to, 4), 1));
	cr_expect(eq(u64, failure_closed(&to, 5), 10));
}

Test(failure, zeroing_keeps_what_is_known)
{
	struct failures failures = {0};
	struct failure *failure = failure_make(&failures, NULL, 1, 2);
	failure_add(failure, 4, 1);
	failure->last_call = 9;
	failure_zero(&failures);
	cr_expect(eq(u64, failure->count, 0));
	cr_expect(eq(u64, failure_closed(failure, 2), 0));
	cr_expect(eq(u64, failure->last_call, 9));
	failure_done(&failures);
}
