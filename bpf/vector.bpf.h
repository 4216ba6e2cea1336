/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Buffers that a call is given in pieces: struct iovec, and struct msghdr and
 * struct mmsghdr, which lead to one.  32-bit callers have narrower ones.
 */
#pragma once

#include "netlink.bpf.h"

#define VECTOR_LIMIT      32  /* elements that are copied */
#define VECTOR_MESSAGES   16  /* more would leave no room for their data */
#define VECTOR_NAME_LIMIT 128 /* struct sockaddr_storage */

/* A header and SCM_MAX_FD descriptors: include/net/scm.h. */
#define VECTOR_CONTROL_LIMIT 1032

#define VECTOR_HEADS    (~0ull) /* a limit: no buffers at all */
#define VECTOR_PAGE     4096    /* or a multiple of it */
#define VECTOR_NO_BOUND (~0ull) /* row.left: the call moves all bytes */

/* Appends the buffer of the struct iovec at FROM in the payload. */
__noinline int vector_element(struct row *row, u64 from, u64 limit, u32 info)
{
	if (!row)
		return 0;
	u64 base = row_word(row, from);
	u64 size = row_word(row, from + row_width(row));
	if (size > row->left)
		size = row->left;
	row->left -= size;
	if (row->netlink)
		return netlink_messages(row, base, size, info);
	return row_append(row, base, size, limit, info);
}

/* Appends the array of N struct iovec at ADDRESS, and of each buffer at most
 * LIMIT bytes, of all together what row.left allows. */
__noinline int vector_capture(struct row *row, u64 address, u64 n, u64 limit,
			      u32 info)
{
	if (!row)
		return 0;
	u64 at = row->call.payload;
	u64 each = 2 * row_width(row);
	if (n > VECTOR_LIMIT)
		n = VECTOR_LIMIT + 1; /* or the product may be small again */
	row_bytes(row, address, n * each, VECTOR_LIMIT * each, info);
	if (row->call.payload == at) {
		/* Those before the end of the page, perhaps. */
		u64 before = (VECTOR_PAGE - address % VECTOR_PAGE) / each;
		n = before < n ? before : n;
		row_bytes(row, address, n * each, VECTOR_LIMIT * each, info);
	}
	n = row_copied(row, at, n, 1);
	for (u32 i = 0; i < VECTOR_LIMIT; i++) {
		if (i >= n)
			break;
		vector_element(row, at + ROW_HEAD + i * each, limit, info);
	}
	return 0;
}

/* Where a field of struct msghdr is: include/uapi/linux/socket.h. */
enum vector_field { /* in longs */
	VECTOR_NAME = 0,
	VECTOR_NAME_SIZE = 1, /* an int */
	VECTOR_VECTOR = 2,
	VECTOR_COUNT = 3,
	VECTOR_CONTROL = 4,
	VECTOR_CONTROL_SIZE = 5,
	VECTOR_FLAGS = 6, /* an int */
	VECTOR_FIELDS = 7,
};

/* Appends what the struct msghdr at FROM in the payload leads to. */
__noinline int vector_message(struct row *row, u64 from, u64 limit, u32 info)
{
	if (!row)
		return 0;
	u64 width = row_width(row);
	row_bytes(row, row_word(row, from + VECTOR_NAME * width),
		  (u32)row_word(row, from + VECTOR_NAME_SIZE * width),
		  VECTOR_NAME_LIMIT, info);
	row_bytes(row, row_word(row, from + VECTOR_CONTROL * width),
		  row_word(row, from + VECTOR_CONTROL_SIZE * width),
		  VECTOR_CONTROL_LIMIT, info);
	vector_capture(row, row_word(row, from + VECTOR_VECTOR * width),
		       row_word(row, from + VECTOR_COUNT * width), limit, info);
	return 0;
}

/* Appends N struct mmsghdr at ADDRESS, and what they lead to unless LIMIT is
 * VECTOR_HEADS; at exit each tells how much of its data the call moved. */
__noinline int vector_messages(struct row *row, u64 address, u64 n, u64 limit,
			       u32 info)
{
	if (!row)
		return 0;
	u64 at = row->call.payload;
	u64 width = row_width(row);
	u64 each = (VECTOR_FIELDS + 1) * width; /* struct msghdr, a length */
	if (n > VECTOR_MESSAGES)
		n = VECTOR_MESSAGES + 1;
	row_bytes(row, address, n * each, VECTOR_MESSAGES * each, info);
	if (limit == VECTOR_HEADS)
		return 0;
	n = row_copied(row, at, n, 3);
	for (u32 i = 0; i < VECTOR_MESSAGES; i++) {
		if (i >= n)
			break;
		u64 from = at + ROW_HEAD + i * each;
		row->left = VECTOR_NO_BOUND;
		if (ROW_PHASE(info) == EVENT_AT_EXIT)
			row->left = (u32)row_word(row, from + each - width);
		vector_message(row, from, limit, info);
	}
	return 0;
}

/* Appends of N struct mmsghdr at ADDRESS how much of their data was sent. */
__noinline int vector_lengths(struct row *row, u64 address, u64 n, u32 info)
{
	if (!row)
		return 0;
	u64 width = row_width(row);
	for (u32 i = 0; i < VECTOR_MESSAGES; i++) {
		if (i >= n)
			break;
		address += VECTOR_FIELDS * width;
		row_bytes(row, address, sizeof(u32), sizeof(u32), info);
		address += width;
	}
	return 0;
}
