/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/dump.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "base/buf.h"
#include "model/field.h"
#include "tests/lib/evtext.h"
#include "tests/lib/fixture.h"

#define LINE_SIZE 65536

enum format {
	TEXT,
	JSON,
	CSV,
};

struct dumped {
	struct fixture fx;
	struct dump_options options;
	enum format format;
	char line[LINE_SIZE];
};

static void init(struct dumped *dumped, enum format format)
{
	*dumped = (struct dumped){.format = format};
	dumped->options.decode.string_limit = 32;
	fixture_init(&dumped->fx);
	fixture_feed(&dumped->fx, "tick t=0 wall=1732147200s\n");
}

static void done(struct dumped *dumped)
{
	fixture_done(&dumped->fx);
}

static void dump(void *self, const struct event *ev)
{
	struct dumped *dumped = self;
	const struct model *model = dumped->fx.model;
	const struct event_call *call = (const void *)ev;
	struct buf line;
	buf_init(&line, dumped->line, sizeof(dumped->line));
	switch (dumped->format) {
	case TEXT:
		dump_text(&line, model, ev, &dumped->options);
		break;
	case JSON:
		dump_json(&line, model, ev, &dumped->options);
		break;
	case CSV:
		dump_csv(&line, model, call, &dumped->options);
		break;
	}
	cr_expect(not(line.cut));
}

static void expect_line(struct dumped *dumped, const char *event,
			const char *expected)
{
	cr_assert(zero(int, evtext_feed(event, dump, dumped)));
	cr_expect(eq(str, dumped->line, (char *)expected));
}

#define OPENAT                                                                 \
	"call t=1000000812 dur=812 pid=7 tid=8 comm=cat nr=257 "               \
	"args=0xffffff9c,0x7f00,0,0 text1=\"/etc/passwd\" ret=-2\n"

Test(dump, text_has_the_shape_of_straces)
{
	struct dumped d;
	init(&d, TEXT);
	expect_line(&d, "call pid=24175 nr=3 args=3",
		    "24175 close(3)                          = 0");
	expect_line(&d, OPENAT,
		    "8     openat(AT_FDCWD, \"/etc/passwd\", O_RDONLY) = -1 "
		    "ENOENT (No such file or directory)");
	expect_line(&d, "call pid=1234567 nr=231 args=0 noresult",
		    "1234567 exit_group(0)                   = ?");
	expect_line(&d, "call pid=0 start=5 nr=3 args=3",
		    "-     close(3)                          = 0");
	done(&d);
}

Test(dump, stamps_and_durations_are_straces)
{
	struct dumped d;
	init(&d, TEXT);
	d.options.stamp = DUMP_STAMP_SECONDS;
	expect_line(&d, "call t=2s dur=1s pid=24189 nr=3 args=3",
		    "24189 00:00:01 close(3)                 = 0");
	d.options.stamp = DUMP_STAMP_MICRO;
	expect_line(&d, "call t=2s dur=400us pid=24205 nr=3 args=3",
		    "24205 00:00:01.999600 close(3)          = 0");
	d.options.stamp = DUMP_STAMP_EPOCH;
	d.options.duration = true;
	expect_line(&d, "call t=2s dur=400us pid=24222 nr=3 args=3",
		    "24222 1732147201.999600 close(3)        = 0 <0.000400>");
	d.options.stamp = DUMP_STAMP_NONE;
	expect_line(&d, "call t=2s dur=400us pid=24222 nr=231 noresult",
		    "24222 exit_group(0)                     = ?");
	done(&d);
}

Test(dump, fields_stand_before_the_line)
{
	struct dumped d;
	init(&d, TEXT);
	const struct field *fields[] = {fixture_field("pid"),
					fixture_field("comm")};
	d.options.fields = fields;
	d.options.field_count = 2;
	expect_line(&d, "call pid=7 tid=8 comm=\"a\\x1b\" nr=3 args=3",
		    "7       a\\x1b           "
		    "8     close(3)                          = 0");
	done(&d);
}

#define SIGCHLD_INFO "info=17,0,1,0,9,1000,3 "

Test(dump, signals_and_ends_are_lines_of_their_own)
{
	struct dumped d;
	init(&d, TEXT);
	expect_line(&d, "signal pid=7 tid=8 action=2 " SIGCHLD_INFO,
		    "8     --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, "
		    "si_pid=9, si_uid=1000, si_status=3, si_utime=0, "
		    "si_stime=0} ---");
	expect_line(&d, "exit pid=7 tid=8 status=0x300 row",
		    "8     +++ exited with 3 +++");
	expect_line(&d, "exec pid=7 status=9 row",
		    "7     +++ superseded by execve in pid 9 +++");
	d.options.stamp = DUMP_STAMP_MICRO;
	expect_line(&d, "signal t=2s pid=0 info=19,0,0,0,1,2",
		    "-     00:00:02.000000 --- SIGSTOP {si_signo=SIGSTOP, "
		    "si_code=SI_USER, si_pid=1, si_uid=2} ---\n"
		    "-     00:00:02.000000 --- stopped by SIGSTOP ---");
	done(&d);
}

