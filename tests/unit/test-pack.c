/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/pack.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>

#include "tests/lib/evtext.h"

#define ROOM (1u << 20)

struct packed {
	struct pack *pack;
	uint8_t *data;
	size_t size;
	unsigned events;
};

static struct packed packed_new(void)
{
	return (struct packed){.pack = pack_new(), .data = malloc(ROOM)};
}

static void packed_free(struct packed *packed)
{
	pack_free(packed->pack);
	free(packed->data);
}

static void put(void *self, const struct event *ev)
{
	struct packed *packed = self;
	cr_assert(lt(sz, packed->size + PACK_LIMIT, ROOM));
	size_t n = pack_put(packed->pack, packed->data + packed->size, ev);
	cr_assert(le(sz, n, PACK_LIMIT));
	packed->size += n;
	packed->events++;
}

/* Reads what was packed, beside the events it was made of. */
struct reader {
	struct packed *packed;
	size_t at;
};

static void compare(void *self, const struct event *ev)
{
	struct reader *reader = self;
	struct packed *packed = reader->packed;
	const struct event *got = NULL;
	size_t n = pack_get(packed->pack, packed->data + reader->at,
			    packed->size - reader->at, &got);
	cr_assert(gt(sz, n, 0));
	cr_assert(eq(u32, got->size, ev->size));
	cr_assert(zero(i32, memcmp(got, ev, ev->size)));
	reader->at += n;
}

Test(pack, gives_back_every_event_of_a_machine)
{
	struct packed packed = packed_new();
	cr_assert(zero(i32, evtext_feed_file("machine.ev", put, &packed)));
	cr_assert(gt(u32, packed.events, 50));
	struct reader reader = {.packed = &packed};
	pack_begin(packed.pack);
	cr_assert(zero(i32, evtext_feed_file("machine.ev", compare, &reader)));
	cr_assert(eq(sz, reader.at, packed.size));
	packed_free(&packed);
}

static struct event_call loop_call(unsigned i)
{
	return (struct event_call){
		.h = {.size = sizeof(struct event_call),
		      .kind = EVENT_CALL,
		      .time_ns = 1000000 + 1000 * i,
		      .start_ns = 5,
		      .pid = 4000000,
		      .tid = 4000001},
		.duration_ns = 90 + i % 10,
		.ret = -9,
		.args = {UINT64_MAX, 7, 8, 9, 10, 11},
		.nr = 3,
		.comm = "loop",
	};
}

Test(pack, takes_six_bytes_for_a_call_like_the_one_before)
{
	struct packed packed = packed_new();
	for (unsigned i = 0; i < 1000; i++) {
		struct event_call call = loop_call(i);
		put(&packed, &call.h);
	}
	cr_assert(lt(sz, packed.size, 6 * 1000 + 100));
	packed_free(&packed);
}

Test(pack, can_be_read_from_each_beginning)
{
	struct packed packed = packed_new();
	struct event_call call = loop_call(1);
	put(&packed, &call.h);
	pack_begin(packed.pack);
	size_t second = packed.size;
	put(&packed, &call.h);
	const struct event *got = NULL;
	struct pack *other = pack_new();
	cr_assert(eq(sz,
		     pack_get(other, packed.data + second, packed.size - second,
			      &got),
		     packed.size - second));
	cr_assert(zero(i32, memcmp(got, &call, sizeof(call))));
	pack_free(other);
	packed_free(&packed);
}

Test(pack, refuses_what_ends_early)
{
	struct packed packed = packed_new();
	struct {
		struct event_call call;
		char payload[24];
	} ev = {.call = loop_call(1), .payload = "something captured"};
	ev.call.h.size = sizeof(ev);
	put(&packed, &ev.call.h);
	for (size_t size = 0; size < packed.size; size++) {
		const struct event *got = NULL;
		uint8_t *part = malloc(size ? size : 1);
		memcpy(part, packed.data, size);
		pack_begin(packed.pack);
		cr_assert(zero(sz, pack_get(packed.pack, part, size, &got)));
		free(part);
	}
	packed_free(&packed);
}

Test(pack, refuses_a_tail_that_was_never_told)
{
	/* Slot 7; word 0 and no tail; no time; a size of 136, folded. */
	static const uint8_t bytes[] = {7, 1, 0, 0x90, 0x02};
	struct pack *pack = pack_new();
	const struct event *got = NULL;
	cr_assert(zero(sz, pack_get(pack, bytes, sizeof(bytes), &got)));
	pack_free(pack);
}

Test(pack, refuses_sizes_that_no_event_has)
{
	static const uint8_t sizes[][5] = {
		{7, 1, 0, 0x30, 0},    /* 24: below the least */
		{7, 1, 0, 0x42, 0},    /* 33: no multiple of 8 */
		{7, 1, 0, 0x90, 0x40}, /* 4104: above the most */
	};
	struct pack *pack = pack_new();
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		const struct event *got = NULL;
		pack_begin(pack);
		cr_assert(zero(
			sz, pack_get(pack, sizes[i], sizeof(sizes[i]), &got)));
	}
	pack_free(pack);
}
