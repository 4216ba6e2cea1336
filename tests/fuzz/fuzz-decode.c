/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hostile rows of every syscall number, on every ABI, in every form. */
#include "config.h"

#include "abi/decode.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "tests/lib/hostile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct catalogue *catalogue_of(enum abi native)
{
	struct catalogue *cat = NULL;
	const struct catalogue_config config = {.events_fd = -1,
						.native = native};
	assert(catalogue_new(&cat, &config, NULL) == 0);
	return cat;
}

static void decode(struct catalogue *cat, const struct event_call *ev,
		   unsigned form)
{
	char text[8192];
	struct buf buf;
	/* Too small for some, or for all, on purpose. */
	size_t size = form & 8 ? 200 : sizeof(text);
	buf_init(&buf, text, form & 32 ? 1 : size);
	const struct decode_options options = {
		.string_limit = form & 16 ? 4 : 32,
		.raw = form & 1,
		.full = form & 2,
		.utf8 = form & 4,
	};
	uint32_t index = catalogue_by_nr(cat, ev->nr, ev->h.compat);
	decode_call(&buf, catalogue_get(cat, index), ev, &options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct catalogue *catalogues[2];
	if (!catalogues[0]) {
		catalogues[0] = catalogue_of(ABI_X86_64);
		catalogues[1] = catalogue_of(ABI_ARM64);
	}
	if (size < 3)
		return 0;
	union {
		struct event_call call;
		uint64_t words[EVENT_SIZE_LIMIT / 8];
	} row;
	struct hostile_source source = {data + 3, size - 3};
	hostile_call(&row.call, (uint32_t)(data[0] | data[1] << 8) % 520,
		     &source);
	/* Memory of exactly that size: a byte too many is seen. */
	struct event_call *ev = malloc(row.call.h.size);
	memcpy(ev, &row, row.call.h.size);
	assert(decode_is_sane(&ev->h, ev->h.size));
	decode(catalogues[data[2] >> 7], ev, data[2] & 0x7f);
	free(ev);
	return 0;
}