Test(dump, an_execve_by_the_leader_and_other_events_make_no_line)
{
	struct dumped d;
	init(&d, TEXT);
	expect_line(&d, "exec pid=7 status=7 row", "");
	expect_line(&d, "exit pid=7", "");
	expect_line(&d, "fork pid=7", "");
	done(&d);
}

Test(dump, a_signal_has_the_fields_of_its_thread)
{
	struct dumped d;
	init(&d, TEXT);
	fixture_feed(&d.fx, "task pid=7 comm=main leader ppid=5 euid=4\n");
	const struct field *fields[] = {
		fixture_field("pid"), fixture_field("ppid"),
		fixture_field("syscall"), fixture_field("ret"),
		fixture_field("comm")};
	d.options.fields = fields;
	d.options.field_count = 5;
	expect_line(&d, "signal pid=7 tid=8 comm=main " SIGCHLD_INFO,
		    "7       5       -                    -        main        "
		    "    8     --- SIGCHLD {si_signo=SIGCHLD, "
		    "si_code=CLD_EXITED, si_pid=9, si_uid=1000, si_status=3, "
		    "si_utime=0, si_stime=0} ---");
	expect_line(&d, "exit pid=7 tid=8 comm=worker row",
		    "7       5       -                    -        main        "
		    "    8     +++ exited with 0 +++");
	done(&d);
}

Test(dump, json_tells_of_signals)
{
	struct dumped d;
	init(&d, JSON);
	expect_line(&d,
		    "signal t=1s pid=7 tid=8 uid=1 gid=2 comm=sh action=2 "
		    "info=17,0,2,0,9,1000,9",
		    "{\"type\":\"signal\",\"time_ns\":1732147201000000000,"
		    "\"pid\":7,\"tid\":8,\"uid\":1,\"gid\":2,\"comm\":\"sh\","
		    "\"action\":\"handler\",\"signal\":\"SIGCHLD\","
		    "\"code\":\"CLD_KILLED\",\"sender_pid\":9,"
		    "\"sender_uid\":1000,\"status\":\"SIGKILL\",\"utime\":0,"
		    "\"stime\":0}");
	expect_line(&d, "signal t=1s pid=7 comm=sh info=11,0,1,0,16",
		    "{\"type\":\"signal\",\"time_ns\":1732147201000000000,"
		    "\"pid\":7,\"tid\":7,\"uid\":0,\"gid\":0,\"comm\":\"sh\","
		    "\"action\":\"default\",\"signal\":\"SIGSEGV\","
		    "\"code\":\"SEGV_MAPERR\",\"addr\":\"0x10\"}");
	done(&d);
}

Test(dump, json_holds_a_whole_call)
{
	struct dumped d;
	init(&d, JSON);
	expect_line(
		&d, OPENAT,
		"{\"type\":\"call\",\"time_ns\":1732147201000000000,"
		"\"duration_ns\":812,\"pid\":7,\"tid\":8,\"uid\":0,\"gid\":0,"
		"\"comm\":\"cat\",\"syscall\":\"openat\",\"nr\":257,"
		"\"abi\":\"x86_64\",\"args\":["
		"{\"name\":\"dfd\",\"raw\":\"0xffffff9c\","
		"\"text\":\"AT_FDCWD\"},"
		"{\"name\":\"filename\",\"raw\":\"0x7f00\","
		"\"text\":\"/etc/passwd\"},"
		"{\"name\":\"flags\",\"raw\":\"0x0\",\"text\":\"O_RDONLY\"}],"
		"\"ret\":-2,\"errno\":\"ENOENT\"}");
	done(&d);
}

/* struct event_fd of a pipe: id, inode 77, rdev, kind, flags, size. */
#define PIPE                                                                   \
	"\"\\0\\0\\0\\0\\0\\0\\0\\0\\x4d\\0\\0\\0\\0\\0\\0\\0"                 \
	"\\0\\0\\0\\0\\x02\\0\\0\\0\""

Test(dump, json_has_what_descriptors_refer_to)
{
	struct dumped d;
	init(&d, JSON);
	cr_assert(zero(int, evtext_feed("call pid=7 nr=32 args=3 fd0=" PIPE
					" newfd0@0x4=" PIPE " ret=4\n",
					dump, &d)));
	cr_expect(ne(ptr,
		     strstr(d.line, "\"args\":[{\"name\":\"fildes\",\"raw\":"
				    "\"0x3\",\"text\":\"3<pipe:[77]>\","
				    "\"target\":\"pipe:[77]\"}]"),
		     NULL),
		  "%s", d.line);
	cr_expect(ne(ptr,
		     strstr(d.line, "\"ret\":4,\"ret_target\":\"pipe:[77]\""),
		     NULL),
		  "%s", d.line);
	done(&d);
}

