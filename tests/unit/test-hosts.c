/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What two hosts have alike is kept apart. */
#include "config.h"

#include "model/model.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/field.h"
#include "model/filter.h"
#include "model/query.h"
#include "tests/lib/fixture.h"
#include "view/columns.h"
#include "view/dump.h"
#include "view/layout.h"
#include "view/views.h"

static void init(struct fixture *fx)
{
	fixture_init(fx);
	model_set_host(fx->model, 0, "web1");
	model_set_host(fx->model, 1, "web2");
}

/* The rows of KIND, by the field FIELDS[0]: each with all FIELDS, which NULL
 * ends, and a full stop. */
static void expect_rows(const struct fixture *fx, enum row_kind kind,
			const char *const *fields, const char *expected)
{
	const struct query query = {
		.kind = kind,
		.syscall = SYSCALL_NONE,
		.sort = field_of_kind(kind, fields[0]),
	};
	struct query_result result = {0};
	struct field_scratch scratch;
	char data[1024];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	query_run(&query, fx->model, &result);
	for (size_t i = 0; i < result.count; i++) {
		for (size_t j = 0; fields[j]; j++) {
			const struct field *field =
				field_of_kind(kind, fields[j]);
			struct value value = field_get(
				field, fx->model, &result.rows[i], &scratch);
			buf_puts(&buf, j ? " " : "");
			field_print(&buf, field, &value);
		}
		buf_puts(&buf, ". ");
	}
	cr_expect(eq(str, data, (char *)expected));
	query_done(&result);
}

#define EXPECT_ROWS(fx, kind, expected, ...)                                   \
	expect_rows(fx, kind, (const char *const[]){__VA_ARGS__, NULL},        \
		    expected)

Test(hosts, processes_of_one_pid_and_start_are_several)
{
	struct fixture fx;
	init(&fx);
	model_set_user(fx.model, 0, 33, "www");
	model_set_user(fx.model, 1, 33, "http");
	fixture_feed(&fx, "task pid=7 start=5 comm=cat uid=33 leader\n"
			  "task host=1 pid=7 start=5 comm=dog uid=33 leader\n"
			  "task host=1 pid=7 tid=8 start=5 comm=tail\n"
			  "count pid=7 start=5 nr=0 calls=3\n"
			  "count host=1 pid=7 start=5 nr=0 calls=4\n"
			  "count pid=0 start=0 nr=0 calls=5\n"
			  "count host=1 pid=0 start=0 nr=0 calls=6\n"
			  "error host=1 pid=7 start=5 nr=0 code=2 count=1\n");
	EXPECT_ROWS(&fx, ROW_PROCESS,
		    "web1 cat www 3 1. web1 other - 5 -. "
		    "web2 dog http 4 2. web2 other - 6 -. ",
		    "host", "comm", "user", "calls", "threads");
	EXPECT_ROWS(&fx, ROW_ERROR, "web2 dog 1. ", "host", "comm", "errors");
	fixture_done(&fx);
}

Test(hosts, the_end_of_a_process_is_that_of_its_host)
{
	struct fixture fx;
	init(&fx);
	fixture_feed(&fx, "task pid=7 start=5 comm=cat leader\n"
			  "task host=1 pid=7 start=5 comm=dog leader\n"
			  "exit host=1 pid=7 start=5 status=0 leader dead\n");
	EXPECT_ROWS(&fx, ROW_PROCESS, "web1 -. web2 exit 0. ", "host",
		    "status");
	fixture_done(&fx);
}

Test(hosts, a_path_on_one_is_another_file_than_on_the_other)
{
	struct fixture fx;
	init(&fx);
	fixture_feed(&fx,
		     "call pid=7 nr=4 args=1,2 text0=\"/a\" ret=0\n"
		     "call host=1 pid=7 nr=4 args=1,2 text0=\"/a\" ret=0\n"
		     "call host=1 pid=7 nr=4 args=1,2 text0=\"/a\" ret=0\n");
	EXPECT_ROWS(&fx, ROW_FILE, "web1 /a 1 1. web2 /a 2 1. ", "host", "path",
		    "calls", "processes");
	model_zero(fx.model);
	EXPECT_ROWS(&fx, ROW_FILE, "", "host");
	fixture_done(&fx);
}

