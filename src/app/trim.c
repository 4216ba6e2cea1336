/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/trim.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "abi/chunk.h"
#include "abi/remark.h"
#include "app/capture.h"
#include "app/options.h"
#include "base/xalloc.h"
#include "bpf/event.h"
#include "feed/live.h"

struct trim {
	const struct options *options;
	enum live_fds fds;
	struct sink to;
	union {
		struct event h;
		struct event_call call;
		uint8_t bytes[EVENT_SIZE_LIMIT];
	} trimmed;
};

/* What an export can use is in it, as it was recorded. */
static enum live_fds fds_of(const struct options *options)
{
	bool usual = options->fds == FDS_USUAL;
	return usual && options->mode == MODE_EXPORT
		       ? LIVE_FDS_ALL
		       : capture_shown_fds(options);
}

struct trim *trim_new(const struct options *options)
{
	struct trim *trim = xcalloc(1, sizeof(*trim));
	trim->options = options;
	trim->fds = fds_of(options);
	return trim;
}

void trim_free(struct trim *trim)
{
	free(trim);
}

/* As the kernel side makes it for paths alone: bpf/fd.bpf.h. */
static void trim_fd(struct event_chunk *chunk)
{
	struct event_fd *fd = (void *)(chunk + 1);
	fd->rdev = 0;
	fd->flags &= (uint8_t) ~(EVENT_FD_CHAR | EVENT_FD_BLOCK);
	fd->size = 0;
	chunk->size = sizeof(*fd);
}

/* Copies a chunk to TO, with what is left of it; its size there. */
static size_t trim_chunk(const struct trim *trim, uint8_t *to,
			 const struct event_chunk *chunk)
{
	struct event_chunk *copy = (void *)to;
	bool is_fd = chunk->what == EVENT_CHUNK_FD;
	if (is_fd && trim->fds == LIVE_FDS_NONE)
		return 0;
	memcpy(to, chunk, sizeof(*chunk) + chunk_padded(chunk->size));
	if (is_fd)
		trim_fd(copy);
	return sizeof(*copy) + chunk_padded(copy->size);
}

static const struct event *trim_call(struct trim *trim,
				     const struct event_call *call)
{
	const struct event_chunk *chunk;
	struct event_call *trimmed = &trim->trimmed.call;
	uint8_t *payload = trim->trimmed.bytes + sizeof(*trimmed);
	size_t at = 0;
	size_t size = 0;
	if (trim->fds == LIVE_FDS_ALL || call->payload == 0)
		return &call->h;
	*trimmed = *call;
	while ((chunk = chunk_next(call, &at)))
		size += trim_chunk(trim, payload + size, chunk);
	trimmed->payload = (uint32_t)size;
	trimmed->h.size = (uint32_t)(sizeof(*trimmed) + size);
	return &trim->trimmed.h;
}

static bool has_id(const pid_t *ids, size_t count, uint32_t id)
{
	for (size_t i = 0; i < count; i++) {
		if ((uint32_t)ids[i] == id)
			return true;
	}
	return count == 0;
}

/* A filter is about calls; processes may have been chosen by their numbers. */
static bool shows_remark(const struct options *options, const struct event *ev)
{
	if (options->filter || !options->replay.count)
		return !options->filter; /* a host has done the rest */
	return !options->comm && !options->user &&
	       has_id(options->pids, options->pid_count, ev->pid) &&
	       has_id(options->tids, options->tid_count, ev->tid);
}

static void put(void *self, const struct event *ev)
{
	struct trim *trim = self;
	if (ev->kind == EVENT_CALL || ev->kind == EVENT_BLOCKED)
		ev = trim_call(trim, (const void *)ev);
	if (remark_is_row(ev) && !shows_remark(trim->options, ev)) {
		memcpy(trim->trimmed.bytes, ev, ev->size);
		trim->trimmed.h.flags &= (uint16_t)~EVENT_TASK_ROW;
		ev = &trim->trimmed.h;
		if (ev->kind == EVENT_SIGNAL)
			return;
	}
	sink_put(&trim->to, ev);
}

struct sink trim_sink(struct trim *trim, const struct sink *to)
{
	trim->to = *to;
	return (struct sink){.put = put, .self = trim};
}
