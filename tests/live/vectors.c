/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is copied of buffers in pieces, struct iovec, msghdr, mmsghdr, and of
 * struct iocb. */
#include "config.h"

#include "tests/live/vectors.h"

#include <string.h>

#include "bpf/control.h"
#include "tests/live/rig.h"

static void try_vectors(struct rig *rig)
{
	struct control_op op = {.arg = 3,
				.copy = CONTROL_COPY_IOVEC,
				.when = CONTROL_AT_ENTRY,
				.from = CONTROL_FROM_ARG,
				.value = 1,
				.limit = 4};
	memcpy(rig->area + RIG_PAGE, "0123456789abcdef", 17);
	rig_put_vector(rig, 64, 0, RIG_PAGE, 3);
	rig_put_vector(rig, 64, 1, RIG_PAGE + 8, 8);
	rig_put_vector(rig, 64, 2, RIG_PAGE + 4, 0);
	RIG_TRY(rig, op, "no iovec", 0, 64, RIG_NULL, "");
	RIG_TRY(rig, op, "an iovec", 1, 64, RIG_NULL,
		"3 entry +64 longs[2] same\n3 entry +4096 bytes[3] '012'\n");
	RIG_TRY(rig, op, "three iovecs", 3, 64, RIG_NULL,
		"3 entry +64 longs[6] same\n3 entry +4096 bytes[3] '012'\n"
		"3 entry +4104 bytes[4] cut '89ab'\n");
	RIG_TRY(rig, op, "unreadable iovecs", 3, RIG_BAD, RIG_NULL, "");
	long last = RIG_AREA - (rig->compat ? 8 : 16);
	rig_put_vector(rig, last, 0, RIG_PAGE, 3);
	RIG_TRY(rig, op, "iovecs that leave memory", 2, last, RIG_NULL,
		rig->compat ? "3 entry +16376 longs[2] same\n"
			      "3 entry +4096 bytes[3] '012'\n"
			      "3 entry +16376 longs[2] same\n"
			      "3 entry +4096 bytes[3] '012'\n"
			    : "3 entry +16368 longs[2] same\n"
			      "3 entry +4096 bytes[3] '012'\n"
			      "3 entry +16368 longs[2] same\n"
			      "3 entry +4096 bytes[3] '012'\n");
	op.when = CONTROL_AT_EXIT;
	op.from = CONTROL_FROM_CONST;
	op.value = 3;
	RIG_TRY(rig, op, "iovecs of which 5 bytes were filled", 5, 64, RIG_NULL,
		"3 exit +64 longs[6] same\n3 exit +4096 bytes[3] '012'\n"
		"3 exit +4104 bytes[2] '89'\n");
	RIG_TRY(rig, op, "iovecs of which none was filled", 0, 64, RIG_NULL,
		"3 exit +64 longs[6] same\n");
	op.limit = 0;
	RIG_TRY(rig, op, "iovecs without their buffers", 5, 64, RIG_NULL,
		"3 exit +64 longs[6] same\n");
	memset(rig->area + 64, 0, RIG_PAGE - 64);
	rig_put_vector(rig, 64, 31, RIG_PAGE, 1);
	rig_put_vector(rig, 64, 32, RIG_PAGE, 2);
	op.value = 33;
	op.limit = 4;
	RIG_TRY(rig, op, "33 iovecs", 9, 64, RIG_NULL,
		"3 exit +64 longs[64] cut same\n3 exit +4096 bytes[1] '0'\n");
	op.value = 32;
	RIG_TRY(rig, op, "32 iovecs", 9, 64, RIG_NULL,
		"3 exit +64 longs[64] same\n3 exit +4096 bytes[1] '0'\n");
}

