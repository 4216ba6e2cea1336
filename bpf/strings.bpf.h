/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Arrays of pointers that a NULL ends, such as argv. */
#pragma once

#include "row.bpf.h"

#define STRINGS_LIMIT  32 /* texts that are copied */
#define STRINGS_PIECE  32 /* pointers that are looked at in one go */
#define STRINGS_PIECES (EVENT_COUNT_LIMIT / STRINGS_PIECE)
#define STRINGS_PAGE   4096 /* or a multiple of it */

/*
 * Reads N pointers at ADDRESS into the room behind the head of a chunk at AT,
 * or those before the end of the page.  How many.
 */
__noinline int strings_read(struct row *row, u64 at, u64 address, u64 n)
{
	if (!row || at > ROW_LAST(ROW_ARRAY) || n > STRINGS_LIMIT + 1)
		return 0;
	void *to = &row->payload[at + ROW_HEAD];
	if (!bpf_probe_read_user(to, (u32)row_longs(row, n),
				 (const void *)address))
		return (int)n;
	u64 bytes = STRINGS_PAGE - address % STRINGS_PAGE;
	bytes &= ~(row_width(row) - 1);
	if (!bytes || bytes >= row_longs(row, n) || bytes > ROW_ARRAY)
		return 0;
	if (bpf_probe_read_user(to, (u32)bytes, (const void *)address))
		return 0;
	return (int)(bytes / row_width(row));
}

/* How many of the N pointers there come before a NULL. */
__noinline int strings_scan(const struct row *row, u64 at, u64 n)
{
	if (!row || at > ROW_LAST(ROW_ARRAY))
		return 0;
	const u32 *half = (const void *)&row->payload[at + ROW_HEAD];
	bool compat = row->call.h.compat;
	u32 i;
	for (i = 0; i <= STRINGS_LIMIT; i++) {
		if (i >= n || !(compat ? half[i] : ((const u64 *)half)[i]))
			break;
	}
	return (int)i;
}

/* Appends the text that pointer FROM in the payload leads to. */
__noinline int strings_text(struct row *row, u64 from, u64 limit, u32 info)
{
	if (!row)
		return 0;
	return row_text(row, row_word(row, from), limit, info);
}

/*
 * Appends the array at ADDRESS with its NULL, or one pointer more than texts
 * are copied, then the texts, of LIMIT bytes at most.
 */
__noinline int strings_capture(struct row *row, u64 address, u64 limit,
			       u32 info)
{
	if (!row)
		return 0;
	u64 at = row->call.payload;
	if (at > ROW_LAST(ROW_ARRAY)) {
		row->call.h.flags |= EVENT_CALL_CUT;
		return 0;
	}
	u64 n = (u64)strings_read(row, at, address, STRINGS_LIMIT + 1);
	if (!n) {
		row->missed = 1;
		return 0;
	}
	u64 texts = (u64)strings_scan(row, at, n);
	u64 kept = texts < n ? texts + 1 : n;
	asm volatile("" : "+r"(kept));
	if (kept > STRINGS_LIMIT + 1)
		return 0;
	row_close(row, at, address, row_longs(row, kept),
		  texts < n ? info : info | ROW_CUT);
	for (u32 i = 0; i < STRINGS_LIMIT; i++) {
		if (i >= texts)
			break;
		strings_text(row, at + ROW_HEAD + i * row_width(row), limit,
			     info);
	}
	return 0;
}

/* Looks at the next pointers of an array of which row.left were seen; with AT
 * as strings_read().  Whether there may be more of them. */
__noinline int strings_step(struct row *row, u64 at, u64 address)
{
	if (!row)
		return 0;
	u64 from = address + row->left * row_width(row);
	u32 n = (u32)strings_read(row, at, from, STRINGS_PIECE);
	u32 before = (u32)strings_scan(row, at, n);
	row->left += before;
	if (!n)
		row->missed = 1;
	return n && before == n;
}

/* Appends how many pointers the array at ADDRESS has. */
__noinline int strings_count(struct row *row, u64 address, u32 info)
{
	if (!row)
		return 0;
	u64 at = row->call.payload;
	if (at > ROW_LAST(ROW_ARRAY)) {
		row->call.h.flags |= EVENT_CALL_CUT;
		return 0;
	}
	int more = 1;
	row->left = 0;
	for (u32 i = 0; i < STRINGS_PIECES; i++) {
		more = strings_step(row, at, address);
		if (!more)
			break;
	}
	if (row->missed && !row->left)
		return 0;
	*(u64 *)&row->payload[at + ROW_HEAD] = row->left;
	row_close(row, at, address, sizeof(u64),
		  more || row->missed ? info | ROW_COUNT | ROW_CUT
				      : info | ROW_COUNT);
	return 0;
}
