/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a call copies: a list of operations, run at entry and at exit.  What
 * could not be read at entry (its page was not resident) is tried again at
 * exit, and still bears the phase of the entry.
 */
#pragma once

#include "aio.bpf.h"
#include "entries.bpf.h"
#include "fd.bpf.h"
#include "row.bpf.h"
#include "strings.bpf.h"
#include "vector.bpf.h"

#define CAPTURE_PASSED      8 /* messages of which descriptors are looked up */
#define CAPTURE_COUNT_LIMIT 0xffff /* no element is smaller than a byte */

/* The result where it is a number of bytes or elements. */
static __always_inline u64 capture_result(const struct row *row)
{
	return row->call.ret > 0 ? (u64)row->call.ret : 0;
}

/* How many elements OP asks for; what is too many stays too many. */
static __always_inline u64 capture_count(struct row *row,
					 const struct control_op *op)
{
	u64 n = op->value;
	u32 pointed = 0;
	switch (op->from) {
	case CONTROL_FROM_CONST:
		break;
	case CONTROL_FROM_ARG:
		n = row_arg(row, op->value);
		break;
	case CONTROL_FROM_ARG_32:
		n = (u32)row_arg(row, op->value);
		break;
	case CONTROL_FROM_POINTED:
		n = row_arg(row, op->value);
		if (n && bpf_probe_read_user(&pointed, sizeof(pointed),
					     (const void *)n))
			row->missed = 1;
		n = pointed;
		break;
	case CONTROL_FROM_RESULT:
		n = capture_result(row);
		break;
	default:
		n = 0;
	}
	return n > CAPTURE_COUNT_LIMIT ? CAPTURE_COUNT_LIMIT : n;
}

/* The pointer at ADDRESS and the long after it, then what the pointer leads to.
 */
static __always_inline void capture_behind(struct row *row,
					   const struct control_op *op,
					   u64 address, u32 info)
{
	u64 at = row->call.payload;
	row_bytes(row, address + op->offset, 2 * row_width(row),
		  2 * sizeof(u64), info);
	if (row->call.payload != at)
		row_bytes(row, row_word(row, at + ROW_HEAD), op->size,
			  op->limit, info);
}

/* How many bytes OP asks for; bits come in whole words. */
static __always_inline u64 capture_size(struct row *row,
					const struct control_op *op)
{
	u64 n = capture_count(row, op);
	return op->size ? n * op->size : (n + 63) / 64 * 8;
}

/* The descriptors that the struct msghdr at FROM in the payload passes on. */
static __always_inline void capture_passed(struct row *row, u64 from, u32 info)
{
	u64 width = row_width(row);
	u64 control = row_word(row, from + VECTOR_CONTROL * width);
	u64 size = row_word(row, from + VECTOR_CONTROL_SIZE * width);
	if (!control || !size || !knob_fds)
		return;
	u64 at = fd_passed(row, control, size);
	if (at)
		fd_array(row, at, row->left, sizeof(int), info | ROW_FD);
}

static __always_inline void capture_message(struct row *row, u64 address,
					    u64 limit, u32 info)
{
	u64 at = row->call.payload;
	row_bytes(row, address, VECTOR_FIELDS * row_width(row),
		  VECTOR_FIELDS * sizeof(u64), info);
	if (limit == VECTOR_HEADS || row->call.payload == at)
		return;
	vector_message(row, at + ROW_HEAD, limit, info);
	capture_passed(row, at + ROW_HEAD, info);
}

/* How many messages: a call that received some has filled no others. */
static __always_inline u64 capture_messages(struct row *row,
					    const struct control_op *op,
					    u32 phase)
{
	u64 n = capture_count(row, op);
	u64 moved = capture_result(row);
	return phase == EVENT_AT_EXIT && moved < n ? moved : n;
}

static __always_inline void capture_batch(struct row *row, u64 address, u64 n,
					  u64 limit, u32 info)
{
	u64 at = row->call.payload;
	vector_messages(row, address, n, limit, info);
	if (limit == VECTOR_HEADS || row->call.payload == at || !knob_fds)
		return;
	for (u32 i = 0; i < CAPTURE_PASSED; i++) {
		if (i >= n)
			break;
		capture_passed(row,
			       at + ROW_HEAD +
				       i * row_longs(row, VECTOR_FIELDS + 1),
			       info);
	}
}

