/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/fileuse.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "model/query.h"
#include "model/state.h"
#include "model/target.h"
#include "tests/lib/fixture.h"

/* struct event_fd of a file whose path has the id N */
#define FD(n) "8:" #n ",8:9,4:0,1:0,1:0,2:0"

/* The fields of the file of that path, as people see them, blanks between. */
static void expect_file(const struct fixture *fx, const char *path,
			const char *fields, const char *expected)
{
	const struct field *match = field_of_kind(ROW_FILE, "path");
	const struct query query = {.kind = ROW_FILE,
				    .syscall = SYSCALL_NONE,
				    .text = path,
				    .match = &match,
				    .match_count = 1};
	struct query_result result = {0};
	struct field_scratch scratch;
	char data[1024];
	char names[256];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	(void)snprintf(names, sizeof(names), "%s", fields); /* fits */
	query_run(&query, fx->model, &result);
	cr_assert(eq(sz, result.count, 1), "%s", path);
	char *rest = names;
	for (char *name = strsep(&rest, " "); name; name = strsep(&rest, " ")) {
		const struct field *field = field_of_kind(ROW_FILE, name);
		cr_assert(ne(ptr, (void *)field, NULL), "%s", name);
		struct value value =
			field_get(field, fx->model, &result.rows[0], &scratch);
		buf_puts(&buf, buf.len ? " " : "");
		field_print_exact(&buf, field, &value);
	}
	cr_expect(eq(str, data, (char *)expected), "%s", path);
	query_done(&result);
}

static size_t count_files(const struct fixture *fx)
{
	const struct query query = {.kind = ROW_FILE, .syscall = SYSCALL_NONE};
	struct query_result result = {0};
	query_run(&query, fx->model, &result);
	size_t count = result.count;
	query_done(&result);
	return count;
}

/* What the field "path" of the only call says. */
static void expect_path(const char *events, const char *expected)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, events);
	const struct field *field = field_of_kind(ROW_CALL, "path");
	struct field_scratch scratch;
	struct row row;
	char data[256];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	cr_assert(model_find_row(fx.model, ROW_CALL, model_last_call(fx.model),
				 &row));
	struct value value = field_get(field, fx.model, &row, &scratch);
	field_print(&buf, field, &value);
	cr_expect(eq(str, data, (char *)expected), "%s", events);
	fixture_done(&fx);
}

Test(fileuse, sums_calls_bytes_and_processes_of_a_path)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(
		&fx,
		"file id=5 path=\"/etc/passwd\"\n"
		"call pid=7 dur=100 nr=257 args=0xffffff9c,1 "
		"text1=\"/etc/passwd\" newfd0@3=" FD(
			5) " ret=3\n"
			   "call pid=7 dur=20 nr=0 args=3,1,9 fd0=" FD(
				   5) " ret=1000\n"
				      "call pid=8 dur=30 nr=17 args=4,1,9 "
				      "fd0=" FD(
					      5) " ret=24\n"
						 "call pid=9 dur=7 nr=1 "
						 "args=5,1,9 fd0=" FD(
							 5) " ret=600\n"
							    "call pid=9 dur=3 "
							    "nr=1 args=5,1,9 "
							    "fd0=" FD(
								    5) " ret=-"
								       "9\n"
								       "call "
								       "pid=9 "
								       "dur=3 "
								       "nr=1 "
								       "args=5,"
								       "1,9 "
								       "fd0"
								       "=" FD(5) " ret=-512\n"
										 "call pid=9 dur=9 nr=1 args=6,1,9 ret=77\n");
	expect_file(&fx, "/etc/passwd",
		    "calls bytes_in bytes_out bytes errors restarted time max "
		    "processes",
		    "6 1024 600 1624 1 1 163 ns 100 ns 3");
	cr_expect(eq(sz, count_files(&fx), 1));
	fixture_done(&fx);
}

Test(fileuse, counts_each_process_once)
{
	struct fixture fx;
	char line[128];
	fixture_init(&fx);
	for (int i = 0; i < 3000; i++) {
		(void)snprintf(line, sizeof(line),
			       "call pid=%d nr=4 args=1,2 text0=\"/a\" ret=0",
			       1 + i * 7 % 1000); /* fits */
		fixture_feed(&fx, line);
	}
	expect_file(&fx, "/a", "calls processes", "3000 1000");
	fixture_done(&fx);
}

