/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/excerpt.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "app/options.h"
#include "base/buf.h"
#include "base/err.h"
#include "model/filter.h"
#include "tests/lib/fixture.h"

/* What the command line LINE lets pass, which the language of filters knows. */
static void expect(const char *line, const char *expected)
{
	struct options options;
	struct err err = {0};
	char *argv[16] = {NULL};
	char words[256];
	char text[1024];
	struct buf buf;
	int argc = 0;
	size_t column = 0;
	struct fixture fx;
	(void)snprintf(words, sizeof(words), "%s", line); /* fits */
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		argv[argc++] = word;
	cr_assert_eq(options_parse(&options, NULL, argc, argv, &err), 0, "%s",
		     err.text);
	buf_init(&buf, text, sizeof(text));
	excerpt_print(&buf, &options);
	cr_expect_str_eq(text, expected);
	fixture_init(&fx);
	struct filter *filter =
		filter_parse(text, ROW_CALL, fx.cat, &column, &err);
	cr_expect_not_null(filter, "%s: column %zu: %s", text, column + 1,
			   err.text);
	filter_free(filter);
	fixture_done(&fx);
	options_done(&options);
}

Test(excerpt, of_a_recording_is_a_filter)
{
	expect("sctop -r f", "");
	expect("sctop -r f -p 7,8", "(pid in (7, 8))");
	expect("sctop -r f --tid 9 -Z", "(tid in (9)) && (failed)");
	expect("sctop -r f -z", "(ret >= 0 || ret < -4095)");
	expect("sctop -r f -C nginx", "(comm == \"nginx\")");
	expect("sctop -r f -C a\"*", "(comm ~ \"a\\\"*\")");
	expect("sctop -r f -u 1000", "(uid == 1000)");
	expect("sctop -r f -u nobody-here", "(user == \"nobody-here\")");
	expect("sctop -r f --errno ENOENT,EACCES",
	       "(errno in (ENOENT, EACCES))");
	expect("sctop -r f --min-time 1.5ms", "(duration >= 1500000ns)");
}
