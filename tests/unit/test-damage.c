/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recording that was cut or changed, anywhere: what is not concerned is
 * handed over all the same, and what is missing has its time told.
 */
#include "config.h"

#include "feed/record.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"
#include "bpf/event.h"
#include "feed/replay.h"

#define BLOCKS       8
#define EVENTS_EACH  40
#define EVENTS       (BLOCKS * EVENTS_EACH)
#define FLIPS        10000
#define BLOCKS_LIMIT 16
#define S            1000000000ull

struct stored {
	char dir[32], path[64];
	char copy[64]; /* in memory, to be damaged */
	int fd;
	uint8_t *data;
	size_t size;
	size_t at[BLOCKS_LIMIT + 1]; /* of the blocks, and behind them */
	struct recording_block block[BLOCKS_LIMIT];
	size_t count;
};

/* Their times are 1, 2, ... µs: what is missing is seen by them. */
static void put_call(struct record *record, unsigned i)
{
	struct {
		struct event_call call;
		struct event_chunk chunk;
		char text[16];
	} ev = {
		.call = {.h = {.size = sizeof(ev),
			       .kind = EVENT_CALL,
			       .time_ns = i * 1000,
			       .pid = 7,
			       .tid = 7},
			 .duration_ns = i * 7919 % 1000,
			 .payload = sizeof(ev) - sizeof(ev.call)},
		.chunk = {.size = sizeof(ev.text)},
	};
	(void)snprintf(ev.text, sizeof(ev.text), "file-%u", i * 7919 % 1000);
	record_put(record, &ev.call.h);
}

static void write_blocks(const char *path)
{
	static const char facts[] = "host example\n";
	const struct record_config config = {
		.path = path,
		.facts = facts,
		.facts_size = sizeof(facts) - 1,
		.abi = RECORDING_X86_64,
		.owner = (uid_t)-1,
		.stop_fd = -1,
	};
	struct record *record = NULL;
	cr_assert(zero(i32, record_open(&record, &config, NULL)));
	for (unsigned i = 1; i <= EVENTS; i++) {
		put_call(record, i);
		if (i % EVENTS_EACH)
			continue;
		record_poll(record, i * S);
		record_poll(record, i * S + S);
	}
	cr_assert(zero(i32, record_close(record, NULL)));
}

static void find_blocks(struct stored *stored)
{
	size_t at = sizeof(struct recording_header);
	while (at < stored->size) {
		struct recording_block *block = &stored->block[stored->count];
		cr_assert(lt(sz, stored->count, BLOCKS_LIMIT));
		memcpy(block, stored->data + at, sizeof(*block));
		cr_assert(recording_is_block(block));
		stored->at[stored->count++] = at;
		at += sizeof(*block) + block->stored;
	}
	stored->at[stored->count] = at;
	cr_assert(eq(sz, at, stored->size));
}

static struct stored stored_new(void)
{
	struct stored stored = {.dir = "/tmp/test-damage.XXXXXX"};
	cr_assert(ne(ptr, mkdtemp(stored.dir), NULL));
	(void)snprintf(stored.path, sizeof(stored.path), "%s/rec", stored.dir);
	write_blocks(stored.path);
	int fd = open(stored.path, O_RDONLY | O_CLOEXEC);
	off_t size = lseek(fd, 0, SEEK_END);
	cr_assert(gt(i64, size, 0));
	stored.size = (size_t)size;
	stored.data = malloc(stored.size);
	cr_assert(eq(i64, pread(fd, stored.data, stored.size, 0), size));
	(void)close(fd);
	(void)unlink(stored.path);
	(void)rmdir(stored.dir);
	stored.fd = memfd_create("damaged", MFD_CLOEXEC);
	cr_assert(eq(i64, write(stored.fd, stored.data, stored.size), size));
	(void)snprintf(stored.copy, sizeof(stored.copy), "/proc/self/fd/%d",
		       stored.fd);
	find_blocks(&stored);
	return stored;
}

static void stored_free(struct stored *stored)
{
	(void)close(stored->fd);
	free(stored->data);
}

struct seen {
	bool has[EVENTS + 1];
	unsigned events;
	unsigned gaps;
	struct replay_gap gap;
};

static void see(void *self, const struct event *ev)
{
	struct seen *seen = self;
	cr_assert(zero(u64, ev->time_ns % 1000));
	uint64_t i = ev->time_ns / 1000;
	cr_assert(gt(u64, i, 0));
	cr_assert(le(u64, i, EVENTS));
	cr_assert(not(seen->has[i]), "event %u twice", (unsigned)i);
	seen->has[i] = true;
	seen->events++;
}

static void see_gap(void *self, const struct replay_gap *gap)
{
	struct seen *seen = self;
	seen->gaps++;
	seen->gap = *gap;
}

static int read_copy(const struct stored *stored, struct seen *seen)
{
	const struct sink sink = {.put = see, .self = seen};
	const struct replay_config config = {
		.path = stored->copy, .gap = see_gap, .self = seen};
	struct replay *replay = NULL;
	struct err err = {0};
	*seen = (struct seen){0};
	int code = replay_open(&replay, &config, &err);
	cr_assert(eq(i32, code, err.code)); /* a sentence says why */
	if (code)
		return code;
	while (!replay_is_over(replay))
		(void)replay_pump(replay, &sink, 1000, UINT64_MAX);
	replay_close(replay);
	return 0;
}

