/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Jumps in a recording.  Calls come at 1, 2, ... µs, and a state says how many
 * came before it: that and the calls behind it are all that came until then,
 * wherever one jumps to.
 */
#include "config.h"

#include "feed/replay.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "bpf/event.h"
#include "feed/record.h"

#define BLOCKS      24
#define EACH        20 /* events of a block */
#define EVENTS      (BLOCKS * EACH)
#define STATE_EVERY 5 /* blocks */
#define US          1000ull
#define S           1000000000ull
#define FLIPS       3000

struct file {
	char dir[32], path[64];
	char copy[64]; /* in memory, to be damaged */
	int fd;
	uint8_t *data;
	size_t size;
};

static void put_call(struct record *record, unsigned i)
{
	struct event_call call = {.h = {.size = sizeof(call),
					.kind = EVENT_CALL,
					.time_ns = i * US,
					.pid = 7,
					.tid = 7},
				  .duration_ns = i * 7919 % 1000};
	record_put(record, &call.h);
}

static void put_state(struct record *record, unsigned count)
{
	struct event_lost lost = {.h = {.size = sizeof(lost),
					.kind = EVENT_LOST,
					.time_ns = count * US},
				  .nr = EVENT_NR_NONE,
				  .count = count};
	record_begin_state(record, count * US);
	record_put(record, &lost.h);
	record_end_state(record);
}

static void write_file(const char *path)
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
		if (i % EACH)
			continue;
		record_poll(record, i * S);
		record_poll(record, i * S + S);
		if (i % (EACH * STATE_EVERY) == 0)
			put_state(record, i);
	}
	cr_assert(zero(i32, record_close(record, NULL)));
}

static struct file file_new(void)
{
	struct file file = {.dir = "/tmp/test-seek.XXXXXX"};
	cr_assert(ne(ptr, mkdtemp(file.dir), NULL));
	(void)snprintf(file.path, sizeof(file.path), "%s/rec", file.dir);
	write_file(file.path);
	int fd = open(file.path, O_RDONLY | O_CLOEXEC);
	off_t size = lseek(fd, 0, SEEK_END);
	cr_assert(gt(i64, size, 0));
	file.size = (size_t)size;
	file.data = malloc(file.size);
	cr_assert(eq(i64, pread(fd, file.data, file.size, 0), size));
	(void)close(fd);
	(void)unlink(file.path);
	(void)rmdir(file.dir);
	file.fd = memfd_create("damaged", MFD_CLOEXEC);
	cr_assert(eq(i64, write(file.fd, file.data, file.size), size));
	(void)snprintf(file.copy, sizeof(file.copy), "/proc/self/fd/%d",
		       file.fd);
	return file;
}

static void file_free(struct file *file)
{
	(void)close(file->fd);
	free(file->data);
}

struct seen {
	uint64_t known;   /* calls that a state knew, and that came since */
	uint64_t calls;   /* of these, those that came */
	uint64_t last_ns; /* of the latest call */
	unsigned states, gaps;
};

static void see(void *self, const struct event *ev)
{
	struct seen *seen = self;
	if (ev->kind == EVENT_LOST) {
		cr_assert(zero(u64, seen->calls), "a state in the middle");
		seen->known = ((const struct event_lost *)ev)->count;
		seen->last_ns = ev->time_ns;
		seen->states++;
		return;
	}
	cr_assert(gt(u64, ev->time_ns, seen->last_ns));
	seen->last_ns = ev->time_ns;
	seen->known++;
	seen->calls++;
}

static void see_gap(void *self, const struct replay_gap *gap)
{
	struct seen *seen = self;
	cr_assert(le(u32, gap->why, REPLAY_OPEN));
	seen->gaps++;
}

static struct replay *replay_new(const struct file *file, struct seen *seen)
{
	struct replay *replay = NULL;
	const struct replay_config config = {
		.path = file->copy, .gap = see_gap, .self = seen};
	*seen = (struct seen){0};
	cr_assert(zero(i32, replay_open(&replay, &config, NULL)));
	return replay;
}

/* In small steps, so that they end within blocks and between them. */
static void read_until(struct replay *replay, struct seen *seen,
		       uint64_t until_ns)
{
	const struct sink sink = {.put = see, .self = seen};
	while (replay_pump(replay, &sink, 7, until_ns))
		continue;
}

static void jump(struct replay *replay, struct seen *seen, uint64_t time_ns)
{
	*seen = (struct seen){0};
	cr_assert(zero(i32, replay_seek(replay, time_ns)));
	read_until(replay, seen, time_ns);
}

static void check_every_time(const struct file *file)
{
	struct seen seen;
	struct replay *replay = replay_new(file, &seen);
	for (unsigned i = 0; i <= EVENTS; i++) {
		unsigned to = i * 211 % (EVENTS + 1); /* forth and back */
		jump(replay, &seen, to * US + 1);
		cr_assert(eq(u64, seen.known, to), "at %u", to);
		cr_assert(eq(u32, seen.gaps, 0), "at %u", to);
		cr_assert(eq(u32, seen.states, replay_since_ns(replay) > 0));
		cr_assert(le(u64, seen.calls, 2 * EACH * STATE_EVERY));
		cr_assert(eq(u64, replay_peek_ns(replay),
			     to < EVENTS ? (to + 1) * US : UINT64_MAX));
	}
	replay_close(replay);
}

