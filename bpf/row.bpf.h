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
#include "path.bpf.h"

struct row {
	struct event_call call; /* call.payload is the cursor */
	u8 payload[EVENT_PAYLOAD_LIMIT];
	u64 counted; /* elements of a list */
	u64 left;    /* bytes of a buffer that the call may have moved */
	u32 retry;   /* bit per operation that failed at entry */
	u32 missed;  /* something could not be read */
	/* Of the array of texts, which strings_recall() completes. */
	u32 texts;    /* how many it has; 33: or more */
	u32 texts_at; /* where its pointers are in the payload */
	u32 absent;   /* bit per text that could not be read */
	u32 seen;     /* arguments of the new program that were looked at */
	u32 netlink;  /* the call's buffers hold netlink messages */
	struct path_memo memo;
	u64 word; /* of an fd_set: bits to come, how many words were read */
	u64 words;
	/* The struct fdtable that descriptors are looked up in; 0: the
	 * caller's. */
	u64 table;
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

/* Arrays are copied in one piece of so many bytes at most. */
#define ROW_ARRAY 512

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
#define ROW_COUNT       ROW_INFO(0, EVENT_CHUNK_COUNT, 0, 0)
#define ROW_FD          ROW_INFO(0, EVENT_CHUNK_FD, 0, 0)
#define ROW_STACK       ROW_INFO(0, EVENT_CHUNK_STACK, 0, 0)
#define ROW_NETLINK     ROW_INFO(0, EVENT_CHUNK_NETLINK, 0, 0)
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

/*
 * Reads a text of MOST bytes at most to where its chunk's data belong.  One
 * byte more is for the NUL, another tells a text of exactly MOST bytes from a
 * longer one.
 */
#define ROW_READ_TEXT(read, row, at, most, from)                               \
	read(&(row)->payload[(at) + ROW_HEAD], (u32)(most) + 2,                \
	     (const void *)(from))

/* Ends the chunk of a text of which GOT bytes were read; MOST is wanted, ROOM
 * is there. */
static __always_inline void row_close_text(struct row *row, u64 at, s64 got,
					   u64 most, u64 room, u64 address,
					   u32 info)
{
	u64 size = got > 0 ? (u64)got - 1 : 0;
	if (size > most) {
		size = most;
		info |= ROW_CUT;
	}
	/* MOST is no constant to the verifier, and Linux 6.1 does not compare
	 * with anything else. */
	asm volatile("" : "+r"(size));
	if (size > room)
		size = room;
	row_close(row, at, address, size, info | ROW_TEXT);
}

/* Appends a text, of LIMIT bytes at most.  Nothing for NULL. */
__noinline int row_text(struct row *row, u64 address, u64 limit, u32 info)
{
	if (!row || !address)
		return 0;
	u64 at = row->call.payload;
	u64 room = row_room(at);
	if (!room) {
		row->call.h.flags |= EVENT_CALL_CUT;
		return 0;
	}
	u64 most = limit < room ? limit : room;
	s64 got =
		ROW_READ_TEXT(bpf_probe_read_user_str, row, at, most, address);
	if (got < 0) {
		row->missed = 1;
		return 0;
	}
	if (got > (s64)most + 1 && most < limit)
		row->call.h.flags |= EVENT_CALL_CUT;
	row_close_text(row, at, got, most, room, address, info);
	return 0;
}

/* Appends the text of ADDRESS as the kernel has it, in its own memory at FROM.
 */
__noinline int row_kernel_text(struct row *row, u64 address, u64 limit,
			       u32 info, u64 from)
{
	if (!row)
		return 0;
	u64 at = row->call.payload;
	u64 room = row_room(at);
	u64 most = limit < room ? limit : room;
	s64 got = room ? ROW_READ_TEXT(bpf_probe_read_kernel_str, row, at, most,
				       from)
		       : -1;
	if (got < 0)
		row->missed = 1;
	else
		row_close_text(row, at, got, most, room, address, info);
	return 0;
}

/* Appends SIZE bytes of memory: LIMIT at most, and no more than there is room
 * for.  Nothing for NULL. */
static __always_inline int row_append(struct row *row, u64 address, u64 size,
				      u64 limit, u32 info)
{
	if (!address)
		return 0;
	u64 at = row->call.payload;
	u64 room = row_room(at);
	if (!room) {
		row->call.h.flags |= EVENT_CALL_CUT;
		return 0;
	}
	if (size > limit) {
		size = limit;
		info |= ROW_CUT;
	}
	if (size > room) {
		size = room / 2; /* the rest is for what comes after */
		info |= ROW_CUT;
		row->call.h.flags |= EVENT_CALL_CUT;
	}
	if (!size)
		return 0;
	if (bpf_probe_read_user(&row->payload[at + ROW_HEAD], (u32)size,
				(const void *)address)) {
		row->missed = 1;
		return 0;
	}
	row_close(row, at, address, size, info);
	return 0;
}

__noinline int row_bytes(struct row *row, u64 address, u64 size, u64 limit,
			 u32 info)
{
	return row ? row_append(row, address, size, limit, info) : 0;
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

/* Whether ROW_ARRAY bytes fit AT the cursor; notes it where they do not. */
static __always_inline bool row_fits_array(struct row *row, u64 at)
{
	if (at <= ROW_LAST(ROW_ARRAY))
		return true;
	row->call.h.flags |= EVENT_CALL_CUT;
	return false;
}

/* What ARGUMENT of the call is; 0 where there is none. */
static __always_inline u64 row_arg(const struct row *row, u64 argument)
{
	asm volatile("" : "+r"(argument));
	return argument < EVENT_ARGS ? row->call.args[argument] : 0;
}

/* How wide the caller's pointers and longs are, bytes. */
static __always_inline u64 row_width(const struct row *row)
{
	return row->call.h.compat ? 4 : 8;
}

/* The bytes of N of them.  Linux 6.1 follows a shift, but no product of two
 * variables. */
static __always_inline u64 row_longs(const struct row *row, u64 n)
{
	u64 shift = row->call.h.compat ? 2 : 3;
	asm volatile("" : "+r"(shift));
	return n << shift;
}

/* How many elements of 1 << SHIFT longs the last chunk has, which begins AT: N
 * or fewer. */
static __always_inline u64 row_copied(const struct row *row, u64 at, u64 n,
				      u32 shift)
{
	u64 end = row->call.payload;
	u64 bytes = end > at + ROW_HEAD ? end - at - ROW_HEAD : 0;
	u64 copied = bytes >> (row->call.h.compat ? 2 : 3) >> shift;
	n = n < copied ? n : copied;
	asm volatile("" : "+r"(n));
	return n;
}

/* The caller's pointer or long that is at FROM in the payload. */
static __always_inline u64 row_word(const struct row *row, u64 from)
{
	/* What is tested is what is used, not computed anew. */
	asm volatile("" : "+r"(from));
	if (from > EVENT_PAYLOAD_LIMIT - sizeof(u64))
		return 0;
	if (row->call.h.compat)
		return *(const u32 *)&row->payload[from];
	return *(const u64 *)&row->payload[from];
}
