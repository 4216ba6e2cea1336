/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/ring.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/*
 * Calls lie one behind the other in `data`; one that does not fit before its
 * end begins again at 0.  `slots` says where each begins, by number.
 */
struct ring {
	char *data;
	size_t data_bytes;
	size_t head;     /* where the next call goes */
	uint32_t *slots; /* offset / 8 of number % slot_count */
	uint64_t slot_count;
	uint64_t oldest; /* number */
	uint64_t next;   /* number */
	uint64_t shed;
};

struct ring *ring_new(size_t limit_bytes)
{
	const size_t slot_bytes = sizeof(uint32_t);
	const size_t least = (size_t)2 * EVENT_SIZE_LIMIT;
	struct ring *ring = xcalloc(1, sizeof(*ring));
	if (limit_bytes < least)
		limit_bytes = least;
	/* as many slots as the smallest events could fill */
	ring->slot_count =
		limit_bytes / (sizeof(struct event_call) + slot_bytes);
	ring->data_bytes =
		(limit_bytes - ring->slot_count * slot_bytes) & ~(size_t)7;
	ring->data = xmalloc(ring->data_bytes);
	ring->slots = xmalloc(ring->slot_count * slot_bytes);
	ring->oldest = 1;
	ring->next = 1;
	return ring;
}

void ring_free(struct ring *ring)
{
	if (!ring)
		return;
	free(ring->data);
	free(ring->slots);
	free(ring);
}

static size_t offset_of(const struct ring *ring, uint64_t number)
{
	return (size_t)ring->slots[number % ring->slot_count] * 8;
}

/* Drops the oldest calls that begin in [from, to). */
static void evict(struct ring *ring, size_t from, size_t to)
{
	while (ring->oldest < ring->next) {
		size_t offset = offset_of(ring, ring->oldest);
		if (offset < from || offset >= to)
			return;
		ring->oldest++;
		ring->shed++;
	}
}

uint64_t ring_put(struct ring *ring, const struct event_call *ev)
{
	size_t size = ev->h.size;
	assert(size >= sizeof(*ev) && size <= EVENT_SIZE_LIMIT &&
	       size % 8 == 0);
	if (ring->head + size > ring->data_bytes) {
		evict(ring, ring->head, ring->data_bytes);
		ring->head = 0;
	}
	evict(ring, ring->head, ring->head + size);
	if (ring->next - ring->oldest == ring->slot_count) {
		ring->oldest++;
		ring->shed++;
	}
	memcpy(ring->data + ring->head, ev, size);
	ring->slots[ring->next % ring->slot_count] = (uint32_t)(ring->head / 8);
	ring->head += size;
	return ring->next++;
}

const struct event_call *ring_get(const struct ring *ring, uint64_t number)
{
	if (number < ring->oldest || number >= ring->next)
		return NULL;
	return (const void *)(ring->data + offset_of(ring, number));
}

uint64_t ring_oldest(const struct ring *ring)
{
	return ring->oldest;
}

uint64_t ring_newest(const struct ring *ring)
{
	return ring->next - 1;
}

uint64_t ring_shed(const struct ring *ring)
{
	return ring->shed;
}

void ring_clear(struct ring *ring)
{
	ring->oldest = ring->next;
	ring->head = 0;
}
