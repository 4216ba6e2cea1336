/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/places.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/xalloc.h"
#include "feed/recording.h"

#define HEAD_SIZE    sizeof(struct recording_block)
#define HEADER_SIZE  sizeof(struct recording_header)
#define ENTRY_SIZE   sizeof(struct recording_entry)
#define WINDOW       65536u   /* looked through at once for heads */
#define NEAR         4194304u /* so much is gone through head by head */
#define PROBE        4194304u /* where in that no head is, it is left out */
#define STEP         (RECORDING_STORED_LIMIT + 65536u) /* some head is in it */
#define STEPS        64       /* back, past damage; then: from the beginning */
#define STATES       16       /* damaged ones, one before the other */
#define STATE_BLOCKS 1024     /* of 256 KiB each */
#define INDEX_LIMIT  1048576  /* blocks; there are some 10,000 in a GiB */
#define ROWS_LEAST   262144u  /* bytes of events before the moment */
#define ROWS_MOST    8388608u /* and no more for the sake of that */

struct places {
	int fd;
	uint64_t size; /* of the file, as of the latest look */
	struct recording_entry *entries; /* owned; the index */
	size_t count;                    /* 0: there is none */
	uint8_t *data; /* RECORDING_STORED_LIMIT: what is looked at */
};

struct places *places_new(int fd)
{
	struct places *places = xcalloc(1, sizeof(*places));
	places->fd = fd;
	places->data = xmalloc(RECORDING_STORED_LIMIT);
	return places;
}

void places_free(struct places *places)
{
	if (!places)
		return;
	free(places->entries);
	free(places->data);
	free(places);
}

/* How many of the bytes there are. */
static size_t read_at(const struct places *places, uint64_t at, void *to,
		      size_t size)
{
	size_t have = 0;
	while (have < size) {
		ssize_t n = pread(places->fd, (uint8_t *)to + have, size - have,
				  (off_t)(at + have));
		if (n == 0 || (n < 0 && errno != EINTR))
			break; /* whoever reads on says what is missing */
		have += n > 0 ? (size_t)n : 0;
	}
	return have;
}

static uint64_t behind(uint64_t at, const struct recording_block *block)
{
	return at + HEAD_SIZE + block->stored;
}

static bool get_head(const struct places *places, uint64_t at,
		     struct recording_block *ret)
{
	return at >= HEADER_SIZE && at < places->size &&
	       read_at(places, at, ret, HEAD_SIZE) == HEAD_SIZE &&
	       recording_is_block(ret);
}

/* Events may hold the bytes of another recording: a head is one if the next
 * comes right behind its block, or the end. */
static bool is_linked(const struct places *places, uint64_t at,
		      const struct recording_block *block)
{
	struct recording_block next;
	uint64_t end = behind(at, block);
	return end >= places->size || (get_head(places, end, &next) &&
				       next.sequence == block->sequence + 1);
}

/* Moves *AT to the first head that begins in [*AT, END). */
static bool search(const struct places *places, uint64_t *at, uint64_t end,
		   struct recording_block *ret)
{
	for (uint64_t from = *at; from < end;) {
		size_t n = read_at(places, from, places->data, WINDOW);
		size_t i = recording_find_block(places->data, n);
		while (i < n && from + i < end) {
			*at = from + i;
			if (get_head(places, *at, ret) &&
			    is_linked(places, *at, ret))
				return true;
			i++;
			i += recording_find_block(places->data + i, n - i);
		}
		if (n == 0)
			return false;
		from += n;
	}
	return false;
}

/* The head at *AT; where none is: the next one. */
static bool next_head(const struct places *places, uint64_t *at, uint64_t end,
		      struct recording_block *ret)
{
	return *at < end &&
	       (get_head(places, *at, ret) || search(places, at, end, ret));
}

static bool is_sound_index(const struct places *places)
{
	uint64_t least = HEADER_SIZE;
	for (size_t i = 0; i < places->count; i++) {
		const struct recording_entry *entry = &places->entries[i];
		if (entry->at < least || entry->at >= places->size ||
		    entry->kind >= RECORDING_KINDS)
			return false;
		least = entry->at + HEAD_SIZE;
	}
	return true;
}

/* Takes what is stored of the block into places->data. */
static bool get_data(const struct places *places, uint64_t at,
		     const struct recording_block *block)
{
	return read_at(places, at + HEAD_SIZE, places->data, block->stored) ==
		       block->stored &&
	       recording_crc(places->data, block->stored) == block->data_crc;
}

static bool add_entries(struct places *places, uint64_t at,
			const struct recording_block *block)
{
	size_t more = block->raw / ENTRY_SIZE;
	uLongf size = block->raw;
	if (more == 0 || block->raw % ENTRY_SIZE ||
	    places->count + more > INDEX_LIMIT || !get_data(places, at, block))
		return false;
	places->entries = xrealloc(places->entries,
				   (places->count + more + 1) * ENTRY_SIZE);
	uint8_t *to = (uint8_t *)(places->entries + places->count);
	places->count += more;
	if (block->codec == RECORDING_PLAIN)
		memcpy(to, places->data, size);
	return block->codec == RECORDING_PLAIN ||
	       (uncompress(to, &size, places->data, block->stored) == Z_OK &&
		size == block->raw);
}

static bool read_index(struct places *places)
{
	struct recording_block block;
	if (!get_head(places, places->size - HEAD_SIZE, &block) ||
	    block.kind != RECORDING_END)
		return false;
	uint64_t at = block.at;
	do {
		if (!get_head(places, at, &block) ||
		    block.kind != RECORDING_INDEX ||
		    !add_entries(places, at, &block))
			return false;
		at = behind(at, &block);
	} while (block.flags & RECORDING_MORE);
	return is_sound_index(places);
}

