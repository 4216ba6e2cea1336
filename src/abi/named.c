/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/named.h"

#include <string.h>

#include "abi/chunk.h"
#include "abi/syscall.h"

void named_init(struct named *ret, enum event_kind kind, uint64_t time_ns,
		const char *name, uint32_t value)
{
	size_t size = strnlen(name, sizeof(ret->name));
	*ret = (struct named){
		.ev =
			{
				.h =
					{
						.size = (uint32_t)(sizeof(ret->ev) +
								   chunk_padded(
									   size)),
						.kind = (uint8_t)kind,
						.time_ns = time_ns,
					},
				.value = value,
				.size = (uint32_t)size,
			},
	};
	memcpy(ret->name, name, size);
}

uint32_t named_call(const struct event_named *ev, const struct catalogue *cat)
{
	char name[EVENT_NAME_LIMIT + 1] = "";
	memcpy(name, ev + 1, ev->size);
	return ev->size ? catalogue_by_name(cat, name) : SYSCALL_NONE;
}
