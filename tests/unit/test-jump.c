/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A jump to any moment of a recording leads to what reading it from its
 * beginning leads to: the same counters and processes, and of the rows the
 * latest.
 */
#include "config.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "bpf/event.h"
#include "feed/recording.h"
#include "feed/replay.h"
#include "model/model.h"
#include "tests/lib/modeltext.h"
#include "tests/lib/recmade.h"
#include "tests/lib/traffic.h"

#define SECONDS     40
#define CALLS       3000 /* in each */
#define STATE_EVERY 8    /* seconds */
#define START_NS    1000000000000ull
#define TIMES       1024
#define TEXT_SIZE   65536

struct place {
	char dir[32], path[64];
	struct catalogue *cat;
	uint64_t times[TIMES]; /* to jump to, in order */
	size_t count;
};

static int compare_times(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a;
	uint64_t y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static void add_time(struct place *place, uint64_t time_ns)
{
	cr_assert(lt(sz, place->count, TIMES));
	place->times[place->count++] = time_ns;
}

/* Right before, at and behind the ends of all blocks. */
static void find_times(struct place *place)
{
	struct recording_block block;
	FILE *file = fopen(place->path, "re");
	cr_assert(ne(ptr, file, NULL));
	long at = sizeof(struct recording_header);
	while (fseek(file, at, SEEK_SET) == 0 &&
	       fread(&block, sizeof(block), 1, file) == 1) {
		at += (long)(sizeof(block) + block.stored);
		if (block.kind != RECORDING_EVENTS)
			continue;
		add_time(place, block.first_ns - 1);
		add_time(place, block.first_ns);
		add_time(place, (block.first_ns + block.last_ns) / 2);
		add_time(place, block.last_ns);
	}
	(void)fclose(file);
	add_time(place, START_NS / 2);
	add_time(place, UINT64_MAX / 2);
	qsort(place->times, place->count, sizeof(place->times[0]),
	      compare_times);
}

static struct place place_new(void)
{
	const struct catalogue_config catalogue = {.events_fd = -1,
						   .native = ABI_X86_64};
	struct place place = {.dir = "/tmp/test-jump.XXXXXX"};
	cr_assert(zero(i32, catalogue_new(&place.cat, &catalogue, NULL)));
	cr_assert(ne(ptr, mkdtemp(place.dir), NULL));
	(void)snprintf(place.path, sizeof(place.path), "%s/rec", place.dir);
	const struct recmade_config config = {.path = place.path,
					      .catalogue = place.cat,
					      .start_ns = START_NS,
					      .ticks = STATE_EVERY};
	struct recmade *made = recmade_new(&config);
	cr_assert(ne(ptr, made, NULL));
	struct traffic traffic = {.put = recmade_put, .self = made};
	traffic_begin(&traffic, START_NS);
	for (int i = 0; i < SECONDS; i++)
		traffic_second(&traffic, CALLS);
	cr_assert(recmade_free(made));
	find_times(&place);
	return place;
}

static void place_free(const struct place *place)
{
	(void)unlink(place->path);
	(void)rmdir(place->dir);
	catalogue_free(place->cat);
}

static struct model *new_model(const struct place *place)
{
	const struct model_limits limits = {.row_bytes = 64 << 20,
					    .count_bytes = 16 << 20,
					    .name_bytes = 16 << 20};
	return model_new(place->cat, &limits);
}

static void read_until(struct replay *replay, struct model *model,
		       uint64_t until_ns)
{
	const struct sink sink = {.put = model_put, .self = model};
	while (replay_pump(replay, &sink, 997, until_ns))
		continue;
}

static const char *print(char *text, const struct model *model)
{
	struct buf buf;
	buf_init(&buf, text, TEXT_SIZE);
	modeltext_print(&buf, model);
	cr_assert(not(buf.cut));
	return text;
}

/* How many calls the model has; they are the latest that WHOLE has. */
static uint64_t compare_rows(const struct model *model,
			     const struct model *whole)
{
	uint64_t count = model_last_call(model);
	uint64_t all = model_last_call(whole);
	cr_assert(le(u64, count, all));
	for (uint64_t i = 0; i < count; i++) {
		struct row row, other;
		cr_assert(model_find_row(model, ROW_CALL, count - i, &row));
		cr_assert(model_find_row(whole, ROW_CALL, all - i, &other));
		const struct event *ev = row.object;
		cr_assert(zero(i32, memcmp(ev, other.object, ev->size)));
	}
	return count;
}

Test(jump, leads_to_what_reading_from_the_beginning_leads_to, .timeout = 250)
{
	static char text[TEXT_SIZE], other[TEXT_SIZE];
	struct place place = place_new();
	const struct replay_config config = {.path = place.path};
	struct replay *straight = NULL, *replay = NULL;
	struct model *whole = new_model(&place);
	uint64_t fewer = 0;
	cr_assert(zero(i32, replay_open(&straight, &config, NULL)));
	cr_assert(zero(i32, replay_open(&replay, &config, NULL)));
	for (size_t i = 0; i < place.count; i++) {
		struct model *model = new_model(&place);
		read_until(straight, whole, place.times[i]);
		cr_assert(zero(i32, replay_seek(replay, place.times[i])));
		read_until(replay, model, place.times[i]);
		cr_assert(eq(str, (char *)print(text, model),
			     (char *)print(other, whole)));
		uint64_t rows = compare_rows(model, whole);
		fewer += rows < model_last_call(whole);
		model_free(model);
	}
	cr_assert(gt(u64, fewer, place.count / 2)); /* jumps they were */
	cr_assert(eq(u64, model_last_call(whole), SECONDS * CALLS));
	replay_close(straight);
	replay_close(replay);
	model_free(whole);
	place_free(&place);
}
