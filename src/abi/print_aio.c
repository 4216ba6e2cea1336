/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Requests of io_submit(2). */
#include "config.h"

#include "abi/print.h"

#include "abi/flags.h"
#include "abi/print_net.h"
#include "abi/show.h"
#include "abi/structs.h"
#include "base/buf.h"

/* Fields of a struct iocb: include/uapi/linux/aio_abi.h. */
#define IOCB_SIZE   64
#define IOCB_OPCODE 16
#define IOCB_BUFFER 24
#define IOCB_LENGTH 32
#define IOCB_OFFSET 40
#define IOCB_FLAGS  56
#define IOCB_FD     60
#define IOCB_HAS_FD 1

enum operation {
	READS,
	WRITES,
	READS_PIECES,
	WRITES_PIECES,
	POLLS,
	OTHER,
};

static enum operation operation_of(uint64_t opcode)
{
	static const uint8_t operations[] = {
		[0] = READS, [1] = WRITES,       [2] = OTHER,
		[3] = OTHER, [4] = OTHER,        [5] = POLLS,
		[6] = OTHER, [7] = READS_PIECES, [8] = WRITES_PIECES,
	};
	return opcode < sizeof(operations) ? operations[opcode] : OTHER;
}

static void print_buffer(struct show *show, const char *iocb,
			 enum operation operation)
{
	uint64_t address = show_number(iocb + IOCB_BUFFER, 8);
	uint64_t length = show_number(iocb + IOCB_LENGTH, 8);
	const struct print_iovec vector = {
		.address = address,
		.count = length,
		.moved = UINT64_MAX,
		.addresses = operation == READS_PIECES,
	};
	const void *bytes = NULL;
	size_t have = 0;
	if (operation == WRITES)
		have = show_available(show, address, EVENT_AT_ENTRY, &bytes);
	buf_puts(show->buf, ", aio_buf=");
	if (operation == POLLS)
		flags_print(show->buf, FLAGS_POLL, address, show->abi);
	else if (operation == READS_PIECES || operation == WRITES_PIECES)
		print_iovec_at(show, &vector);
	else if (have || (operation == WRITES && address && !length))
		show_bytes(show, have ? bytes : "", have, length);
	else
		show_address(show, address);
}

static void print_transfer(struct show *show, const char *iocb)
{
	enum operation operation =
		operation_of(show_number(iocb + IOCB_OPCODE, 2));
	if (operation == OTHER)
		return;
	print_buffer(show, iocb, operation);
	if (operation == READS || operation == WRITES) {
		buf_puts(show->buf, ", aio_nbytes=");
		buf_u64(show->buf, show_number(iocb + IOCB_LENGTH, 8));
	}
	if (operation != POLLS) {
		buf_puts(show->buf, ", aio_offset=");
		buf_s64(show->buf, (int64_t)show_number(iocb + IOCB_OFFSET, 8));
	}
	uint64_t flags = show_number(iocb + IOCB_FLAGS, 4);
	uint64_t fd = show_number(iocb + IOCB_FD, 4);
	if (flags) {
		buf_puts(show->buf, ", aio_flags=");
		flags_print(show->buf, FLAGS_AIO_FLAGS, flags, show->abi);
	}
	if (flags & IOCB_HAS_FD) {
		buf_puts(show->buf, ", aio_resfd=");
		show_value(show, ARG_FD, fd);
	} else if (fd) {
		buf_puts(show->buf, ", aio_resfd=");
		buf_hex(show->buf, fd);
	}
}

static void print_iocb(struct show *show, const char *iocb)
{
	const struct structs_memory memory = {iocb, IOCB_SIZE, IOCB_SIZE};
	structs_print_open(show, STRUCTS_IOCB, &memory);
	print_transfer(show, iocb);
	buf_putc(show->buf, '}');
}

/* The pointer at ADDRESS, and the request that it leads to or NULL; false: not
 * known. */
static bool find_request(const struct show *show, uint64_t address,
			 uint64_t *ret, const char **ret_iocb)
{
	size_t word = show_word(show);
	const void *bytes = show_memory(show, address, word, EVENT_AT_ENTRY);
	if (!bytes)
		return false;
	*ret = show_number(bytes, word);
	*ret_iocb = *ret ? show_memory(show, *ret, IOCB_SIZE, EVENT_AT_ENTRY)
			 : NULL;
	return true;
}

/* How many of COUNT requests at ADDRESS are known: no more of them than there
 * was room for. */
static uint64_t known_requests(const struct show *show, uint64_t address,
			       uint64_t count)
{
	uint64_t known = 0;
	uint64_t pointer = 0;
	const char *iocb = NULL;
	bool is_cut = show->ev->h.flags & EVENT_CALL_CUT;
	for (uint64_t i = 0; i < count; i++) {
		if (!find_request(show, address + i * show_word(show), &pointer,
				  &iocb))
			break;
		if (iocb || !is_cut)
			known = i + 1;
	}
	return known;
}

/* An array of pointers to requests. */
void print_iocbs(struct show *show, const struct show_arg *arg)
{
	uint64_t count = 0;
	uint64_t pointer = 0;
	const char *iocb = NULL;
	if (!arg->value || !show_count(show, arg, &count) ||
	    (count && !find_request(show, arg->value, &pointer, &iocb))) {
		show_address(show, arg->value);
		return;
	}
	uint64_t known = known_requests(show, arg->value, count);
	buf_putc(show->buf, '[');
	for (uint64_t i = 0; i < known; i++) {
		(void)find_request(show, arg->value + i * show_word(show),
				   &pointer, &iocb); /* known_requests() did */
		buf_puts(show->buf, i ? ", " : "");
		if (iocb)
			print_iocb(show, iocb);
		else
			show_address(show, pointer);
	}
	if (known < count)
		buf_puts(show->buf, known ? ", ..." : "...");
	buf_putc(show->buf, ']');
}
