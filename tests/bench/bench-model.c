/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a row costs in user space: taking it into the model, printing it in each
 * batch format, and asking the screen's queries of a large machine.
 */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "model/field.h"
#include "model/query.h"
#include "view/dump.h"

#define ROWS      1000000u
#define PROCESSES 30000u
#define KINDS     4u

struct row_event {
	struct event_call call;
	struct event_chunk chunk;
	char text[24];
};

static double seconds_now(void)
{
	struct timespec now;
	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail */
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void report(const char *what, unsigned count, double seconds)
{
	printf("%-34s %8.0f ns  %6.2f M/s\n", what, seconds * 1e9 / count,
	       count / seconds / 1e6);
}

/* Row I of a busy machine: an open, a read, a failed open, a close. */
static const struct event_call *make_row(struct row_event *ev, unsigned i)
{
	static const uint32_t numbers[KINDS] = {257, 0, 257, 3};
	static const int64_t results[KINDS] = {3, 4096, -2, 0};
	unsigned kind = i % KINDS;
	uint32_t pid = 1000 + i / 64 % PROCESSES;
	*ev = (struct row_event){
		.call = {.h = {.size = sizeof(ev->call),
			       .kind = EVENT_CALL,
			       .time_ns = i * 1000ull,
			       .start_ns = pid * 1000ull,
			       .pid = pid,
			       .tid = pid},
			 .duration_ns = 812,
			 .ret = results[kind],
			 .args = {0xffffff9c, 0x7f0012345678, 0x80000, 0},
			 .nr = numbers[kind],
			 .comm = "worker"},
		.chunk = {.arg = 1, .size = 22},
		.text = "/usr/share/dict/words1",
	};
	if (kind != 3) {
		ev->call.h.size = sizeof(*ev);
		ev->call.payload = sizeof(ev->chunk) + sizeof(ev->text);
	}
	return &ev->call;
}

static void feed(struct model *model, unsigned rows)
{
	struct row_event ev;
	for (unsigned i = 0; i < rows; i++)
		model_put(model, &make_row(&ev, i)->h);
}

static void bench_put(struct model *model)
{
	struct row_event ev;
	double start = seconds_now();
	for (unsigned i = 0; i < ROWS; i++)
		(void)make_row(&ev, i); /* only for its time */
	double making = seconds_now() - start;
	feed(model, ROWS); /* its memory is touched, its processes are made */
	start = seconds_now();
	feed(model, ROWS);
	report("model_put(EVENT_CALL)", ROWS, seconds_now() - start - making);
}

#define FILES 1000u

/* Row I: a read of a descriptor, one of so many files. */
static void put_read(struct model *model, unsigned i)
{
	const struct {
		struct event_call call;
		struct event_chunk chunk;
		struct event_fd fd;
	} ev = {
		.call = {.h = {.size = sizeof(ev),
			       .kind = EVENT_CALL,
			       .time_ns = i * 1000ull,
			       .start_ns = 1000,
			       .pid = 1,
			       .tid = 1},
			 .duration_ns = 812,
			 .ret = 4096,
			 .args = {3, 0x7f0012345678, 4096},
			 .payload = sizeof(ev.chunk) + sizeof(ev.fd)},
		.chunk = {.address = 3,
			  .size = sizeof(ev.fd),
			  .what = EVENT_CHUNK_FD},
		.fd = {.id = 1 + i % FILES},
	};
	model_put(model, &ev.call.h);
}

static void bench_put_read(struct model *model)
{
	for (unsigned i = 0; i < FILES; i++) {
		struct {
			struct event_file file;
			char path[40];
		} ev = {.file = {.h = {.size = sizeof(ev), .kind = EVENT_FILE},
				 .id = 1 + i,
				 .size = sizeof(ev.path)}};
		(void)snprintf(ev.path, sizeof(ev.path),
			       "/usr/lib/x86_64-linux-gnu/file%u",
			       i); /* fits */
		model_put(model, &ev.file.h);
	}
	double start = seconds_now();
	for (unsigned i = 0; i < ROWS; i++)
		put_read(model, i);
	report("model_put(EVENT_CALL), descriptor", ROWS,
	       seconds_now() - start);
}

static void bench_dump(const struct model *model)
{
	static const char *const names[] = {"dump_text", "dump_json",
					    "dump_csv"};
	const struct dump_options options = {.decode.string_limit = 32};
	struct row_event ev;
	char data[8192];
	struct buf line;
	for (int format = 0; format < 3; format++) {
		double start = seconds_now();
		for (unsigned i = 0; i < ROWS; i++) {
			const struct event_call *call = make_row(&ev, i);
			buf_init(&line, data, sizeof(data));
			if (format == 0)
				dump_text(&line, model, &call->h, &options);
			else if (format == 1)
				dump_json(&line, model, &call->h, &options);
			else
				dump_csv(&line, model, call, &options);
		}
		report(names[format], ROWS, seconds_now() - start);
	}
}

/* Counters of a call in each process. */
static void feed_counts(struct model *model)
{
	for (uint32_t i = 0; i < PROCESSES * 8; i++) {
		uint32_t pid = 1000 + i % PROCESSES;
		const struct event_count ev = {
			.h = {.size = sizeof(ev),
			      .kind = EVENT_COUNT,
			      .start_ns = pid * 1000ull,
			      .pid = pid},
			.nr = i / PROCESSES,
			.growth = {.calls = i % 97, .time_ns = i},
		};
		model_put(model, &ev.h);
	}
}

static void bench_query(const struct model *model, const char *what,
			struct query query)
{
	struct query_result result = {0};
	double start = seconds_now();
	unsigned runs = 0;
	while (seconds_now() - start < 0.3) {
		query_run(&query, model, &result);
		runs++;
	}
	double each_ms = (seconds_now() - start) * 1e3 / runs;
	printf("%-34s %8.3f ms  %zu of %zu rows\n", what, each_ms, result.count,
	       result.matched);
	query_done(&result);
}

static void bench_queries(const struct model *model)
{
	struct query query = {.kind = ROW_PROCESS,
			      .syscall = SYSCALL_NONE,
			      .sort = field_of_kind(ROW_PROCESS, "calls"),
			      .descending = true,
			      .limit = 60};
	bench_query(model, "processes by calls", query);
	query.sort = field_of_kind(ROW_PROCESS, "top");
	bench_query(model, "processes by top call", query);
	query.sort = field_of_kind(ROW_PROCESS, "calls");
	query.text = "worker";
	bench_query(model, "processes with a text", query);
	query = (struct query){
		.kind = ROW_CALL, .syscall = SYSCALL_NONE, .limit = 60};
	bench_query(model, "newest calls", query);
	query.text = "dict/words";
	bench_query(model, "newest calls with a text", query);
	query.text = "nowhere";
	bench_query(model, "calls with a text that none has", query);
	query.text = NULL;
	query.sort = field_of_kind(ROW_CALL, "duration_ns");
	bench_query(model, "calls by duration", query);
}

int main(void)
{
	const struct catalogue_config config = {
		.events_fd = -1,
		.native = ABI_X86_64,
	};
	const struct model_limits limits = {
		.row_bytes = 96 << 20,
		.count_bytes = 64 << 20,
		.name_bytes = 16 << 20,
	};
	struct err err = {0};
	struct catalogue *cat = NULL;
	if (catalogue_new(&cat, &config, &err))
		die(1, "%s", err.text);
	struct model *model = model_new(cat, &limits);
	const struct event_tick tick = {
		.h = {.size = sizeof(tick), .kind = EVENT_TICK},
		.wall_offset_ns = 1732147200000000000,
	};
	model_put(model, &tick.h);
	bench_put(model);
	bench_put_read(model);
	double start = seconds_now();
	feed_counts(model);
	report("model_put(EVENT_COUNT)", PROCESSES * 8, seconds_now() - start);
	bench_dump(model);
	bench_queries(model);
	model_free(model);
	catalogue_free(cat);
	return 0;
}
