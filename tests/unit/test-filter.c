/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/filter.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "model/query.h"
#include "tests/lib/fixture.h"

/* Five calls: 1 and 2 of cat, 3 to 5 of nginx. */
static void feed(struct fixture *fx)
{
	fixture_init(fx);
	fixture_feed(fx,
		     "tick t=0 wall=1732147200s\n"
		     "task pid=7 uid=1000 comm=cat leader\n"
		     "task pid=8 uid=33 comm=nginx leader\n"
		     "call t=1ms dur=2000 pid=7 comm=cat nr=257"
		     " args=0xffffff9c,0x7f00,0,0 text1=\"/etc/passwd\" ret=3\n"
		     "call t=2ms dur=900us pid=7 comm=cat nr=257"
		     " args=0xffffff9c,0x7f00,0,0 text1=\"/nowhere\" ret=-2\n"
		     "call t=3ms dur=3ms pid=8 comm=nginx nr=3 args=5 ret=0\n"
		     "call t=4ms dur=5us pid=8 comm=nginx nr=39 ret=8\n"
		     "call t=5ms pid=8 comm=nginx nr=231 args=0 noresult\n");
}

static struct filter *parse(const struct fixture *fx, const char *text)
{
	struct err err = {0};
	size_t column = 0;
	struct filter *filter =
		filter_parse(text, ROW_CALL, fx->cat, &column, &err);
	cr_assert(filter, "%s: %zu: %s", text, column, err.text);
	return filter;
}

/* TEXT lets the calls of those numbers pass: "1 2". */
static void expect_calls(const struct fixture *fx, const char *text,
			 const char *expected)
{
	struct filter *filter = parse(fx, text);
	struct field_scratch scratch;
	char passed[64];
	struct buf buf;
	buf_init(&buf, passed, sizeof(passed));
	for (uint64_t id = 1; id <= model_last_call(fx->model); id++) {
		struct row row;
		cr_assert(model_find_row(fx->model, ROW_CALL, id, &row));
		if (!filter_matches(filter, fx->model, &row, &scratch))
			continue;
		if (buf.len > 0)
			buf_putc(&buf, ' ');
		buf_u64(&buf, id);
	}
	cr_expect_str_eq(passed, expected, "%s: %s, not %s", text, passed,
			 expected);
	filter_free(filter);
}

static void expect_mistake(const char *text, size_t column,
			   const char *sentence)
{
	struct fixture fx;
	struct err err = {0};
	size_t at = 9999;
	fixture_init(&fx);
	struct filter *filter = filter_parse(text, ROW_CALL, fx.cat, &at, &err);
	cr_expect_null(filter, "%s", text);
	cr_expect_eq(at, column, "%s: column %zu", text, at);
	cr_expect_str_eq(err.text, sentence, "%s: %s", text, err.text);
	filter_free(filter);
	fixture_done(&fx);
}

struct pass {
	const char *text, *calls;
};

static void expect_all(const struct pass *passes, size_t count)
{
	struct fixture fx;
	feed(&fx);
	for (size_t i = 0; i < count; i++)
		expect_calls(&fx, passes[i].text, passes[i].calls);
	fixture_done(&fx);
}

#define EXPECT(...)                                                            \
	do {                                                                   \
		static const struct pass passes[] = {__VA_ARGS__};             \
		expect_all(passes, sizeof(passes) / sizeof(passes[0]));        \
	} while (0)

Test(filter, lets_everything_pass_where_it_is_empty)
{
	EXPECT({"", "1 2 3 4 5"}, {"  ", "1 2 3 4 5"});
}

Test(filter, compares_texts_whole_and_by_pattern)
{
	EXPECT({"comm == nginx", "3 4 5"}, {"comm = \"nginx\"", "3 4 5"},
	       {"comm != nginx", "1 2"}, {"comm == Nginx", ""},
	       {"comm ~ \"ng*\"", "3 4 5"}, {"comm ~ gin", "3 4 5"},
	       {"comm !~ gin", "1 2"}, {"comm ~ c?t", "1 2"},
	       {"comm =~ '^c.t$'", "1 2"}, {"args ~ passwd", "1"},
	       {"syscall ~ *at", "1 2"}, {"comm in (cat, dog)", "1 2"});
}

