/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/snapshot.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "abi/carried.h"
#include "abi/decode.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "model/state.h"
#include "tests/lib/evtext.h"
#include "tests/lib/fixture.h"
#include "tests/lib/modeltext.h"

static void put_sane(void *self, const struct event *ev)
{
	cr_assert(decode_is_sane(ev, ev->size), "kind %u", ev->kind);
	model_put(self, ev);
}

static void print_model(char *text, size_t size, const struct model *model)
{
	struct buf buf;
	buf_init(&buf, text, size);
	modeltext_print(&buf, model);
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

Test(snapshot, tells_what_was_lost_of_no_call)
{
	struct fixture from;
	struct fixture to;
	struct model_summary summary;
	fixture_init(&from);
	fixture_init(&to);
	fixture_feed(&from, "lost cause=state count=3\n"
			    "lost nr=0 cause=state count=4\n"
			    "lost nr=0xffffffff cause=ring count=5\n"
			    "tick t=1s\n");
	snapshot_tell(from.model, put_sane, to.model);
	model_summary(to.model, &summary);
	cr_expect(eq(u64, summary.lost[EVENT_LOST_STATE], 7));
	cr_expect(eq(u64, summary.lost[EVENT_LOST_RING], 5));
	fixture_done(&to);
	fixture_done(&from);
}

static void put_and_count(void *self, const struct event *ev)
{
	++*(unsigned *)self;
	cr_assert(decode_is_sane(ev, ev->size), "kind %u", ev->kind);
}

static bool is_traced(const struct fixture *fx, const char *name)
{
	return model_is_traced(fx->model, catalogue_by_name(fx->cat, name));
}

/* A reader begins with what the recording says was traced at its start. */
Test(snapshot, tells_what_is_traced_and_what_no_longer_is)
{
	struct fixture from;
	struct fixture to;
	unsigned count = 0;
	fixture_init(&from);
	fixture_init(&to);
	fixture_feed(&to, "traced call=openat value=1\n"
			  "traced call=read value=3\n");
	fixture_feed(&from, "traced call=read value=1\n"
			    "traced call=openat value=1\n"
			    "traced call=close value=3\n"
			    "traced call=openat value=0\n"
			    "traced call=nonsense value=1\n");
	snapshot_tell(from.model, put_sane, to.model);
	cr_assert(not(is_traced(&to, "openat")));
	cr_assert(is_traced(&to, "read"));
	cr_assert(is_traced(&to, "close"));
	cr_assert(not(
		model_has_stacks(to.model, catalogue_by_name(to.cat, "read"))));
	cr_assert(
		model_has_stacks(to.model, catalogue_by_name(to.cat, "close")));
	snapshot_tell(from.model, put_and_count, &count);
	cr_assert(lt(u32, count, 10)); /* of what is traced only */
	fixture_done(&to);
	fixture_done(&from);
}

static struct catalogue *catalogue_with_a_new_call(void)
{
	struct carried carried = {.is_from_kernel = true};
	struct catalogue *cat = NULL;
	const struct catalogue_config config = {
		.events_fd = -1,
		.native = ABI_X86_64,
		.carried = &carried,
	};
	carried_add(&carried, "frobnicate\tfrobnicate\t-1\tint\tfd");
	carried_end(&carried);
	cr_assert(zero(i32, catalogue_new(&cat, &config, NULL)));
	carried_done(&carried);
	return cat;
}

Test(snapshot, tells_the_number_of_a_call_that_was_learned)
{
	const struct model_limits limits = {.count_bytes = 1 << 20,
					    .name_bytes = 1 << 20};
	struct catalogue *then = catalogue_with_a_new_call();
	struct catalogue *now = catalogue_with_a_new_call();
	struct model *from = model_new(then, &limits);
	struct model *to = model_new(now, &limits);
	cr_assert(zero(int, evtext_feed("number call=frobnicate value=490\n"
					"number call=openat value=491\n"
					"stat nr=490 calls=5\n",
					model_put, from)));
	snapshot_tell(from, put_sane, to);
	uint32_t index = catalogue_by_name(now, "frobnicate");
	struct row row;
	cr_assert(eq(u32, catalogue_by_nr(now, 490, false), index));
	cr_assert(model_find_row(to, ROW_SYSCALL, index, &row));
	cr_assert(eq(u64, ((const struct stat_syscall *)row.object)->sum.calls,
		     5));
	/* A call that the tables know keeps its number. */
	cr_assert(eq(i32,
		     catalogue_nr(now, catalogue_by_name(now, "openat"), false),
		     257));
	model_free(to);
	model_free(from);
	catalogue_free(now);
	catalogue_free(then);
}
