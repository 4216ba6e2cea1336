/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/field.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "base/buf.h"
#include "tests/lib/fixture.h"

/* What people see of the field of the latest call. */
static void expect_call(const struct fixture *fx, const char *name,
			const char *expected)
{
	struct row row;
	struct field_scratch scratch;
	char data[512];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	cr_assert(model_find_row(fx->model, ROW_CALL,
				 model_last_call(fx->model), &row));
	const struct field *field = field_of_kind(ROW_CALL, name);
	cr_assert(ne(ptr, (void *)field, NULL), "%s", name);
	struct value value = field_get(field, fx->model, &row, &scratch);
	field_print(&buf, field, &value);
	cr_expect(eq(str, data, (char *)expected), "%s", name);
}

Test(field, every_field_is_complete_and_can_be_found_by_its_name)
{
	for (size_t i = 0; i < field_count(); i++) {
		const struct field *field = field_at(i);
		cr_expect(field->get != NULL, "%s", field->name);
		cr_expect(gt(sz, strlen(field->help), 5), "%s", field->name);
		cr_expect(ne(chr, field->help[strlen(field->help) - 1], '.'));
		cr_expect(ne(int, field->width, 0), "%s", field->name);
		cr_expect(ne(uint, field->kinds, 0), "%s", field->name);
		cr_expect(eq(ptr, (void *)fixture_field(field->name),
			     (void *)field),
			  "%s", field->name);
	}
}

Test(field, a_name_or_alias_is_unique_within_a_kind)
{
	for (int kind = 0; kind < ROW_KINDS; kind++) {
		for (size_t i = 0; i < field_count(); i++) {
			const struct field *field = field_at(i);
			if (!field_has(field, (enum row_kind)kind))
				continue;
			cr_expect(eq(ptr, (void *)field,
				     (void *)field_of_kind((enum row_kind)kind,
							   field->name)));
			if (field->alias)
				cr_expect(eq(ptr, (void *)field,
					     (void *)field_of_kind(
						     (enum row_kind)kind,
						     field->alias)));
		}
	}
}

Test(field, the_same_word_means_the_kinds_own_field)
{
	cr_expect(eq(str, (char *)field_of_kind(ROW_CALL, "time")->name,
		     "time_ns"));
	cr_expect(eq(str, (char *)field_of_kind(ROW_SYSCALL, "time")->name,
		     "time"));
	cr_expect(
		eq(ptr, (void *)field_of_kind(ROW_SYSCALL, "duration"), NULL));
	cr_expect(eq(ptr, (void *)field_of_kind(ROW_CALL, "nonsense"), NULL));
}

Test(field, calls_are_shown_decoded)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(
		&fx,
		"tick wall=1732147200s\n"
		"task t=0 pid=7 start=5 comm=cat uid=1 euid=2 ppid=3 "
		"cmdline=\"cat\\0x\" leader\n"
		"fork pid=7 start=5 tid=8 comm=worker\n"
		"call t=1000000812 dur=812 pid=7 start=5 tid=8 uid=1 gid=4 "
		"comm=cat nr=257 args=0xffffff9c,0x7f00,0,0 "
		"text1=\"/etc/passwd\" ret=-2\n");
	expect_call(&fx, "time", "00:00:01.000000");
	expect_call(&fx, "end_ns", "00:00:01.000000");
	expect_call(&fx, "duration", "812 ns");
	expect_call(&fx, "pid", "7");
	expect_call(&fx, "tid", "8");
	expect_call(&fx, "ppid", "3");
	expect_call(&fx, "uid", "1");
	expect_call(&fx, "gid", "4");
	expect_call(&fx, "euid", "2");
	expect_call(&fx, "comm", "cat");
	expect_call(&fx, "thread_comm", "worker");
	expect_call(&fx, "cmdline", "cat x");
	expect_call(&fx, "syscall", "openat");
	expect_call(&fx, "class", "file");
	expect_call(&fx, "nr", "257");
	expect_call(&fx, "abi", "x86_64");
	expect_call(&fx, "args", "AT_FDCWD, \"/etc/passwd\", O_RDONLY");
	expect_call(&fx, "ret", "-2");
	expect_call(&fx, "errno", "ENOENT");
	expect_call(&fx, "result", "-1 ENOENT");
	fixture_done(&fx);
}

Test(field, arguments_in_other_scripts_are_readable)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call pid=7 start=5 comm=a nr=87 args=1 ret=-500 "
			  "text0=\"/\xe4\xb8\xad\xe2\x80\xae\x1b\xe4\xb8\"\n");
	expect_call(&fx, "args",
		    "\"/\xe4\xb8\xad\\342\\200\\256\\33\\344\\270\"");
	expect_call(&fx, "result", "-1");
	fixture_done(&fx);
}

Test(field, a_32_bit_call_has_its_own_numbers)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call pid=7 start=5 comm=old nr=5 compat "
			  "text0=\"/x\" args=1,0,0 ret=3\n");
	expect_call(&fx, "syscall", "open");
	expect_call(&fx, "abi", "i386");
	expect_call(&fx, "nr", "5");
	expect_call(&fx, "errno", "-");
	fixture_done(&fx);
}

Test(field, a_call_that_never_returned_has_no_result)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call pid=7 start=5 comm=a nr=231 args=0 noresult\n");
	expect_call(&fx, "result", "?");
	expect_call(&fx, "ret", "-");
	expect_call(&fx, "errno", "-");
	expect_call(&fx, "duration", "-");
	fixture_done(&fx);
}

Test(field, a_process_outside_our_namespace_has_no_pid)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call pid=0 start=5 tid=0 comm=far nr=3\n");
	expect_call(&fx, "pid", "-");
	expect_call(&fx, "tid", "-");
	expect_call(&fx, "comm", "far");
	fixture_done(&fx);
}

Test(field, hostile_names_are_escaped)
{
	struct fixture fx;
	fixture_init(&fx);
	fixture_feed(&fx, "call pid=7 start=5 comm=\"a\\x1b[2J\\n\" nr=3\n");
	expect_call(&fx, "comm", "a\\x1b[2J\\x0a");
	fixture_done(&fx);
}

Test(field, unknown_values_sort_last)
{
	const struct field *pid = fixture_field("pid");
	const struct field *comm = fixture_field("comm");
	const struct value none = {0};
	const struct value seven = {.known = true, .u = 7};
	const struct value eight = {.known = true, .u = 8};
	const struct value a = {.known = true, .text = "Alpha"};
	const struct value b = {.known = true, .text = "beta"};
	cr_expect(lt(int, field_compare(pid, &seven, &eight), 0));
	cr_expect(gt(int, field_compare(pid, &none, &eight), 0));
	cr_expect(lt(int, field_compare(pid, &eight, &none), 0));
	cr_expect(zero(int, field_compare(pid, &none, &none)));
	cr_expect(lt(int, field_compare(comm, &a, &b), 0));
}
