/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What keyctl(2) reads and writes.  A result may be larger than the room that
 * there was for it: then it says how much there would have been.
 */
#include "config.h"

#include "abi/print.h"

#include "abi/decode.h"
#include "abi/flags.h"
#include "abi/show.h"
#include "base/buf.h"

/* struct keyctl_pkey_params, include/uapi/linux/keyctl.h, which argument 1
 * points to: the lengths of what the other arguments point to */
#define INPUT_LENGTH  4
#define OUTPUT_LENGTH 8

/* The bytes that were written, into RET those that are known. */
static uint64_t written(const struct show *show, const struct show_arg *arg,
			const char **ret, size_t *ret_have)
{
	const void *bytes = "";
	uint64_t room = 0;
	uint64_t size = show->ev->ret > 0 ? (uint64_t)show->ev->ret : 0;
	size_t have = show_available(show, arg->value, arg->phase, &bytes);
	if (show_count(show, arg, &room) && size > room)
		size = room;
	*ret = bytes;
	*ret_have = have < size ? have : (size_t)size;
	return size;
}

void print_key_bytes(struct show *show, const struct show_arg *arg)
{
	const char *bytes = NULL;
	size_t have = 0;
	uint64_t size = written(show, arg, &bytes, &have);
	if (arg->value && (have || !size))
		show_bytes(show, bytes, have, size);
	else
		show_address(show, arg->value);
}

/* Without the NUL that ends it. */
void print_key_text(struct show *show, const struct show_arg *arg)
{
	const char *bytes = NULL;
	size_t have = 0;
	uint64_t size = written(show, arg, &bytes, &have);
	if (have && have == size && !bytes[have - 1])
		have = (size_t)--size;
	if (arg->value && (have || !size))
		show_bytes(show, bytes, have, size);
	else
		show_address(show, arg->value);
}

/* A byte of flags after another, each with names of its own. */
void print_key_caps(struct show *show, const struct show_arg *arg)
{
	static const enum flags_set sets[] = {FLAGS_KEYCTL_CAPS0,
					      FLAGS_KEYCTL_CAPS1};
	const char *bytes = NULL;
	size_t have = 0;
	uint64_t size = written(show, arg, &bytes, &have);
	if (!arg->value || (size && !have)) {
		show_address(show, arg->value);
		return;
	}
	buf_putc(show->buf, '[');
	for (size_t i = 0; i < have && i < SHOW_ELEMENTS; i++) {
		uint64_t byte = (uint8_t)bytes[i];
		buf_puts(show->buf, i ? ", " : "");
		if (i < sizeof(sets) / sizeof(sets[0]))
			flags_print(show->buf, sets[i], byte, show->abi);
		else
			buf_hex(show->buf, byte);
	}
	if (have < size || size > SHOW_ELEMENTS)
		buf_puts(show->buf, ", ...");
	buf_putc(show->buf, ']');
}

/* Bytes of which the parameters say how many there are. */
static void print_counted(struct show *show, const struct show_arg *arg,
			  unsigned offset)
{
	const void *bytes = "";
	uint64_t params = show_register(show, 1);
	const void *length =
		params ? show_memory(show, params + offset, 4, EVENT_AT_ENTRY)
		       : NULL;
	size_t have = show_available(show, arg->value, arg->phase, &bytes);
	uint64_t size = length ? show_number(length, 4) : 0;
	if (arg->value && length && (have || !size))
		show_bytes(show, bytes, have, size);
	else
		show_address(show, arg->value);
}

void print_pkey_input(struct show *show, const struct show_arg *arg)
{
	print_counted(show, arg, INPUT_LENGTH);
}

/* What is written, or the second of two inputs. */
void print_pkey_output(struct show *show, const struct show_arg *arg)
{
	print_counted(show, arg, OUTPUT_LENGTH);
}