Test(fileuse, resolves_a_path_as_far_as_the_row_tells)
{
	expect_path("file id=1 path=\"/home/ann\"\n"
		    "call pid=7 nr=262 args=0xffffff9c,1 fd0=" FD(
			    1) " text1=\"./a//b/\" ret=0",
		    "/home/ann/a/b");
	expect_path(
		"file id=1 path=\"/\"\n"
		"call pid=7 nr=262 args=5,1 fd0=" FD(1) " text1=\"a\" ret=0",
		"/a");
	expect_path("call pid=7 nr=262 args=0xffffff9c,1 text1=\"../a\" ret=0",
		    "../a");
	expect_path("call pid=7 nr=4 args=1,2 text0=\"//\" ret=0", "/");
	expect_path("call pid=7 nr=4 args=1,2 text0=\".\" ret=0", ".");
	expect_path("call pid=7 nr=4 args=1,2 cut0=\"/abc\" ret=0", "/abc...");
	expect_path("call pid=7 nr=4 args=1,2 unreadable0 ret=-14", "-");
	expect_path("call pid=7 nr=39 ret=7", "-");
}

Test(fileuse, takes_the_descriptor_where_the_path_is_empty)
{
	expect_path("file id=1 path=\"/dev/null\"\n"
		    "call pid=7 nr=262 args=5,1,2,0x1000 fd0=" FD(
			    1) " text1=\"\" ret=0",
		    "/dev/null");
	expect_path("file id=1 path=\"/dev/null\"\n"
		    "call pid=7 nr=280 args=5,0,0,0 fd0=" FD(1) " ret=0",
		    "/dev/null");
}

Test(fileuse, takes_what_an_open_opened)
{
	expect_path("file id=1 path=\"/proc/7/mounts\"\n"
		    "call pid=7 nr=2 args=1,0 text0=\"/etc/mtab\" newfd0@3=" FD(
			    1) " ret=3",
		    "/proc/7/mounts");
	expect_path("call pid=7 nr=2 args=1,0 text0=\"/etc/mtab\" ret=-13",
		    "/etc/mtab");
}

Test(fileuse, counts_a_call_for_both_of_its_files)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(
		&fx,
		"file id=1 path=\"/from\"\nfile id=2 path=\"/to\"\n"
		"call pid=7 nr=40 args=4,3,0,9 fd0=" FD(2) " fd1=" FD(
			1) " ret=50\n"
			   "call pid=7 nr=326 args=3,0,4,0,9,0 fd0=" FD(
				   1) " fd2=" FD(2) " ret=7\n"
						    "call pid=7 nr=82 args=1,2 "
						    "text0=\"/from\" "
						    "text1=\"/to\" ret=0\n"
						    "call pid=7 nr=88 args=1,2 "
						    "text0=\"what it says\" "
						    "text1=\"/to\" ret=0\n"
						    "call pid=7 nr=33 args=3,4 "
						    "fd0=" FD(1) " fd1=" FD(
							    2) " ret=4\n");
	expect_file(&fx, "/from", "calls bytes_in bytes_out", "4 57 0");
	expect_file(&fx, "/to", "calls bytes_in bytes_out", "4 0 57");
	cr_expect(eq(sz, count_files(&fx), 2));
	fixture_done(&fx);
}

/* struct event_fd and event_socket of inode 77, in STATE, with a peer. */
#define SOCKET(peer)                                                           \
	"8:0,8:77,4:0,1:1,1:0,2:56,8:" #peer                                   \
	",2:1,2:1,2:0,1:1,1:0,8:0,8:0,8:0,8:0,8:0"

Test(fileuse, knows_a_socket_again_when_its_text_changes)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(
		&fx,
		"call pid=7 nr=44 args=3,1,5 fd0=" SOCKET(
			0) " ret=5\n"
			   "call pid=7 nr=44 args=3,1,5 fd0=" SOCKET(
				   78) " ret=6\n"
				       "call pid=7 nr=45 args=3,1,5 "
				       "fd0=" SOCKET(
					       0) " ret=7\n"
						  "call pid=7 nr=3 args=3 "
						  "fd0=8:0,8:77,4:0,1:1,1:0,2:"
						  "0 ret=0\n"
						  "call pid=7 nr=0 args=5,1,5 "
						  "fd0=8:0,8:77,4:0,1:2,1:0,2:"
						  "0 ret=1\n");
	expect_file(&fx, "UNIX", "path calls bytes_in bytes_out",
		    "UNIX-STREAM:[77->78] 4 7 11");
	expect_file(&fx, "pipe", "path calls bytes_in", "pipe:[77] 1 1");
	fixture_done(&fx);
}