/* A message at OFFSET: a name of 3 bytes, two buffers, 16 bytes of control. */
static void put_message(struct rig *rig, long offset)
{
	memcpy(rig->area + RIG_PAGE, "0123456789abcdefghijklmnopqrstuv", 33);
	rig_put_vector(rig, 2048, 0, RIG_PAGE + 4, 2);
	rig_put_vector(rig, 2048, 1, RIG_PAGE + 6, 8);
	rig_put(rig, offset, 0, rig_place(rig, RIG_PAGE));
	rig_put(rig, offset, 1, 3);
	rig_put(rig, offset, 2, rig_place(rig, 2048));
	rig_put(rig, offset, 3, 2);
	rig_put(rig, offset, 4, rig_place(rig, RIG_PAGE + 16));
	rig_put(rig, offset, 5, 16);
	rig_put(rig, offset, 6, 0x40);
}

static void try_messages(struct rig *rig)
{
	struct control_op op = {.arg = 3,
				.copy = CONTROL_COPY_MSGHDR,
				.when = CONTROL_AT_ENTRY,
				.limit = 4};
	put_message(rig, 64);
	RIG_TRY(rig, op, "a message to be sent", 1, 64, RIG_NULL,
		"3 entry +64 longs[7] same\n"
		"3 entry +4096 bytes[3] '012'\n"
		"3 entry +4112 bytes[16] 'ghijklmnopqrstuv'\n"
		"3 entry +2048 longs[4] same\n"
		"3 entry +4100 bytes[2] '45'\n"
		"3 entry +4102 bytes[4] cut '6789'\n");
	RIG_TRY(rig, op, "no message", 1, RIG_NULL, RIG_NULL, "");
	RIG_TRY(rig, op, "an unreadable message", 1, RIG_BAD, RIG_NULL, "");
	rig_put(rig, 64, 3, rig->compat ? 0x20000001 : 0x1000000000000001);
	RIG_TRY(rig, op, "a message of absurdly many buffers", 1, 64, RIG_NULL,
		"3 entry +64 longs[7] same\n"
		"3 entry +4096 bytes[3] '012'\n"
		"3 entry +4112 bytes[16] 'ghijklmnopqrstuv'\n"
		"3 entry +2048 longs[64] cut same\n"
		"3 entry +4100 bytes[2] '45'\n"
		"3 entry +4102 bytes[4] cut '6789'\n");
	rig_put(rig, 64, 3, 2);
	op.when = CONTROL_AT_ENTRY | CONTROL_AT_EXIT;
	RIG_TRY(rig, op, "a message of 3 bytes, received", 3, 64, RIG_NULL,
		"3 entry +64 longs[7] same\n"
		"3 exit +64 longs[7] same\n"
		"3 exit +4096 bytes[3] '012'\n"
		"3 exit +4112 bytes[16] 'ghijklmnopqrstuv'\n"
		"3 exit +2048 longs[4] same\n"
		"3 exit +4100 bytes[2] '45'\n"
		"3 exit +4102 bytes[1] '6'\n");
	RIG_TRY(rig, op, "a message not received", -1, 64, RIG_NULL,
		"3 entry +64 longs[7] same\n");
	memset(rig->area + 64, 0, 64);
	RIG_TRY(rig, op, "an empty message", 3, 64, RIG_NULL,
		"3 entry +64 longs[7] same\n3 exit +64 longs[7] same\n");
	rig_put(rig, 64, 0, rig_place(rig, 0));
	rig_put(rig, 64, 1, 129);
	rig_put(rig, 64, 4, rig_place(rig, 0));
	rig_put(rig, 64, 5, 0x7fffffff);
	op.when = CONTROL_AT_EXIT;
	RIG_TRY(rig, op, "a message with too long a name", 3, 64, RIG_NULL,
		rig->compat ? "3 exit +64 longs[7] same\n"
			      "3 exit +0 longs[32] cut same\n"
			      "3 exit +0 longs[258] cut same\n"
			    : "3 exit +64 longs[7] same\n"
			      "3 exit +0 longs[16] cut same\n"
			      "3 exit +0 longs[129] cut same\n");
}

