/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What io_submit(2) is given: pointers to requests, of which some lead to
 * buffers. */
#pragma once

#include "fd.bpf.h"
#include "row.bpf.h"
#include "vector.bpf.h"

#define AIO_LIMIT 32 /* requests that are copied */

/* struct iocb of include/uapi/linux/aio_abi.h. */
struct aio_request {
	u64 data;
	u32 key;
	u32 rw_flags;
	u16 opcode;
	u16 priority;
	u32 fd;
	u64 buffer;
	u64 size;
	s64 offset;
	u64 reserved;
	u32 flags;
	u32 result_fd;
};

_Static_assert(sizeof(struct aio_request) == 64, "struct iocb");

enum aio_opcode {
	AIO_WRITES = 1,
	AIO_READS_PIECES = 7,
	AIO_WRITES_PIECES = 8,
};

/* Appends the request at ADDRESS, and LIMIT bytes at most of what it writes. */
__noinline int aio_request(struct row *row, u64 address, u64 limit, u32 info)
{
	if (!row)
		return 0;
	u64 at = row->call.payload;
	row_bytes(row, address, sizeof(struct aio_request),
		  sizeof(struct aio_request), info);
	asm volatile("" : "+r"(at));
	if (row->call.payload == at ||
	    at > ROW_LAST(sizeof(struct aio_request)))
		return 0;
	const struct aio_request *request =
		(const void *)&row->payload[at + ROW_HEAD];
	u16 opcode = request->opcode;
	u64 buffer = request->buffer;
	u64 size = request->size;
	if (opcode == AIO_WRITES)
		row_bytes(row, buffer, size, limit, info);
	row->left = opcode == AIO_WRITES_PIECES ? VECTOR_NO_BOUND : 0;
	if (opcode == AIO_WRITES_PIECES || opcode == AIO_READS_PIECES)
		vector_capture(row, buffer, size, limit, info);
	return 0;
}

/* Appends the N requests to which the pointers at FROM in the payload lead. */
__noinline int aio_requests(struct row *row, u64 from, u64 n, u64 limit,
			    u32 info)
{
	if (!row)
		return 0;
	for (u32 i = 0; i < AIO_LIMIT; i++) {
		if (i >= n)
			break;
		aio_request(row, row_word(row, from + row_longs(row, i)), limit,
			    info);
	}
	return 0;
}

#define AIO_HAS_RESULT_FD 1 /* IOCB_FLAG_RESFD */

/* The descriptors of the request at ADDRESS; row.word is that of the one
 * before, since most requests are about the same. */
static __always_inline void aio_fds_of(struct row *row, u64 address, u32 info)
{
	const struct aio_request *request = (const void *)address;
	u32 fd = 0;
	u32 result[2] = {}; /* flags, result_fd */
	if (!address || bpf_probe_read_user(&fd, sizeof(fd), &request->fd) ||
	    bpf_probe_read_user(result, sizeof(result), &request->flags))
		return;
	if (fd != row->word)
		fd_one(row, (int)fd, info);
	row->word = fd;
	if (result[0] & AIO_HAS_RESULT_FD)
		fd_one(row, (int)result[1], info);
}

/* What their descriptors refer to. */
__noinline int aio_fds(struct row *row, u64 from, u64 n, u32 info)
{
	if (!row || !knob_fds)
		return 0;
	row->word = ~0ull;
	for (u32 i = 0; i < AIO_LIMIT; i++) {
		if (i >= n)
			break;
		aio_fds_of(row, row_word(row, from + row_longs(row, i)), info);
	}
	return 0;
}
