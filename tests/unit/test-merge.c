/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Several recordings as one.  What comes is told as text: "web1 3s call 7". */
#include "config.h"

#include "feed/merge.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi/chunk.h"
#include "base/buf.h"
#include "base/err.h"
#include "feed/record.h"
#include "tests/lib/evtext.h"

#define S     1000000000ull
#define FILES 10

struct place {
	char dir[32];
	char *paths[FILES]; /* owned */
	struct merge_source sources[FILES];
	size_t count;
	struct merge *merge;
	char text[2048];
	struct buf seen;
};

static void init(struct place *place)
{
	*place = (struct place){.dir = "/tmp/test-merge.XXXXXX"};
	cr_assert(ne(ptr, mkdtemp(place->dir), NULL));
	buf_init(&place->seen, place->text, sizeof(place->text));
}

static void done(struct place *place)
{
	char command[64];
	merge_close(place->merge);
	for (size_t i = 0; i < FILES; i++)
		free(place->paths[i]);
	(void)snprintf(command, sizeof(command), "rm -rf %s", place->dir);
	cr_assert(zero(i32, system(command)));
}

struct source {
	const char *facts;
	const char *events;
	uint64_t wall_offset_ns;
};

/* PREFIX and NUMBER, with a point between if it is a part. */
static const char *add_path(struct place *place, const char *prefix,
			    const char *point, size_t number)
{
	char **path = &place->paths[place->count];
	cr_assert(gt(i32, asprintf(path, "%s%s%zu", prefix, point, number), 0));
	place->sources[place->count++].path = *path;
	return *path;
}

static struct record_config config_of(const struct source *source)
{
	return (struct record_config){
		.facts = source->facts,
		.facts_size = strlen(source->facts),
		.abi = RECORDING_X86_64,
		.wall_offset_ns = source->wall_offset_ns,
		.owner = (uid_t)-1,
		.stop_fd = -1,
	};
}

static void add(struct place *place, const struct source *source)
{
	struct record *record = NULL;
	struct record_config config = config_of(source);
	config.path = add_path(place, place->dir, "/", place->count);
	cr_assert(zero(i32, record_open(&record, &config, NULL)));
	cr_assert(zero(i32, evtext_feed(source->events, record_put, record)));
	cr_assert(zero(i32, record_close(record, NULL)));
}

/* A state for each file but the first, as a recorder makes it. */
static void put_with_state(void *self, const struct event *ev)
{
	struct record *record = self;
	if (record_wants_state(record)) {
		struct event_task task = {.h = {.size = sizeof(task),
						.kind = EVENT_TASK,
						.time_ns = ev->time_ns,
						.pid = 1,
						.start_ns = 1}};
		record_begin_state(record, ev->time_ns);
		record_put(record, &task.h);
		record_end_state(record);
	}
	record_put(record, ev);
	record_poll(record, ev->time_ns);
	record_poll(record, ev->time_ns + S); /* a block */
}

/* A file each second. */
static void add_parts(struct place *place, const struct source *source,
		      size_t count)
{
	struct record *record = NULL;
	struct record_config config = config_of(source);
	config.path = add_path(place, place->dir, "/", place->count);
	config.rotate_ns = S;
	for (size_t i = 1; i < count; i++)
		(void)add_path(place, config.path, ".", i); /* it is there */
	cr_assert(zero(i32, record_open(&record, &config, NULL)));
	cr_assert(
		zero(i32, evtext_feed(source->events, put_with_state, record)));
	cr_assert(zero(i32, record_close(record, NULL)));
}

static void tell_gap(void *self, unsigned host, const struct replay_gap *gap)
{
	struct place *place = self;
	buf_printf(&place->seen, "%u %llus-%llus gap %d. ", host,
		   (unsigned long long)(gap->after_ns / S),
		   (unsigned long long)(gap->until_ns / S), (int)gap->why);
}

static int open_all(struct place *place, struct err *err)
{
	const struct merge_config config = {
		.sources = place->sources,
		.count = place->count,
		.option = "-r",
		.gap = tell_gap,
		.self = place,
	};
	return merge_open(&place->merge, &config, err);
}

static uint64_t fd_id(const struct event_call *ev)
{
	size_t at = 0;
	const struct event_chunk *chunk = chunk_next(ev, &at);
	return chunk && chunk->what == EVENT_CHUNK_FD
		       ? ((const struct event_fd *)(const void *)(chunk + 1))
				 ->id
		       : 0;
}

static void see(void *self, const struct event *ev)
{
	struct place *place = self;
	const struct event_tick *tick = (const void *)ev;
	const struct event_call *call = (const void *)ev;
	const struct event_file *file = (const void *)ev;
	buf_printf(&place->seen, "%u %llus", EVENT_HOST(ev),
		   (unsigned long long)(ev->time_ns / S));
	if (ev->kind == EVENT_TICK)
		buf_printf(&place->seen, " tick %llu",
			   (unsigned long long)tick->seen);
	if (ev->kind == EVENT_TASK)
		buf_puts(&place->seen, " task");
	if (ev->kind == EVENT_CALL)
		buf_printf(&place->seen, " call %u", ev->pid);
	if (ev->kind == EVENT_CALL && fd_id(call))
		buf_printf(&place->seen, " of %llx",
			   (unsigned long long)fd_id(call));
	if (ev->kind == EVENT_FILE)
		buf_printf(&place->seen, " file %llx",
			   (unsigned long long)file->id);
	buf_puts(&place->seen, ". ");
}