/* Messages of one buffer each: "01234567", then "6789abcd". */
static void put_messages(struct rig *rig, int n)
{
	memset(rig->area, 0, RIG_PAGE);
	memcpy(rig->area + RIG_PAGE, "0123456789abcdef", 17);
	rig_put_vector(rig, 2048, 0, RIG_PAGE, 8);
	rig_put_vector(rig, 2080, 0, RIG_PAGE + 6, 8);
	for (int i = 0; i < n; i++) {
		rig_put(rig, 64, 8 * i + 2,
			rig_place(rig, 2048 + 32 * (i % 2)));
		rig_put(rig, 64, 8 * i + 3, 1);
		rig_put(rig, 64, 8 * i + 7, 2 + (uint64_t)i);
	}
}

static void try_many_messages(struct rig *rig)
{
	struct control_op op = {.arg = 3,
				.copy = CONTROL_COPY_MMSGHDR,
				.when = CONTROL_AT_ENTRY,
				.from = CONTROL_FROM_ARG,
				.value = 1,
				.limit = 4};
	put_messages(rig, 2);
	RIG_TRY(rig, op, "two messages to be sent", 2, 64, RIG_NULL,
		"3 entry +64 longs[16] same\n"
		"3 entry +2048 longs[2] same\n"
		"3 entry +4096 bytes[4] cut '0123'\n"
		"3 entry +2080 longs[2] same\n"
		"3 entry +4102 bytes[4] cut '6789'\n");
	op.when = CONTROL_AT_ENTRY | CONTROL_AT_EXIT;
	RIG_TRY(rig, op, "two messages received", 2, 64, RIG_NULL,
		"3 entry +64 longs[16] same\n"
		"3 exit +64 longs[16] same\n"
		"3 exit +2048 longs[2] same\n"
		"3 exit +4096 bytes[2] '01'\n"
		"3 exit +2080 longs[2] same\n"
		"3 exit +4102 bytes[3] '678'\n");
	op.from = CONTROL_FROM_CONST;
	op.value = 2;
	RIG_TRY(rig, op, "one of two messages received", 1, 64, RIG_NULL,
		"3 entry +64 longs[16] same\n"
		"3 exit +64 longs[8] same\n"
		"3 exit +2048 longs[2] same\n"
		"3 exit +4096 bytes[2] '01'\n");
	put_messages(rig, 17);
	op.when = CONTROL_AT_ENTRY;
	op.value = 17;
	op.limit = 0;
	RIG_TRY(rig, op, "seventeen messages", 1, 64, RIG_NULL,
		"3 entry +64 longs[128] cut same\n"
		"3 entry +2048 longs[2] same\n3 entry +2080 longs[2] same\n"
		"3 entry +2048 longs[2] same\n3 entry +2080 longs[2] same\n"
		"3 entry +2048 longs[2] same\n3 entry +2080 longs[2] same\n"
		"3 entry +2048 longs[2] same\n3 entry +2080 longs[2] same\n"
		"3 entry +2048 longs[2] same\n3 entry +2080 longs[2] same\n"
		"3 entry +2048 longs[2] same\n3 entry +2080 longs[2] same\n"
		"3 entry +2048 longs[2] same\n3 entry +2080 longs[2] same\n"
		"3 entry +2048 longs[2] same\n3 entry +2080 longs[2] same\n");
}

/* A request at OFFSET. */
static void put_request(struct rig *rig, long offset, uint16_t opcode,
			long buffer, uint64_t size)
{
	const uint64_t at = rig_place(rig, buffer);
	memset(rig->area + offset, 0, 64);
	memcpy(rig->area + offset + 16, &opcode, sizeof(opcode));
	memcpy(rig->area + offset + 24, &at, sizeof(at));
	memcpy(rig->area + offset + 32, &size, sizeof(size));
}

