/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/trim.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdbool.h>
#include <string.h>

#include "abi/chunk.h"
#include "abi/decode.h"
#include "app/options.h"
#include "bpf/event.h"
#include "tests/lib/evtext.h"

/* read(3, "x", 1) of a character device, with what the descriptor is. */
static const char call[] =
	"call t=9 pid=7 comm=cat nr=0 args=3,0x1000,1 "
	"fd0@3=8:5,8:9,4:0x100003,1:0,1:2,2:0 out1=\"x\" ret=1\n";

struct kept {
	unsigned events, chunks, signals, rows;
	struct event_fd fd; /* zeroes: there was none */
};

static void keep(void *self, const struct event *ev)
{
	struct kept *kept = self;
	const struct event_chunk *chunk;
	size_t at = 0;
	cr_assert(decode_is_sane(ev, ev->size));
	kept->events++;
	kept->signals += ev->kind == EVENT_SIGNAL;
	kept->rows += ev->kind == EVENT_EXIT && (ev->flags & EVENT_TASK_ROW);
	while (ev->kind == EVENT_CALL &&
	       (chunk = chunk_next((const void *)ev, &at))) {
		kept->chunks++;
		if (chunk->what == EVENT_CHUNK_FD)
			memcpy(&kept->fd, chunk + 1, sizeof(kept->fd));
	}
}

static struct kept trimmed(const struct options *options, const char *text)
{
	struct kept kept = {0};
	struct trim *trim = trim_new(options);
	const struct sink to = {.put = keep, .self = &kept};
	const struct sink sink = trim_sink(trim, &to);
	cr_assert(zero(int, evtext_feed(text, sink.put, sink.self)));
	trim_free(trim);
	return kept;
}

Test(trim, leaves_what_a_run_with_these_options_would_have_copied)
{
	struct options options;
	options_init(&options);
	options.mode = MODE_BATCH;
	cr_assert(eq(u32, trimmed(&options, call).chunks, 1));
	options.fds = FDS_PATH;
	struct kept kept = trimmed(&options, call);
	cr_assert(eq(u32, kept.chunks, 2));
	cr_assert(eq(u64, kept.fd.id, 5));
	cr_assert(zero(u32, kept.fd.flags));
	cr_assert(zero(u32, kept.fd.rdev));
	options.fds = FDS_ALL;
	kept = trimmed(&options, call);
	cr_assert(eq(u32, kept.fd.flags, EVENT_FD_CHAR));
	options.fds = FDS_USUAL;
	options.mode = MODE_SCREEN;
	cr_assert(eq(u32, trimmed(&options, call).chunks, 2));
}

Test(trim, tells_signals_and_ends_of_chosen_processes_only)
{
	static const char text[] =
		"exit t=1 pid=7 comm=cat dead row\n"
		"signal t=2 pid=7 comm=cat info=10,0,0,0,7,0\n"
		"exit t=3 pid=8 comm=cat dead row\n"
		"signal t=4 pid=8 comm=cat info=10,0,0,0,7,0\n";
	struct options options;
	pid_t seven = 7;
	options_init(&options);
	options.mode = MODE_BATCH;
	struct kept kept = trimmed(&options, text);
	cr_assert(eq(u32, kept.signals + kept.rows, 4));
	options.replay.count = 1; /* no path is asked for */
	options.pids = &seven;
	options.pid_count = 1;
	kept = trimmed(&options, text);
	cr_assert(eq(u32, kept.rows, 1));
	cr_assert(eq(u32, kept.signals, 1));
	cr_assert(eq(u32, kept.events, 3)); /* that one ended is state */
	options.filter = "ret < 0";
	kept = trimmed(&options, text);
	cr_assert(zero(u32, kept.signals + kept.rows));
}
