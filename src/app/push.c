/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each test that the kernel side can make gets a bit.  For each combination of
 * outcomes the filter is then worked out with three values: a test that it
 * cannot make may hold or not, and only what surely fails is left out.
 */
#include "config.h"

#include "app/push.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/errno.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "base/glob.h"
#include "base/xalloc.h"
#include "feed/live.h"
#include "model/filter.h"

#define NO_TEST (-1)

/* A number that no table has: stands for all such. */
#define UNKNOWN_NR 0x3e7

enum truth {
	FALSE,
	MAYBE,
	TRUE,
};

struct push {
	struct live_formula *formula;
	const struct filter *filter;
	struct model *model;
	unsigned globs;
	int test_of[FILTER_NODES]; /* by node: its test, or NO_TEST */
};

static const struct {
	const char *name;
	enum live_field field;
} fields[] = {
	{"pid", LIVE_PID},           {"tid", LIVE_TID},
	{"uid", LIVE_UID},           {"gid", LIVE_GID},
	{"ret", LIVE_RET},           {"duration_ns", LIVE_DURATION},
	{"failed", LIVE_HAS_FAILED},
};

static const enum live_compare compares[FILTER_OPS] = {
	[FILTER_IS] = LIVE_IS,
	[FILTER_LESS] = LIVE_LESS,
	[FILTER_AT_MOST] = LIVE_AT_MOST,
	[FILTER_MORE] = LIVE_MORE,
	[FILTER_AT_LEAST] = LIVE_AT_LEAST,
};

static bool is_number_test(const struct filter_node *node)
{
	return node->op == FILTER_IS || node->op == FILTER_LESS ||
	       node->op == FILTER_AT_MOST || node->op == FILTER_MORE ||
	       node->op == FILTER_AT_LEAST;
}

/* Whether NODE is about nothing but which call it is. */
static bool is_about_calls(const struct filter_node *node)
{
	if (node->op == FILTER_CLASS)
		return true;
	return node->field && node->field->unit == UNIT_TEXT &&
	       field_has(node->field, ROW_SYSCALL);
}

/* Whether NODE holds for the calls of that number. */
static bool holds_for(const struct push *push, const struct filter_node *node,
		      uint32_t nr, bool compat)
{
	struct event_call call = {.nr = nr, .h.compat = compat};
	struct row row = {.kind = ROW_CALL, .object = &call};
	struct field_scratch scratch;
	return filter_holds(node, push->model, &row, &scratch);
}

static bool add_calls(const struct push *push, struct live_test *test,
		      const struct filter_node *node)
{
	struct catalogue *cat = model_catalogue(push->model);
	uint32_t count = catalogue_count(cat);
	test->field = LIVE_CALL;
	test->rest = holds_for(push, node, UNKNOWN_NR, false);
	/* The number may be in the name that it looks for. */
	if (test->rest && node->field &&
	    strcmp(node->field->name, "syscall") == 0)
		return false;
	if (node->text && strncmp(node->text, "syscall_", 8) == 0)
		return false;
	test->calls = xcalloc(count, sizeof(*test->calls));
	for (uint32_t i = 0; i < count; i++) {
		int nr = catalogue_nr(cat, i, false);
		int compat_nr = catalogue_nr(cat, i, true);
		if (nr >= 0 || compat_nr >= 0)
			test->calls[i] = holds_for(
				push, node,
				(uint32_t)(nr >= 0 ? nr : compat_nr), nr < 0);
		else /* its number is not known yet */
			test->calls[i] = true;
	}
	return true;
}

/* What stands for itself in a glob. */
static void quote(struct buf *to, const char *text)
{
	for (; *text; text++) {
		if (strchr("*?[\\", *text))
			buf_putc(to, '\\');
		buf_putc(to, *text);
	}
}