/* recvmsg has received as many bytes as the number of a descriptor that came
 * with them. */
Test(dump, json_takes_only_a_result_that_is_a_descriptor_for_one)
{
	struct dumped d;
	init(&d, JSON);
	cr_assert(
		zero(int, evtext_feed("call pid=7 nr=47 args=3 newfd1@0x4=" PIPE
				      " ret=4\n",
				      dump, &d)));
	cr_expect(eq(ptr, strstr(d.line, "ret_target"), NULL), "%s", d.line);
	done(&d);
}

Test(dump, json_says_what_is_unknown_cut_or_no_text)
{
	struct dumped d;
	init(&d, JSON);
	const struct field *fields[] = {
		fixture_field("pid"), fixture_field("ret"),
		fixture_field("errno"), fixture_field("args")};
	d.options.fields = fields;
	d.options.field_count = 4;
	expect_line(&d,
		    "call pid=0 start=5 nr=83 args=16,0700 noresult "
		    "cut0=\"a\\x1b\\xff\"",
		    "{\"type\":\"call\",\"pid\":null,\"ret\":null,"
		    "\"errno\":null,\"args\":[{\"name\":\"pathname\","
		    "\"raw\":\"0x10\",\"text\":\"a\\u001b\xef\xbf\xbd\","
		    "\"state\":\"cut\",\"bytes\":\"611bff\"},"
		    "{\"name\":\"mode\",\"raw\":\"0x1c0\","
		    "\"text\":\"0700\"}]}");
	expect_line(&d, "call pid=7 nr=83 args=16,0700 ret=-14 unreadable0",
		    "{\"type\":\"call\",\"pid\":7,\"ret\":-14,"
		    "\"errno\":\"EFAULT\",\"args\":[{\"name\":\"pathname\","
		    "\"raw\":\"0x10\",\"text\":null,"
		    "\"state\":\"unreadable\"},"
		    "{\"name\":\"mode\",\"raw\":\"0x1c0\","
		    "\"text\":\"0700\"}]}");
	done(&d);
}

Test(dump, json_tells_of_losses_programs_and_ends)
{
	struct dumped d;
	init(&d, JSON);
	expect_line(&d, "lost t=1s nr=257 cause=ring count=3",
		    "{\"type\":\"lost\",\"time_ns\":1732147201000000000,"
		    "\"syscall\":\"openat\",\"cause\":\"ring\",\"count\":3}");
	expect_line(&d, "lost t=1s cause=state count=1",
		    "{\"type\":\"lost\",\"time_ns\":1732147201000000000,"
		    "\"syscall\":null,\"cause\":\"state\",\"count\":1}");
	expect_line(&d,
		    "exec t=1s pid=7 ppid=1 uid=3 gid=4 comm=ls "
		    "cmdline=\"ls\\0-l\\0\"",
		    "{\"type\":\"exec\",\"time_ns\":1732147201000000000,"
		    "\"pid\":7,\"tid\":7,\"ppid\":1,\"uid\":3,\"gid\":4,"
		    "\"comm\":\"ls\",\"cmdline\":\"ls -l\"}");
	expect_line(&d, "exec t=1s pid=7 comm=ls status=9 row",
		    "{\"type\":\"exec\",\"time_ns\":1732147201000000000,"
		    "\"pid\":7,\"tid\":7,\"ppid\":null,\"uid\":0,\"gid\":0,"
		    "\"comm\":\"ls\",\"cmdline\":null,\"caller_tid\":9}");
	expect_line(&d, "exit t=1s pid=7 tid=8 ppid=1 comm=ls status=9",
		    "{\"type\":\"exit\",\"time_ns\":1732147201000000000,"
		    "\"pid\":7,\"tid\":8,\"ppid\":1,\"uid\":0,\"gid\":0,"
		    "\"comm\":\"ls\",\"status\":\"SIGKILL\"}");
	expect_line(&d,
		    "count t=1s pid=7 nr=0 calls=5 errors=1 time=9 max=4 "
		    "bytes=6",
		    "{\"type\":\"counters\",\"time_ns\":1732147201000000000,"
		    "\"pid\":7,\"syscall\":\"read\",\"calls\":5,\"errors\":1,"
		    "\"restarted\":0,\"time\":9,\"max\":4,\"bytes\":6}");
	expect_line(&d, "tick", "");
	done(&d);
}