/* An array of N pointers to requests, and these. */
static __always_inline void capture_requests(struct row *row, u64 address,
					     u64 n, u64 limit, u32 info)
{
	u64 at = row->call.payload;
	if (n > AIO_LIMIT)
		n = AIO_LIMIT + 1;
	row_bytes(row, address, row_longs(row, n), row_longs(row, AIO_LIMIT),
		  info);
	n = row_copied(row, at, n, 0);
	aio_fds(row, at + ROW_HEAD, n, info | ROW_FD);
	aio_requests(row, at + ROW_HEAD, n, limit, info);
}

static __always_inline void
capture_fds(struct row *row, const struct control_op *op, u64 address, u32 info)
{
	if (!knob_fds)
		return;
	if (op->limit) {
		row->table = fd_table(row, op->limit);
		if (!row->table)
			return;
	}
	if (op->copy == CONTROL_COPY_FD)
		fd_single(row, op, info);
	else if (address && op->copy == CONTROL_COPY_FDS)
		fd_array(row, address + op->offset, capture_count(row, op),
			 op->size, info);
	else if (address && op->copy == CONTROL_COPY_FD_BEHIND)
		fd_behind(row, address + op->offset, capture_count(row, op),
			  info);
	else if (address)
		fd_set(row, address, capture_count(row, op), info);
	row->table = 0;
}

/* Structures that lead to buffers. */
static __always_inline void capture_pieces(struct row *row,
					   const struct control_op *op,
					   u32 phase, u32 info)
{
	u64 address = row_arg(row, op->arg);
	u64 limit = op->limit;
	/* Buffers that the call will fill are of no use yet. */
	if (phase == EVENT_AT_ENTRY && op->when & CONTROL_AT_EXIT &&
	    op->copy != CONTROL_COPY_IOVEC)
		limit = VECTOR_HEADS;
	if (op->copy == CONTROL_COPY_IOVEC)
		vector_capture(row, address, capture_count(row, op), limit,
			       info);
	else if (op->copy == CONTROL_COPY_MSGHDR)
		capture_message(row, address, limit, info);
	else if (op->copy == CONTROL_COPY_MMSGHDR)
		capture_batch(row, address, capture_messages(row, op, phase),
			      limit, info);
	else if (op->copy == CONTROL_COPY_LENGTHS)
		vector_lengths(row, address, capture_messages(row, op, phase),
			       info);
	else
		capture_requests(row, address, capture_count(row, op), limit,
				 info);
}

static __always_inline void capture_data(struct row *row, u64 address, u64 size,
					 u64 limit, u32 info)
{
	if (row->netlink)
		netlink_messages(row, address, size, info);
	else
		row_bytes(row, address, size, limit, info);
}

/* Runs an operation.  With LAST it is not tried again. */
__noinline int capture_op(struct row *row, const struct control_op *op,
			  u32 phase, u32 last)
{
	if (!row || !op)
		return 0;
	u64 address = row_arg(row, op->arg);
	u32 info = ROW_INFO(op->arg, EVENT_CHUNK_BYTES, 0, phase);
	u64 limit = op->limit;
	if (!address && op->copy < CONTROL_COPY_NETLINK)
		return 0;
	row->left =
		phase == EVENT_AT_EXIT ? capture_result(row) : VECTOR_NO_BOUND;
	switch (op->copy) {
	case CONTROL_COPY_STRING:
		address += op->offset;
		row_text(row, address, limit, info);
		if (last && row->missed)
			row_unreadable(row, address, info);
		break;
	case CONTROL_COPY_BYTES:
		row_bytes(row, address, capture_size(row, op), limit, info);
		break;
	case CONTROL_COPY_STRINGS:
		strings_capture(row, address, limit, info);
		break;
	case CONTROL_COPY_COUNT:
		strings_count(row, address, info);
		break;
	case CONTROL_COPY_IOVEC:
	case CONTROL_COPY_MSGHDR:
	case CONTROL_COPY_MMSGHDR:
	case CONTROL_COPY_LENGTHS:
	case CONTROL_COPY_IOCBS:
		capture_pieces(row, op, phase, info);
		break;
	case CONTROL_COPY_DATA:
		capture_data(row, address, capture_count(row, op), limit, info);
		break;
	case CONTROL_COPY_NETLINK:
		fd_netlink(row, (int)address, info | ROW_NETLINK);
		break;
	case CONTROL_COPY_ENTRIES:
		entries_count(row, address, capture_result(row), op->offset,
			      info);
		break;
	case CONTROL_COPY_BEHIND:
		capture_behind(row, op, address, info);
		break;
	case CONTROL_COPY_FD:
	case CONTROL_COPY_FDS:
	case CONTROL_COPY_FD_BEHIND:
	case CONTROL_COPY_FDSET:
		capture_fds(row, op, address, info | ROW_FD);
		break;
	default:
		break;
	}
	return 0;
}