Test(filter, compares_numbers)
{
	EXPECT({"pid == 7", "1 2"}, {"pid in (7,8)", "1 2 3 4 5"},
	       {"pid > 7", "3 4 5"}, {"pid>=7", "1 2 3 4 5"}, {"pid<8", "1 2"},
	       {"ret < 0", "2"}, {"ret == -2", "2"}, {"ret == -ENOENT", "2"},
	       {"ret == 0x3", "1"}, {"nr <= 3", "3"});
}

Test(filter, compares_times)
{
	EXPECT({"duration > 800us", "2 3"}, {"duration == 2us", "1"},
	       {"duration_ns <= 5000", "1 4"}, {"duration < 0.001s", "1 2 4"},
	       {"time >= 00:00", "1 2 3 4 5"}, {"time > 00:00:00.003", "4 5"},
	       {"end >= 2024-11-21", "1 2 3 4 5"},
	       {"end < \"2024-11-21 00:00:00.003\"", "1 2"},
	       {"time < 2024-11-21", ""});
}

Test(filter, compares_errors_by_name_or_number)
{
	EXPECT({"errno == ENOENT", "2"}, {"errno == 2", "2"},
	       {"errno in (EAGAIN, ENOENT)", "2"});
}

Test(filter, knows_a_call_by_each_of_its_names)
{
	EXPECT({"syscall == openat", "1 2"}, {"syscall = getpid", "4"},
	       {"%file", "1 2"}, {"%fi", "1 2"}, {"!%file", "3 4 5"});
}

Test(filter, does_not_hold_for_what_is_unknown)
{
	EXPECT({"ret == 0", "3"}, {"ret != 0", "1 2 4 5"},
	       {"ret >= 0", "1 3 4"}, {"errno != EIO", "1 2 3 4 5"});
}

Test(filter, joins_tests)
{
	EXPECT({"pid == 7 && ret < 0", "2"}, {"pid == 7 and ret < 0", "2"},
	       {"pid == 7 ret < 0", "2"}, {"ret < 0 || pid == 8", "2 3 4 5"},
	       {"ret < 0 or pid == 8 and ret == 0", "2 3"},
	       {"(ret < 0 or pid == 8) and ret <= 0", "2 3"},
	       {"not pid == 7", "3 4 5"}, {"!(pid == 7)", "3 4 5"},
	       {"!pid == 7 && ret == 0", "3"}, {"not not pid == 7", "1 2"});
}

Test(filter, looks_for_texts_in_any_field)
{
	EXPECT({"passwd", "1"}, {"PASSWD", "1"}, {"/etc/pass", "1"},
	       {"\"AT_FDCWD, \"", "1 2"}, {"nginx exit", "5"},
	       {"\"nginx exit\"", ""}, {"nowhere or exit_group", "2 5"},
	       {"!nginx", "1 2"}, {"\"and\"", ""});
}

