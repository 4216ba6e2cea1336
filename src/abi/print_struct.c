/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Structures that another argument, the result or the caller's ABI decides
 * about; the others need no code. */
#include "config.h"

#include "abi/print.h"

#include <string.h>

#include "abi/flags.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "abi/syscall.h"
#include "base/buf.h"

/* A structure of which another argument says how many bytes it has. */
void print_sized(struct show *show, const struct show_arg *arg)
{
	enum structs_id id = arg->spec->which;
	struct structs_memory memory = {0};
	bool is_told = arg->phase == EVENT_AT_EXIT;
	if (show_count(show, arg, &memory.size) &&
	    structs_fits(id, show->abi, memory.size, is_told))
		memory.have = show_available(show, arg->value, arg->phase,
					     &memory.bytes);
	if (memory.have > memory.size)
		memory.have = (size_t)memory.size;
	if (memory.have > 0)
		structs_print_sized(show, id, &memory);
	else
		show_address(show, arg->value);
}

/* A structure to which the kernel adds members if the call succeeds. */
void print_told(struct show *show, const struct show_arg *arg)
{
	enum structs_id id = arg->spec->which;
	bool is_told = !show->failed && (arg->spec->direction & ARGTYPE_OUT);
	const void *bytes = NULL;
	size_t have = show_available(show, arg->value,
				     is_told ? EVENT_AT_EXIT : EVENT_AT_ENTRY,
				     &bytes);
	if (arg->value && have)
		structs_print(show, id, bytes, have);
	else
		show_address(show, arg->value);
}

/* Where an argument says how many bytes the structure has, and it has others.
 */
static bool is_misfit(const struct show *show, size_t size)
{
	for (unsigned i = 0; i < show->nargs; i++) {
		if (strcmp(show->args[i].name, "bytecount") == 0)
			return show->ev->args[i] != size;
	}
	return false;
}

/* A segment that is to be made, as it was asked for. */
void print_user_desc(struct show *show, const struct show_arg *arg)
{
	size_t size = structs_size(STRUCTS_USER_DESC, show->abi);
	const void *bytes = show_memory(show, arg->value, size, EVENT_AT_ENTRY);
	if (arg->value && bytes && !is_misfit(show, size))
		structs_print(show, STRUCTS_USER_DESC, bytes, size);
	else
		show_address(show, arg->value);
}

/* A segment that is asked about: only its number, until it is told. */
void print_user_desc_asked(struct show *show, const struct show_arg *arg)
{
	size_t size = structs_size(STRUCTS_USER_DESC, show->abi);
	const void *asked = show_memory(show, arg->value, 4, EVENT_AT_ENTRY);
	const void *told = show_memory(show, arg->value, size, EVENT_AT_EXIT);
	if (!arg->value || !asked) {
		show_address(show, arg->value);
	} else if (!show->failed && told) {
		structs_print(show, STRUCTS_USER_DESC, told, size);
	} else {
		buf_puts(show->buf, "{entry_number=");
		buf_s64(show->buf, (int32_t)show_number(asked, 4));
		buf_puts(show->buf, ", ...}");
	}
}

/* The only argument of mmap(2) for 32-bit callers: where its six are. */
void print_mmap_arg(struct show *show, const struct show_arg *arg)
{
	const char *bytes = show_whole(show, arg, 6 * sizeof(uint32_t));
	uint32_t words[6];
	if (!bytes)
		return;
	for (unsigned i = 0; i < 6; i++)
		words[i] = (uint32_t)show_number(bytes + i * 4, 4);
	show_address(show, words[0]);
	buf_puts(show->buf, ", ");
	buf_u64(show->buf, words[1]);
	buf_puts(show->buf, ", ");
	flags_print(show->buf, FLAGS_MMAP_PROT, words[2], show->abi);
	buf_puts(show->buf, ", ");
	flags_print(show->buf, FLAGS_MMAP_FLAGS, words[3], show->abi);
	buf_puts(show->buf, ", ");
	show_value(show, ARG_FD, words[4]);
	buf_puts(show->buf, ", ");
	buf_hex(show->buf, words[5]);
}
