/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/record.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "bpf/event.h"
#include "feed/replay.h"
#include "tests/lib/evtext.h"

#define S 1000000000ull

struct place {
	char dir[32];
	char path[64];
};

static struct place place_new(void)
{
	struct place place = {.dir = "/tmp/test-record.XXXXXX"};
	cr_assert(ne(ptr, mkdtemp(place.dir), NULL));
	(void)snprintf(place.path, sizeof(place.path), "%s/rec", place.dir);
	return place;
}

static void place_free(const struct place *place)
{
	char command[64];
	(void)snprintf(command, sizeof(command), "rm -rf %s", place->dir);
	cr_assert(zero(i32, system(command)));
}

static struct record_config config_of(const struct place *place)
{
	static const char facts[] = "host example\n";
	return (struct record_config){
		.path = place->path,
		.facts = facts,
		.facts_size = sizeof(facts) - 1,
		.abi = RECORDING_X86_64,
		.start_ns = 5,
		.wall_offset_ns = 6,
		.owner = (uid_t)-1,
		.stop_fd = -1,
	};
}

static void put_ticks(struct record *record, unsigned first, unsigned count)
{
	for (unsigned i = first; i < first + count; i++) {
		struct event_tick tick = {.h = {.size = sizeof(tick),
						.kind = EVENT_TICK,
						.time_ns = i * S}};
		record_put(record, &tick.h);
		record_poll(record, i * S);
		record_poll(record, i * S + S); /* a block each */
	}
}

struct seen {
	unsigned events, gaps;
	uint64_t first_ns, last_ns;
	struct replay_gap gap;
};

static void see(void *self, const struct event *ev)
{
	struct seen *seen = self;
	if (seen->events++ == 0)
		seen->first_ns = ev->time_ns;
	seen->last_ns = ev->time_ns;
}

static void see_gap(void *self, const struct replay_gap *gap)
{
	struct seen *seen = self;
	seen->gaps++;
	seen->gap = *gap;
}

static struct seen read_all(const char *path)
{
	struct seen seen = {0};
	struct err err = {0};
	struct replay *replay = NULL;
	const struct replay_config config = {
		.path = path, .gap = see_gap, .self = &seen};
	const struct sink sink = {.put = see, .self = &seen};
	cr_assert(zero(i32, replay_open(&replay, &config, &err)), "%s",
		  err.text);
	while (!replay_is_over(replay))
		(void)replay_pump(replay, &sink, 10, UINT64_MAX);
	replay_close(replay);
	return seen;
}

/* Compares a recording with the text that it was made of. */
struct comparison {
	struct replay *replay;
	const struct event *expected;
	bool same;
};

static void compare_one(void *self, const struct event *ev)
{
	struct comparison *comparison = self;
	comparison->same = memcmp(ev, comparison->expected,
				  comparison->expected->size) == 0;
}

static void compare(void *self, const struct event *ev)
{
	struct comparison *comparison = self;
	const struct sink sink = {.put = compare_one, .self = comparison};
	comparison->expected = ev;
	comparison->same = false;
	cr_assert(eq(sz, replay_pump(comparison->replay, &sink, 1, UINT64_MAX),
		     1));
	cr_assert(comparison->same);
}

Test(record, gives_back_every_event_and_what_was_said_of_the_machine)
{
	const struct place place = place_new();
	const struct record_config config = config_of(&place);
	const struct replay_config reading = {.path = place.path};
	struct record *record = NULL;
	cr_assert(zero(i32, record_open(&record, &config, NULL)));
	cr_assert(
		zero(i32, evtext_feed_file("machine.ev", record_put, record)));
	cr_assert(zero(i32, record_close(record, NULL)));

	struct comparison comparison = {0};
	struct err err = {0};
	size_t size = 0;
	cr_assert(zero(i32, replay_open(&comparison.replay, &reading, &err)),
		  "%s", err.text);
	cr_assert(eq(str, (char *)replay_facts(comparison.replay, &size),
		     "host example\n"));
	cr_assert(eq(u64, replay_header(comparison.replay)->start_ns, 5));
	cr_assert(eq(u64, replay_header(comparison.replay)->wall_offset_ns, 6));
	cr_assert(zero(i32,
		       evtext_feed_file("machine.ev", compare, &comparison)));
	replay_close(comparison.replay);
	place_free(&place);
}