static void pump(struct place *place, uint64_t until_ns)
{
	const struct sink sink = {.put = see, .self = place};
	while (merge_pump(place->merge, &sink, 2, until_ns))
		;
}

static void expect_seen(struct place *place, const char *expected)
{
	cr_expect(eq(str, place->text, (char *)expected));
	buf_clear(&place->seen);
}

static void expect_all(struct place *place, const char *expected)
{
	struct err err = {0};
	cr_assert(zero(i32, open_all(place, &err)), "%s", err.text);
	pump(place, UINT64_MAX);
	cr_expect(merge_is_over(place->merge) == true);
	expect_seen(place, expected);
}

Test(merge, hands_one_through_as_it_is)
{
	struct place place;
	init(&place);
	add(&place, &(struct source){"a", "call t=3s pid=7\ncall t=2s pid=8\n",
				     100 * S});
	expect_all(&place, "0 3s call 7. 0 2s call 8. ");
	cr_expect(eq(u64, merge_wall_offset_ns(place.merge), 100 * S));
	done(&place);
}

Test(merge, puts_events_on_one_line_by_the_clocks_of_their_hosts)
{
	struct place place;
	init(&place);
	/* the second was booted ten seconds later */
	add(&place,
	    &(struct source){"a", "call t=11s pid=1\ncall t=15s pid=2\n",
			     90 * S});
	add(&place, &(struct source){"b", "call t=2s pid=3\ncall t=6s pid=4\n",
				     100 * S});
	expect_all(&place, "0 11s call 1. 1 12s call 3. 0 15s call 2. "
			   "1 16s call 4. ");
	cr_expect(eq(u64, merge_wall_offset_ns(place.merge), 90 * S));
	done(&place);
}

Test(merge, takes_no_time_below_zero)
{
	struct place place;
	init(&place);
	add(&place, &(struct source){"a", "call t=1s pid=1\n", 100 * S});
	add(&place, &(struct source){"b", "call t=1s pid=2\n", 90 * S});
	expect_all(&place, "1 1s call 2. 0 11s call 1. ");
	done(&place);
}

Test(merge, keeps_ids_of_files_apart)
{
	static const char events[] =
		"file t=1s id=5 path=\"/a\"\n"
		"call t=1s pid=7 nr=0 args=3 fd0=8:5,8:0,4:0,1:0,1:0,2:0\n";
	struct place place;
	init(&place);
	add(&place, &(struct source){"a", events, 0});
	add(&place, &(struct source){"b", events, 0});
	expect_all(&place,
		   "0 1s file 5. 0 1s call 7 of 5. 1 1s file 2000000000000005. "
		   "1 1s call 7 of 2000000000000005. ");
	done(&place);
}

Test(merge, closes_intervals_once_with_the_totals_of_all)
{
	struct place place;
	init(&place);
	add(&place, &(struct source){"a",
				     "tick t=10s seen=1\ntick t=20s seen=2\n"
				     "tick t=30s seen=3\n",
				     0});
	add(&place, &(struct source){"b",
				     "tick t=11s seen=10\ntick t=21s seen=20\n"
				     "tick t=31s seen=30\ntick t=41s seen=40\n",
				     0});
	/* the second host's when the first has ended */
	expect_all(&place, "0 10s tick 1. 0 20s tick 12. 0 30s tick 23. "
			   "1 41s tick 43. ");
	done(&place);
}

Test(merge, reads_files_of_one_recording_as_one_host)
{
	struct place place;
	init(&place);
	add_parts(&place,
		  &(struct source){"a",
				   "call t=1s pid=1\ncall t=2s pid=2\n"
				   "call t=3s pid=3\ncall t=4s pid=4\n",
				   0},
		  4);
	struct merge_source first = place.sources[0];
	place.sources[0] = place.sources[2]; /* in any order */
	place.sources[2] = first;
	expect_all(&place,
		   "0 1s call 1. 0 2s call 2. 0 3s call 3. 0 4s call 4. ");
	cr_expect(eq(u32, merge_count(place.merge), 1));
	done(&place);
}

Test(merge, tells_that_a_file_between_two_is_missing)
{
	struct place place;
	init(&place);
	add_parts(&place,
		  &(struct source){"a",
				   "call t=1s pid=1\ncall t=2s pid=2\n"
				   "call t=3s pid=3\ncall t=4s pid=4\n",
				   0},
		  4);
	place.sources[1] = place.sources[3];
	place.count = 2;
	char expected[80];
	(void)snprintf(expected, sizeof(expected),
		       "0 1s call 1. 0 1s-4s gap %d. "
		       "0 4s task. 0 4s call 4. ",
		       (int)REPLAY_MISSING);
	expect_all(&place, expected);
	done(&place);
}

