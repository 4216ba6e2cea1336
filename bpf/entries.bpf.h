/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The entries of a directory that a getdents left in memory.  They are only
 * counted: each has its length in a u16, and is read with its neighbours, since
 * a read costs as much as some hundred bytes.
 */
#pragma once

#include "row.bpf.h"

#define ENTRIES_PIECE  ROW_ARRAY /* bytes that are looked at in one go */
#define ENTRIES_PIECES 512       /* of 64 KB: the C library asks for 32 */
#define ENTRIES_LEAST  12        /* bytes of an entry of 32-bit callers */
#define ENTRIES_OFFSET 16        /* of the length in an entry, at most */

/*
 * Counts the entries whose length stands in the next piece, of SIZE bytes at
 * ADDRESS; row.left is where it begins.  AT is as in strings_read(), the length
 * of an entry OFFSET bytes behind its start.  Whether there was any.
 */
__noinline int entries_step(struct row *row, u64 at, u64 address, u64 size,
			    u64 offset)
{
	if (!row || at > ROW_LAST(ROW_ARRAY) || offset > ENTRIES_OFFSET)
		return 0;
	u64 from = row->left;
	if (from >= size)
		return 0;
	u64 n = size - from;
	if (n > ENTRIES_PIECE)
		n = ENTRIES_PIECE;
	if (bpf_probe_read_user(&row->payload[at + ROW_HEAD], (u32)n,
				(const void *)(address + from)))
		return 0;
	u64 next = 0;
	u32 i;
	for (i = 0; i < ENTRIES_PIECE / ENTRIES_LEAST; i++) {
		asm volatile("" : "+r"(next));
		if (next > ENTRIES_PIECE - ENTRIES_OFFSET - sizeof(u16) ||
		    next + offset + sizeof(u16) > n)
			break;
		u16 length =
			*(u16 *)&row->payload[at + ROW_HEAD + next + offset];
		if (length < ENTRIES_LEAST)
			break;
		next += length;
	}
	row->left = from + next;
	row->counted += i;
	return i > 0;
}

/* Appends how many entries there are in SIZE bytes at ADDRESS. */
__noinline int entries_count(struct row *row, u64 address, u64 size, u64 offset,
			     u32 info)
{
	if (!row)
		return 0;
	u64 at = row->call.payload;
	if (!row_fits_array(row, at))
		return 0;
	row->left = 0;
	row->counted = 0;
	for (u32 i = 0; i < ENTRIES_PIECES; i++) {
		if (!entries_step(row, at, address, size, offset))
			break;
	}
	*(u64 *)&row->payload[at + ROW_HEAD] = row->counted;
	row_close(row, at, address, sizeof(u64),
		  row->left < size ? info | ROW_COUNT | ROW_CUT
				   : info | ROW_COUNT);
	return 0;
}