Test(dump, csv_follows_rfc_4180)
{
	struct dumped d;
	init(&d, CSV);
	char data[LINE_SIZE];
	struct buf heading;
	buf_init(&heading, data, sizeof(data));
	dump_csv_heading(&heading, &d.options);
	cr_expect(eq(str, data,
		     "time_ns,duration_ns,pid,tid,uid,gid,comm,syscall,nr,abi,"
		     "args,ret,errno"));
	expect_line(&d, OPENAT,
		    "1732147201000000000,812,7,8,0,0,cat,openat,257,x86_64,"
		    "\"AT_FDCWD, \"\"/etc/passwd\"\", O_RDONLY\",-2,ENOENT");
	expect_line(&d,
		    "call t=1s pid=0 start=5 comm=\"a,\\n\" nr=231 noresult",
		    "1732147201000000000,,,,0,0,\"a,\\x0a\",exit_group,231,"
		    "x86_64,0,,");
	done(&d);
}

struct lines {
	char text[LINE_SIZE];
	struct buf buf;
};

static void keep_line(void *self, const char *line)
{
	struct lines *lines = self;
	buf_puts(&lines->buf, line);
}

static void expect_table(const struct dumped *d, const struct field *sort,
			 const char *expected)
{
	struct lines lines;
	buf_init(&lines.buf, lines.text, sizeof(lines.text));
	dump_summary(d->fx.model, &d->options, sort, keep_line, &lines);
	cr_expect(eq(str, lines.text, (char *)expected));
}

#define GROWTHS                                                                \
	"stat nr=110 calls=1000003 time=2s max=9us hist=9:1000003\n"           \
	"stat nr=257 calls=40 errors=7 time=3s max=2s hist=10:30,26:10\n"      \
	"stat nr=0 calls=1 time=0 hist=0:1\n"

Test(dump, the_summary_is_exact_and_sorted_by_time)
{
	struct dumped d;
	init(&d, TEXT);
	fixture_feed(&d.fx, GROWTHS);
	expect_table(&d, NULL,
		     "  CALLS  ERRORS   TIME     MEAN        P99     MAX  "
		     "SYSCALL\n"
		     "     40       7  3.0 s  75.0 ms  <= 134 ms   2.0 s  "
		     "openat\n"
		     "1000003       0  2.0 s   2.0 us  <= 1.0 us  9.0 us  "
		     "getppid\n"
		     "      1       0   0 ns     0 ns    <= 0 ns    0 ns  "
		     "read\n"
		     "1000044       7  5.0 s   5.0 us  <= 1.0 us   2.0 s  "
		     "total\n");
	done(&d);
}

Test(dump, the_summary_shows_the_fields_asked_for)
{
	struct dumped d;
	init(&d, TEXT);
	fixture_feed(&d.fx, GROWTHS);
	const struct field *fields[] = {fixture_field("syscall"),
					fixture_field("class"),
					fixture_field("error_pct")};
	d.options.fields = fields;
	d.options.field_count = 3;
	expect_table(&d, fixture_field("syscall"),
		     "SYSCALL  CLASS     ERR%\n"
		     "getppid  process     0%\n"
		     "openat   file     17.5%\n"
		     "read     desc        0%\n"
		     "total             <0.1%\n");
	done(&d);
}

Test(dump, nothing_made_is_a_table_with_a_total_of_nothing)
{
	struct dumped d;
	init(&d, TEXT);
	const struct field *fields[] = {fixture_field("calls"),
					fixture_field("syscall")};
	d.options.fields = fields;
	d.options.field_count = 2;
	expect_table(&d, NULL, "CALLS  SYSCALL\n    0  total\n");
	done(&d);
}

/* 32 pieces of the same memory: "writev" of LENGTH bytes each. */
static void expect_json_of_pieces(unsigned length, bool is_cut)
{
	static char event[8192];
	struct dumped d;
	struct buf words;
	buf_init(&words, event, sizeof(event));
	buf_puts(&words, "call pid=7 nr=20 args=1,0x1000,32 in1@0x1000=8:");
	for (unsigned i = 0; i < 32; i++)
		buf_printf(&words, i ? ",0x2000,%u" : "0x2000,%u", length);
	buf_puts(&words, " in1@0x2000=\"");
	for (unsigned i = 0; i < length; i++)
		buf_puts(&words, "\\x01");
	buf_puts(&words, "\"\n");
	init(&d, JSON);
	d.options.decode.string_limit = 1000;
	cr_assert(zero(int, evtext_feed(event, dump, &d)));
	cr_expect(eq(int, strstr(d.line, "\"state\":\"cut\"") != NULL, is_cut));
	cr_expect(strstr(d.line, "\"errno\":null}") != NULL);
	done(&d);
}

Test(dump, json_says_that_an_argument_is_longer_than_its_text)
{
	expect_json_of_pieces(200, false);
	expect_json_of_pieces(1000, true);
}
