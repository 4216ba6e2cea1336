/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/options.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "feed/live.h"
#include "view/foreign.h"

#define ARGS_LIMIT 16

static struct options options;
static struct err err;

/* Splits LINE at spaces, as a shell would a line without quotes. */
static int parse(const char *line)
{
	static char copy[256];
	static char *argv[ARGS_LIMIT + 1];
	int argc = 0;
	strcpy(copy, line);
	for (char *p = strtok(copy, " "); p && argc < ARGS_LIMIT;
	     p = strtok(NULL, " "))
		argv[argc++] = p;
	argv[argc] = NULL;
	options_done(&options);
	err = (struct err){0};
	return options_parse(&options, NULL, argc, argv, &err);
}

#define ACCEPTS(line) cr_assert_eq(parse(line), 0, "%s", err.text)
#define REFUSES(line, sentence)                                                \
	do {                                                                   \
		cr_assert_eq(parse(line), -EINVAL);                            \
		cr_assert_str_eq(err.text, sentence);                          \
	} while (0)

Test(options, has_the_documented_defaults)
{
	unsetenv("NO_COLOR");
	ACCEPTS("sctop");
	cr_assert_eq(options.mode, MODE_SCREEN);
	cr_assert_eq(options.uid, -1);
	cr_assert_eq(options.delay_ns, 1000000000);
	cr_assert_eq(options.string_limit, 32);
	cr_assert_eq(options.ring_bytes, 16777216);
	cr_assert_eq(options.row_bytes, 67108864);
	cr_assert_eq(options.count_bytes, 33554432);
	cr_assert_eq(options.name_bytes, 16777216);
	cr_assert_eq(options.output_bytes, 4194304);
	cr_assert_eq(options.color, COLOR_AUTO);
	cr_assert_null(options.command);
}

Test(options, finds_the_command_behind_two_dashes)
{
	ACCEPTS("sctop -b -e openat -- ls -l --color");
	cr_assert_eq(options.mode, MODE_BATCH);
	cr_assert_str_eq(options.command[0], "ls");
	cr_assert_str_eq(options.command[1], "-l");
	cr_assert_str_eq(options.command[2], "--color");
	cr_assert_null(options.command[3]);
	cr_assert_eq(options.trace.count, 1);
	cr_assert_str_eq(options.trace.at[0], "openat");
}

Test(options, shows_the_right_line_for_an_operand)
{
	REFUSES("sctop -c ls -l", "'ls' is not an option; to start a command: "
				  "sctop -c -- ls -l");
	REFUSES("sctop -o -- ls", "'ls' is not an option; to start a command: "
				  "sctop -o -- -- ls");
	REFUSES("sctop 17",
		"'17' is not an option; to trace that process: sctop -p 17");
}

Test(options, wants_a_command_behind_two_dashes)
{
	REFUSES("sctop -b --",
		"-- takes a COMMAND to start, and nothing follows it");
}

Test(options, adds_lists_up_and_takes_out_what_has_an_exclamation_mark)
{
	ACCEPTS("sctop -p 7,8 --pid=9 -p !8 --tid 3 -e open -e !close");
	cr_assert_eq(options.pid_count, 2);
	cr_assert_eq(options.pids[0], 7);
	cr_assert_eq(options.pids[1], 9);
	cr_assert_eq(options.tid_count, 1);
	cr_assert_eq(options.tids[0], 3);
	cr_assert_eq(options.trace.count, 2);
	cr_assert_str_eq(options.trace.at[1], "!close");
	REFUSES("sctop -p 7 -p !7",
		"-p, --pid !7 leaves nothing to trace: ! takes out what "
		"stands before it");
}

Test(options, reads_errors_by_name)
{
	ACCEPTS("sctop --errno ENOENT,EACCES --errno 11");
	cr_assert_eq(options.errno_count, 3);
	cr_assert_eq(options.errnos[0], 2);
	cr_assert_eq(options.errnos[1], 13);
	cr_assert_eq(options.errnos[2], 11);
	ACCEPTS("sctop --errno !ENOENT");
	cr_assert_eq(options.errno_count, 4094);
	REFUSES("sctop --errno ENOET",
		"--errno takes error names such as ENOENT, separated by "
		"commas, not 'ENOET'; nearest: ENOENT");
}

