/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/foreign.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "model/model.h"
#include "tests/lib/evtext.h"
#include "tests/lib/fixture.h"
#include "view/dump.h"

struct exported {
	struct fixture fx;
	struct dump_options options;
	struct foreign *foreign;
	char *text;
	size_t size;
	FILE *to;
};

static void answer(struct exported *ex, const struct buf *buf)
{
	cr_expect(not(buf->cut));
	(void)fwrite(buf->data, 1, buf->len, ex->to); /* memory */
}

static void init(struct exported *ex, const char *format, size_t bytes)
{
	static char room[FOREIGN_ROOM];
	struct buf buf;
	*ex = (struct exported){0};
	fixture_init(&ex->fx);
	ex->options.decode.string_limit = 32;
	ex->options.decode.files = model_files(ex->fx.model);
	ex->to = open_memstream(&ex->text, &ex->size);
	const struct foreign_config config = {
		.model = ex->fx.model,
		.options = &ex->options,
		.bytes = bytes,
	};
	ex->foreign = foreign_new(format, &config);
	buf_init(&buf, room, sizeof(room));
	foreign_begin(ex->foreign, &buf);
	answer(ex, &buf);
}

static void put(void *self, const struct event *ev)
{
	static char room[FOREIGN_ROOM];
	struct exported *ex = self;
	struct buf buf;
	buf_init(&buf, room, sizeof(room));
	if (ev->kind != EVENT_CALL)
		model_put(ex->fx.model, ev);
	foreign_put(ex->foreign, &buf, ev);
	answer(ex, &buf);
}

static void feed(struct exported *ex, const char *events)
{
	cr_assert(zero(int, evtext_feed(events, put, ex)));
}

/* Ends it; all of its text. */
static const char *end(struct exported *ex)
{
	static char room[FOREIGN_ROOM];
	struct buf buf;
	bool more = true;
	while (more) {
		buf_init(&buf, room, sizeof(room));
		more = foreign_end(ex->foreign, &buf);
		answer(ex, &buf);
	}
	(void)fflush(ex->to); /* memory */
	return ex->text;
}

static void done(struct exported *ex)
{
	foreign_free(ex->foreign);
	fixture_done(&ex->fx);
	(void)fclose(ex->to);
	free(ex->text);
}

static void expect(const char *format, const char *events, const char *expected)
{
	struct exported ex;
	init(&ex, format, 1 << 20);
	feed(&ex, events);
	cr_expect(eq(str, (char *)end(&ex), (char *)expected));
	done(&ex);
}

static void expect_part(const char *events, const char *part)
{
	struct exported ex;
	init(&ex, "trace-event", 1 << 20);
	feed(&ex, events);
	cr_expect(strstr(end(&ex), part) != NULL, "no %s in %s", part, ex.text);
	done(&ex);
}

#define MACHINE                                                                \
	"[\n{\"ph\":\"M\",\"name\":\"process_name\",\"pid\":4194304,"          \
	"\"tid\":4194304,\"args\":{\"name\":\"all processes\"}}"

Test(foreign, names_of_formats_are_those_of_the_table)
{
	cr_expect(eq(str, (char *)foreign_at(0)->name, "trace-event"));
	size_t count = 0;
	while (foreign_at(count))
		count++;
	cr_expect(eq(sz, count, 4));
}

Test(foreign, folded_adds_up_time_of_equal_stacks)
{
	expect("folded",
	       "call t=9us dur=2us pid=7 comm=cat nr=3 args=3\n"
	       "call t=9us dur=3us pid=8 comm=cat nr=3 args=3\n"
	       "call t=9us dur=5us pid=8 comm=cat nr=0 args=3\n"
	       "call t=9us dur=5us pid=8 comm=cat nr=231 args=3 noresult\n",
	       "cat;close 5000\n"
	       "cat;read 5000\n");
}

Test(foreign, folded_calls_counts_them)
{
	expect("folded-calls",
	       "call t=9us dur=2us pid=7 comm=cat nr=3 args=3\n"
	       "call t=9us dur=0 pid=8 comm=cat nr=3 args=3\n",
	       "cat;close 2\n");
}

Test(foreign, folded_files_ends_in_the_path)
{
	expect("folded-files",
	       "call t=9us dur=2us pid=7 comm=cat nr=257 args=3,1 "
	       "text1=\"/a b;c\\n\" ret=3\n"
	       "call t=9us dur=2us pid=7 comm=cat nr=3 args=3\n",
	       "cat;close 2000\n"
	       "cat;openat;/a_b\\x3bc\\x0a 2000\n");
}

Test(foreign, names_cannot_break_a_folded_line)
{
	expect("folded",
	       "call t=9us dur=2us pid=7 comm=\"a;b 5\\n\" nr=3\n"
	       "call t=9us dur=2us pid=7 comm=\"\" nr=3\n",
	       "[unknown];close 2000\n"
	       "a\\x3bb_5\\x0a;close 2000\n");
}

