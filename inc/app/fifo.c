/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/fifo.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "bpf/event.h"

void fifo_init(struct fifo *fifo, size_t budget_bytes)
{
	size_t size = budget_bytes & ~(size_t)7;
	assert(size > EVENT_SIZE_LIMIT);
	*fifo = (struct fifo){.data = xmalloc(size), .size = size};
}

void fifo_done(struct fifo *fifo)
{
	free(fifo->data);
	*fifo = (struct fifo){0};
}

/* Never makes tail meet head from behind: that would read as empty. */
static bool make_room(struct fifo *fifo, size_t size)
{
	if (fifo->head == fifo->tail) /* empty: warm memory again */
		fifo->head = fifo->tail = 0;
	if (fifo->tail < fifo->head)
		return fifo->head - fifo->tail > size;
	if (fifo->size - fifo->tail >= size)
		return true;
	if (fifo->head <= size)
		return false;
	fifo->end = fifo->tail;
	fifo->tail = 0;
	return true;
}

bool fifo_put(struct fifo *fifo, const struct event *ev)
{
	if (!make_room(fifo, ev->size))
		return false;
	memcpy(fifo->data + fifo->tail, ev, ev->size);
	fifo->tail += ev->size;
	return true;
}

const struct event *fifo_peek(const struct fifo *fifo)
{
	if (fifo->head == fifo->tail)
		return NULL;
	return (const void *)(fifo->data + fifo->head);
}

void fifo_pop(struct fifo *fifo)
{
	fifo->head += fifo_peek(fifo)->size;
	if (fifo->tail < fifo->head && fifo->head == fifo->end)
		fifo->head = 0;
}
