/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any bytes as an event; what passes as well-formed is decoded. */
#include "config.h"

#include "abi/decode.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void decode(const struct event_call *ev)
{
	struct catalogue *cat = NULL;
	const struct catalogue_config config = {.events_fd = -1};
	assert(catalogue_new(&cat, &config, NULL) == 0);
	char text[600]; /* too small for some, on purpose */
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	const struct decode_options options = {
		.string_limit = 32,
		.raw = ev->uid & 1,
	};
	uint32_t index = catalogue_by_nr(cat, ev->nr, ev->h.compat);
	decode_call(&buf, catalogue_get(cat, index), ev, &options);
	catalogue_free(cat);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* Memory of exactly that size: a byte too many is seen. */
	struct event *ev = malloc(size ? size : 1);
	memcpy(ev, data, size);
	if (decode_is_sane(ev, size) && ev->kind == EVENT_CALL)
		decode((const struct event_call *)ev);
	free(ev);
	return 0;
}
