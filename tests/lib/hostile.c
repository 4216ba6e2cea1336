/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tests/lib/hostile.h"

#include <stdbool.h>
#include <string.h>

#define PAGES       8
#define CHUNKS      12
#define PROTOCOLS   20 /* NETLINK_*, and some more */
#define RESULT_BIAS 4

static uint8_t next_byte(struct hostile_source *source)
{
	if (source->left == 0)
		return 0;
	source->left--;
	return *source->bytes++;
}

static uint64_t next_number(struct hostile_source *source, unsigned bytes)
{
	uint64_t number = 0;
	for (unsigned i = 0; i < bytes; i++)
		number = number << 8 | next_byte(source);
	return number;
}

/* An address that other parts of the row are likely to have too. */
static uint64_t next_address(struct hostile_source *source)
{
	uint8_t byte = next_byte(source);
	return 0x1000u * (1u + byte % PAGES) + (byte >> 5) * 8u;
}

/* A small number, an address, bits, or anything. */
static uint64_t next_value(struct hostile_source *source)
{
	switch (next_byte(source) % 6) {
	case 0:
		return next_byte(source) % 70;
	case 1:
	case 2:
		return next_address(source);
	case 3:
		return 1ull << next_byte(source) % 64;
	case 4:
		return next_number(source, 2);
	default:
		return next_number(source, 8);
	}
}

static void fill_memory(uint8_t *data, size_t size,
			struct hostile_source *source)
{
	for (size_t i = 0; i + 8 <= size; i += 8) {
		uint64_t word = next_value(source);
		memcpy(data + i, &word, 8);
	}
	for (size_t i = size / 8 * 8; i < size; i++)
		data[i] = next_byte(source);
}

static void fill_fd(struct event_chunk *chunk, struct hostile_source *source)
{
	struct event_fd *fd = (void *)(chunk + 1);
	struct event_socket *socket = (void *)(fd + 1);
	bool is_socket = next_byte(source) & 1;
	size_t path = is_socket ? next_byte(source) % 128 : 0;
	chunk->address = next_value(source) % 70;
	chunk->size =
		sizeof(*fd) +
		(is_socket ? (uint32_t)(sizeof(*socket) + ((path + 7) & ~7u))
			   : 0);
	fill_memory((uint8_t *)fd, chunk->size, source);
	fd->kind %= EVENT_FILE_KINDS;
	fd->size = (uint16_t)(chunk->size - sizeof(*fd));
	if (is_socket) {
		socket->path_size = (uint8_t)path;
		socket->family %= 45;
	}
}

static void fill_stack(struct event_chunk *chunk, struct hostile_source *source)
{
	struct event_frame *frame = (void *)(chunk + 1);
	size_t count = next_byte(source) % 10;
	chunk->size = (uint32_t)(count * sizeof(*frame));
	fill_memory((uint8_t *)frame, chunk->size, source);
	for (size_t i = 0; i < count; i++)
		frame[i].kind %= EVENT_FRAME_KINDS;
}

static void fill_chunk(struct event_chunk *chunk, struct hostile_source *source)
{
	chunk->address = next_address(source);
	chunk->arg = next_byte(source) % EVENT_ARGS;
	chunk->what = next_byte(source) % EVENT_CHUNK_WHATS;
	chunk->status = next_byte(source) % EVENT_CHUNK_STATUSES;
	chunk->phase = next_byte(source) % EVENT_PHASES;
	chunk->size = chunk->what == EVENT_CHUNK_COUNT ||
				      chunk->what == EVENT_CHUNK_NETLINK
			      ? 8
			      : (uint32_t)next_number(source, 2) % 300;
	if (chunk->what == EVENT_CHUNK_FD)
		fill_fd(chunk, source);
	else if (chunk->what == EVENT_CHUNK_STACK)
		fill_stack(chunk, source);
	else
		fill_memory((uint8_t *)(chunk + 1), chunk->size, source);
	if (chunk->what == EVENT_CHUNK_NETLINK)
		*(uint64_t *)(chunk + 1) %= PROTOCOLS;
}

void hostile_call(struct event_call *ev, uint32_t nr,
		  struct hostile_source *source)
{
	memset(ev, 0, EVENT_SIZE_LIMIT);
	ev->h.kind = EVENT_CALL;
	ev->nr = nr;
	ev->h.compat = next_byte(source) & 1;
	ev->h.flags = next_byte(source) % 16 == 0 ? EVENT_CALL_NO_RESULT : 0;
	ev->ret = next_byte(source) % RESULT_BIAS ? next_byte(source) % 70
						  : (int64_t)next_value(source);
	if (next_byte(source) % 8 == 0)
		ev->ret = -(int64_t)(next_number(source, 2) % 600);
	for (unsigned i = 0; i < EVENT_ARGS; i++)
		ev->args[i] = next_value(source);
	unsigned count = next_byte(source) % CHUNKS;
	for (unsigned i = 0; i < count; i++) {
		struct event_chunk *chunk =
			(void *)((char *)(ev + 1) + ev->payload);
		if (ev->payload + sizeof(*chunk) + 512 > EVENT_PAYLOAD_LIMIT)
			break;
		fill_chunk(chunk, source);
		ev->payload +=
			(uint32_t)sizeof(*chunk) + ((chunk->size + 7) & ~7u);
	}
	ev->h.size = (uint32_t)sizeof(*ev) + ev->payload;
}
