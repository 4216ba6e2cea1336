/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/snapshot.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "abi/decode.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "model/query.h"
#include "model/state.h"
#include "tests/lib/fixture.h"

static void put_sane(void *self, const struct event *ev)
{
	cr_assert(decode_is_sane(ev, ev->size), "kind %u", ev->kind);
	model_put(self, ev);
}

/* Rows of KIND with the fields of LIST, a line each. */
static void print_rows(struct buf *buf, const struct model *model,
		       enum row_kind kind, const char *const *fields)
{
	const struct query query = {
		.kind = kind,
		.syscall = SYSCALL_NONE,
		.sort = field_of_kind(kind, fields[0]),
		.limit = 1000,
	};
	struct query_result result = {0};
	struct field_scratch scratch;
	query_run(&query, model, &result);
	for (size_t i = 0; i < result.count; i++) {
		for (size_t f = 0; fields[f]; f++) {
			const struct field *field =
				field_of_kind(kind, fields[f]);
			struct value value = field_get(
				field, model, &result.rows[i], &scratch);
			field_print_exact(buf, field, &value);
			buf_putc(buf, ' ');
		}
		buf_putc(buf, '\n');
	}
	query_done(&result);
}

static void print_model(char *text, size_t size, const struct model *model)
{
	static const char *const processes[] = {"pid",    "comm",    "ppid",
						"uid",    "calls",   "errors",
						"status", "cmdline", NULL};
	static const char *const calls[] = {
		"syscall", "calls", "errors", "time", "p99", "max", NULL};
	struct buf buf;
	buf_init(&buf, text, size);
	print_rows(&buf, model, ROW_PROCESS, processes);
	print_rows(&buf, model, ROW_SYSCALL, calls);
	cr_assert(not(buf.cut));
}

Test(snapshot, leads_an_empty_model_to_the_same_processes_and_sums)
{
	static char before[65536];
	static char after[65536];
	struct fixture from;
	struct fixture to;
	fixture_init(&from);
	fixture_init(&to);
	fixture_feed_file(&from, "machine.ev");
	fixture_feed(&from, "file id=7 path=\"/etc/passwd\"");
	snapshot_tell(from.model, put_sane, to.model);
	print_model(before, sizeof(before), from.model);
	print_model(after, sizeof(after), to.model);
	cr_assert(ne(str, before, ""));
	cr_assert(eq(str, before, after));
	struct print_files files = model_files(to.model);
	cr_assert(ne(ptr, (void *)files.find(files.self, 7), NULL));
	fixture_done(&to);
	fixture_done(&from);
}
