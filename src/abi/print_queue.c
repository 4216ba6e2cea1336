/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Work that is handed to the kernel in memory: messages of System V queues,
 * rings of io_uring_setup(2).
 */
#include "config.h"

#include "abi/print.h"

#include "abi/flags.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "base/buf.h"

/* A struct msgbuf: a long, then the text, of which the count is. */
void print_msgbuf(struct show *show, const struct show_arg *arg)
{
	size_t word = show_word(show);
	uint64_t size = 0;
	const void *memory = NULL;
	size_t have = show_available(show, arg->value, arg->phase, &memory);
	const char *bytes = memory;
	if (!arg->value || have < word || !show_count(show, arg, &size)) {
		show_address(show, arg->value);
		return;
	}
	buf_puts(show->buf, "{mtype=");
	show_value(show, ARG_LONG, show_number(bytes, word));
	buf_puts(show->buf, ", mtext=");
	show_bytes(show, bytes + word, have - word, size);
	buf_putc(show->buf, '}');
}

#define PROBE_HEAD 16
#define PROBE_OP   8

static void print_probe(struct show *show, const char *bytes, size_t have)
{
	uint64_t count = (uint8_t)bytes[1];
	buf_puts(show->buf, "{last_op=");
	flags_print(show->buf, FLAGS_IO_URING_OP, (uint8_t)bytes[0], show->abi);
	buf_puts(show->buf, ", ops_len=");
	buf_u64(show->buf, count);
	buf_puts(show->buf, ", ops=[");
	for (uint64_t i = 0; i < count; i++) {
		size_t at = PROBE_HEAD + i * PROBE_OP;
		if (!show_element(show, i, have >= at + PROBE_OP))
			break;
		structs_print(show, STRUCTS_IO_URING_PROBE_OP, bytes + at,
			      PROBE_OP);
	}
	buf_puts(show->buf, "]}");
}

/* Which operations a ring knows: the count is of room for them. */
void print_io_uring_probe(struct show *show, const struct show_arg *arg)
{
	const void *bytes = NULL;
	size_t have = show_available(show, arg->value, arg->phase, &bytes);
	if (arg->value && have >= PROBE_HEAD)
		print_probe(show, bytes, have);
	else
		show_address(show, arg->value);
}

/* Two limits, each with its name. */
void print_io_wq_workers(struct show *show, const struct show_arg *arg)
{
	const char *bytes = show_memory(show, arg->value, 8, arg->phase);
	uint64_t count = 0;
	if (!arg->value || !bytes || !show_count(show, arg, &count) ||
	    count != 2) {
		show_address(show, arg->value);
		return;
	}
	buf_putc(show->buf, '[');
	for (unsigned i = 0; i < count; i++) {
		buf_puts(show->buf, i ? ", [" : "[");
		flags_print(show->buf, FLAGS_IO_WQ, i, show->abi);
		buf_puts(show->buf, "]=");
		buf_u64(show->buf, show_number(bytes + 4 * i, 4));
	}
	buf_putc(show->buf, ']');
}

/* Descriptors behind a pointer, from an offset of the ring's own on. */
void print_io_uring_files_update(struct show *show, const struct show_arg *arg)
{
	const char *bytes = show_memory(show, arg->value, 16, arg->phase);
	struct argtype_spec fds = *arg->spec;
	if (!arg->value || !bytes) {
		show_address(show, arg->value);
		return;
	}
	uint64_t reserved = show_number(bytes + 4, 4);
	fds.kind = ARG_FD;
	const struct show_arg array = {
		.spec = &fds,
		.value = show_number(bytes + 8, 8),
		.index = arg->index,
		.phase = arg->phase,
	};
	buf_puts(show->buf, "{offset=");
	buf_u64(show->buf, show_number(bytes, 4));
	if (reserved) {
		buf_puts(show->buf, ", resv=");
		buf_hex(show->buf, reserved);
	}
	buf_puts(show->buf, ", fds=");
	show_pointed(show, &array);
	buf_putc(show->buf, '}');
}