Test(record, makes_a_file_for_its_owner_alone)
{
	const struct place place = place_new();
	const struct record_config config = config_of(&place);
	struct record *record = NULL;
	struct stat st;
	(void)umask(0);
	cr_assert(zero(i32, record_open(&record, &config, NULL)));
	cr_assert(zero(i32, stat(place.path, &st)));
	cr_assert(eq(u32, st.st_mode, S_IFREG | 0600));
	cr_assert(zero(i32, record_close(record, NULL)));
	place_free(&place);
}

Test(record, writes_over_nothing)
{
	const struct place place = place_new();
	const struct record_config config = config_of(&place);
	struct record *record = NULL;
	struct err err = {0};
	FILE *file = fopen(place.path, "we");
	cr_assert(ne(ptr, file, NULL));
	cr_assert(gt(i32, fprintf(file, "mine\n"), 0));
	(void)fclose(file);
	cr_assert(eq(i32, record_open(&record, &config, &err), -EEXIST));
	cr_assert(ne(ptr, strstr(err.text, "never written over"), NULL), "%s",
		  err.text);
	struct stat st;
	cr_assert(zero(i32, stat(place.path, &st)));
	cr_assert(eq(i64, st.st_size, 5));
	place_free(&place);
}

Test(record, follows_no_link)
{
	const struct place place = place_new();
	const struct record_config config = config_of(&place);
	struct record *record = NULL;
	char target[64];
	(void)snprintf(target, sizeof(target), "%s/target", place.dir);
	cr_assert(zero(i32, symlink(target, place.path)));
	cr_assert(eq(i32, record_open(&record, &config, NULL), -EEXIST));
	cr_assert(eq(i32, access(target, F_OK), -1));
	place_free(&place);
}

Test(record, costs_a_recorder_that_dies_no_block_that_was_old)
{
	const struct place place = place_new();
	const struct record_config config = config_of(&place);
	struct record *record = NULL;
	cr_assert(zero(i32, record_open(&record, &config, NULL)));
	put_ticks(record, 1, 7);
	struct seen seen = read_all(place.path); /* it is still open */
	cr_assert(eq(u32, seen.events, 7));
	cr_assert(eq(u32, seen.gaps, 1));
	cr_assert(eq(u32, seen.gap.why, REPLAY_OPEN));
	cr_assert(eq(u64, seen.gap.after_ns, 7 * S));
	cr_assert(zero(i32, record_close(record, NULL)));
	seen = read_all(place.path);
	cr_assert(eq(u32, seen.events, 7));
	cr_assert(zero(u32, seen.gaps));
	place_free(&place);
}

Test(record, keeps_what_fitted_on_a_full_disk)
{
	const struct place place = place_new();
	const struct record_config config = config_of(&place);
	const struct rlimit limit = {1000, 1000};
	struct record *record = NULL;
	struct err err = {0};
	cr_assert(zero(i32, record_open(&record, &config, NULL)));
	(void)signal(SIGXFSZ, SIG_IGN);
	cr_assert(zero(i32, setrlimit(RLIMIT_FSIZE, &limit)));
	put_ticks(record, 1, 100);
	cr_assert(eq(i32, record_failure(record, &err), -EFBIG));
	cr_assert(ne(ptr, strstr(err.text, "File too large"), NULL), "%s",
		  err.text);
	cr_assert(eq(i32, record_close(record, NULL), -EFBIG));
	struct seen seen = read_all(place.path);
	cr_assert(gt(u32, seen.events, 3));
	cr_assert(eq(u64, seen.last_ns, seen.events * S));
	place_free(&place);
}

Test(record, changes_the_file_by_size_and_keeps_the_newest)
{
	const struct place place = place_new();
	struct record_config config = config_of(&place);
	config.rotate_bytes = 1000;
	config.keep = 2;
	struct record *record = NULL;
	cr_assert(zero(i32, record_open(&record, &config, NULL)));
	put_ticks(record, 1, 40);
	struct record_totals totals;
	record_totals(record, &totals);
	cr_assert(gt(u32, totals.parts, 3));
	cr_assert(zero(i32, record_close(record, NULL)));
	cr_assert(eq(i32, access(place.path, F_OK), -1));
	char path[80];
	uint64_t next_ns = 0;
	for (uint32_t i = totals.parts - 2; i < totals.parts; i++) {
		(void)snprintf(path, sizeof(path), "%s.%u", place.path, i);
		struct seen seen = read_all(path);
		cr_assert(zero(u32, seen.gaps));
		cr_assert(gt(u32, seen.events, 0));
		if (next_ns)
			cr_assert(eq(u64, seen.first_ns, next_ns));
		next_ns = seen.last_ns + S;
	}
	cr_assert(eq(u64, next_ns, 41 * S)); /* nothing fell between */
	place_free(&place);
}