static bool add_comm(struct push *push, struct live_test *test,
		     const struct filter_node *node)
{
	struct glob glob;
	struct buf pattern;
	buf_init(&pattern, test->glob, sizeof(test->glob));
	test->field = LIVE_COMM;
	if (node->op == FILTER_IS)
		quote(&pattern, node->text);
	else if (node->op == FILTER_GLOB)
		buf_puts(&pattern, node->text);
	else if (node->op == FILTER_CONTAINS)
		buf_putc(&pattern, '*');
	else
		return false;
	if (node->op == FILTER_CONTAINS) {
		quote(&pattern, node->text);
		buf_putc(&pattern, '*');
	}
	return push->globs++ < LIVE_GLOBS && !pattern.cut &&
	       glob_compile(&glob, test->glob, NULL) == 0;
}

static bool add_errno(struct live_test *test, const struct filter_node *node)
{
	int code = node->op == FILTER_IS ? errno_by_name(node->value.text) : -1;
	test->field = LIVE_RET;
	test->value = (uint64_t) - (int64_t)code;
	return code > 0;
}

static bool add_number(struct live_test *test, const struct filter_node *node)
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (strcmp(node->field->name, fields[i].name) != 0)
			continue;
		test->field = fields[i].field;
		test->compare = compares[node->op];
		test->value = node->value.u;
		return is_number_test(node);
	}
	return false;
}

/* Makes NODE a test of the kernel side, if it can be one. */
static bool add_test(struct push *push, const struct filter_node *node)
{
	struct live_formula *formula = push->formula;
	if (formula->count == LIVE_TESTS)
		return false;
	struct live_test *test = &formula->tests[formula->count];
	*test = (struct live_test){.compare = LIVE_IS};
	bool is_made = false;
	if (is_about_calls(node))
		is_made = add_calls(push, test, node);
	else if (node->field && strcmp(node->field->name, "comm") == 0)
		is_made = add_comm(push, test, node);
	else if (node->field && strcmp(node->field->name, "errno") == 0)
		is_made = add_errno(test, node);
	else if (node->field)
		is_made = add_number(test, node);
	formula->count += is_made;
	return is_made;
}

static bool is_leaf(const struct filter_node *node)
{
	return node->op != FILTER_AND && node->op != FILTER_OR &&
	       node->op != FILTER_NOT;
}

static bool add_tests(struct push *push)
{
	bool complete = true;
	for (size_t i = 0; i < push->filter->count; i++) {
		const struct filter_node *node = &push->filter->nodes[i];
		push->test_of[i] = NO_TEST;
		if (!is_leaf(node))
			continue;
		if (add_test(push, node))
			push->test_of[i] = (int)push->formula->count - 1;
		else
			complete = false;
	}
	return complete;
}

/* NOLINTNEXTLINE(misc-no-recursion): no deeper than the filter has nodes */
static enum truth work_out(const struct push *push,
			   const struct filter_node *node, unsigned outcomes)
{
	if (node->op == FILTER_NOT)
		return TRUE - work_out(push, node->left, outcomes);
	if (is_leaf(node)) {
		int test = push->test_of[node - push->filter->nodes];
		if (test == NO_TEST)
			return MAYBE;
		return outcomes >> test & 1 ? TRUE : FALSE;
	}
	enum truth left = work_out(push, node->left, outcomes);
	enum truth right = work_out(push, node->right, outcomes);
	bool smaller = left < right;
	if (node->op == FILTER_AND)
		return smaller ? left : right;
	return smaller ? right : left;
}

bool push_filter(struct live_formula *ret, const struct filter *filter,
		 struct model *model)
{
	struct push push = {.formula = ret, .filter = filter, .model = model};
	*ret = (struct live_formula){0};
	bool complete = add_tests(&push);
	for (unsigned i = 0; i < 1u << LIVE_TESTS; i++) {
		bool passes = !filter->root ||
			      work_out(&push, filter->root, i) != FALSE;
		ret->passes[i / 64] |= (uint64_t)passes << i % 64;
	}
	return complete;
}

void push_done(struct live_formula *formula)
{
	for (size_t i = 0; i < formula->count; i++)
		free(formula->tests[i].calls);
	formula->count = 0;
}