Test(foreign, folded_keeps_within_its_budget)
{
	struct exported ex;
	init(&ex, "folded", 0);
	feed(&ex, "call t=9us dur=2us pid=7 comm=a nr=3\n"
		  "call t=9us dur=2us pid=7 comm=b nr=3\n");
	cr_expect(eq(str, (char *)end(&ex), "[other] 4000\n"));
	cr_expect(eq(u64, foreign_folded(ex.foreign), 2));
	done(&ex);
}

Test(foreign, a_time_line_without_events_is_an_array)
{
	expect("trace-event", "", MACHINE "\n]\n");
}

Test(foreign, a_call_is_a_complete_event_on_its_threads_track)
{
	expect("trace-event",
	       "call t=1000000812 dur=812 pid=7 tid=8 comm=cat nr=257 "
	       "args=0xffffff9c,0x7f00,0,0 text1=\"/etc/passwd\" ret=-2\n",
	       MACHINE
	       ",\n{\"ph\":\"M\",\"name\":\"process_name\",\"pid\":7,\"tid\":7,"
	       "\"args\":{\"name\":\"cat\"}}"
	       ",\n{\"ph\":\"M\",\"name\":\"process_sort_index\",\"pid\":7,"
	       "\"tid\":7,\"args\":{\"sort_index\":1}}"
	       ",\n{\"ph\":\"M\",\"name\":\"thread_name\",\"pid\":7,\"tid\":8,"
	       "\"args\":{\"name\":\"cat\"}}"
	       ",\n{\"ph\":\"X\",\"name\":\"openat\",\"cat\":\"file\","
	       "\"pid\":7,\"tid\":8,\"ts\":1000000.000,\"dur\":0.812,"
	       "\"args\":{\"dfd\":\"AT_FDCWD\",\"filename\":"
	       "\"\\\"/etc/passwd\\\"\",\"flags\":\"O_RDONLY\","
	       "\"return\":\"-1 ENOENT (No such file or directory)\","
	       "\"errno\":\"ENOENT\"}}"
	       ",\n{\"ph\":\"X\",\"name\":\"cat\",\"cat\":\"program\","
	       "\"pid\":7,\"tid\":7,\"ts\":1000000.000,\"dur\":0.812,"
	       "\"args\":{}}\n]\n");
}

Test(foreign, a_pid_that_is_used_again_is_another_track)
{
	expect_part("call t=9us dur=2us pid=7 start=1 comm=a nr=3\n"
		    "call t=9us dur=2us pid=7 start=2 comm=b nr=3\n",
		    "\"pid\":4194311,\"tid\":4194311,\"args\":{\"name\":"
		    "\"b, PID 7 used again\"}}");
}

Test(foreign, a_process_outside_the_namespace_has_a_number_beyond_pids)
{
	expect_part("call t=9us dur=2us pid=0 start=1 comm=a nr=3\n",
		    "\"pid\":1073741824,\"tid\":1073741824,\"args\":{\"name\":"
		    "\"a, outside our PID namespace\"}}");
}

/* The call that began before the exec lies within the program before it. */
Test(foreign, an_exec_begins_another_program_behind_its_call)
{
	const char events[] =
		"fork t=10us pid=9 start=9 ppid=7 comm=sh leader\n"
		"call t=20us dur=1us pid=9 start=9 comm=sh nr=3 args=3\n"
		"exec t=30us pid=9 start=9 comm=ls status=9 leader\n"
		"call t=33us dur=5us pid=9 start=9 comm=sh nr=59\n"
		"call t=40us dur=2us pid=9 start=9 comm=ls nr=3 args=3\n"
		"call t=50us dur=1us pid=9 start=9 comm=ls nr=231 noresult\n"
		"exit t=49us pid=9 start=9 comm=ls status=0x300 leader dead\n";
	expect_part(events, "{\"ph\":\"X\",\"name\":\"sh\",\"cat\":\"program\","
			    "\"pid\":9,\"tid\":9,\"ts\":10.000,\"dur\":23.000,"
			    "\"args\":{}}");
	expect_part(events, "{\"ph\":\"X\",\"name\":\"ls\",\"cat\":\"program\","
			    "\"pid\":9,\"tid\":9,\"ts\":33.000,\"dur\":17.000,"
			    "\"args\":{\"ended\":\"exit 3\"}}");
}

