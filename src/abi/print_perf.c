/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What struct perf_event_attr is made of: include/uapi/linux/perf_event.h. */
#include "config.h"

#include "abi/print.h"

#include "abi/flags.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "base/buf.h"

#define SIZE_OFFSET 4

/* It says its size itself; one that is too small for any version is not read.
 */
void print_perf_event_attr(struct show *show, const struct show_arg *arg)
{
	const void *bytes = NULL;
	size_t have = show_available(show, arg->value, arg->phase, &bytes);
	size_t least = structs_least(STRUCTS_PERF_EVENT_ATTR);
	uint64_t size =
		have < SIZE_OFFSET + 4
			? 1
			: show_number((const char *)bytes + SIZE_OFFSET, 4);
	if (!arg->value || (size && size < least) || have < least)
		show_address(show, arg->value);
	else
		structs_print(show, STRUCTS_PERF_EVENT_ATTR, bytes, have);
}

/* An event of the processor; the upper half is the kind of processor. */
void print_perf_hw(struct show *show, const struct show_arg *arg)
{
	if (arg->value >> 32) {
		buf_hex(show->buf, arg->value >> 32);
		buf_puts(show->buf, "<<32|");
	}
	flags_print(show->buf, FLAGS_PERF_HW, (uint32_t)arg->value, show->abi);
}

/* A byte each: cache, what is done to it, what comes of that. */
void print_perf_cache(struct show *show, const struct show_arg *arg)
{
	uint64_t config = arg->value;
	if (config >> 24) {
		buf_hex(show->buf, config >> 24);
		buf_puts(show->buf, "<<24|");
	}
	flags_print(show->buf, FLAGS_PERF_CACHE_RESULT, config >> 16 & 0xff,
		    show->abi);
	buf_puts(show->buf, "<<16|");
	flags_print(show->buf, FLAGS_PERF_CACHE_OP, config >> 8 & 0xff,
		    show->abi);
	buf_puts(show->buf, "<<8|");
	flags_print(show->buf, FLAGS_PERF_CACHE, config & 0xff, show->abi);
}

/* How far from the event a sample may be taken. */
void print_perf_skid(struct show *show, const struct show_arg *arg)
{
	static const char *const texts[] = {
		"arbitrary skid",
		"constant skid",
		"requested to have 0 skid",
		"must have 0 skid",
	};
	buf_u64(show->buf, arg->value & 3);
	buf_puts(show->buf, " /* ");
	buf_puts(show->buf, texts[arg->value & 3]);
	buf_puts(show->buf, " */");
}
