/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/chunk.h"

#include <stdint.h>

size_t chunk_padded(size_t size)
{
	return (size + 7) & ~(size_t)7;
}

const struct event_chunk *chunk_next(const struct event_call *ev, size_t *at)
{
	size_t end = ev->payload;
	if (ev->h.size < sizeof(*ev) || end > ev->h.size - sizeof(*ev))
		return NULL;
	if (*at > end || end - *at < sizeof(struct event_chunk))
		return NULL;
	const char *payload = (const char *)(ev + 1);
	const struct event_chunk *chunk = (const void *)(payload + *at);
	if (chunk->size > end - *at - sizeof(*chunk))
		return NULL;
	*at += sizeof(*chunk) + chunk_padded(chunk->size);
	return chunk;
}

static bool is_stack_sane(const struct event_chunk *chunk)
{
	const struct event_frame *frame = (const void *)(chunk + 1);
	size_t count = chunk->size / sizeof(*frame);
	if (chunk->size % sizeof(*frame) || count > EVENT_FRAMES)
		return false;
	for (size_t i = 0; i < count; i++)
		if (frame[i].kind >= EVENT_FRAME_KINDS)
			return false;
	return true;
}

/* Whether the data of a chunk that is more than bytes is whole. */
static bool is_data_sane(const struct event_chunk *chunk)
{
	if (chunk->what == EVENT_CHUNK_COUNT ||
	    chunk->what == EVENT_CHUNK_NETLINK)
		return chunk->size == sizeof(uint64_t) ||
		       chunk->status == EVENT_CHUNK_UNREADABLE;
	if (chunk->what == EVENT_CHUNK_STACK)
		return is_stack_sane(chunk);
	if (chunk->what != EVENT_CHUNK_FD)
		return true;
	const struct event_fd *fd = (const void *)(chunk + 1);
	const struct event_socket *socket = (const void *)(fd + 1);
	if (chunk->size < sizeof(*fd) ||
	    chunk->size - sizeof(*fd) != fd->size ||
	    fd->kind >= EVENT_FILE_KINDS)
		return false;
	return !fd->size ||
	       (fd->size >= sizeof(*socket) &&
		fd->size == sizeof(*socket) + chunk_padded(socket->path_size));
}

bool chunk_are_sane(const struct event_call *ev)
{
	const struct event_chunk *chunk;
	size_t at = 0;
	while ((chunk = chunk_next(ev, &at))) {
		if (chunk->arg >= EVENT_ARGS ||
		    chunk->what >= EVENT_CHUNK_WHATS ||
		    chunk->status >= EVENT_CHUNK_STATUSES ||
		    chunk->phase >= EVENT_PHASES ||
		    chunk->size > EVENT_CHUNK_LIMIT || !is_data_sane(chunk))
			return false;
	}
	return at >= ev->payload;
}
