/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/tree.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "model/query.h"
#include "tests/lib/fixture.h"

/* The tree of processes that EVENTS make, by falling PID, as text. */
static void expect_tree(const char *events, const char *expected)
{
	struct fixture fx;
	struct query_result result = {0};
	struct tree_branch branches[16];
	char data[1024];
	struct buf text;
	fixture_init(&fx);
	fixture_feed(&fx, events);
	const struct query query = {
		.kind = ROW_PROCESS,
		.syscall = SYSCALL_NONE,
		.sort = field_of_kind(ROW_PROCESS, "pid"),
		.descending = true,
	};
	query_run(&query, fx.model, &result);
	cr_assert(le(sz, result.count, 16));
	tree_arrange(fx.model, result.rows, result.count, branches);
	buf_init(&text, data, sizeof(data));
	for (size_t i = 0; i < result.count; i++) {
		struct field_scratch scratch;
		struct value pid = field_get(query.sort, fx.model,
					     &result.rows[i], &scratch);
		(void)tree_lines(&text, &branches[i], 8, true);
		buf_printf(&text, "%d\n", (int)pid.u);
	}
	cr_expect(eq(str, data, (char *)expected));
	query_done(&result);
	fixture_done(&fx);
}

Test(tree, children_are_below_their_parent_in_the_order_of_the_rows)
{
	expect_tree("task pid=1 leader\n"
		    "task pid=2 ppid=1 pstart=1ms leader\n"
		    "task pid=3 ppid=2 pstart=2ms leader\n"
		    "task pid=4 ppid=1 pstart=1ms leader\n"
		    "task pid=5 ppid=2 pstart=2ms leader\n"
		    "task pid=6 ppid=4 pstart=4ms leader\n",
		    "1\n"
		    "|-4\n"
		    "| `-6\n"
		    "`-2\n"
		    "  |-5\n"
		    "  `-3\n");
}

Test(tree, who_has_no_parent_among_the_rows_is_at_the_top)
{
	expect_tree("task pid=2 ppid=9 pstart=9ms leader\n"
		    "task pid=3 ppid=2 pstart=7ms leader\n", /* reused */
		    "3\n"
		    "2\n");
}

Test(tree, parents_that_go_in_circles_are_listed_once)
{
	expect_tree("task pid=1 ppid=3 pstart=3ms leader\n"
		    "task pid=2 ppid=1 pstart=1ms leader\n"
		    "task pid=3 ppid=2 pstart=2ms leader\n"
		    "task pid=4 ppid=4 pstart=4ms leader\n",
		    "4\n"
		    "3\n"
		    "`-1\n"
		    "  `-2\n");
}

Test(tree, lines_leave_room)
{
	expect_tree("task pid=1 leader\n"
		    "task pid=2 ppid=1 pstart=1ms leader\n"
		    "task pid=3 ppid=2 pstart=2ms leader\n"
		    "task pid=4 ppid=3 pstart=3ms leader\n"
		    "task pid=5 ppid=4 pstart=4ms leader\n"
		    "task pid=6 ppid=5 pstart=5ms leader\n",
		    "1\n"
		    "`-2\n"
		    "  `-3\n"
		    "    `-4\n"
		    "      `-5\n"
		    "        6\n");
}
