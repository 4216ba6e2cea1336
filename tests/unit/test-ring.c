/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/ring.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

struct sized_call {
	union {
		struct event_call call;
		char bytes[EVENT_SIZE_LIMIT];
	};
};

static uint64_t put(struct ring *ring, uint32_t size, uint64_t mark)
{
	struct sized_call ev = {.call.h = {.size = size, .time_ns = mark}};
	memset(ev.bytes + sizeof(ev.call), (int)mark, size - sizeof(ev.call));
	return ring_put(ring, &ev.call);
}

Test(ring, numbers_calls_from_one)
{
	struct ring *ring = ring_new(1 << 16);
	cr_expect(eq(u64, ring_newest(ring), 0));
	cr_expect(eq(ptr, (void *)ring_get(ring, 1), NULL));
	cr_expect(eq(u64, put(ring, 128, 70), 1));
	cr_expect(eq(u64, put(ring, 136, 71), 2));
	cr_expect(eq(u64, ring_get(ring, 1)->h.time_ns, 70));
	cr_expect(eq(u64, ring_get(ring, 2)->h.time_ns, 71));
	cr_expect(eq(ptr, (void *)ring_get(ring, 0), NULL));
	cr_expect(eq(ptr, (void *)ring_get(ring, 3), NULL));
	ring_free(ring);
}

Test(ring, sheds_the_oldest_and_counts_them)
{
	struct ring *ring = ring_new(1 << 16);
	for (uint64_t i = 1; i <= 10000; i++)
		put(ring, 128, i);
	uint64_t oldest = ring_oldest(ring);
	cr_expect(eq(u64, ring_newest(ring), 10000));
	cr_expect(eq(u64, ring_shed(ring), oldest - 1));
	/* 65536 bytes hold at most 512 such calls, and nearly that */
	cr_expect(ge(u64, 10000 - oldest + 1, 480));
	cr_expect(le(u64, 10000 - oldest + 1, 512));
	for (uint64_t i = oldest; i <= 10000; i++)
		cr_assert(eq(u64, ring_get(ring, i)->h.time_ns, i));
	cr_expect(eq(ptr, (void *)ring_get(ring, oldest - 1), NULL));
	ring_free(ring);
}

Test(ring, keeps_calls_of_any_size_whole)
{
	struct ring *ring = ring_new(1 << 15);
	for (uint64_t i = 1; i <= 5000; i++) {
		uint32_t size = 128 + (uint32_t)(i * 7919 % 497) * 8;
		cr_assert(eq(u64, put(ring, size, i), i));
		for (uint64_t n = ring_oldest(ring); n <= i; n++) {
			const struct event_call *ev = ring_get(ring, n);
			const char *bytes = (const char *)ev;
			cr_assert(eq(u64, ev->h.time_ns, n));
			cr_assert(eq(u32, ev->h.size,
				     128 + (uint32_t)(n * 7919 % 497) * 8));
			if (ev->h.size > 128)
				cr_assert(eq(chr, bytes[ev->h.size - 1],
					     (char)n));
		}
	}
	cr_expect(gt(u64, ring_newest(ring) - ring_oldest(ring), 8));
	ring_free(ring);
}

Test(ring, a_budget_too_small_still_holds_two_of_the_largest)
{
	struct ring *ring = ring_new(1);
	put(ring, EVENT_SIZE_LIMIT, 1);
	put(ring, 128, 2);
	cr_expect(eq(u64, ring_oldest(ring), 1));
	cr_expect(eq(u64, ring_get(ring, 2)->h.time_ns, 2));
	ring_free(ring);
}

Test(ring, numbers_go_on_after_clearing)
{
	struct ring *ring = ring_new(1 << 16);
	put(ring, 128, 1);
	ring_clear(ring);
	cr_expect(eq(ptr, (void *)ring_get(ring, 1), NULL));
	cr_expect(eq(u64, ring_shed(ring), 0));
	cr_expect(eq(u64, put(ring, 128, 9), 2));
	cr_expect(eq(u64, ring_get(ring, 2)->h.time_ns, 9));
	ring_free(ring);
	ring_free(NULL);
}
