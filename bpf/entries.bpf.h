/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The entries of a directory that a getdents left in memory. */
#pragma once

#include "row.bpf.h"

#define ENTRIES_LIMIT 65536 /* that are counted */

struct entries {
	u64 address;
	u64 offset; /* of the length in an entry */
	u64 left;   /* bytes */
	u64 count;
};

/* Passes over an entry; 1: there is none. */
static long entries_step(u32 i, struct entries *entries)
{
	u16 length = 0;
	(void)i;
	if (entries->left < entries->offset + sizeof(length) ||
	    bpf_probe_read_user(
		    &length, sizeof(length),
		    (const void *)(entries->address + entries->offset)) ||
	    !length || length > entries->left)
		return 1;
	entries->address += length;
	entries->left -= length;
	entries->count++;
	return 0;
}

/* Appends how many entries there are in SIZE bytes at ADDRESS.  The length of
 * each is OFFSET bytes behind its start. */
__noinline int entries_count(struct row *row, u64 address, u64 size, u64 offset,
			     u32 info)
{
	struct entries entries = {
		.address = address, .offset = offset, .left = size};
	if (!row)
		return 0;
	u64 at = row->call.payload;
	if (at > ROW_LAST(sizeof(u64))) {
		row->call.h.flags |= EVENT_CALL_CUT;
		return 0;
	}
	bpf_loop(ENTRIES_LIMIT, entries_step, &entries, 0);
	*(u64 *)&row->payload[at + ROW_HEAD] = entries.count;
	row_close(row, at, address, sizeof(u64),
		  entries.left ? info | ROW_COUNT | ROW_CUT : info | ROW_COUNT);
	return 0;
}