Test(filter, names_what_is_wrong_and_where)
{
	expect_mistake("pid == x", 7, "pid is compared with a number, not 'x'");
	expect_mistake("com == x", 0,
		       "rows here have no field 'com'; nearest: comm");
	expect_mistake(
		"comm < x", 5,
		"comm has no order; compare it with == or !=, ~, =~ or in");
	expect_mistake("pid ~ 7", 4,
		       "pid is no text; compare it with ==, <, > or in");
	expect_mistake("duration > 5", 11,
		       "duration is compared with a time with its unit, such "
		       "as 1ms, not '5'");
	expect_mistake("pid == 7 &&", 11,
		       "a test is missing here, such as comm == bash or "
		       "duration > 1ms");
	expect_mistake("(pid == 7", 0, "this ( is not closed");
	expect_mistake("pid == 7)", 8, "nothing is open that this closes");
	expect_mistake("comm == \"x", 8, "a \" is missing at the end");
	expect_mistake("comm =~ '('", 8,
		       "'(' is no regular expression: Unmatched ( or \\(");
	expect_mistake("comm ~ '[a'", 7,
		       "pattern '[a' has a [ without its ]; write \\[ for the "
		       "character itself");
	expect_mistake("comm in x", 8,
		       "values in parentheses belong here: comm in (a, b)");
	expect_mistake("comm in (x", 10, "a ) is missing behind the values");
	expect_mistake("pid ==", 6, "what pid is compared with is missing");
	expect_mistake("%nothing", 0,
		       "no class of calls begins with 'nothing'");
	expect_mistake("syscall == opeant", 11,
		       "no call is named 'opeant'; nearest: openat");
	expect_mistake("errno == ENOENTT", 9,
		       "no error is called 'ENOENTT'; nearest: ENOENT");
}

Test(filter, survives_any_text)
{
	static const char *const pieces[] = {
		"(",     ")",   "!",  "&&", "||", "comm", "pid", " ",
		"==",    "~",   "=~", "in", ",",  "7",    "\"",  "'",
		"%file", "not", "<",  "[",  "*",  "\\"};
	struct fixture fx;
	feed(&fx);
	uint32_t seed = 7;
	for (int i = 0; i < 20000; i++) {
		char text[256] = "";
		struct buf buf;
		buf_init(&buf, text, sizeof(text));
		for (int n = 0; n < 1 + i % 40; n++) {
			seed = seed * 1664525 + 1013904223;
			buf_puts(&buf,
				 pieces[(seed >> 16) %
					(sizeof(pieces) / sizeof(pieces[0]))]);
		}
		struct err err = {0};
		size_t column = 0;
		struct filter *filter =
			filter_parse(text, ROW_CALL, fx.cat, &column, &err);
		struct field_scratch scratch;
		struct row row;
		if (filter && model_find_row(fx.model, ROW_CALL, 1, &row))
			(void)filter_matches(filter, fx.model, &row, &scratch);
		else
			cr_expect(err.text[0] && column <= strlen(text), "%s",
				  text);
		filter_free(filter);
	}
	fixture_done(&fx);
}

Test(filter, bounds_depth_and_length)
{
	struct fixture fx;
	char text[2048];
	struct buf buf;
	struct err err = {0};
	size_t column = 0;
	fixture_init(&fx);
	buf_init(&buf, text, sizeof(text));
	for (int i = 0; i < 200; i++)
		buf_puts(&buf, "(");
	cr_expect_null(filter_parse(text, ROW_CALL, fx.cat, &column, &err));
	cr_expect_str_eq(err.text, "parentheses are nested too deep");
	buf_clear(&buf);
	for (int i = 0; i < 200; i++)
		buf_puts(&buf, "pid=7 ");
	cr_expect_null(filter_parse(text, ROW_CALL, fx.cat, &column, &err));
	cr_expect_str_eq(err.text,
			 "a filter has at most 64 tests; make it shorter");
	fixture_done(&fx);
}

/* What may follow TEXT, blanks between; and where the word begins. */
static void expect_words(const char *text, const char *words, size_t start)
{
	struct fixture fx;
	struct filter_words found;
	char data[16384];
	struct buf buf;
	fixture_init(&fx);
	filter_complete(&found, text, strlen(text), ROW_CALL, fx.cat);
	buf_init(&buf, data, sizeof(data));
	for (size_t i = 0; i < found.count; i++) {
		buf_puts(&buf, i ? " " : "");
		buf_puts(&buf, found.at[i]);
	}
	cr_expect_str_eq(data, words, "%s: %s", text, data);
	cr_expect_eq(found.start, start, "%s: %zu", text, found.start);
	fixture_done(&fx);
}

