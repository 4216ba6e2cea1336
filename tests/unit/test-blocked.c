/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/blocked.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "model/task.h"

static void put(struct blocked *blocked, int64_t id, uint32_t nr)
{
	const struct event_call ev = {
		.h = {.size = sizeof(ev), .kind = EVENT_BLOCKED},
		.ret = id,
		.nr = nr,
	};
	blocked_put(blocked, &ev);
}

static void end(struct blocked *blocked, uint64_t time_ns)
{
	const struct event ev = {.size = sizeof(ev),
				 .kind = EVENT_BLOCKED_END,
				 .time_ns = time_ns};
	blocked_end(blocked, &ev);
}

Test(blocked, a_list_is_there_when_it_has_ended)
{
	struct blocked blocked;
	blocked_init(&blocked, 1 << 20);
	put(&blocked, 9, 1);
	put(&blocked, 4, 2);
	cr_expect(eq(sz, blocked.now.count, 0));
	end(&blocked, 7);
	cr_assert(eq(sz, blocked.now.count, 2));
	cr_expect(eq(u64, blocked.time_ns, 7));
	cr_expect(eq(i64, blocked_at(&blocked, 0)->ret, 4));
	cr_expect(eq(u32, blocked_find(&blocked, 9)->nr, 1));
	cr_expect(eq(ptr, (void *)blocked_find(&blocked, 5), NULL));
	blocked_done(&blocked);
}

Test(blocked, what_is_not_found_again_is_over)
{
	struct blocked blocked;
	blocked_init(&blocked, 1 << 20);
	for (int64_t id = 1; id <= 100; id++)
		put(&blocked, id, 1);
	end(&blocked, 1);
	put(&blocked, 50, 2);
	end(&blocked, 2);
	cr_expect(eq(sz, blocked.now.count, 1));
	cr_expect(eq(u32, blocked_find(&blocked, 50)->nr, 2));
	cr_expect(eq(ptr, (void *)blocked_find(&blocked, 49), NULL));
	end(&blocked, 3);
	cr_expect(eq(sz, blocked.now.count, 0));
	cr_expect(eq(ptr, (void *)blocked_find(&blocked, 50), NULL));
	blocked_done(&blocked);
}

Test(blocked, a_list_that_is_held_stays_until_it_is_let_go)
{
	struct blocked blocked;
	blocked_init(&blocked, 1 << 20);
	put(&blocked, 4, 1);
	end(&blocked, 1);
	blocked_hold(&blocked, true);
	put(&blocked, 5, 2);
	end(&blocked, 2);
	put(&blocked, 6, 3);
	end(&blocked, 3);
	cr_assert(eq(sz, blocked.now.count, 1));
	cr_expect(eq(i64, blocked_at(&blocked, 0)->ret, 4));
	blocked_hold(&blocked, false);
	cr_assert(eq(sz, blocked.now.count, 1));
	cr_expect(eq(i64, blocked_at(&blocked, 0)->ret, 6));
	blocked_hold(&blocked, true);
	blocked_hold(&blocked, false);
	cr_expect(eq(i64, blocked_at(&blocked, 0)->ret, 6));
	blocked_done(&blocked);
}

Test(blocked, no_more_is_kept_than_the_limit)
{
	struct blocked blocked;
	blocked_init(&blocked, 3 * sizeof(struct event_call));
	for (int64_t id = 1; id <= 100; id++)
		put(&blocked, id, 1);
	end(&blocked, 1);
	cr_expect(eq(sz, blocked.now.count, 3));
	put(&blocked, 0, 1); /* no thread */
	put(&blocked, -1, 1);
	end(&blocked, 2);
	cr_expect(eq(sz, blocked.now.count, 0));
	blocked_done(&blocked);
}

static void put_of(struct blocked *blocked, int64_t id, uint32_t pid,
		   uint64_t start_ns, uint64_t age_ns)
{
	const struct event_call ev = {
		.h = {.size = sizeof(ev),
		      .kind = EVENT_BLOCKED,
		      .pid = pid,
		      .start_ns = start_ns,
		      .time_ns = 1000},
		.ret = id,
		.duration_ns = age_ns,
	};
	blocked_put(blocked, &ev);
}

static int64_t longest(const struct blocked *blocked, uint64_t pid,
		       uint64_t start_ns)
{
	const struct task_key key = {start_ns, (uint32_t)pid, 0};
	const struct event_call *call = blocked_longest(blocked, &key);
	return call ? call->ret : 0;
}

Test(blocked, the_longest_call_of_a_process_is_found)
{
	struct blocked blocked;
	blocked_init(&blocked, 1 << 20);
	cr_expect(eq(i64, longest(&blocked, 7, 1), 0));
	put_of(&blocked, 1, 7, 1, 10);
	put_of(&blocked, 2, 7, 1, 30);
	put_of(&blocked, 3, 7, 1, 20);
	put_of(&blocked, 4, 7, 2, 40); /* the number again, another process */
	put_of(&blocked, 5, 6, 1, 50);
	end(&blocked, 1000);
	cr_expect(eq(i64, longest(&blocked, 7, 1), 2));
	cr_expect(eq(i64, longest(&blocked, 7, 2), 4));
	cr_expect(eq(i64, longest(&blocked, 6, 1), 5));
	cr_expect(eq(i64, longest(&blocked, 6, 2), 0));
	cr_expect(eq(i64, longest(&blocked, 8, 1), 0));
	end(&blocked, 2000);
	cr_expect(eq(i64, longest(&blocked, 7, 1), 0));
	blocked_done(&blocked);
}
