/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/out.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"

static void add(struct out *out, const char *text)
{
	struct buf line;
	out_begin(out, &line);
	buf_puts(&line, text);
	out_commit(out, &line);
}

Test(out, writes_lines_in_order)
{
	int ends[2];
	char text[64] = "";
	struct out out;
	cr_assert_eq(pipe(ends), 0);
	out_init(&out, ends[1]);
	add(&out, "one\n");
	add(&out, "two\n");
	cr_assert_eq(out_flush(&out), 0);
	cr_assert_eq(read(ends[0], text, sizeof(text) - 1), 8);
	cr_assert_str_eq(text, "one\ntwo\n");
	out_done(&out);
}

Test(out, does_not_wait_for_a_slow_reader)
{
	int ends[2];
	static char text[65536];
	struct out out;
	cr_assert_eq(pipe(ends), 0);
	out_init(&out, ends[1]);
	memset(text, 'x', 1023);
	text[1023] = '\0';
	int code = 0;
	size_t added = 0;
	while (code == 0) {
		while (out_has_room(&out)) {
			add(&out, text);
			added += 1023;
		}
		code = out_flush(&out);
	}
	cr_assert_eq(code, -EAGAIN);
	size_t taken = 0;
	while (out_flush(&out) == -EAGAIN)
		taken += (size_t)read(ends[0], text, sizeof(text));
	close(ends[1]);
	ssize_t n;
	while ((n = read(ends[0], text, sizeof(text))) > 0)
		taken += (size_t)n;
	cr_assert_eq(taken, added);
	out_done(&out);
}

Test(out, says_that_nobody_reads)
{
	int ends[2];
	struct out out;
	signal(SIGPIPE, SIG_IGN);
	cr_assert_eq(pipe(ends), 0);
	close(ends[0]);
	out_init(&out, ends[1]);
	add(&out, "text\n");
	cr_assert_eq(out_flush(&out), -EPIPE);
	out_done(&out);
}

Test(out, a_line_that_is_too_long_ends_all_the_same)
{
	int ends[2];
	struct buf line;
	struct out out;
	char last = '\0';
	size_t total = 0;
	cr_assert_eq(pipe(ends), 0);
	out_init(&out, ends[1]);
	out_begin(&out, &line);
	while (!line.cut)
		buf_putc(&line, 'x');
	out_commit(&out, &line);
	add(&out, "next\n");
	while (total < OUT_LINE_LIMIT - 1) {
		int code = out_flush(&out);
		cr_assert(code == 0 || code == -EAGAIN);
		ssize_t n = read(ends[0], &last, 1);
		cr_assert_eq(n, 1);
		total++;
	}
	cr_assert_eq(last, '\n');
	out_done(&out);
}