Test(filter, completes_fields_classes_and_values)
{
	expect_words("du", "duration", 0);
	expect_words("pid == 7 && com", "comm", 12);
	expect_words("errno == ENOE", "ENOENT ENOEXEC", 9);
	expect_words("errno in (EIO, ENOE", "ENOENT ENOEXEC", 15);
	expect_words("failed == o", "on off", 10);
	expect_words("%fi", "file", 1);
	expect_words("syscall == openat2", "openat2", 11);
	expect_words("comm == ba", "", 8);
	expect_words("(fail", "failed", 1);
}

/* A test that is made of a row's value lets that row pass, and its opposite
 * does not. */
static void expect_own(const struct fixture *fx, const struct field *field,
		       enum row_kind kind, const struct row *row)
{
	struct field_scratch scratch, other;
	struct value value = field_get(field, fx->model, row, &scratch);
	for (int include = 0; include < 2; include++) {
		char text[512];
		struct buf to;
		struct err err = {0};
		size_t column = 0;
		buf_init(&to, text, sizeof(text));
		filter_print_test(&to, field, &value, include);
		struct filter *filter =
			filter_parse(text, kind, fx->cat, &column, &err);
		cr_assert(filter, "%s: %s", text, err.text);
		cr_expect_eq(filter_matches(filter, fx->model, row, &other),
			     include, "%s", text);
		filter_free(filter);
	}
}

Test(filter, prints_tests_that_the_row_itself_passes)
{
	struct fixture fx;
	feed(&fx);
	fixture_feed(&fx,
		     "tick t=1s wall=1732147200s\n"
		     "task pid=9 uid=0 comm=\"it's \\\"odd\\\"\" "
		     "cmdline=\"x\\\\\" leader\n"
		     "call t=1s pid=9 comm=\"a'b\\\"c\" nr=257 "
		     "args=0xffffff9c,0x7f00,0,0 text1=\"*[?]\\\\\" ret=3\n"
		     "count pid=9 nr=257 calls=5 errors=1 time=5us max=2us\n"
		     "stat nr=257 calls=5 errors=1 time=5us max=2us hist=9:5\n"
		     "tick t=2s wall=1732147200s\n");
	static const enum row_kind kinds[] = {ROW_CALL, ROW_PROCESS,
					      ROW_SYSCALL};
	for (size_t k = 0; k < 3; k++) {
		for (uint64_t id = 0; id < 300; id++) {
			struct row row;
			if (!model_find_row(fx.model, kinds[k], id, &row))
				continue;
			for (size_t i = 0; i < field_count(); i++)
				if (field_has(field_at(i), kinds[k]))
					expect_own(&fx, field_at(i), kinds[k],
						   &row);
		}
	}
	fixture_done(&fx);
}

/* A filter is drawn, and copied as a command, as it was typed. */
Test(filter, prints_no_control_byte_of_a_row)
{
	struct fixture fx;
	struct row row;
	struct field_scratch scratch;
	char data[256];
	struct buf text;
	feed(&fx);
	fixture_feed(&fx, "task pid=9 comm=\"a\\x1b[2J\\x03\" "
			  "cmdline=\"\\xe2\\x80\\xaeb \\xc3\\xa4 \\xff\" "
			  "leader\n");
	for (uint64_t id = 1; model_find_row(fx.model, ROW_PROCESS, id, &row);)
		id++;
	static const struct {
		const char *name, *text;
	} cases[] = {
		{"comm", "comm ~ a??2J?"},
		{"cmdline", "cmdline ~ \"???b \xc3\xa4 ?\""},
	};
	for (size_t i = 0; i < 2; i++) {
		const struct field *field =
			field_of_kind(ROW_PROCESS, cases[i].name);
		struct value value = field_get(field, fx.model, &row, &scratch);
		buf_init(&text, data, sizeof(data));
		filter_print_test(&text, field, &value, true);
		cr_expect_str_eq(data, cases[i].text);
		expect_own(&fx, field, ROW_PROCESS, &row);
	}
	fixture_done(&fx);
}