Test(merge, goes_to_any_moment)
{
	uint64_t first_ns = 0;
	uint64_t last_ns = 0;
	struct place place;
	struct err err = {0};
	init(&place);
	add(&place,
	    &(struct source){"a", "call t=1s pid=1\ncall t=9s pid=2\n", 0});
	add_parts(&place,
		  &(struct source){"b",
				   "call t=2s pid=3\ncall t=3s pid=4\n"
				   "call t=4s pid=5\ncall t=5s pid=6\n",
				   S},
		  4);
	cr_assert(zero(i32, open_all(&place, &err)), "%s", err.text);
	cr_assert(merge_span(place.merge, &first_ns, &last_ns));
	cr_expect(eq(u64, first_ns, S));
	cr_expect(eq(u64, last_ns, 9 * S));
	pump(&place, UINT64_MAX);
	buf_clear(&place.seen);
	cr_assert(zero(i32, merge_seek(place.merge, 3 * S)));
	pump(&place, 3 * S);
	expect_seen(&place, "0 1s call 1. 1 3s call 3. ");
	cr_expect(eq(u64, merge_peek_ns(place.merge), 4 * S));
	pump(&place, UINT64_MAX);
	expect_seen(&place, "1 4s call 4. 1 5s call 5. 1 6s call 6. "
			    "0 9s call 2. ");
	done(&place);
}

Test(merge, refuses_more_hosts_than_it_can_tell_apart)
{
	struct place place;
	struct err err = {0};
	init(&place);
	for (unsigned i = 0; i <= EVENT_HOSTS; i++) {
		char facts[2] = {(char)('a' + i), '\0'};
		add(&place, &(struct source){facts, "", 0});
	}
	cr_assert(eq(i32, open_all(&place, &err), -E2BIG));
	cr_expect(ne(ptr, strstr(err.text, "at most 8"), NULL), "%s", err.text);
	place.merge = NULL;
	done(&place);
}

Test(merge, comes_to_an_end_whatever_the_times)
{
	struct place place;
	init(&place);
	add(&place,
	    &(struct source){"a", "call t=-1 pid=1\ncall t=5s pid=2\n", 0});
	add(&place,
	    &(struct source){"b", "call t=-5 pid=3\ncall t=6s pid=4\n", 9 * S});
	expect_all(&place, "0 18446744073s call 1. 0 5s call 2. 1 8s call 3. "
			   "1 15s call 4. ");
	done(&place);
}

/* A recorder that writes into a pipe. */
struct writer {
	struct record *record;
	int fd;
};

static void writer_init(struct writer *writer, struct place *place,
			const char *facts)
{
	const struct source source = {facts, "", 0};
	struct record_config config = config_of(&source);
	int ends[2];
	cr_assert(zero(i32, pipe(ends)));
	config.path = "-";
	/* it writes to standard output */
	int kept = dup(STDOUT_FILENO);
	(void)dup2(ends[1], STDOUT_FILENO);
	cr_assert(zero(i32, record_open(&writer->record, &config, NULL)));
	(void)dup2(kept, STDOUT_FILENO);
	(void)close(kept);
	(void)close(ends[1]);
	place->sources[place->count++] =
		(struct merge_source){.path = facts, .fd = ends[0]};
}

static void write_call(struct writer *writer, const char *text)
{
	cr_assert(zero(i32, evtext_feed(text, record_put, writer->record)));
	record_poll(writer->record, 1);
	record_poll(writer->record, 1 + S);
}

Test(merge, does_not_wait_long_for_a_pipe_that_is_silent)
{
	struct place place;
	struct writer one;
	struct writer other;
	struct err err = {0};
	struct pollfd fds[EVENT_HOSTS];
	int ms = 0;
	init(&place);
	writer_init(&one, &place, "a");
	writer_init(&other, &place, "b");
	cr_assert(zero(i32, open_all(&place, &err)), "%s", err.text);
	write_call(&one, "call t=5s pid=1\n");
	pump(&place, UINT64_MAX);
	expect_seen(&place, ""); /* the other may yet have one before */
	cr_expect(eq(sz, merge_fds(place.merge, fds, &ms), 1));
	cr_expect(eq(i32, fds[0].fd, place.sources[1].fd));
	cr_expect(gt(i32, ms, 0));
	write_call(&other, "call t=4s pid=2\n");
	pump(&place, 5 * S);
	while (place.seen.len < sizeof("1 4s call 2. ") + 5)
		pump(&place, 5 * S);
	expect_seen(&place, "1 4s call 2. 0 5s call 1. ");
	write_call(&one, "call t=6s pid=3\n");
	while (place.seen.len == 0)
		pump(&place, UINT64_MAX);
	expect_seen(&place, "0 6s call 3. ");
	cr_assert(zero(i32, record_close(other.record, NULL)));
	while (!merge_has_ended(place.merge, 1))
		pump(&place, UINT64_MAX);
	cr_expect(not(merge_is_over(place.merge)));
	cr_assert(zero(i32, record_close(one.record, NULL)));
	while (!merge_is_over(place.merge))
		pump(&place, UINT64_MAX);
	expect_seen(&place, "");
	done(&place);
}
