/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An event is seen as words of 64 bits.  The first HEAD_WORDS of them are told
 * one by one, as differences; what follows, the tail, as it is or not at all.
 * Word 1, the time, is told as difference from the event before, in any slot;
 * its bit in the mask says that a tail follows.
 */
#include "config.h"

#include "feed/pack.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"

#define HEAD_WORDS  16 /* of struct event_call: all but what was captured */
#define HEAD_BYTES  ((size_t)HEAD_WORDS * 8)
#define WORDS       (EVENT_SIZE_LIMIT / 8)
#define TIME_WORD   1
#define TAIL_BIT    (1u << TIME_WORD)
#define VARINT_SIZE 10 /* of 64 bits, seven in a byte */

_Static_assert(sizeof(struct event_call) == HEAD_BYTES, "the head is a call");
_Static_assert(offsetof(struct event, time_ns) == 8 * TIME_WORD, "time");

struct slot {
	uint64_t words[WORDS];
	uint32_t round; /* of pack_begin(); another: it is empty */
};

struct pack {
	struct slot slots[PACK_SLOTS];
	uint32_t round;
	uint64_t time_ns; /* of the event before */
};

struct pack *pack_new(void)
{
	struct pack *pack = xcalloc(1, sizeof(*pack));
	pack_begin(pack);
	return pack;
}

void pack_free(struct pack *pack)
{
	free(pack);
}

void pack_begin(struct pack *pack)
{
	pack->round++;
	pack->time_ns = 0;
}

static struct slot *open_slot(struct pack *pack, uint8_t i)
{
	struct slot *slot = &pack->slots[i];
	if (slot->round != pack->round) {
		memset(slot->words, 0, HEAD_BYTES);
		slot->round = pack->round;
	}
	return slot;
}

/* The low half of the first word is the size of the event, in bytes. */
static size_t tail_of(uint64_t first_word)
{
	size_t size = first_word & UINT32_MAX;
	return size > HEAD_BYTES ? size - HEAD_BYTES : 0;
}

/* Small numbers of either sign become small ones without. */
static uint64_t fold(uint64_t difference)
{
	return difference << 1 ^ (uint64_t)((int64_t)difference >> 63);
}

static uint64_t unfold(uint64_t folded)
{
	return folded >> 1 ^ (0 - (folded & 1));
}

static uint8_t *put_varint(uint8_t *to, uint64_t value)
{
	while (value >= 0x80) {
		*to++ = (uint8_t)(value | 0x80);
		value >>= 7;
	}
	*to++ = (uint8_t)value;
	return to;
}

/* A thread's calls of one number resemble each other. */
static uint8_t choose_slot(const struct event *ev)
{
	const struct event_call *call = (const void *)ev;
	bool is_call = ev->kind == EVENT_CALL;
	uint64_t key = (uint64_t)ev->tid << 32 | (is_call ? call->nr : 0);
	key ^= (uint64_t)ev->kind << 24;
	/* Fibonacci hashing (Knuth, 6.4) */
	return (uint8_t)(key * 0x9e3779b97f4a7c15u >> 56);
}

static uint8_t *put_words(uint8_t *to, uint64_t *words, const uint64_t *now,
			  unsigned mask)
{
	for (unsigned left = mask & ~TAIL_BIT; left; left &= left - 1) {
		unsigned i = (unsigned)__builtin_ctz(left);
		to = put_varint(to, fold(now[i] - words[i]));
		words[i] = now[i];
	}
	return to;
}

size_t pack_put(struct pack *pack, uint8_t *to, const struct event *ev)
{
	uint8_t *const start = to;
	const uint64_t *now = (const void *)ev;
	size_t count = ev->size / 8 < HEAD_WORDS ? ev->size / 8 : HEAD_WORDS;
	size_t tail = tail_of(now[0]);
	uint8_t place = choose_slot(ev);
	struct slot *slot = open_slot(pack, place);
	unsigned mask = 0;
	for (unsigned i = 0; i < count; i++)
		mask |= (unsigned)(now[i] != slot->words[i]) << i;
	mask &= ~TAIL_BIT;
	if (tail && (tail != tail_of(slot->words[0]) ||
		     memcmp(slot->words + HEAD_WORDS, now + HEAD_WORDS, tail)))
		mask |= TAIL_BIT;
	*to++ = place;
	to = put_varint(to, mask);
	to = put_varint(to, fold(ev->time_ns - pack->time_ns));
	pack->time_ns = ev->time_ns;
	to = put_words(to, slot->words, now, mask);
	if (mask & TAIL_BIT) {
		memcpy(slot->words + HEAD_WORDS, now + HEAD_WORDS, tail);
		memcpy(to, now + HEAD_WORDS, tail);
		to += tail;
	}
	return (size_t)(to - start);
}

struct input {
	const uint8_t *at, *end;
	bool failed;
};

static uint64_t get_varint(struct input *in)
{
	uint64_t value = 0;
	for (unsigned i = 0; i < VARINT_SIZE && in->at < in->end; i++) {
		uint8_t byte = *in->at++;
		value |= (uint64_t)(byte & 0x7f) << 7 * i;
		if (byte < 0x80)
			return value;
	}
	in->failed = true;
	return 0;
}

static void get_words(struct input *in, uint64_t *words, unsigned mask)
{
	for (unsigned left = mask & ~TAIL_BIT; left; left &= left - 1)
		words[__builtin_ctz(left)] += unfold(get_varint(in));
}

/* Whether the tail is as the mask has it: there was one of that size, or the
 * bytes are there. */
static bool get_tail(struct input *in, struct slot *slot, size_t before,
		     unsigned mask)
{
	size_t size = slot->words[0] & UINT32_MAX;
	if (size < sizeof(struct event) || size > EVENT_SIZE_LIMIT || size % 8)
		return false;
	size_t tail = tail_of(size);
	if (!(mask & TAIL_BIT))
		return tail == 0 || tail == before;
	if (tail > (size_t)(in->end - in->at))
		return false;
	memcpy(slot->words + HEAD_WORDS, in->at, tail);
	in->at += tail;
	return true;
}

size_t pack_get(struct pack *pack, const uint8_t *from, size_t size,
		const struct event **ret)
{
	if (size == 0)
		return 0;
	struct input in = {.at = from + 1, .end = from + size};
	struct slot *slot = open_slot(pack, from[0]);
	size_t before = tail_of(slot->words[0]);
	uint64_t mask = get_varint(&in);
	if (mask >> HEAD_WORDS)
		return 0;
	pack->time_ns += unfold(get_varint(&in));
	slot->words[TIME_WORD] = pack->time_ns;
	get_words(&in, slot->words, (unsigned)mask);
	if (in.failed || !get_tail(&in, slot, before, (unsigned)mask)) {
		slot->words[0] = 0; /* its tail is not to be believed */
		return 0;
	}
	*ret = (const void *)slot->words;
	return (size_t)(in.at - from);
}
