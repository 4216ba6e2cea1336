/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/hoard.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#define LIMIT 100000u
#define BLOCK 1000u /* bytes stored of each */

static void put(struct hoard *hoard, enum recording_kind kind, uint16_t flags,
		uint64_t time_ns)
{
	static const uint8_t data[BLOCK];
	const struct recording_block block = {
		.kind = (uint8_t)kind,
		.flags = flags,
		.stored = BLOCK,
		.raw = BLOCK,
		.first_ns = time_ns,
		.last_ns = time_ns,
	};
	hoard_put(hoard, &block, data);
}

/* One second each; a state where one is wanted. */
static void put_seconds(struct hoard *hoard, unsigned from, unsigned count)
{
	for (unsigned i = from; i < from + count; i++) {
		if (hoard_wants_state(hoard)) {
			put(hoard, RECORDING_STATE, RECORDING_MORE, i);
			put(hoard, RECORDING_STATE, RECORDING_REST, i);
		}
		put(hoard, RECORDING_EVENTS, 0, i);
	}
}

Test(hoard, keeps_the_latest_within_its_budget_from_a_state_on)
{
	struct hoard *hoard = hoard_new(LIMIT);
	const uint8_t *data = NULL;
	const struct recording_block *block = NULL;
	uint64_t at_ns = 0;
	unsigned count = 0;
	struct hoard_extent extent;
	for (unsigned i = 1; i <= 1000; i++) {
		put_seconds(hoard, i, 1);
		hoard_extent(hoard, &extent);
		cr_assert(le(u64, extent.bytes, LIMIT));
	}
	hoard_begin_reading(hoard);
	while ((block = hoard_read(hoard, &data))) {
		if (count++ == 0)
			cr_assert(eq(i32, block->kind, RECORDING_STATE));
		if (block->kind != RECORDING_EVENTS)
			continue;
		if (at_ns)
			cr_assert(eq(u64, block->first_ns, at_ns + 1));
		at_ns = block->first_ns;
	}
	cr_assert(eq(u64, at_ns, 1000)); /* nothing fell between, nor last */
	cr_assert(gt(u32, count, LIMIT / (BLOCK + 100) / 2));
	hoard_free(hoard);
}

Test(hoard, keeps_nothing_that_no_state_leads_to)
{
	struct hoard *hoard = hoard_new(LIMIT);
	struct hoard_extent extent;
	cr_assert(hoard_wants_state(hoard));
	put(hoard, RECORDING_EVENTS, 0, 1);
	put(hoard, RECORDING_STATE, RECORDING_REST, 2);
	hoard_extent(hoard, &extent);
	cr_assert(zero(u64, extent.bytes));
	/* Nor a state that is too large by itself. */
	put(hoard, RECORDING_STATE, RECORDING_MORE, 3);
	for (unsigned i = 0; i < 200; i++)
		put(hoard, RECORDING_STATE, RECORDING_REST, 3);
	hoard_extent(hoard, &extent);
	cr_assert(zero(u64, extent.bytes));
	/* Another is tried, but not for each block. */
	unsigned blocks = 0;
	for (; !hoard_wants_state(hoard) && blocks < 1000; blocks++)
		put(hoard, RECORDING_EVENTS, 0, 4);
	cr_assert(gt(u32, blocks, 5));
	cr_assert(lt(u32, blocks, 1000));
	hoard_free(hoard);
}

Test(hoard, loses_nothing_that_is_being_read_while_more_comes)
{
	struct hoard *hoard = hoard_new(LIMIT);
	struct hoard_extent extent;
	const uint8_t *data = NULL;
	const struct recording_block *block = NULL;
	uint64_t last_ns = 0;
	put_seconds(hoard, 1, 500);
	hoard_extent(hoard, &extent);
	uint64_t first_ns = extent.since_ns;
	hoard_begin_reading(hoard);
	for (unsigned i = 501; (block = hoard_read(hoard, &data)); i++) {
		if (last_ns == 0)
			cr_assert(eq(u64, block->first_ns, first_ns));
		cr_assert(ge(u64, block->first_ns, last_ns));
		cr_assert(le(u64, block->first_ns, last_ns + 1 + first_ns));
		last_ns = block->first_ns;
		put_seconds(hoard, i, 1);
	}
	cr_assert(eq(u64, last_ns, 500)); /* what came later is not in it */
	hoard_free(hoard);
}