Test(options, lets_the_last_of_others_win)
{
	ACCEPTS("sctop -z -Z -s 10 -s 20 -n 1 -n 2");
	cr_assert_eq(options.outcome, LIVE_FAILED);
	cr_assert_eq(options.string_limit, 20);
	cr_assert_eq(options.count, 2);
	ACCEPTS("sctop -s 0");
	cr_assert_eq(options.string_limit, 0);
}

Test(options, counts_how_often_t_is_given)
{
	ACCEPTS("sctop -t");
	cr_assert_eq(options.stamp, DUMP_STAMP_SECONDS);
	ACCEPTS("sctop -tt");
	cr_assert_eq(options.stamp, DUMP_STAMP_MICRO);
	ACCEPTS("sctop -t -t -t");
	cr_assert_eq(options.stamp, DUMP_STAMP_EPOCH);
}

Test(options, refuses_two_modes)
{
	REFUSES("sctop -b -j",
		"-b, --batch and -j, --json exclude each other; give one of "
		"them");
	REFUSES("sctop --csv -c",
		"--csv and -c, --summary exclude each other; give one of them");
	ACCEPTS("sctop -b --batch");
}

Test(options, refuses_a_process_beside_a_command)
{
	REFUSES("sctop -p 1 -- true",
		"-p and a command exclude each other: -p PID traces what "
		"runs, -- COMMAND starts it");
	REFUSES("sctop --tid 1 -- true",
		"--tid and a command exclude each other: --tid TID traces "
		"what runs, -- COMMAND starts it");
}

Test(options, names_the_option_and_what_it_takes)
{
	REFUSES("sctop -n x", "-n takes a whole number from 1 to "
			      "18446744073709551615, not 'x'");
	REFUSES("sctop -n 0", "-n takes a whole number from 1 to "
			      "18446744073709551615, not '0'");
	REFUSES("sctop -d 0.01",
		"-d, --delay takes a duration from 100ms to 24h (a number "
		"with ns, us, ms, s, m or h; seconds without), not '0.01'");
	REFUSES("sctop --ring-size 1K",
		"--ring-size takes a size from 64K to 4G (a number with K, M "
		"or G), not '1K'");
	REFUSES("sctop -p 0", "-p, --pid takes IDs from 1 to 4194304, "
			      "separated by commas, not '0'");
	REFUSES("sctop --color=maybe",
		"--color takes one of: auto always never, not 'maybe'");
	REFUSES("sctop -e", "-e, --trace takes SET, and nothing follows it");
	REFUSES("sctop --batch=1", "-b, --batch takes no argument");
	REFUSES("sctop -u nobody-of-that-name",
		"-u, --user takes a user's name or number, and there is no "
		"user 'nobody-of-that-name'; getent passwd lists them");
}

Test(options, suggests_the_nearest_name)
{
	REFUSES("sctop --bacth",
		"there is no option --bacth; nearest: --batch");
	REFUSES("sctop --something",
		"there is no option --something; sctop --help lists them");
	REFUSES("sctop -Q", "there is no option -Q; sctop --help lists them");
}

Test(options, does_not_repeat_control_bytes)
{
	REFUSES("sctop -n \033[2J", "-n takes a whole number from 1 to "
				    "18446744073709551615, not '\\x1b[2J'");
}

Test(options, lets_help_win_over_what_follows)
{
	ACCEPTS("sctop -b --help -j --nonsense");
	cr_assert_eq(options.mode, MODE_HELP);
}

Test(options, takes_users_by_name_and_number)
{
	ACCEPTS("sctop -u root");
	cr_assert_eq(options.uid, 0);
	ACCEPTS("sctop -u 1234");
	cr_assert_eq(options.uid, 1234);
}

Test(options, obeys_the_command_line_over_NO_COLOR)
{
	setenv("NO_COLOR", "1", 1);
	ACCEPTS("sctop");
	cr_assert_eq(options.color, COLOR_NEVER);
	ACCEPTS("sctop --color always");
	cr_assert_eq(options.color, COLOR_ALWAYS);
	setenv("NO_COLOR", "", 1);
	ACCEPTS("sctop");
	cr_assert_eq(options.color, COLOR_AUTO);
}

Test(options, refuses_what_would_have_no_effect)
{
	REFUSES("sctop -o file", "-o, --output goes with -b, -j, --csv, "
				 "--export or -c");
	REFUSES("sctop --export folded --fields pid",
		"--fields goes with -b, -j, --csv or -c");
	REFUSES("sctop --fields pid", "--fields goes with -b, -j, --csv or -c");
	REFUSES("sctop -b -S calls",
		"-S, --sort goes with -c or the screen; rows come in the "
		"order in which calls ended");
	REFUSES("sctop -l -- true", "-l, --list takes no command");
}