/* Runs what LIST has for the entry. */
__noinline int capture_entry(struct row *row, const struct control_list *list)
{
	if (!row || !list)
		return 0;
	for (u32 i = 0; i < CONTROL_OPS; i++) {
		if (i >= list->count)
			break;
		const struct control_op *op = &list->ops[i];
		if (!(op->when & CONTROL_AT_ENTRY))
			continue;
		row->missed = 0;
		/* The shorter way for what is the most frequent by far. */
		if (op->copy == CONTROL_COPY_STRING)
			row_text(row, row_arg(row, op->arg), op->limit,
				 ROW_INFO(op->arg, 0, 0, EVENT_AT_ENTRY));
		else
			capture_op(row, op, EVENT_AT_ENTRY, false);
		if (row->missed)
			row->retry |= 1u << i;
	}
	return 0;
}

/* Leaves what LIST has for the entry to the exit. */
__noinline int capture_late(struct row *row, const struct control_list *list)
{
	if (!row || !list)
		return 0;
	for (u32 i = 0; i < CONTROL_OPS; i++) {
		if (i < list->count && list->ops[i].when & CONTROL_AT_ENTRY)
			row->retry |= 1u << i;
	}
	return 0;
}

/*
 * Runs what LIST has for WHEN, CONTROL_AT_EXIT or CONTROL_AT_FAILURE or 0, and
 * what could not be read at entry.
 */
__noinline int capture_exit(struct row *row, const struct control_list *list,
			    u32 when)
{
	if (!row || !list)
		return 0;
	for (u32 i = 0; i < CONTROL_OPS; i++) {
		if (i >= list->count)
			break;
		const struct control_op *op = &list->ops[i];
		row->missed = 0;
		if (row->retry >> i & 1)
			capture_op(row, op, EVENT_AT_ENTRY, true);
		row->missed = 0;
		if (op->when & when)
			capture_op(row, op, EVENT_AT_EXIT, true);
	}
	return 0;
}

/* Notes which texts were not read at entry and cannot be any more: the caller's
 * memory is gone. */
__noinline int capture_give_up(struct row *row, const struct control_list *list)
{
	if (!row || !list)
		return 0;
	for (u32 i = 0; i < CONTROL_OPS; i++) {
		const struct control_op *op = &list->ops[i];
		if (row->retry >> i & 1 && op->copy == CONTROL_COPY_STRING)
			row_unreadable(row, row_arg(row, op->arg),
				       ROW_INFO(op->arg, 0, 0, EVENT_AT_ENTRY));
	}
	return 0;
}

/*
 * An execve is about to succeed: the caller's memory is gone.  But what could
 * not be read there of the file's name the kernel has, at FILENAME, and of the
 * arguments the new program: strings_recall().
 */
__noinline int capture_exec(struct row *row, const struct control_list *list,
			    u64 filename, u64 start, u64 argc)
{
	if (!row || !list)
		return 0;
	for (u32 i = 0; i < CONTROL_OPS; i++) {
		if (i >= list->count)
			break;
		const struct control_op *op = &list->ops[i];
		if (!(row->retry >> i & 1))
			continue;
		u32 info =
			ROW_INFO(op->arg, EVENT_CHUNK_BYTES, 0, EVENT_AT_ENTRY);
		row->missed = 0;
		if (op->copy == CONTROL_COPY_STRINGS)
			strings_recall(row, start, argc, op->limit, info);
		if (op->copy != CONTROL_COPY_STRING)
			continue;
		row_kernel_text(row, row_arg(row, op->arg), op->limit, info,
				filename);
		if (!row->missed)
			row->retry &= ~(1u << i);
	}
	return 0;
}
