/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The row under construction: made at a thread's first call that captures
 * something.  Text is read at entry; what could not be read then (its page was
 * not resident) is tried again at exit.
 */
#pragma once

#include "control.h"
#include "kernel.h"

struct capture_row {
	struct event_call call; /* call.payload is the cursor */
	u8 payload[EVENT_PAYLOAD_LIMIT];
	u32 retry; /* bit per operation that failed at entry */
	u32 pad;
};

_Static_assert(sizeof(struct capture_row) <= 3900,
	       "rounded up to 8 KB by the kernel's allocator");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct capture_row);
} rows SEC(".maps");

#define CAPTURE_START_LIMIT (EVENT_PAYLOAD_LIMIT - EVENT_CHUNK_LIMIT)
#define CAPTURE_TEXT_LIMIT  (EVENT_CHUNK_LIMIT - sizeof(struct event_chunk) - 8)

/*
 * Appends what ADDRESS points to as a chunk of argument ARG, at most LIMIT
 * bytes.  With LAST an unreadable text is noted as such.  Whether it is done.
 */
__noinline int capture_text(struct capture_row *row, u64 address, u32 arg_limit,
			    int last)
{
	if (!row)
		return 1;
	u64 at = row->call.payload;
	u64 limit = arg_limit & 0xffff;
	if (at > CAPTURE_START_LIMIT || limit > CAPTURE_TEXT_LIMIT) {
		row->call.h.flags |= EVENT_CALL_CUT;
		return 1;
	}
	struct event_chunk *chunk = (void *)&row->payload[at];
	char *text = (char *)(chunk + 1);
	/* One byte for the NUL, one more to tell a text of exactly LIMIT bytes
	 * from a longer one. */
	s64 got = bpf_probe_read_user_str(text, (u32)limit + 2,
					  (const void *)address);
	if (got < 0 && !last)
		return 0;
	u32 size = got > 0 ? (u32)got - 1 : 0;
	chunk->address = address;
	chunk->arg = (u8)(arg_limit >> 16);
	chunk->what = EVENT_CHUNK_STRING;
	chunk->phase = EVENT_AT_ENTRY;
	chunk->status = got < 0 ? EVENT_CHUNK_UNREADABLE : EVENT_CHUNK_WHOLE;
	if (size > limit) {
		size = (u32)limit;
		chunk->status = EVENT_CHUNK_CUT;
	}
	chunk->size = size;
	row->call.payload = (u32)at + (u32)sizeof(*chunk) + ((size + 7) & ~7u);
	return 1;
}

/* Captures at entry. NULL if there is no memory for the row. */
static __always_inline struct capture_row *
capture_begin(struct task_struct *task, const struct control_desc *desc,
	      const u64 args[EVENT_ARGS])
{
	struct capture_row *row = bpf_task_storage_get(
		&rows, task, NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!row)
		return NULL;
	row->call.payload = 0;
	row->call.h.flags = 0;
	row->retry = 0;
	bool last = (desc->flags & CONTROL_EXEC) != 0;
	for (u32 i = 0; i < CONTROL_OPS; i++) {
		if (i >= desc->op_count)
			break;
		u32 arg = desc->ops[i].arg;
		if (arg >= EVENT_ARGS || !args[arg])
			continue;
		if (!capture_text(row, args[arg],
				  arg << 16 | desc->ops[i].limit, last))
			row->retry |= 1u << i;
	}
	return row;
}

/* Captures at exit what could not be read at entry. */
static __always_inline void capture_end(struct capture_row *row,
					const struct control_desc *desc,
					const u64 args[EVENT_ARGS])
{
	if (!row->retry)
		return;
	for (u32 i = 0; i < CONTROL_OPS; i++) {
		if (!(row->retry >> i & 1))
			continue;
		u32 arg = desc->ops[i].arg;
		if (arg < EVENT_ARGS)
			(void)capture_text(row, args[arg],
					   arg << 16 | desc->ops[i].limit, 1);
	}
}
