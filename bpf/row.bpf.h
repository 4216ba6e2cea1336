/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The row under construction: a call's event and the chunks that follow it.
 * It is made at a thread's first call that copies something, and used again.
 *
 * Everything that a loop changes is kept in the row, not in registers: to the
 * verifier each load is the same unknown, so that its states merge.
 */
#pragma once

#include "control.h"
#include "kernel.h"

struct row {
	struct event_call call; /* call.payload is the cursor */
	u8 payload[EVENT_PAYLOAD_LIMIT];
	u64 left;   /* bytes of a buffer that the call may have moved */
	u32 retry;  /* bit per operation that failed at entry */
	u32 missed; /* something could not be read */
};

_Static_assert(sizeof(struct row) <= 3900,
	       "rounded up to 8 KB by the kernel's allocator");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct row);
} rows SEC(".maps");

#define ROW_HEAD sizeof(struct event_chunk)

/* The last cursor at which SIZE bytes fit: the head before them, and behind
 * them the word in which padding ends. */
#define ROW_LAST(size) (EVENT_PAYLOAD_LIMIT - ROW_HEAD - (size)-8)

#define ROW_ARRAY                                                              \
	512 /* arrays are copied in one piece of at most this size             \
	     */

/*
 * How many bytes may follow a chunk's head that is put at AT.  In steps: the
 * verifier knows the range of the cursor and that of a size, but not that
 * their sum is bounded.
 */
static __always_inline u64 row_room(u64 at)
{
	u64 room = 0;
	if (at <= ROW_LAST(1768))
		room = 1768;
	else if (at <= ROW_LAST(1024))
		room = 1024;
	else if (at <= ROW_LAST(ROW_ARRAY))
		room = ROW_ARRAY;
	else if (at <= ROW_LAST(256))
		room = 256;
	else if (at <= ROW_LAST(128))
		room = 128;
	else if (at <= ROW_LAST(64))
		room = 64;
	asm volatile("" : "+r"(room));
	return room;
}

/* The end of struct event_chunk in one word. */
#define ROW_INFO(arg, what, status, phase)                                     \
	((u32)(arg) | (u32)(what) << 8 | (u32)(status) << 16 |                 \
	 (u32)(phase) << 24)
#define ROW_CUT         ROW_INFO(0, 0, EVENT_CHUNK_CUT, 0)
#define ROW_UNREADABLE  ROW_INFO(0, 0, EVENT_CHUNK_UNREADABLE, 0)
#define ROW_TEXT        ROW_INFO(0, EVENT_CHUNK_STRING, 0, 0)
#define ROW_PHASE(info) ((info) >> 24)

/* Writes the head of the chunk at AT, whose data are there, and moves the
 * cursor behind them.  Padding is zeros. */
static __always_inline void row_close(struct row *row, u64 at, u64 address,
				      u64 size, u32 info)
{
	struct event_chunk *chunk = (void *)&row->payload[at];
	chunk->address = address;
	chunk->size = (u32)size;
	*(u32 *)&chunk->arg = info;
	if (size & 7) {
		u64 *last =
			(void *)&row->payload[at + ROW_HEAD + (size & ~7ull)];
		*last &= (1ull << (size & 7) * 8) - 1;
	}
	row->call.payload = (u32)(at + ROW_HEAD + ((size + 7) & ~7ull));
}

/* Appends a text, of LIMIT bytes at most. */
__noinline int row_text(struct row *row, u64 address, u64 limit, u32 info)
{
	if (!row)
		return 0;
	u64 at = row->call.payload;
	u64 room = row_room(at);
	if (!room) {
		row->call.h.flags |= EVENT_CALL_CUT;
		return 0;
	}
	u64 most = limit < room ? limit : room;
	/* One byte for the NUL, one more to tell a text of exactly LIMIT bytes
	 * from a longer one. */
	s64 got = bpf_probe_read_user_str(&row->payload[at + ROW_HEAD],
					  (u32)most + 2, (const void *)address);
	if (got < 0) {
		row->missed = 1;
		return 0;
	}
	u64 size = got > 0 ? (u64)got - 1 : 0;
	if (size > most) {
		size = most;
		info |= ROW_CUT;
		if (most < limit)
			row->call.h.flags |= EVENT_CALL_CUT;
	}
	row_close(row, at, address, size, info | ROW_TEXT);
	return 0;
}

/* Appends SIZE bytes of memory, or as many as there is room for. */
__noinline int row_bytes(struct row *row, u64 address, u64 size, u32 info)
{
	if (!row || !size)
		return 0;
	u64 at = row->call.payload;
	u64 room = row_room(at);
	if (size > room) {
		size = room;
		info |= ROW_CUT;
		row->call.h.flags |= EVENT_CALL_CUT;
	}
	if (!room)
		return 0;
	if (bpf_probe_read_user(&row->payload[at + ROW_HEAD], (u32)size,
				(const void *)address)) {
		row->missed = 1;
		return 0;
	}
	row_close(row, at, address, size, info);
	return 0;
}

/* Notes that a text could not be read. */
__noinline int row_unreadable(struct row *row, u64 address, u32 info)
{
	if (!row)
		return 0;
	u64 at = row->call.payload;
	if (at <= ROW_LAST(0))
		row_close(row, at, address, 0,
			  info | ROW_TEXT | ROW_UNREADABLE);
	else
		row->call.h.flags |= EVENT_CALL_CUT;
	return 0;
}

/* What ARGUMENT of the call is; 0 where there is none. */
static __always_inline u64 row_arg(const struct row *row, u64 argument)
{
	asm volatile("" : "+r"(argument));
	return argument < EVENT_ARGS ? row->call.args[argument] : 0;
}
