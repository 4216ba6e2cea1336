/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/evtext.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdint.h>
#include <string.h>

/* The last event, and how many there were. */
struct last {
	_Alignas(8) char bytes[EVENT_SIZE_LIMIT];
	int count;
};

static void keep(void *self, const struct event *ev)
{
	struct last *last = self;
	memcpy(last->bytes, ev, ev->size);
	last->count++;
}

Test(evtext, reads_a_call_with_its_text)
{
	struct last last = {0};
	cr_assert(eq(int, 0,
		     evtext_feed("call t=1us dur=812 pid=7 tid=8 uid=3 "
				 "comm=\"a b\" nr=257 args=0xffffff9c,-1 "
				 "text1=\"/e\\x1b\" ret=-2 cut\n",
				 keep, &last)));
	const struct event_call *call = (void *)last.bytes;
	cr_expect(eq(int, last.count, 1));
	cr_expect(eq(u32, call->h.size, 128 + 16 + 8));
	cr_expect(eq(u64, call->h.time_ns, 1000));
	cr_expect(eq(u64, call->h.start_ns, 7000000));
	cr_expect(eq(u32, call->h.tid, 8));
	cr_expect(eq(u32, call->payload, 24));
	cr_expect(eq(i64, call->ret, -2));
	cr_expect(eq(u64, call->args[0], 0xffffff9c));
	cr_expect(eq(u64, call->args[1], UINT64_MAX));
	cr_expect(eq(str, (char *)call->comm, "a b"));
	cr_expect(eq(int, call->h.flags, EVENT_CALL_CUT));
	const struct event_chunk *chunk = (void *)(last.bytes + 128);
	cr_expect(eq(int, chunk->arg, 1));
	cr_expect(eq(u32, chunk->size, 3));
	cr_expect(eq(int, memcmp(chunk + 1, "/e\x1b", 3), 0));
}

Test(evtext, names_the_line_it_cannot_understand)
{
	struct last last = {0};
	cr_expect(eq(
		int, 3,
		evtext_feed("# fine\ntick t=1\ntick bogus=1\n", keep, &last)));
	cr_expect(eq(int, 1, evtext_feed("nothing", keep, &last)));
	cr_expect(eq(int, 1, evtext_feed("tick t=", keep, &last)));
	cr_expect(eq(int, 1, evtext_feed("call comm=\"a", keep, &last)));
	cr_expect(eq(int, last.count, 1));
}

Test(evtext, fills_histograms_and_causes)
{
	struct last last = {0};
	cr_assert(eq(
		int, 0,
		evtext_feed("stat nr=0 calls=5 hist=9:4,10:1", keep, &last)));
	const struct event_stat *stat = (void *)last.bytes;
	cr_expect(eq(u64, stat->hist[9], 4));
	cr_expect(eq(u64, stat->hist[10], 1));
	cr_assert(eq(int, 0,
		     evtext_feed("lost cause=budget count=3", keep, &last)));
	const struct event_lost *lost = (void *)last.bytes;
	cr_expect(eq(u32, lost->nr, EVENT_NR_NONE));
	cr_expect(eq(u32, lost->cause, EVENT_LOST_BUDGET));
}

Test(evtext, the_machine_fixture_is_understood)
{
	struct last last = {0};
	cr_assert(eq(int, 0, evtext_feed_file("machine.ev", keep, &last)));
	cr_expect(gt(int, last.count, 100));
	cr_expect(eq(int, ((struct event *)last.bytes)->kind, EVENT_TICK));
}
