/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/output.h"

#include <criterion/criterion.h>
#include <string.h>

static void add(struct output *output, const char *text)
{
	output_add(output, text, strlen(text));
}

Test(output, counts_lines_and_the_one_being_written)
{
	struct output *output = output_new(65536);
	cr_assert_eq(output_lines(output), 1);
	add(output, "one\r\ntwo\r\nthree");
	cr_assert_eq(output_lines(output), 3);
	output_free(output);
}

Test(output, lets_the_oldest_lines_go_at_its_limit)
{
	struct output *output = output_new(4096);
	for (int i = 0; i < 100000; i++)
		add(output, "0123456\n");
	cr_assert_lt(output_lines(output), 514);
	cr_assert_gt(output_lines(output), 256);
	output_free(output);
}

Test(output, takes_an_endless_line)
{
	struct output *output = output_new(4096);
	for (int i = 0; i < 100000; i++)
		add(output, "endless\t");
	add(output, "\n");
	cr_assert_eq(output_lines(output), 2);
	output_free(output);
}