Test(record, changes_the_file_by_time)
{
	const struct place place = place_new();
	struct record_config config = config_of(&place);
	config.rotate_ns = 10 * S;
	struct record *record = NULL;
	cr_assert(zero(i32, record_open(&record, &config, NULL)));
	put_ticks(record, 1, 25);
	struct record_totals totals;
	record_totals(record, &totals);
	cr_assert(eq(u32, totals.parts, 3));
	cr_assert(zero(i32, record_close(record, NULL)));
	cr_assert(eq(u32, read_all(place.path).events, 10));
	place_free(&place);
}

static void put_file(struct record *record, uint64_t id)
{
	struct event_file file = {.h = {.size = sizeof(file),
					.kind = EVENT_FILE,
					.time_ns = 50 * S},
				  .id = id};
	record_put(record, &file.h);
}

Test(record, asks_for_a_state_where_a_reader_may_begin)
{
	const struct place place = place_new();
	struct record_config config = config_of(&place);
	config.rotate_ns = 10 * S;
	struct record *record = NULL;
	cr_assert(zero(i32, record_open(&record, &config, NULL)));
	cr_assert(not(record_wants_state(record)));
	put_ticks(record, 1, 10);
	cr_assert(record_wants_state(record));
	record_begin_state(record, 10 * S);
	put_file(record, 1);
	record_end_state(record);
	cr_assert(not(record_wants_state(record)));
	put_ticks(record, 11, 2);
	cr_assert(zero(i32, record_close(record, NULL)));
	char path[80];
	(void)snprintf(path, sizeof(path), "%s.1", place.path);
	struct seen seen = read_all(path); /* the file, and the ticks */
	cr_assert(eq(u32, seen.events, 3));
	place_free(&place);
}

static void put_count(struct record *record, uint64_t calls)
{
	struct event_count count = {.h = {.size = sizeof(count),
					  .kind = EVENT_COUNT,
					  .time_ns = 50 * S},
				    .growth = {.calls = calls}};
	record_put(record, &count.h);
}

Test(record, that_begins_in_mid_run_hands_over_all_that_was_known)
{
	const struct place place = place_new();
	struct record_config config = config_of(&place);
	config.flags = RECORDING_BEGUN;
	struct record *record = NULL;
	cr_assert(zero(i32, record_open(&record, &config, NULL)));
	cr_assert(record_wants_state(record));
	record_begin_state(record, 50 * S);
	put_file(record, 1);
	put_count(record, 7); /* which grows, and is told once */
	record_end_state(record);
	cr_assert(not(record_wants_state(record)));
	put_ticks(record, 51, 2);
	record_begin_state(record, 53 * S);
	put_count(record, 9);
	record_end_state(record);
	cr_assert(zero(i32, record_close(record, NULL)));
	struct seen seen = read_all(place.path);
	cr_assert(eq(u32, seen.events, 4));
	cr_assert(eq(u64, seen.first_ns, 50 * S));
	cr_assert(zero(u32, seen.gaps));
	place_free(&place);
}

Test(replay, refuses_what_is_no_recording)
{
	struct replay *replay = NULL;
	struct err err = {0};
	const struct replay_config none = {.path = "/nowhere"};
	cr_assert(eq(i32, replay_open(&replay, &none, &err), -ENOENT));
	const struct replay_config other = {.path = "/proc/self/exe"};
	cr_assert(eq(i32, replay_open(&replay, &other, &err), -EBADMSG));
	cr_assert(ne(ptr, strstr(err.text, "no recording"), NULL), "%s",
		  err.text);
	const struct replay_config dir = {.path = "/"};
	cr_assert(eq(i32, replay_open(&replay, &dir, &err), -EISDIR));
	const struct replay_config empty = {.path = "/dev/null"};
	cr_assert(eq(i32, replay_open(&replay, &empty, &err), -EBADMSG));
}