/* Whether the maker's call or the child's first ends first. */
Test(foreign, an_arrow_leads_from_a_fork_to_the_childs_first_call)
{
	const char arrow[] =
		"{\"ph\":\"s\",\"name\":\"made\",\"cat\":\"process\",\"id\":1,"
		"\"pid\":7,\"tid\":7,\"ts\":10.000},\n"
		"{\"ph\":\"f\",\"name\":\"made\",\"cat\":\"process\",\"id\":1,"
		"\"pid\":9,\"tid\":9,\"ts\":16.000,\"bp\":\"e\"}";
	expect_part("fork t=14us pid=9 start=9 ppid=7 comm=sh leader\n"
		    "call t=18us dur=2us pid=9 start=9 comm=sh nr=3 args=3\n"
		    "call t=20us dur=10us pid=7 comm=sh nr=56 ret=9\n",
		    arrow);
	expect_part("fork t=14us pid=9 start=9 ppid=7 comm=sh leader\n"
		    "call t=15us dur=5us pid=7 comm=sh nr=56 ret=9\n"
		    "call t=18us dur=2us pid=9 start=9 comm=sh nr=3 args=3\n",
		    arrow);
}

Test(foreign, signals_ends_and_losses_are_instants)
{
	expect_part("signal t=9us pid=7 comm=a action=2 info=10,0,0,0,1,2\n",
		    "{\"ph\":\"i\",\"name\":\"SIGUSR1\",\"s\":\"t\",\"cat\":"
		    "\"signal\",\"pid\":7,\"tid\":7,\"ts\":9.000,\"args\":{"
		    "\"info\":\"{si_signo=SIGUSR1, si_code=SI_USER, si_pid=1, "
		    "si_uid=2}\"}}");
	expect_part("exit t=9us pid=7 comm=a status=9 row\n",
		    "{\"ph\":\"i\",\"name\":\"exit\",\"s\":\"t\",\"cat\":"
		    "\"process\",\"pid\":7,\"tid\":7,\"ts\":9.000,\"args\":{"
		    "\"status\":\"SIGKILL\"}}");
	expect_part("lost t=9us nr=0 cause=ring count=3\n",
		    "{\"ph\":\"i\",\"name\":\"lost\",\"s\":\"g\",\"cat\":"
		    "\"lost\",\"pid\":4194304,\"tid\":4194304,\"ts\":9.000,"
		    "\"args\":{\"syscall\":\"read\",\"rows\":3}}");
}

Test(foreign, a_tick_is_a_counter)
{
	expect_part("tick t=1s\nstat nr=0 calls=5 hist=9:5\ntick t=2s\n",
		    "{\"ph\":\"C\",\"name\":\"calls/s\",\"pid\":4194304,"
		    "\"tid\":4194304,\"ts\":2000000.000,\"args\":{"
		    "\"calls\":5}}");
}

/* Every byte that can be in a text, and more processes than end at once. */
Test(foreign, the_largest_answers_are_not_cut)
{
	struct exported ex;
	char event[8192];
	size_t len = 0;
	init(&ex, "trace-event", 1 << 20);
	ex.options.decode.string_limit = EVENT_CHUNK_LIMIT;
	for (unsigned pid = 10; pid < 60; pid++) {
		(void)snprintf(event, sizeof(event),
			       "call t=1us pid=%u comm=\"\\xff\\xff\" nr=3\n"
			       "exit t=1us pid=%u status=0 leader dead\n",
			       pid, pid);
		feed(&ex, event);
	}
	len += (size_t)snprintf(event, sizeof(event),
				"call t=9s pid=7 comm=\"\\xff\" nr=316 "
				"args=0,1,2,3 text1=\"");
	for (int i = 0; i < 1700; i++)
		len += (size_t)snprintf(event + len, sizeof(event) - len,
					"\\xff");
	(void)snprintf(event + len, sizeof(event) - len, "\"\n");
	feed(&ex, event);
	cr_expect(strstr(end(&ex), "...\"") != NULL);
	done(&ex);
}

static const char of_two_hosts[] =
	"call t=20us dur=10us pid=7 start=5 comm=cat nr=0 ret=1\n"
	"call host=1 t=20us dur=10us pid=7 start=5 comm=dog nr=0 ret=1\n";

static void expect_hosts(const char *format, const char *part)
{
	struct exported ex;
	init(&ex, format, 1 << 20);
	model_set_host(ex.fx.model, 0, "web1");
	model_set_host(ex.fx.model, 1, "web2");
	feed(&ex, of_two_hosts);
	cr_expect(strstr(end(&ex), part) != NULL, "no %s in %s", part, ex.text);
	done(&ex);
}

Test(foreign, tells_hosts_apart)
{
	expect_hosts("trace-event", "\"pid\":7,\"tid\":7,\"args\":{\"name\":"
				    "\"cat on web1\"}");
	expect_hosts("trace-event", "{\"name\":\"dog on web2, PID 7\"}");
	expect_hosts("folded-calls", "web2;dog;read 1\n");
}
