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

/* Appends text I of the array that row.texts_at tells of. */
__noinline int strings_text(struct row *row, u32 i, u64 limit, u32 info)
{
	if (!row)
		return 0;
	u32 missed = row->missed;
	row->missed = 0;
	row_text(row, row_word(row, row->texts_at + row_longs(row, i)), limit,
		 info);
	if (row->missed)
		row->absent |= 1u << (i & 31);
	row->missed |= missed;
	return 0;
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
	if (!row_fits_array(row, at))
		return 0;
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
	row->texts = (u32)texts;
	row->texts_at = (u32)(at + ROW_HEAD);
	for (u32 i = 0; i < STRINGS_LIMIT; i++) {
		if (i >= texts)
			break;
		strings_text(row, i, limit, info);
	}
	return 0;
}

/* Looks at the next argument of a new program, at row.left; MORE come before
 * those that it was given.  Appends it if it is absent.  Whether another may
 * follow. */
__noinline int strings_next(struct row *row, u64 more, u64 limit, u32 info)
{
	if (!row)
		return 0;
	u64 at = row->call.payload;
	u64 room = row_room(at);
	if (!room)
		return 0;
	s64 got = ROW_READ_TEXT(bpf_probe_read_user_str, row, at, room,
				row->left);
	if (got <= 0)
		return 0;
	row->left += (u64)got;
	u64 i = row->seen - more;
	row->seen++;
	if (i < STRINGS_LIMIT && row->absent >> (i & 31) & 1)
		row_close_text(row, at, got, limit < room ? limit : room, room,
			       row_word(row, row->texts_at + row_longs(row, i)),
			       info);
	return got <= (s64)room + 1;
}

/*
 * Appends the texts of an array that could not be read at entry.  They are an
 * execve's, so its new program has them too, from START on, one after the
 * other.  ARGC is how many arguments a script has instead, or 0: it got the
 * name of its interpreter, perhaps an argument, and its own name before those
 * after the first.
 */
__noinline int strings_recall(struct row *row, u64 start, u64 argc, u64 limit,
			      u32 info)
{
	if (!row || !row->absent)
		return 0;
	u64 more = argc ? argc - row->texts : 0;
	if (more > STRINGS_LIMIT || (argc && row->texts > STRINGS_LIMIT))
		return 0;
	if (argc)
		row->absent &= ~1u;
	row->left = start;
	row->seen = 0;
	for (u32 i = 0; i < 2 * STRINGS_LIMIT; i++) {
		if (!strings_next(row, more, limit, info))
			break;
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
	if (!row_fits_array(row, at))
		return 0;
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
