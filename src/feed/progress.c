/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/progress.h"

#include <limits.h>
#include <string.h>
#include <sys/types.h>

#include "abi/chunk.h"
#include "bpf/control.h"
#include "feed/inventory.h"
#include "feed/live.h"
#include "feed/walk.h"

struct progress {
	const uint64_t *on_ns;
	const struct sink *to;
};

/* The same for the same text; the programs make none like these, as there are
 * not so many CPUs. */
static uint64_t id_of(const char *text, size_t size)
{
	uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ (unsigned char)text[i]) * 0x100000001b3u;
	return hash | 0xffffull << 48;
}

/* Tells what a descriptor refers to that the walk has no name for. */
static void name_fd(const struct progress *progress, pid_t tid, int number,
		    struct event_fd *fd)
{
	static const char deleted[] = " (deleted)";
	const size_t tail = sizeof(deleted) - 1;
	struct {
		struct event_file ev;
		char text[PATH_MAX];
	} file = {.ev = {.h = {.kind = EVENT_FILE}}};
	size_t room = EVENT_SIZE_LIMIT - sizeof(file.ev);
	size_t size = inventory_fd(tid, number, file.text,
				   room < PATH_MAX ? room : PATH_MAX);
	if (fd->flags & EVENT_FD_DELETED && size > tail &&
	    memcmp(file.text + size - tail, deleted, tail) == 0)
		size -= tail; /* it is said by the flag */
	if (size == 0)
		return;
	fd->id = file.ev.id = id_of(file.text, size);
	file.ev.size = (uint32_t)size;
	memset(file.text + size, 0, sizeof(file.text) - size);
	file.ev.h.size = (uint32_t)(sizeof(file.ev) + chunk_padded(size));
	sink_put(progress->to, &file.ev.h);
}

static void name_fds(const struct progress *progress, struct event_call *call)
{
	const struct event_chunk *chunk;
	size_t at = 0;
	while ((chunk = chunk_next(call, &at))) {
		struct event_fd *fd =
			(void *)((char *)call + ((const char *)(chunk + 1) -
						 (const char *)call));
		if (chunk->what == EVENT_CHUNK_FD && fd->id == 0 &&
		    fd->kind == EVENT_FILE_PATH)
			name_fd(progress, (pid_t)call->h.tid,
				(int)chunk->address, fd);
	}
}

static void put(void *self, const struct event *ev)
{
	const struct progress *progress = self;
	union {
		struct event_call call;
		char bytes[EVENT_SIZE_LIMIT];
	} found;
	memcpy(&found, ev, ev->size);
	uint64_t on_ns =
		progress->on_ns[control_place(found.call.nr, ev->compat)];
	uint64_t seen_ns = ev->time_ns > on_ns ? ev->time_ns - on_ns : 0;
	if (ev->flags & EVENT_CALL_FOUND && found.call.duration_ns < seen_ns)
		found.call.duration_ns = seen_ns;
	if (ev->tid)
		name_fds(progress, &found.call);
	sink_put(progress->to, &found.call.h);
}

int progress_walk(struct bpf_link *link, const uint64_t *on_ns,
		  const struct sink *to, struct err *err)
{
	struct progress progress = {.on_ns = on_ns, .to = to};
	const struct sink sink = {.put = put, .self = &progress};
	int code = walk_tasks(link, &sink, err);
	const struct event end = {.size = sizeof(end),
				  .kind = EVENT_BLOCKED_END,
				  .time_ns = live_now_ns()};
	sink_put(to, &end);
	return code;
}
