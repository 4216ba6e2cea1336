/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kernel's side of a ring is played by a file: a page with the consumer's
 * position, one with the producer's, and the data, twice in a row.
 */
#include "config.h"

#include "feed/rings.h"

#include <criterion/criterion.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bpf/event.h"

#define PAGE 4096u

struct fake {
	int fd;
	unsigned char *memory;
	unsigned long used;
};

static struct fake fake_new(struct rings *rings)
{
	struct fake fake = {.fd = memfd_create("ring", MFD_CLOEXEC)};
	cr_assert_geq(fake.fd, 0);
	cr_assert_eq(ftruncate(fake.fd, 4 * PAGE), 0);
	fake.memory = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED,
			   fake.fd, 0);
	cr_assert_neq(fake.memory, MAP_FAILED);
	cr_assert_eq(rings_add(rings, fake.fd, PAGE), 0);
	return fake;
}

static void fake_put(struct fake *fake, uint64_t time_ns, uint32_t tid,
		     uint32_t bits)
{
	struct event ev = {.size = sizeof(ev),
			   .kind = EVENT_CALL,
			   .time_ns = time_ns,
			   .tid = tid};
	uint32_t header[2] = {(uint32_t)sizeof(ev) | bits, 0};
	unsigned char *at = fake->memory + 2 * PAGE + fake->used;
	memcpy(at, header, sizeof(header));
	memcpy(at + sizeof(header), &ev, sizeof(ev));
	fake->used += sizeof(header) + sizeof(ev);
	memcpy(fake->memory + PAGE, &fake->used, sizeof(fake->used));
}

static unsigned long fake_consumed(const struct fake *fake)
{
	unsigned long position;
	memcpy(&position, fake->memory, sizeof(position));
	return position;
}

struct seen {
	unsigned count;
	uint32_t tids[16];
};

static void see(void *self, const struct event *ev)
{
	struct seen *seen = self;
	seen->tids[seen->count++] = ev->tid;
}

Test(rings, hand_over_events_of_several_rings_in_order_of_time)
{
	struct rings *rings = rings_new();
	struct fake a = fake_new(rings), b = fake_new(rings);
	struct seen seen = {0};
	struct sink sink = {.put = see, .self = &seen};
	fake_put(&a, 10, 1, 0);
	fake_put(&a, 40, 4, 0);
	fake_put(&b, 20, 2, 0);
	fake_put(&b, 30, 3, 0);
	cr_assert_eq(rings_drain(rings, 100, 0, &sink), 4);
	const uint32_t expected[] = {1, 2, 3, 4};
	cr_assert_arr_eq(seen.tids, expected, sizeof(expected));
	cr_assert_eq(fake_consumed(&a), 80);
	rings_free(rings);
}

Test(rings, hold_back_what_is_younger_than_the_cutoff)
{
	struct rings *rings = rings_new();
	struct fake a = fake_new(rings);
	struct seen seen = {0};
	struct sink sink = {.put = see, .self = &seen};
	fake_put(&a, 10, 1, 0);
	fake_put(&a, 50, 2, 0);
	cr_assert_eq(rings_drain(rings, 49, 0, &sink), 1);
	cr_assert_eq(rings_drain(rings, 50, 0, &sink), 1);
	cr_assert_eq(seen.tids[1], 2);
	rings_free(rings);
}

Test(rings, stop_at_the_limit_and_go_on_there)
{
	struct rings *rings = rings_new();
	struct fake a = fake_new(rings);
	struct seen seen = {0};
	struct sink sink = {.put = see, .self = &seen};
	for (uint32_t tid = 1; tid <= 3; tid++)
		fake_put(&a, tid, tid, 0);
	cr_assert_eq(rings_drain(rings, 100, 2, &sink), 2);
	cr_assert_eq(rings_drain(rings, 100, 2, &sink), 1);
	cr_assert_eq(seen.tids[2], 3);
	rings_free(rings);
}

Test(rings, wait_for_a_record_that_is_still_being_written)
{
	struct rings *rings = rings_new();
	struct fake a = fake_new(rings);
	struct seen seen = {0};
	struct sink sink = {.put = see, .self = &seen};
	fake_put(&a, 10, 1, BPF_RINGBUF_BUSY_BIT);
	cr_assert_eq(rings_drain(rings, 100, 0, &sink), 0);
	uint32_t done = sizeof(struct event);
	memcpy(a.memory + 2 * PAGE, &done, sizeof(done));
	cr_assert_eq(rings_drain(rings, 100, 0, &sink), 1);
	rings_free(rings);
}

Test(rings, drop_discarded_and_malformed_records)
{
	struct rings *rings = rings_new();
	struct fake a = fake_new(rings);
	struct seen seen = {0};
	struct sink sink = {.put = see, .self = &seen};
	fake_put(&a, 10, 1, BPF_RINGBUF_DISCARD_BIT);
	fake_put(&a, 20, 2, 0);
	uint32_t too_large = 4096;
	memcpy(a.memory + 2 * PAGE + 40 + 8, &too_large, sizeof(too_large));
	fake_put(&a, 30, 3, 0);
	cr_assert_eq(rings_drain(rings, 100, 0, &sink), 1);
	cr_assert_eq(seen.tids[0], 3);
	rings_free(rings);
}

Test(rings, tell_how_full_the_fullest_is_and_what_was_taken)
{
	struct rings *rings = rings_new();
	struct fake a = fake_new(rings), b = fake_new(rings);
	struct seen seen = {0};
	struct sink sink = {.put = see, .self = &seen};
	uint64_t taken;
	unsigned fill;
	for (int i = 0; i < 10; i++)
		fake_put(&a, 10, 1, 0);
	fake_put(&b, 10, 2, 0);
	rings_look(rings, &taken, &fill);
	cr_expect_eq(taken, 0);
	cr_expect_eq(fill, 400 * 100 / PAGE); /* a record takes 40 bytes */
	cr_assert_eq(rings_drain(rings, UINT64_MAX, 0, &sink), 11);
	rings_look(rings, &taken, &fill);
	cr_expect_eq(taken, 11 * 40);
	cr_expect_eq(fill, 0);
	rings_free(rings);
}