/* The block that has the byte at AT. */
static size_t block_at(const struct stored *stored, size_t at)
{
	size_t i = 0;
	while (at >= stored->at[i + 1])
		i++;
	return i;
}

static void check_all_but(const struct stored *stored, const struct seen *seen,
			  size_t lost)
{
	for (size_t i = 0; i < stored->count; i++) {
		const struct recording_block *block = &stored->block[i];
		if (block->kind != RECORDING_EVENTS)
			continue;
		for (uint64_t t = block->first_ns; t <= block->last_ns;
		     t += 1000)
			cr_assert(eq(u32, seen->has[t / 1000], i != lost),
				  "block %zu damaged, event %u of block %zu",
				  lost, (unsigned)(t / 1000), i);
	}
	const struct recording_block *block = &stored->block[lost];
	if (block->kind != RECORDING_EVENTS)
		return;
	cr_assert(eq(u32, seen->gaps, 1));
	cr_assert(lt(u64, seen->gap.after_ns, block->first_ns));
	cr_assert(ge(u64, seen->gap.after_ns + 1000, block->first_ns));
	cr_assert(gt(u64, seen->gap.until_ns, 0));
	cr_assert(le(u64, seen->gap.until_ns, block->last_ns + 1000));
}

static void damage(const struct stored *stored, size_t at, uint8_t change)
{
	struct seen seen;
	uint8_t byte = stored->data[at] ^ change;
	cr_assert(eq(i64, pwrite(stored->fd, &byte, 1, (off_t)at), 1));
	int code = read_copy(stored, &seen);
	if (at < sizeof(struct recording_header))
		cr_assert(lt(i32, code, 0), "byte %zu", at);
	else
		check_all_but(stored, &seen, block_at(stored, at));
	cr_assert(eq(i64, pwrite(stored->fd, &stored->data[at], 1, (off_t)at),
		     1));
}

Test(damage, loses_the_block_where_a_byte_is_wrong_and_no_other, .timeout = 250)
{
	struct stored stored = stored_new();
	uint32_t random = 1;
	for (unsigned i = 0; i < FLIPS; i++) {
		random = random * 1664525 + 1013904223; /* Numerical Recipes */
		size_t at = (size_t)((uint64_t)random * stored.size >> 32);
		damage(&stored, at, (uint8_t)(1u << (random >> 3) % 8));
	}
	stored_free(&stored);
}

Test(damage, loses_the_block_where_it_is_cut_and_those_behind_it,
     .timeout = 250)
{
	struct stored stored = stored_new();
	for (size_t size = stored.size;
	     size-- > sizeof(struct recording_header);) {
		struct seen seen;
		cr_assert(zero(i32, ftruncate(stored.fd, (off_t)size)));
		cr_assert(zero(i32, read_copy(&stored, &seen)));
		unsigned whole = 0;
		for (size_t i = 0; stored.at[i + 1] <= size; i++)
			whole += stored.block[i].events;
		cr_assert(eq(u32, seen.events, whole), "cut at %zu", size);
		cr_assert(
			eq(u32, seen.gaps, 1)); /* at the least: never closed */
	}
	stored_free(&stored);
}

Test(damage, tells_how_many_events_a_damaged_block_had)
{
	struct stored stored = stored_new();
	struct seen seen;
	size_t lost = 3;
	uint8_t byte = 0;
	cr_assert(
		eq(i64,
		   pwrite(stored.fd, &byte, 1, (off_t)stored.at[lost + 1] - 9),
		   1));
	cr_assert(zero(i32, read_copy(&stored, &seen)));
	cr_assert(eq(u32, seen.gap.why, REPLAY_DAMAGED));
	cr_assert(eq(u64, seen.gap.events, EVENTS_EACH));
	stored_free(&stored);
}

Test(damage, misses_a_block_that_was_taken_out)
{
	struct stored stored = stored_new();
	struct seen seen;
	size_t lost = 4;
	size_t rest = stored.size - stored.at[lost + 1];
	cr_assert(eq(i64,
		     pwrite(stored.fd, stored.data + stored.at[lost + 1], rest,
			    (off_t)stored.at[lost]),
		     (int64_t)rest));
	cr_assert(zero(i32,
		       ftruncate(stored.fd, (off_t)(stored.at[lost] + rest))));
	cr_assert(zero(i32, read_copy(&stored, &seen)));
	check_all_but(&stored, &seen, lost);
	stored_free(&stored);
}

Test(damage, finds_what_was_said_of_the_machine_at_the_end_too)
{
	struct stored stored = stored_new();
	struct replay *replay = NULL;
	const struct replay_config config = {.path = stored.copy};
	uint8_t byte = 0xff;
	size_t size = 0;
	cr_assert(eq(i64, pwrite(stored.fd, &byte, 1, (off_t)stored.at[1] - 1),
		     1));
	cr_assert(zero(i32, replay_open(&replay, &config, NULL)));
	cr_assert(
		eq(str, (char *)replay_facts(replay, &size), "host example\n"));
	replay_close(replay);
	stored_free(&stored);
}
