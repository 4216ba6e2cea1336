/* SPDX-License-Identifier: GPL-2.0-or-later */
/* siginfo_t in the caller's memory, one or several. */
#include "config.h"

#include "abi/print.h"

#include "abi/show.h"
#include "abi/siginfo.h"
#include "base/buf.h"

#define STEP 128 /* SI_MAX_SIZE, include/uapi/asm-generic/siginfo.h */

/* One at ADDRESS; false if it is not known. */
static bool print_one(struct show *show, uint64_t address,
		      enum event_phase phase)
{
	const void *bytes = show_memory(show, address, SIGINFO_SIZE, phase);
	if (bytes)
		siginfo_print(show->buf, bytes, SIGINFO_SIZE, show->abi);
	return bytes != NULL;
}

static void print_some(struct show *show, const struct show_arg *arg,
		       uint64_t count)
{
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i < count; i++) {
		if (i)
			buf_write(show->buf, ", ", 2);
		if (i >= SHOW_ELEMENTS ||
		    !print_one(show, arg->value + i * STEP, arg->phase)) {
			buf_write(show->buf, "...", 3);
			break;
		}
	}
	buf_putc(show->buf, ']');
}

void print_siginfo(struct show *show, const struct show_arg *arg)
{
	uint64_t count = 0;
	if (arg->spec->from != ARGTYPE_ONE && arg->value &&
	    show_count(show, arg, &count))
		print_some(show, arg, count);
	else if (!arg->value || !print_one(show, arg->value, arg->phase))
		show_address(show, arg->value);
}
