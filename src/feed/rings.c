/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/rings.h"

#include <errno.h>
#include <linux/bpf.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "bpf/event.h"

struct ring {
	int fd;
	size_t size;
	_Atomic unsigned long *consumer; /* a page of its own, ours to write */
	const _Atomic unsigned long
		*producer; /* a page; the data follow, mapped twice in a row */
	const unsigned char *data;
	unsigned long position; /* of the next record */
	const struct event
		*head;     /* the event there; NULL: not looked at, or none */
	size_t head_bytes; /* what it takes in the ring */
};

struct rings {
	struct ring *at;
	size_t count;
	size_t page;
};

struct rings *rings_new(void)
{
	struct rings *rings = xcalloc(1, sizeof(*rings));
	rings->page = (size_t)sysconf(_SC_PAGESIZE);
	return rings;
}

void rings_free(struct rings *rings)
{
	if (!rings)
		return;
	for (size_t i = 0; i < rings->count; i++) {
		struct ring *ring = &rings->at[i];
		/* Unmapping what was mapped cannot fail. */
		(void)munmap((void *)ring->consumer, rings->page);
		(void)munmap((void *)(uintptr_t)ring->producer,
			     rings->page + 2 * ring->size);
		(void)close(ring->fd);
	}
	free(rings->at);
	free(rings);
}

int rings_add(struct rings *rings, int fd, size_t size)
{
	void *consumer = mmap(NULL, rings->page, PROT_READ | PROT_WRITE,
			      MAP_SHARED, fd, 0);
	if (consumer == MAP_FAILED)
		return -errno;
	void *producer = mmap(NULL, rings->page + 2 * size, PROT_READ,
			      MAP_SHARED, fd, (off_t)rings->page);
	if (producer == MAP_FAILED) {
		int code = -errno;
		(void)munmap(consumer,
			     rings->page); /* it was mapped just now */
		return code;
	}
	rings->at =
		xrealloc(rings->at, (rings->count + 1) * sizeof(*rings->at));
	rings->at[rings->count++] = (struct ring){
		.fd = fd,
		.size = size,
		.consumer = consumer,
		.producer = producer,
		.data = (const unsigned char *)producer + rings->page,
		.position =
			atomic_load_explicit((_Atomic unsigned long *)consumer,
					     memory_order_relaxed),
	};
	return 0;
}

static void advance(struct ring *ring)
{
	ring->position += ring->head_bytes;
	ring->head = NULL;
	atomic_store_explicit(ring->consumer, ring->position,
			      memory_order_release);
}

static bool is_event(const struct event *ev, size_t size)
{
	return size >= sizeof(*ev) && ev->size >= sizeof(*ev) &&
	       ev->size <= size;
}

/* Looks at the next record; false if there is none that is complete. */
static bool look(struct ring *ring)
{
	while (!ring->head) {
		unsigned long end = atomic_load_explicit(ring->producer,
							 memory_order_acquire);
		if (ring->position >= end)
			return false;
		const unsigned char *record =
			ring->data + (ring->position & (ring->size - 1));
		uint32_t header = atomic_load_explicit(
			(const _Atomic uint32_t *)(const void *)record,
			memory_order_acquire);
		if (header & BPF_RINGBUF_BUSY_BIT)
			return false;
		size_t size = header &
			      ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);
		ring->head_bytes = (size + BPF_RINGBUF_HDR_SZ + 7) & ~(size_t)7;
		ring->head = (const void *)(record + BPF_RINGBUF_HDR_SZ);
		if (header & BPF_RINGBUF_DISCARD_BIT ||
		    !is_event(ring->head, size))
			advance(ring);
	}
	return true;
}

size_t rings_drain(struct rings *rings, uint64_t cutoff_ns, size_t limit,
		   const struct sink *to)
{
	size_t done = 0;
	while (!limit || done < limit) {
		struct ring *oldest = NULL;
		for (size_t i = 0; i < rings->count; i++) {
			struct ring *ring = &rings->at[i];
			if ((ring->head || look(ring)) &&
			    (!oldest ||
			     ring->head->time_ns < oldest->head->time_ns))
				oldest = ring;
		}
		if (!oldest || oldest->head->time_ns > cutoff_ns)
			break;
		sink_put(to, oldest->head);
		advance(oldest);
		done++;
	}
	return done;
}

void rings_look(const struct rings *rings, uint64_t *ret_taken_bytes,
		unsigned *ret_fill_pct)
{
	uint64_t taken = 0;
	unsigned most = 0;
	for (size_t i = 0; i < rings->count; i++) {
		const struct ring *ring = &rings->at[i];
		unsigned long end = atomic_load_explicit(ring->producer,
							 memory_order_relaxed);
		unsigned long waits = end - ring->position;
		unsigned pct = (unsigned)(waits * 100 / ring->size);
		taken += ring->position;
		most = pct > most ? pct : most;
	}
	*ret_taken_bytes = taken;
	*ret_fill_pct = most;
}
