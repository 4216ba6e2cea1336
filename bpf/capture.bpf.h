/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a call copies: a list of operations, run at entry and at exit.  What
 * could not be read at entry (its page was not resident) is tried again at
 * exit, and still bears the phase of the entry.
 */
#pragma once

#include "fd.bpf.h"
#include "row.bpf.h"

#define CAPTURE_COUNT_LIMIT 0xffff /* no element is smaller than a byte */

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
	case CONTROL_FROM_POINTED:
		n = row_arg(row, op->value);
		if (n && bpf_probe_read_user(&pointed, sizeof(pointed),
					     (const void *)n))
			row->missed = 1;
		n = pointed;
		break;
	case CONTROL_FROM_RESULT:
		n = row->call.ret > 0 ? (u64)row->call.ret : 0;
		break;
	default:
		n = 0;
	}
	return n > CAPTURE_COUNT_LIMIT ? CAPTURE_COUNT_LIMIT : n;
}

static __always_inline void capture_bytes(struct row *row,
					  const struct control_op *op,
					  u64 address, u32 info)
{
	u64 size = capture_count(row, op) * op->size;
	if (size > op->limit) {
		size = op->limit;
		info |= ROW_CUT;
	}
	row_bytes(row, address, size, info);
}

/* Runs an operation that is not a text. */
__noinline int capture_op(struct row *row, const struct control_op *op,
			  u32 phase)
{
	if (!row || !op)
		return 0;
	u64 address = row_arg(row, op->arg);
	u32 info = ROW_INFO(op->arg, EVENT_CHUNK_BYTES, 0, phase);
	switch (op->copy) {
	case CONTROL_COPY_BYTES:
		if (address)
			capture_bytes(row, op, address, info);
		break;
	case CONTROL_COPY_FD:
	case CONTROL_COPY_FDS:
	case CONTROL_COPY_FDSET:
	case CONTROL_COPY_CWD:
		fd_capture(row, op, phase);
		break;
	default:
		break;
	}
	return 0;
}

/* Runs an operation; whether everything could be read. */
static __always_inline bool capture_run(struct row *row,
					const struct control_op *op, u32 phase)
{
	row->missed = 0;
	if (op->copy != CONTROL_COPY_STRING) {
		capture_op(row, op, phase);
	} else {
		u64 address = row_arg(row, op->arg);
		if (address)
			row_text(row, address, op->limit,
				 ROW_INFO(op->arg, 0, 0, phase));
	}
	return !row->missed;
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
		if (op->when & CONTROL_AT_ENTRY &&
		    !capture_run(row, op, EVENT_AT_ENTRY))
			row->retry |= 1u << i;
	}
	return 0;
}

static __always_inline void
capture_last(struct row *row, const struct control_op *op, u32 phase, bool gone)
{
	if ((gone || !capture_run(row, op, phase)) &&
	    op->copy == CONTROL_COPY_STRING)
		row_unreadable(row, row_arg(row, op->arg),
			       ROW_INFO(op->arg, 0, 0, phase));
}

/*
 * Runs what LIST has for WHEN, CONTROL_AT_EXIT or CONTROL_AT_FAILURE or 0, and
 * what could not be read at entry.  With GONE the caller's memory is no more.
 */
__noinline int capture_exit(struct row *row, const struct control_list *list,
			    u32 when, u32 gone)
{
	if (!row || !list)
		return 0;
	for (u32 i = 0; i < CONTROL_OPS; i++) {
		if (i >= list->count)
			break;
		const struct control_op *op = &list->ops[i];
		if (row->retry >> i & 1)
			capture_last(row, op, EVENT_AT_ENTRY, gone);
		if (op->when & when)
			capture_last(row, op, EVENT_AT_EXIT, gone);
	}
	return 0;
}
