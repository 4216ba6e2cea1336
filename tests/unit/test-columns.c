/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/columns.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <locale.h>
#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "view/layout.h"
#include "view/views.h"

static void layout_view(struct columns *columns, const struct view *view,
			int width)
{
	columns_layout(columns, &(struct layout){.view = view}, width);
}

static void expect_names(const char *view, int width, const char *expected)
{
	struct columns columns;
	char data[512];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	layout_view(&columns, views_by_name(view), width);
	for (size_t i = 0; i < columns.count; i++)
		buf_printf(&buf, "%s%s", i ? " " : "",
			   columns.at[i].field->name);
	cr_expect(eq(str, data, (char *)expected), "%s at %d", view, width);
}

static void expect_fit(const char *text, int width, bool right, bool ascii,
		       const char *expected)
{
	char data[256];
	struct buf buf;
	setlocale(LC_CTYPE, "C.UTF-8");
	buf_init(&buf, data, sizeof(data));
	columns_fit(&buf, text, width, right, ascii);
	cr_expect(eq(str, data, (char *)expected));
}

Test(columns, what_a_view_needs_most_is_there_at_80)
{
	expect_names("syscalls", 80,
		     "traced syscall rate calls errors mean time meaning");
	expect_names("processes", 80,
		     "pid user comm rate error_rate time_pct top status");
	expect_names("events", 80, "pid comm syscall args result duration_ns");
	expect_names(
		"process", 80,
		"syscall rate calls errors error_pct time_pct mean meaning");
}

Test(columns, a_wide_terminal_shows_all)
{
	expect_names("syscalls", 160,
		     "traced syscall class rate calls errors error_pct mean "
		     "p99 max time meaning");
	expect_names("events", 160,
		     "time_ns pid tid user comm syscall args result "
		     "duration_ns");
}

Test(columns, a_narrow_terminal_shows_the_first)
{
	expect_names("syscalls", 20, "traced syscall");
	expect_names("processes", 20, "pid comm");
	expect_names("events", 22, "pid comm");
}

Test(columns, no_layout_is_wider_than_the_terminal)
{
	for (size_t v = 0; v < views_count(); v++) {
		for (int width = 20; width <= 400; width++) {
			struct columns columns;
			layout_view(&columns, views_at(v), width);
			int used = -1;
			cr_assert(gt(sz, columns.count, 0));
			for (size_t i = 0; i < columns.count; i++) {
				cr_assert(ge(int, columns.at[i].width, 1));
				used += columns.at[i].width + 1;
			}
			cr_assert(le(int, used, width), "%s at %d",
				  views_at(v)->name, width);
		}
	}
}

Test(columns, names_are_whole_before_the_last_column_grows)
{
	struct columns columns;
	layout_view(&columns, views_by_name("syscalls"), 82);
	cr_expect(eq(int, columns.at[1].width, 17));
	cr_expect(eq(int, columns.at[columns.count - 1].width, 20));
	cr_expect(not(columns.at[1].right));
	cr_expect(columns.at[2].right);
}

Test(columns, a_field_that_no_view_names_shows_where_there_is_room)
{
	struct columns columns;
	layout_view(&columns, views_by_name("syscalls"), 168);
	cr_expect(eq(str, (char *)columns.at[columns.count - 1].field->name,
		     "meaning"));
	layout_view(&columns, views_by_name("syscalls"), 400);
	bool found = false;
	for (size_t i = 0; i < columns.count; i++)
		found |= strcmp(columns.at[i].field->name, "bytes") == 0;
	cr_expect(found);
}

Test(columns, what_no_view_names_leaves_room_for_the_last_column)
{
	for (int width = 1; width < 400; width++) {
		struct columns columns;
		layout_view(&columns, views_by_name("syscalls"), width);
		int sum = -1;
		int meaning = 0;
		bool extra = false;
		for (size_t i = 0; i < columns.count; i++) {
			const char *name = columns.at[i].field->name;
			sum += columns.at[i].width + 1;
			if (strcmp(name, "meaning") == 0)
				meaning = columns.at[i].width;
			extra |= strcmp(name, "bytes") == 0;
		}
		cr_expect(le(int, sum, width));
		if (extra)
			cr_expect(ge(int, meaning, 80));
	}
}

Test(columns, every_column_named_by_a_view_exists)
{
	for (size_t v = 0; v < views_count(); v++) {
		const struct view *view = views_at(v);
		char names[512];
		(void)strncpy(names, view->columns, sizeof(names) - 1);
		struct columns columns;
		layout_view(&columns, view, 1000);
		char *rest = names;
		for (size_t i = 0; rest; i++) {
			const char *name = strsep(&rest, " ");
			size_t len = strcspn(name, "?");
			const char *found = columns.at[i].field->name;
			cr_expect(eq(sz, strlen(found), len), "%s", name);
			cr_expect(eq(int, memcmp(found, name, len), 0), "%s",
				  name);
		}
		cr_expect(eq(ptr, (void *)views_by_name(view->name),
			     (void *)view));
		if (*view->sort)
			cr_expect(ne(ptr,
				     (void *)field_of_kind(
					     view->kind,
					     view->sort + (*view->sort == '-')),
				     NULL));
		if (*view->drill && strcmp(view->drill, "detail") != 0)
			cr_expect(ne(ptr, (void *)views_by_name(view->drill),
				     NULL));
	}
	cr_expect(eq(ptr, (void *)views_by_name("nothing"), NULL));
}

Test(columns, text_is_padded_to_its_side)
{
	expect_fit("ab", 5, false, true, "ab   ");
	expect_fit("12", 5, true, true, "   12");
	expect_fit("12345", 5, true, true, "12345");
}

Test(columns, text_is_cut_with_a_mark)
{
	expect_fit("abcdef", 5, false, true, "abcd~");
	expect_fit("abcdef", 5, false, false, "abcd\xe2\x80\xa6");
	expect_fit("abcdef", 1, false, true, "~");
}

Test(columns, wide_characters_count_two)
{
	expect_fit("\xe4\xb8\xad\xe6\x96\x87", 5, false, false,
		   "\xe4\xb8\xad\xe6\x96\x87 ");
	/* the second does not fit before the mark: a blank fills its half */
	expect_fit("\xe4\xb8\xad\xe6\x96\x87z", 4, false, false,
		   "\xe4\xb8\xad\xe2\x80\xa6 ");
	expect_fit("e\xcc\x81", 3, false, false, "e\xcc\x81  ");
}

Test(columns, ascii_terminals_get_characters_spelt)
{
	expect_fit("\xe4\xb8\xad", 8, false, true, "\\u4e2d  ");
	expect_fit("\xe4\xb8\xad\xe6\x96\x87", 8, false, true, "\\u4e2d\\~");
}

Test(columns, characters_unknown_to_the_locale_are_spelt)
{
	char data[64];
	struct buf buf;
	setlocale(LC_CTYPE, "C");
	buf_init(&buf, data, sizeof(data));
	columns_fit(&buf, "\xe4\xb8\xad", 7, false, false);
	cr_expect(eq(str, data, "\\u4e2d "));
}

Test(columns, a_cell_is_its_fields_value)
{
	struct columns columns;
	layout_view(&columns, views_by_name("processes"), 80);
	char data[64];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	const struct value pid = {.known = true, .u = 42};
	columns_cell(&buf, &columns, 0, &pid, true);
	cr_expect(eq(str, data, "     42"));
	buf_clear(&buf);
	const struct value evil = {.known = true, .text = "\x1b[2Jx"};
	columns_cell(&buf, &columns, 2, &evil, true);
	cr_expect(eq(str, data, "\\x1b[2Jx       "));
}