Test(fileuse, knows_what_calls_of_32_bit_programs_stand_for)
{
	struct fixture fx;
	fixture_init(&fx);
	/* send, recv and recvmsg by socketcall(2); read */
	fixture_feed(
		&fx,
		"call pid=7 nr=102 compat meant=9 args=3,1,5 fd0=" SOCKET(
			78) " ret=5\n"
			    "call pid=7 nr=102 compat meant=10 args=3,1,5 "
			    "fd0=" SOCKET(
				    78) " ret=70\n"
					"call pid=7 nr=102 compat meant=17 "
					"args=3,1,5 fd0=" SOCKET(
						78) " ret=900\n"
						    "call pid=7 nr=3 compat "
						    "args=3,1,5 fd0=" SOCKET(
							    78) " ret=1\n");
	expect_file(&fx, "UNIX", "calls bytes_in bytes_out", "4 971 5");
	fixture_done(&fx);
}

Test(fileuse, tells_how_many_names_never_came)
{
	struct fixture fx;
	struct model_summary summary;
	fixture_init(&fx);
	fixture_feed(&fx, "call pid=7 nr=0 args=3,1,9 fd0=" FD(5) " ret=8\n");
	model_summary(fx.model, &summary);
	cr_expect(eq(u64, summary.nameless, 1));
	cr_expect(eq(sz, count_files(&fx), 0));
	model_zero(fx.model);
	model_summary(fx.model, &summary);
	cr_expect(eq(u64, summary.nameless, 0));
	fixture_done(&fx);
}

Test(fileuse, leads_to_the_calls_about_the_file)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx,
		     "file id=1 path=\"/a\"\n"
		     "call pid=7 nr=0 args=3,1,9 fd0=" FD(
			     1) " ret=8\n"
				"call pid=7 nr=4 args=1,2 text0=\"/a\" ret=0\n"
				"call pid=7 nr=4 args=1,2 text0=\"/ab\" ret=0\n"
				"call pid=7 nr=82 args=1,2 text0=\"/ab\" "
				"text1=\"/a\" ret=0\n");
	struct query query = {.kind = ROW_FILE, .syscall = SYSCALL_NONE};
	struct query_result result = {0};
	query_run(&query, fx.model, &result);
	cr_assert(eq(sz, result.count, 2));
	query.within = query_within_row(&result.rows[0]);
	query.kind = ROW_CALL;
	query_run(&query, fx.model, &result);
	cr_assert(eq(sz, result.count, 3));
	cr_expect(eq(u64, result.rows[0].id, 1));
	cr_expect(eq(u64, result.rows[1].id, 2));
	cr_expect(eq(u64, result.rows[2].id, 4));
	query_done(&result);
	fixture_done(&fx);
}

Test(fileuse, folds_those_used_longest_ago_at_its_budget)
{
	struct fileuse_table table;
	const struct event_growth growth = {.calls = 1, .time_ns = 10};
	char key[32];
	struct pictures pictures;
	pictures_init(&pictures, 0);
	fileuse_init(&table, 16384, &pictures);
	for (int i = 0; i < 1000; i++) {
		int len = snprintf(key, sizeof(key), "/%d", i); /* fits */
		const struct target target = {.key = key,
					      .key_size = (size_t)len,
					      .bytes_in = 3,
					      .bytes_out = 1};
		const struct target first = {.key = "/first", .key_size = 6};
		fileuse_add(&table, &target, &growth, 7, 1);
		fileuse_add(&table, &first, &growth, 7, 1);
	}
	unsigned kept = HASH_CNT(hh, table.by_key[0]);
	struct fileuse *first = NULL;
	HASH_FIND(hh, table.by_key[0], "/first", 6, first);
	cr_assert(ne(ptr, first, NULL));
	cr_expect(eq(u64, first->sum.calls, 1000));
	cr_expect(gt(u32, kept, 10));
	cr_expect(le(sz, table.used_bytes, 16384));
	cr_expect(eq(u64, table.folded, 1001 - kept));
	cr_expect(eq(u64, table.others[0]->sum.calls, 1001 - kept));
	cr_expect(eq(u64, table.others[0]->bytes_in, 3 * (1001 - kept)));
	cr_expect(eq(u64, table.others[0]->sum.bytes, 4 * (1001 - kept)));
	cr_expect(eq(u64, table.others[0]->sum.time_ns, 10 * (1001 - kept)));
	fileuse_done(&table);
}

Test(fileuse, keeps_the_path_of_a_descriptor_that_rows_refer_to)
{
	struct fixture fx;
	char line[1200];
	fixture_init(&fx);
	fixture_feed(&fx, "file id=1 path=\"/a\"");
	for (int i = 0; i < 2000; i++) {
		(void)snprintf(line, sizeof(line),
			       "file id=%d path=\"/%0*d\"\n"
			       "call pid=7 nr=0 args=3,1,9 fd0=" FD(1) " ret=8",
			       i + 2, 1000, i); /* fits */
		fixture_feed(&fx, line);
	}
	expect_file(&fx, "/a", "calls bytes_in", "2000 16000");
	fixture_done(&fx);
}
