/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events in few bytes: each is told by what differs from the one that was last
 * put into the same slot, of which there are 256.  Who packs chooses the slot,
 * best one where a call of that thread lies.  What is packed begins with all
 * slots empty, so that it can be read by itself.
 */
#pragma once

#include "bpf/event.h"

#include <stddef.h>
#include <stdint.h>

#define PACK_SLOTS 256

/* What an event takes at most: slot, mask, time and the words of its head, each
 * in up to ten bytes, and the rest of it. */
#define PACK_LIMIT (EVENT_SIZE_LIMIT + 256)

struct pack;

struct pack *pack_new(void);
void pack_free(struct pack *pack);

/* Empties the slots. */
void pack_begin(struct pack *pack);

/* Writes EV, of at most EVENT_SIZE_LIMIT bytes, a multiple of eight, to the
 * PACK_LIMIT bytes at TO; returns how many of them it took. */
size_t pack_put(struct pack *pack, uint8_t *to, const struct event *ev);

/*
 * Reads the event at the beginning of the SIZE bytes at FROM.  Returns how many
 * it took, 0 if they are no event.  *RET is borrowed until the next call; its
 * size holds, all else in it is for decode_is_sane() to judge.
 */
size_t pack_get(struct pack *pack, const uint8_t *from, size_t size,
		const struct event **ret);