Test(seek, knows_at_any_time_what_came_until_then)
{
	struct file file = file_new();
	check_every_time(&file);
	file_free(&file);
}

Test(seek, finds_its_way_where_the_index_is_missing)
{
	struct file file = file_new();
	struct recording_block end;
	memcpy(&end, file.data + file.size - sizeof(end), sizeof(end));
	cr_assert(eq(u32, end.kind, RECORDING_END));
	uint8_t byte = 0;
	cr_assert(eq(i64,
		     pwrite(file.fd, &byte, 1, (off_t)(end.at + sizeof(end))),
		     1));
	struct seen seen;
	struct replay *replay = replay_new(&file, &seen);
	jump(replay, &seen, EVENTS / 2 * US);
	cr_assert(eq(u64, seen.known, EVENTS / 2));
	cr_assert(gt(u32, seen.states, 0));
	replay_close(replay);
	check_every_time(&file);
	file_free(&file);
}

Test(seek, tells_from_when_to_when_it_goes)
{
	struct file file = file_new();
	struct seen seen;
	uint64_t first_ns = 0, last_ns = 0;
	struct replay *replay = replay_new(&file, &seen);
	cr_assert(replay_span(replay, &first_ns, &last_ns));
	cr_assert(eq(u64, first_ns, US));
	cr_assert(eq(u64, last_ns, EVENTS * US));
	cr_assert(zero(i32, ftruncate(file.fd, (off_t)file.size / 2)));
	cr_assert(replay_span(replay, &first_ns, &last_ns));
	cr_assert(eq(u64, first_ns, US));
	cr_assert(lt(u64, last_ns, EVENTS * US * 3 / 4));
	cr_assert(gt(u64, last_ns, EVENTS * US / 4));
	replay_close(replay);
	file_free(&file);
}

Test(seek, is_not_for_a_pipe)
{
	struct file file = file_new();
	int ends[2];
	cr_assert(zero(i32, pipe(ends)));
	cr_assert(eq(i64, write(ends[1], file.data, file.size),
		     (int64_t)file.size)); /* a pipe has room for it */
	(void)close(ends[1]);
	(void)snprintf(file.copy, sizeof(file.copy), "/proc/self/fd/%d",
		       ends[0]);
	struct seen seen;
	uint64_t first_ns, last_ns;
	struct replay *replay = replay_new(&file, &seen);
	cr_assert(eq(i32, replay_seek(replay, US), -ESPIPE));
	cr_assert(not(replay_span(replay, &first_ns, &last_ns)));
	read_until(replay, &seen, 5 * US);
	cr_assert(eq(u64, seen.known, 5));
	replay_close(replay);
	(void)close(ends[0]);
	file_free(&file);
}

/* Every time at the latest state before it, or the one before that. */
static void check_damaged(const struct file *file, size_t at)
{
	struct seen straight, seen;
	struct replay *first = replay_new(file, &straight);
	struct replay *replay = replay_new(file, &seen);
	for (unsigned to = 7; to <= EVENTS; to += 59) {
		read_until(first, &straight, to * US);
		jump(replay, &seen, to * US);
		cr_assert(ge(u64, seen.known, straight.known), "byte %zu", at);
		cr_assert(seen.known == to || seen.gaps > 0,
			  "byte %zu, at %u: %u are known", at, to,
			  (unsigned)seen.known);
		cr_assert(le(u64, seen.known, to), "byte %zu", at);
	}
	replay_close(first);
	replay_close(replay);
}

Test(seek, knows_no_less_of_a_damaged_file_than_who_reads_it, .timeout = 250)
{
	struct file file = file_new();
	const size_t header = sizeof(struct recording_header);
	uint32_t random = 1;
	for (unsigned i = 0; i < FLIPS; i++) {
		random = random * 1664525 + 1013904223; /* Numerical Recipes */
		size_t at =
			header +
			(size_t)((uint64_t)random * (file.size - header) >> 32);
		uint8_t byte =
			file.data[at] ^ (uint8_t)(1u << (random >> 3) % 8);
		cr_assert(eq(i64, pwrite(file.fd, &byte, 1, (off_t)at), 1));
		check_damaged(&file, at);
		cr_assert(eq(i64, pwrite(file.fd, &file.data[at], 1, (off_t)at),
			     1));
	}
	file_free(&file);
}

Test(seek, knows_no_less_of_a_cut_file_than_who_reads_it, .timeout = 250)
{
	struct file file = file_new();
	for (size_t size = file.size; size > sizeof(struct recording_header);
	     size -= size > 100 ? 37 : 1) {
		cr_assert(zero(i32, ftruncate(file.fd, (off_t)size)));
		check_damaged(&file, size);
	}
	file_free(&file);
}
