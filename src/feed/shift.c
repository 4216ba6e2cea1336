/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/shift.h"

#include "abi/chunk.h"

/* Ids of files are a CPU's number and a count below it. */
#define ID_HOST_SHIFT 61

static uint64_t shift_id(uint64_t id, const struct shift *shift)
{
	return id ^ (uint64_t)shift->host << ID_HOST_SHIFT;
}

static void shift_time(__u64 *time_ns, const struct shift *shift)
{
	if (*time_ns)
		*time_ns += shift->later_ns;
}

static void shift_fd(void *data, const struct shift *shift)
{
	struct event_fd *fd = data;
	if (fd->id)
		fd->id = shift_id(fd->id, shift);
}

/* The vDSO is a file of its own in each kernel, and has no id. */
static void shift_stack(void *data, size_t size, const struct shift *shift)
{
	struct event_frame *frame = data;
	for (size_t i = 0; i < size / sizeof(*frame); i++)
		if (frame[i].file || frame[i].kind == EVENT_FRAME_VDSO)
			frame[i].file = shift_id(frame[i].file, shift);
}

static void shift_chunks(struct event_call *ev, const struct shift *shift)
{
	const struct event_chunk *chunk;
	size_t at = 0;
	while ((chunk = chunk_next(ev, &at))) {
		void *data = (void *)(uintptr_t)(chunk + 1); /* of EV */
		if (chunk->what == EVENT_CHUNK_FD)
			shift_fd(data, shift);
		else if (chunk->what == EVENT_CHUNK_STACK)
			shift_stack(data, chunk->size, shift);
	}
}

static void shift_body(void *event, const struct shift *shift)
{
	const struct event *ev = event;
	struct event_task *task = event;
	struct event_file *file = event;
	struct event_symbol *symbol = event;
	switch ((enum event_kind)ev->kind) {
	case EVENT_CALL:
	case EVENT_BLOCKED:
		shift_chunks(event, shift);
		break;
	case EVENT_TASK:
	case EVENT_FORK:
	case EVENT_EXEC:
	case EVENT_EXIT:
	case EVENT_RENAME:
	case EVENT_CRED:
		shift_time(&task->parent_start_ns, shift);
		break;
	case EVENT_FILE:
		file->id = shift_id(file->id, shift);
		break;
	case EVENT_SYMBOL:
		symbol->file = shift_id(symbol->file, shift);
		break;
	case EVENT_STAT:
	case EVENT_COUNT:
	case EVENT_LOST:
	case EVENT_TICK:
	case EVENT_SIGNAL:
	case EVENT_ERROR:
	case EVENT_BLOCKED_END:
	case EVENT_TRACED:
	case EVENT_NUMBER:
		break;
	}
}

void shift_event(struct event *ev, const struct shift *shift)
{
	ev->flags = (uint16_t)((ev->flags & ~EVENT_HOST_MASK) |
			       shift->host << EVENT_HOST_SHIFT);
	ev->time_ns += shift->later_ns;
	shift_time(&ev->start_ns, shift);
	shift_body(ev, shift);
}