/* A file that is still being recorded grows, and has its index at last. */
static void look(struct places *places)
{
	struct stat st;
	if (fstat(places->fd, &st) < 0 || (uint64_t)st.st_size == places->size)
		return;
	places->size = (uint64_t)st.st_size;
	places->count = 0;
	if (places->size < HEADER_SIZE + HEAD_SIZE || !read_index(places))
		places->count = 0;
}

static bool is_later(const struct recording_block *block, uint64_t time_ns)
{
	return block->kind == RECORDING_EVENTS && block->last_ns > time_ns;
}

/* No block that begins before has events later than TIME_NS. */
static uint64_t halve(const struct places *places, uint64_t time_ns)
{
	uint64_t low = HEADER_SIZE;
	uint64_t high = places->size;
	while (high > low && high - low > NEAR) {
		uint64_t mid = low + (high - low) / 2;
		uint64_t at = mid;
		uint64_t end = high - mid > PROBE ? mid + PROBE : high;
		struct recording_block block;
		if (search(places, &at, end, &block) &&
		    block.last_ns <= time_ns)
			low = behind(at, &block);
		else
			high = mid;
	}
	return low;
}

static uint64_t by_index(const struct places *places, uint64_t time_ns)
{
	for (size_t i = 0; i < places->count; i++) {
		const struct recording_entry *entry = &places->entries[i];
		if (entry->kind == RECORDING_EVENTS && entry->last_ns > time_ns)
			return entry->at;
	}
	return places->size;
}

/* The first block that has events later than TIME_NS, and where what is surely
 * not later ends; false: there is none. */
static bool find_later(const struct places *places, uint64_t time_ns,
		       uint64_t *ret_end, struct recording_block *ret)
{
	uint64_t at = places->count ? by_index(places, time_ns)
				    : halve(places, time_ns);
	*ret_end = at;
	while (next_head(places, &at, places->size, ret)) {
		if (is_later(ret, time_ns))
			return true;
		at = behind(at, ret);
		if (ret->last_ns <= time_ns)
			*ret_end = at;
	}
	*ret_end = places->size;
	return false;
}

/* The last block of events that begins in [FROM, END). */
static bool last_between(const struct places *places, uint64_t from,
			 uint64_t end, struct recording_block *ret)
{
	struct recording_block block;
	bool found = false;
	while (next_head(places, &from, end, &block)) {
		if (block.kind == RECORDING_EVENTS) {
			*ret = block;
			found = true;
		}
		from = behind(from, &block);
	}
	return found;
}

/* The last block of events that begins before END. */
static bool last_before(const struct places *places, uint64_t end,
			struct recording_block *ret)
{
	for (unsigned i = 0; i < STEPS && end > HEADER_SIZE; i++) {
		uint64_t from =
			end - HEADER_SIZE > STEP ? end - STEP : HEADER_SIZE;
		if (last_between(places, from, end, ret))
			return true;
		end = from;
	}
	return false;
}

/* Whether all blocks of the state at AT are sound. */
static bool is_whole_state(const struct places *places, uint64_t at,
			   struct recording_block *ret)
{
	struct recording_block block;
	if (!get_head(places, at, ret) || ret->flags & RECORDING_REST)
		return false;
	block = *ret;
	for (unsigned i = 0; i < STATE_BLOCKS; i++) {
		uint32_t sequence = block.sequence + 1;
		if (block.kind != RECORDING_STATE ||
		    !get_data(places, at, &block))
			return false;
		if (!(block.flags & RECORDING_MORE))
			return true;
		at = behind(at, &block);
		if (!get_head(places, at, &block) || block.sequence != sequence)
			return false;
	}
	return false;
}

/* The state that was the latest when what comes before END was recorded; 0:
 * there was none. */
static uint64_t state_before(const struct places *places, uint64_t end)
{
	struct recording_block block;
	bool found = last_before(places, end, &block);
	return found && block.at < end ? block.at : 0;
}

/* The latest state that is whole, STATE_AT or one before it. */
static struct place latest_state(const struct places *places, uint64_t state_at)
{
	struct recording_block block;
	for (unsigned i = 0; i < STATES && state_at; i++) {
		if (is_whole_state(places, state_at, &block))
			return (struct place){.at = state_at,
					      .sequence = block.sequence,
					      .since_ns = block.first_ns};
		state_at = state_before(places, state_at);
	}
	return (struct place){0};
}

/* One before, if that is not far, where only few rows would come behind it. */
static struct place with_rows(const struct places *places, struct place place,
			      uint64_t end)
{
	if (place.at == 0 || end - place.at >= ROWS_LEAST)
		return place;
	const struct place before =
		latest_state(places, state_before(places, place.at));
	return end - before.at < ROWS_MOST ? before : place;
}

struct place places_find(struct places *places, uint64_t time_ns)
{
	struct recording_block block;
	uint64_t end = 0;
	look(places);
	bool found = find_later(places, time_ns, &end, &block);
	/* A state behind what is damaged knows too much. */
	uint64_t state_at =
		found && block.at < end ? block.at : state_before(places, end);
	return with_rows(places, latest_state(places, state_at), end);
}

bool places_span(struct places *places, uint64_t *ret_first_ns,
		 uint64_t *ret_last_ns)
{
	struct recording_block block;
	uint64_t at = HEADER_SIZE;
	look(places);
	if (!last_before(places, places->size, &block))
		return false;
	*ret_last_ns = block.last_ns;
	while (next_head(places, &at, places->size, &block) &&
	       block.kind != RECORDING_EVENTS)
		at = behind(at, &block);
	*ret_first_ns = block.first_ns;
	return true;
}
