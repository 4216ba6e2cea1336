/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/hostile.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "abi/decode.h"
#include "abi/syscall.h"
#include "base/buf.h"

#define NUMBERS 512
#define ROUNDS  40
#define BYTES   700

/* xorshift64*: the same rows in every run. */
static uint64_t next_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 0x2545f4914f6cdd1du;
}

static bool is_printable(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] < ' ' || text[i] > '~')
			return false;
	}
	return true;
}

static void decode_one(struct catalogue *cat, const struct event_call *row,
		       bool full)
{
	static char text[65536];
	const struct decode_options options = {.string_limit = 32,
					       .full = full};
	struct buf buf;
	struct event_call *ev = malloc(row->h.size);
	memcpy(ev, row, row->h.size);
	cr_assert(decode_is_sane(&ev->h, ev->h.size));
	uint32_t index = catalogue_by_nr(cat, ev->nr, ev->h.compat);
	buf_init(&buf, text, sizeof(text));
	decode_call(&buf, catalogue_get(cat, index), ev, &options);
	cr_assert(is_printable(text, buf.len), "%s", text);
	cr_assert(not(buf.cut), "%s", text);
	free(ev);
}

static void decode_all(enum abi native)
{
	static uint64_t row[EVENT_SIZE_LIMIT / 8];
	struct catalogue *cat = NULL;
	const struct catalogue_config config = {.events_fd = -1,
						.native = native};
	uint64_t state = 1;
	cr_assert(eq(int, catalogue_new(&cat, &config, NULL), 0));
	for (uint32_t i = 0; i < NUMBERS * ROUNDS; i++) {
		uint64_t bytes[BYTES / 8];
		for (size_t j = 0; j < BYTES / 8; j++)
			bytes[j] = next_random(&state);
		struct hostile_source source = {(const uint8_t *)bytes,
						sizeof(bytes)};
		hostile_call((void *)row, i % NUMBERS, &source);
		decode_one(cat, (void *)row, i & 1);
	}
	catalogue_free(cat);
}

Test(hostile, any_row_of_any_call_becomes_one_line_of_plain_text)
{
	decode_all(ABI_X86_64);
}

Test(hostile, any_row_of_another_machine_does_too)
{
	decode_all(ABI_ARM64);
}