Test(options, describes_every_row)
{
	const struct options_row *row;
	for (size_t i = 0; (row = options_at(i)); i++) {
		cr_assert(row->letter || row->name);
		cr_assert(row->set);
		cr_assert_neq(row->help[0], '\0');
		cr_assert_neq(row->help[strlen(row->help) - 1], '.');
		if (row->name)
			cr_assert_eq(options_by_name(row->name), row);
	}
}

Test(options, y_given_twice_tells_everything_of_descriptors)
{
	ACCEPTS("sctop -b");
	cr_assert_eq(options.fds, FDS_USUAL);
	ACCEPTS("sctop -b -y");
	cr_assert_eq(options.fds, FDS_PATH);
	ACCEPTS("sctop -byy");
	cr_assert_eq(options.fds, FDS_ALL);
	ACCEPTS("sctop -b -y -y -y");
	cr_assert_eq(options.fds, FDS_ALL);
}

Test(options, decode_fds_takes_words)
{
	ACCEPTS("sctop --decode-fds=none");
	cr_assert_eq(options.fds, FDS_NONE);
	ACCEPTS("sctop --decode-fds=path");
	cr_assert_eq(options.fds, FDS_PATH);
	ACCEPTS("sctop --decode-fds=all");
	cr_assert_eq(options.fds, FDS_ALL);
	REFUSES("sctop --decode-fds=socket",
		"--decode-fds takes one of: none path all, not 'socket'");
}

Test(options, rotates_by_size_or_by_time)
{
	ACCEPTS("sctop -w f --rotate 64M --keep 3");
	cr_assert_eq(options.rotate.bytes, 67108864);
	cr_assert_eq(options.rotate.ns, 0);
	cr_assert_eq(options.keep, 3);
	ACCEPTS("sctop -w f --rotate 10m");
	cr_assert_eq(options.rotate.bytes, 0);
	cr_assert_eq(options.rotate.ns, 600000000000);
	const char *lines[] = {"sctop -w f --rotate 100",
			       "sctop -w f --rotate 1K",
			       "sctop -w f --rotate 1ms"};
	for (size_t i = 0; i < 3; i++)
		cr_assert_eq(parse(lines[i]), -EINVAL);
}

Test(options, records_and_replays_what_goes_together)
{
	ACCEPTS("sctop -w f -b -o g -- ls");
	ACCEPTS("sctop -r - --csv");
	REFUSES("sctop -r f -w g", "-r and -w exclude each other: a recording "
				   "is copied with cp");
	REFUSES("sctop -w - -b", "-w - needs standard output for itself; use "
				 "-o FILE too, or -w FILE");
	REFUSES("sctop -w - -- ls",
		"-w - does not go with a command, which has standard output; "
		"use -w FILE");
	ACCEPTS("sctop -r f -e openat -p 7 --tid 8 -u nobody-here -C x* -Z");
	REFUSES("sctop -r f -G /x",
		"-G, --cgroup does not go with -r: a recording does not tell "
		"which groups are in others; -F 'pid == 7' shows a part of "
		"it");
	REFUSES("sctop --keep 3 -b", "--rotate and --keep go with -w");
	REFUSES("sctop --redact -b",
		"--redact goes with -w, --flight or the screen");
	ACCEPTS("sctop --redact");
	ACCEPTS("sctop --flight 64M --redact --flight-trigger ret<0 -w f -b");
	REFUSES("sctop --flight-trigger ret<0",
		"--flight-trigger goes with --flight");
	REFUSES("sctop --flight 1M -w -",
		"--flight writes files when it is asked to, -w FILE, FILE.1 "
		"...: neither -w - nor --rotate go with it");
	REFUSES("sctop --flight 1M -r f",
		"-r and --flight exclude each other: a recording is copied "
		"with cp");
	REFUSES("sctop -w f --keep 3", "--keep goes with --rotate");
	REFUSES("sctop -l -w f", "-l, --list does not go with -w and -r");
}

Test(options, export_takes_every_format_that_there_is)
{
	const char *at = options_by_name("export")->words;
	for (size_t i = 0; foreign_at(i); i++) {
		const char *name = foreign_at(i)->name;
		size_t len = strlen(name);
		cr_assert_eq(strncmp(at, name, len), 0);
		at += len + (at[len] == ' ');
	}
	cr_assert_eq(*at, '\0');
}