/* A request has LONGS longs. */
#define FOUR_REQUESTS(longs)                                                   \
	"3 entry +64 longs[4] same\n"                                          \
	"3 entry +1024 longs[" longs "] same\n"                                \
	"3 entry +4096 bytes[4] cut '0123'\n"                                  \
	"3 entry +1088 longs[" longs "] same\n"                                \
	"3 entry +2048 longs[4] same\n"                                        \
	"3 entry +4096 bytes[3] '012'\n"                                       \
	"3 entry +4104 bytes[4] cut '89ab'\n"                                  \
	"3 entry +1152 longs[" longs "] same\n"                                \
	"3 entry +2048 longs[4] same\n"                                        \
	"3 entry +1216 longs[" longs "] same\n"

static void try_requests(struct rig *rig)
{
	struct control_op op = {.arg = 3,
				.copy = CONTROL_COPY_IOCBS,
				.when = CONTROL_AT_ENTRY,
				.from = CONTROL_FROM_ARG,
				.value = 1,
				.limit = 4};
	memset(rig->area, 0, RIG_PAGE);
	memcpy(rig->area + RIG_PAGE, "0123456789abcdef", 17);
	rig_put_vector(rig, 2048, 0, RIG_PAGE, 3);
	rig_put_vector(rig, 2048, 1, RIG_PAGE + 8, 8);
	put_request(rig, 1024, 1, RIG_PAGE, 8);
	put_request(rig, 1088, 8, 2048, 2);
	put_request(rig, 1152, 7, 2048, 2);
	put_request(rig, 1216, 0, RIG_PAGE, 8);
	for (int i = 0; i < 4; i++)
		rig_put(rig, 64, i, rig_place(rig, 1024 + 64 * i));
	RIG_TRY(rig, op, "no requests", 0, 64, RIG_NULL, "");
	RIG_TRY(rig, op, "unreadable requests", 1, RIG_BAD, RIG_NULL, "");
	RIG_TRY(rig, op, "four requests", 4, 64, RIG_NULL,
		rig->compat ? FOUR_REQUESTS("16") : FOUR_REQUESTS("8"));
}

static void try_lengths(struct rig *rig)
{
	const struct control_op op = {.arg = 3,
				      .copy = CONTROL_COPY_LENGTHS,
				      .when = CONTROL_AT_EXIT,
				      .from = CONTROL_FROM_CONST,
				      .value = 3};
	put_messages(rig, 3);
	RIG_TRY(rig, op, "lengths of two messages that were sent", 2, 64,
		RIG_NULL,
		rig->compat ? "3 exit +92 longs[1] same\n"
			      "3 exit +124 longs[1] same\n"
			    : "3 exit +120 bytes[4] same\n"
			      "3 exit +184 bytes[4] same\n");
}

/* What has no room is not taken from memory that was there before. */
static void try_many_buffers(struct rig *rig)
{
	struct control_op big = {.arg = 4,
				 .copy = CONTROL_COPY_BYTES,
				 .when = CONTROL_AT_EXIT,
				 .from = CONTROL_FROM_CONST,
				 .value = 1544,
				 .size = 1,
				 .limit = 1544};
	struct control_op op = {.arg = 3,
				.copy = CONTROL_COPY_IOVEC,
				.when = CONTROL_AT_EXIT,
				.from = CONTROL_FROM_CONST,
				.value = 32,
				.limit = 8};
	memset(rig->area, 0, RIG_AREA);
	for (int i = 0; i < 32; i++)
		rig_put_vector(rig, 64, i, RIG_PAGE, 0);
	rig_trace(rig, RIG_OPS(big, big, op));
	rig_seek(rig, 1, 64, RIG_PAGE);
	rig_expect(rig, "an iovec that has no room",
		   rig->compat ? "4 exit +4096 longs[386] same\n"
				 "4 exit +4096 longs[386] same\n"
				 "3 exit +64 longs[64] same\n"
			       : "4 exit +4096 longs[193] same\n"
				 "4 exit +4096 longs[193] same\n"
				 "3 exit +64 longs[16] cut same\n"
				 "no room\n");
}

void vectors_try(struct rig *rig)
{
	try_vectors(rig);
	try_messages(rig);
	try_many_messages(rig);
	try_requests(rig);
	try_lengths(rig);
	try_many_buffers(rig);
}
