/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/hoard.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

/* A stretch is to be a small part of all, because it goes as a whole; and a
 * large one beside its state, which is no rows. */
#define STRETCH_SHARE 16 /* of the budget, at least */
#define STATE_SHARE   8  /* of a stretch, at most, */
#define STRETCH_LIMIT 4  /* unless it takes so much of the budget */

/* Blocks between two tries where a state alone is more than the budget. */
#define TRY_AGAIN 32

struct kept_block {
	struct kept_block *next;
	struct recording_block head;
	uint8_t data[]; /* head.stored */
};

struct hoard {
	uint64_t limit;
	uint64_t bytes;
	struct kept_block *first, *last; /* first begins a state; or NULL */
	uint64_t state_bytes;            /* of the latest state */
	uint64_t events_bytes;           /* and behind it */
	struct kept_block *reading;      /* the next to be read; NULL: none */
	const struct kept_block *until;  /* and the last */
	unsigned wait;                   /* blocks until a state is wanted */
};

struct hoard *hoard_new(uint64_t limit_bytes)
{
	struct hoard *hoard = xcalloc(1, sizeof(*hoard));
	hoard->limit = limit_bytes;
	return hoard;
}

static size_t size_of(const struct kept_block *block)
{
	return sizeof(*block) + block->head.stored;
}

static void drop_first(struct hoard *hoard)
{
	struct kept_block *block = hoard->first;
	hoard->first = block->next;
	if (!hoard->first)
		hoard->last = NULL;
	hoard->bytes -= size_of(block);
	free(block);
}

void hoard_free(struct hoard *hoard)
{
	if (!hoard)
		return;
	while (hoard->first)
		drop_first(hoard);
	free(hoard);
}

static bool begins_state(const struct recording_block *block)
{
	return block->kind == RECORDING_STATE &&
	       !(block->flags & RECORDING_REST);
}

/* Of all stretches the oldest; where there is one only, even that. */
static void drop_stretch(struct hoard *hoard)
{
	do
		drop_first(hoard);
	while (hoard->first && !begins_state(&hoard->first->head));
}

/* Whether the oldest stretch has what is still to be read. */
static bool is_to_be_read(const struct hoard *hoard)
{
	const struct kept_block *block = hoard->first;
	do {
		if (block == hoard->reading)
			return true;
		block = block->next;
	} while (block && !begins_state(&block->head));
	return false;
}

static void keep_within(struct hoard *hoard)
{
	while (hoard->bytes > hoard->limit && hoard->first &&
	       !is_to_be_read(hoard)) {
		drop_stretch(hoard);
		if (!hoard->first)
			hoard->wait = TRY_AGAIN;
	}
}

static void measure(struct hoard *hoard, const struct kept_block *block)
{
	if (begins_state(&block->head))
		hoard->state_bytes = hoard->events_bytes = 0;
	if (block->head.kind == RECORDING_STATE)
		hoard->state_bytes += size_of(block);
	else
		hoard->events_bytes += size_of(block);
}

void hoard_put(struct hoard *hoard, const struct recording_block *head,
	       const uint8_t *data)
{
	if (!hoard->first && !begins_state(head)) {
		if (hoard->wait && head->kind == RECORDING_EVENTS)
			hoard->wait--;
		return;
	}
	struct kept_block *block = xmalloc(sizeof(*block) + head->stored);
	block->next = NULL;
	block->head = *head;
	memcpy(block->data, data, head->stored);
	if (hoard->last)
		hoard->last->next = block;
	else
		hoard->first = block;
	hoard->last = block;
	hoard->bytes += size_of(block);
	measure(hoard, block);
	keep_within(hoard);
}

bool hoard_wants_state(const struct hoard *hoard)
{
	uint64_t least = hoard->limit / STRETCH_SHARE;
	uint64_t most = hoard->limit / STRETCH_LIMIT;
	uint64_t wanted = hoard->state_bytes * STATE_SHARE;
	if (wanted > most)
		wanted = most;
	if (wanted < least)
		wanted = least;
	return hoard->first ? hoard->events_bytes >= wanted : !hoard->wait;
}

void hoard_extent(const struct hoard *hoard, struct hoard_extent *ret)
{
	*ret = (struct hoard_extent){
		.bytes = hoard->bytes,
		.since_ns = hoard->first ? hoard->first->head.first_ns : 0,
	};
}

void hoard_begin_reading(struct hoard *hoard)
{
	hoard->reading = hoard->first;
	hoard->until = hoard->last;
}

const struct recording_block *hoard_read(struct hoard *hoard,
					 const uint8_t **ret_data)
{
	struct kept_block *block = hoard->reading;
	if (!block) {
		keep_within(hoard);
		return NULL;
	}
	hoard->reading = block == hoard->until ? NULL : block->next;
	*ret_data = block->data;
	return &block->head;
}