Test(hosts, each_has_its_own_calls_in_progress)
{
	struct fixture fx;
	init(&fx);
	fixture_feed(&fx, "blocked t=1s pid=7 start=5 nr=0 ret=7\n"
			  "blockedend t=1s\n"
			  "blocked host=1 t=1s pid=7 start=5 nr=1 ret=7\n"
			  "blocked host=1 t=1s pid=8 start=6 nr=1 ret=8\n"
			  "blockedend host=1 t=1s\n");
	EXPECT_ROWS(&fx, ROW_BLOCKED,
		    "web1 7 read. web2 7 write. web2 8 write. ", "host", "pid",
		    "syscall");
	fixture_feed(&fx, "task pid=7 start=5 comm=cat leader\n"
			  "task host=1 pid=7 start=5 comm=dog leader\n");
	EXPECT_ROWS(&fx, ROW_PROCESS, "web1 read. web2 write. ", "host",
		    "blocked");
	fixture_feed(&fx, "blockedend t=2s\n");
	EXPECT_ROWS(&fx, ROW_BLOCKED, "web2 7. web2 8. ", "host", "pid");
	fixture_feed(&fx, "blockedend t=2s host=1\n");
	EXPECT_ROWS(&fx, ROW_BLOCKED, "", "host");
	fixture_done(&fx);
}

Test(hosts, sleep_of_one_does_not_shift_start_times_of_the_other)
{
	struct fixture fx;
	init(&fx);
	fixture_feed(&fx, "tick t=1s wall=1732147200s\n"
			  "fork host=1 t=10s pid=8 start=110s comm=dog leader\n"
			  "task t=20s pid=7 start=15s comm=cat leader\n");
	EXPECT_ROWS(&fx, ROW_PROCESS,
		    "web1 11-21 00:00:15. web2 11-21 00:00:10. ", "host",
		    "started");
	fixture_done(&fx);
}

Test(hosts, filter_tells_them_apart)
{
	struct fixture fx;
	struct err err = {0};
	size_t column = 0;
	init(&fx);
	fixture_feed(&fx, "call pid=7 nr=0\ncall host=1 pid=8 nr=0\n");
	struct filter *filter =
		filter_parse("host == web2", ROW_CALL, fx.cat, &column, &err);
	cr_assert(filter != NULL, "%s", err.text);
	const struct query query = {
		.kind = ROW_CALL, .syscall = SYSCALL_NONE, .filter = filter};
	struct query_result result = {0};
	query_run(&query, fx.model, &result);
	cr_assert(eq(sz, result.count, 1));
	cr_expect(eq(u64, result.rows[0].id, 2));
	query_done(&result);
	filter_free(filter);
	fixture_done(&fx);
}

static void expect_first(const struct layout *layout, const char *expected)
{
	struct columns columns;
	columns_layout(&columns, layout, 80);
	cr_expect(eq(str, (char *)columns.at[0].field->name, (char *)expected));
}

Test(hosts, every_view_of_several_tells_which)
{
	const struct view *events = views_by_name("events");
	struct columns columns;
	expect_first(&(struct layout){.view = events, .hosts = true}, "host");
	expect_first(&(struct layout){.view = events}, "pid");
	expect_first(&(struct layout){.view = events,
				      .chosen = "pid host",
				      .hosts = true},
		     "pid");
	columns_layout(&columns, &(struct layout){.view = events}, 2000);
	for (size_t i = 0; i < columns.count; i++)
		cr_expect(ne(str, (char *)columns.at[i].field->name, "host"));
}

static void expect_line(const struct fixture *fx, const struct event_call *ev,
			void (*dump)(struct buf *, const struct model *,
				     const struct event_call *,
				     const struct dump_options *),
			bool hosts, const char *expected)
{
	const struct dump_options options = {.hosts = hosts};
	char data[4096];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	dump(&buf, fx->model, ev, &options);
	cr_expect(strncmp(data, expected, strlen(expected)) == 0, "%s", data);
}

static void dump_as_text(struct buf *buf, const struct model *model,
			 const struct event_call *ev,
			 const struct dump_options *options)
{
	dump_text(buf, model, &ev->h, options);
}

static void dump_as_json(struct buf *buf, const struct model *model,
			 const struct event_call *ev,
			 const struct dump_options *options)
{
	dump_json(buf, model, &ev->h, options);
}

Test(hosts, each_format_tells_which_of_several)
{
	struct fixture fx;
	const struct event_call ev = {
		.h = {.size = sizeof(ev),
		      .kind = EVENT_CALL,
		      .flags = 1 << EVENT_HOST_SHIFT,
		      .pid = 7,
		      .tid = 7},
		.nr = 39,
		.ret = 7,
	};
	init(&fx);
	expect_line(&fx, &ev, dump_as_text, true, "web2     7     getpid()");
	expect_line(&fx, &ev, dump_as_text, false, "7     getpid()");
	expect_line(&fx, &ev, dump_csv, true, "web2,");
	expect_line(&fx, &ev, dump_as_json, true,
		    "{\"type\":\"call\",\"host\":\"web2\",");
	fixture_done(&fx);
}
