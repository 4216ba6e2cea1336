/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a recording costs: packing, compressing and writing a call, the bytes
 * that it takes, and reading it back into a model.  With a FILE only the last,
 * of that recording.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "bpf/event.h"
#include "feed/record.h"
#include "feed/replay.h"
#include "model/model.h"

#define CALLS 5000000u

/* Of our own: others may be busy too. */
static double seconds_now(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now); /* cannot fail */
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Times between calls vary as those of a tight loop do. */
static void record_calls(const char *path)
{
	const struct record_config config = {
		.path = path,
		.abi = RECORDING_X86_64,
		.owner = (uid_t)-1,
		.stop_fd = -1,
	};
	struct err err = {0};
	struct record *record = NULL;
	struct event_call call = {
		.h = {.size = sizeof(call),
		      .kind = EVENT_CALL,
		      .start_ns = 7,
		      .pid = 4711,
		      .tid = 4711},
		.nr = 110,
		.ret = 1,
		.comm = "loop",
	};
	uint32_t random = 1;
	if (record_open(&record, &config, &err) < 0)
		die(1, "%s", err.text);
	double start = seconds_now();
	for (unsigned i = 0; i < CALLS; i++) {
		random = random * 1664525 + 1013904223; /* Numerical Recipes */
		call.h.time_ns += 900 + (random >> 24);
		call.duration_ns = 60 + (random >> 28);
		record_put(record, &call.h);
	}
	double seconds = seconds_now() - start;
	struct record_totals totals;
	record_totals(record, &totals);
	if (record_close(record, &err) < 0)
		die(1, "%s", err.text);
	printf("%-34s %8.0f ns  %6.2f M/s  %.1f bytes each\n",
	       "record_put(EVENT_CALL)", seconds * 1e9 / CALLS,
	       CALLS / seconds / 1e6,
	       (double)totals.bytes / (double)totals.calls);
}

struct reading {
	unsigned long calls;
	struct model *model; /* or NULL: they are only counted */
};

static void read_event(void *self, const struct event *ev)
{
	struct reading *reading = self;
	reading->calls += ev->kind == EVENT_CALL;
	if (reading->model)
		model_put(reading->model, ev);
}

static void replay_calls(const char *path, const char *what,
			 struct model *model)
{
	struct reading reading = {.model = model};
	const struct sink sink = {.put = read_event, .self = &reading};
	const struct replay_config config = {.path = path};
	struct replay *replay = NULL;
	struct err err = {0};
	if (replay_open(&replay, &config, &err) < 0)
		die(1, "%s", err.text);
	double start = seconds_now();
	while (!replay_is_over(replay))
		(void)replay_pump(replay, &sink, 4096, UINT64_MAX);
	double seconds = seconds_now() - start;
	replay_close(replay);
	printf("%-34s %8.0f ns  %6.2f M/s\n", what,
	       seconds * 1e9 / (double)reading.calls,
	       (double)reading.calls / seconds / 1e6);
}

int main(int count, char **argv)
{
	const struct catalogue_config config = {
		.events_fd = -1,
		.native = ABI_X86_64,
	};
	const struct model_limits limits = {
		.row_bytes = 64 << 20,
		.count_bytes = 32 << 20,
		.name_bytes = 16 << 20,
	};
	char dir[] = "/tmp/bench-record.XXXXXX";
	char made[64];
	struct err err = {0};
	struct catalogue *cat = NULL;
	if (catalogue_new(&cat, &config, &err) < 0)
		die(1, "%s", err.text);
	struct model *model = model_new(cat, &limits);
	const char *path = count > 1 ? argv[1] : made;
	if (path == made) {
		if (!mkdtemp(dir))
			die(1, "cannot make a directory in /tmp");
		(void)snprintf(made, sizeof(made), "%s/rec", dir); /* fits */
		record_calls(path);
	}
	replay_calls(path, "replay_pump()", NULL);
	replay_calls(path, "replay_pump() into a model", model);
	if (path == made) { /* ours, and in /tmp */
		(void)unlink(path);
		(void)rmdir(dir);
	}
	model_free(model);
	catalogue_free(cat);
	return 0;
}
