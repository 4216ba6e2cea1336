/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/fieldlist.h"

#include <criterion/criterion.h>
#include <errno.h>

#include "base/err.h"
#include "model/field.h"

static struct err err;

Test(fieldlist, keeps_the_order_given)
{
	struct fieldlist fields;
	cr_assert_eq(fieldlist_init(&fields, "comm,pid,comm", ROW_CALL, &err),
		     0);
	cr_assert_eq(fields.count, 3);
	cr_assert_str_eq(fields.list[0]->name, "comm");
	cr_assert_str_eq(fields.list[1]->name, "pid");
	cr_assert_eq(fields.list[2], fields.list[0]);
	fieldlist_done(&fields);
}

Test(fieldlist, is_empty_when_none_is_asked_for)
{
	struct fieldlist fields;
	cr_assert_eq(fieldlist_init(&fields, NULL, ROW_CALL, &err), 0);
	cr_assert_eq(fields.count, 0);
	fieldlist_done(&fields);
}

Test(fieldlist, suggests_the_nearest_field)
{
	struct fieldlist fields;
	cr_assert_eq(fieldlist_init(&fields, "pid,com", ROW_CALL, &err),
		     -EINVAL);
	cr_assert_str_eq(err.text, "--fields takes fields such as "
				   "pid,comm,errno, not 'com'; nearest: comm");
	fieldlist_done(&fields);
}

Test(fieldlist, takes_a_field_of_syscalls_to_sort_by)
{
	const struct field *field;
	cr_assert_eq(fieldlist_sort(&field, NULL, &err), 0);
	cr_assert_null(field);
	cr_assert_eq(fieldlist_sort(&field, "calls", &err), 0);
	cr_assert_str_eq(field->name, "calls");
	cr_assert_eq(fieldlist_sort(&field, "tid", &err), -EINVAL);
}
