/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The capabilities of capget(2) and capset(2). */
#include "config.h"

#include "abi/print.h"

#include "abi/flags.h"
#include "abi/show.h"
#include "base/buf.h"

/* include/uapi/linux/capability.h */
#define VERSION_2 0x20071026u
#define VERSION_3 0x20080522u

#define WORDS 3 /* effective, permitted, inheritable */

/* The names of the 32 capabilities from FIRST on; whether there were any. */
static bool print_word(struct show *show, uint32_t bits, unsigned first,
		       bool more)
{
	bool named = false;
	for (unsigned i = 0; i < 32; i++) {
		const char *name =
			bits >> i & 1
				? flags_name(FLAGS_PR_CAP, first + i, show->abi)
				: NULL;
		if (!name)
			continue;
		buf_puts(show->buf, more ? "|1<<" : "1<<");
		buf_puts(show->buf, name);
		bits &= ~(1u << i);
		more = named = true;
	}
	if (bits) {
		buf_puts(show->buf, more ? "|" : "");
		buf_hex(show->buf, bits);
		buf_puts(show->buf, named ? "" : " /* CAP_??? */");
	}
	return more || bits;
}

static void print_set_of(struct show *show, uint32_t low, uint32_t high)
{
	bool more = print_word(show, low, 0, false);
	more = print_word(show, high, 32, more);
	if (!more)
		buf_putc(show->buf, '0');
}

/* One set of three words, or two of them since version 2; which version it is
 * stands behind the other argument. */
void print_cap_user_data(struct show *show, const struct show_arg *arg)
{
	static const char *const names[WORDS] = {
		"effective=", ", permitted=", ", inheritable="};
	const void *header =
		show_memory(show, show->ev->args[0], 4, EVENT_AT_ENTRY);
	uint32_t version = header ? (uint32_t)show_number(header, 4) : 0;
	bool is_wide = version == VERSION_2 || version == VERSION_3;
	const char *bytes =
		show_whole(show, arg, is_wide ? 2 * WORDS * 4 : WORDS * 4);
	if (!bytes)
		return;
	buf_putc(show->buf, '{');
	for (unsigned i = 0; i < WORDS; i++) {
		uint32_t low = (uint32_t)show_number(bytes + i * 4, 4);
		uint32_t high = is_wide ? (uint32_t)show_number(
						  bytes + (WORDS + i) * 4, 4)
					: 0;
		buf_puts(show->buf, names[i]);
		print_set_of(show, low, high);
	}
	buf_putc(show->buf, '}');
}
