/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/fifo.h"

#include <criterion/criterion.h>
#include <stdint.h>

#include "bpf/event.h"

/* A record of SIZE bytes that bears NUMBER. */
static bool put(struct fifo *fifo, uint32_t size, uint64_t number)
{
	union {
		struct event ev;
		unsigned char bytes[4096];
	} record = {.ev = {.size = size, .time_ns = number}};
	return fifo_put(fifo, &record.ev);
}

static uint64_t take(struct fifo *fifo)
{
	uint64_t number = fifo_peek(fifo)->time_ns;
	fifo_pop(fifo);
	return number;
}

Test(fifo, gives_back_in_order)
{
	struct fifo fifo;
	fifo_init(&fifo, 65536);
	cr_assert_null(fifo_peek(&fifo));
	cr_assert(put(&fifo, 32, 1));
	cr_assert(put(&fifo, 4096, 2));
	cr_assert(put(&fifo, 128, 3));
	cr_assert_eq(take(&fifo), 1);
	cr_assert_eq(take(&fifo), 2);
	cr_assert_eq(take(&fifo), 3);
	cr_assert_null(fifo_peek(&fifo));
	fifo_done(&fifo);
}

Test(fifo, takes_no_more_than_its_budget)
{
	struct fifo fifo;
	fifo_init(&fifo, 8192);
	for (uint64_t i = 0; i < 8; i++)
		cr_assert(put(&fifo, 1024, i));
	cr_assert_not(put(&fifo, 32, 8));
	cr_assert_eq(take(&fifo), 0);
	cr_assert(put(&fifo, 32, 8));
	fifo_done(&fifo);
}

Test(fifo, keeps_order_around_its_end)
{
	static const uint32_t sizes[] = {32, 136, 1000, 4096, 64, 272, 2048};
	struct fifo fifo;
	fifo_init(&fifo, 10000);
	uint64_t in = 0;
	uint64_t out = 0;
	while (in < 100000) {
		while (put(&fifo, sizes[in % 7], in))
			in++;
		cr_assert_gt(in, out);
		uint64_t wanted = out + 1 + in % 3; /* sometimes all of it */
		while (out < wanted && fifo_peek(&fifo))
			cr_assert_eq(take(&fifo), out++);
	}
	while (fifo_peek(&fifo))
		cr_assert_eq(take(&fifo), out++);
	cr_assert_eq(in, out);
	fifo_done(&fifo);
}
