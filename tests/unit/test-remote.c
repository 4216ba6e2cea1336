/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/remote.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <string.h>

#include "app/options.h"
#include "base/buf.h"
#include "base/err.h"

/* ARGV ends with a NULL. */
static int parse(struct options *options, char **argv, struct err *err)
{
	int argc = 0;
	while (argv[argc])
		argc++;
	*err = (struct err){0};
	return options_parse(options, NULL, argc, argv, err);
}

static void expect_command(char **argv, const char *expected)
{
	struct options options;
	struct err err;
	char data[512];
	struct buf buf;
	cr_assert(zero(i32, parse(&options, argv, &err)), "%s", err.text);
	buf_init(&buf, data, sizeof(data));
	remote_command(&buf, &options);
	cr_expect(eq(str, data, (char *)expected));
	options_done(&options);
}

static void expect_refusal(char **argv, const char *expected)
{
	struct options options;
	struct err err;
	cr_assert(eq(i32, parse(&options, argv, &err), -EINVAL));
	cr_expect(ne(ptr, strstr(err.text, expected), NULL), "%s", err.text);
	options_done(&options);
}

#define ARGS(...) ((char *[]){"sctop", __VA_ARGS__, NULL})

Test(remote, has_the_options_that_choose_what_is_traced)
{
	expect_command(ARGS("--host", "web1", "-b", "-p", "7,8", "-e",
			    "openat,read", "-e", "!read", "-Z", "-n", "5"),
		       "sctop -w - --pid=7,8 --trace=openat,read "
		       "--trace='!read' -Z");
}

Test(remote, quotes_what_a_shell_would_take_apart)
{
	expect_command(ARGS("--host", "web1", "-b", "-F", "comm == 'a b' && $x",
			    "-C", "*"),
		       "sctop -w - "
		       "--filter='comm == '\\''a b'\\'' && $x' --comm='*'");
}

Test(remote, tells_of_descriptors_what_a_screen_shows)
{
	expect_command(ARGS("--host", "web1"), "sctop -w - -yy");
	expect_command(ARGS("--host", "web1", "-y"), "sctop -w - -y");
	expect_command(ARGS("--host", "web1", "--decode-fds", "none", "-k",
			    "--redact", "-s", "80"),
		       "sctop -w - --decode-fds=none --stack --redact "
		       "--string-limit=80");
}

Test(remote, is_started_as_one_says)
{
	expect_command(
		ARGS("--host", "web1", "--remote", "sudo -n sctop", "-c"),
		"sudo -n sctop -w -");
}

Test(remote, does_not_go_with_what_is_of_this_machine)
{
	expect_refusal(ARGS("--remote", "sctop"), "--remote goes with --host");
	expect_refusal(ARGS("--host", "a", "-r", "file"), "-r exclude");
	expect_refusal(ARGS("--host", "a", "-w", "file"), "-w exclude");
	expect_refusal(ARGS("--host", "a", "--", "ls"), "takes no command");
	expect_refusal(ARGS("--host", "a", "-b", "--totals"), "--totals");
	expect_refusal(ARGS("--host", "a", "-l"), "-l, --list does not go");
	expect_refusal(ARGS("--host", "-oProxyCommand=x"), "takes a host, not");
	expect_refusal(ARGS("--host", "1", "--host", "2", "--host", "3",
			    "--host", "4", "--host", "5", "--host", "6",
			    "--host", "7", "--host", "8", "--host", "9"),
		       "at most 8 hosts");
}
