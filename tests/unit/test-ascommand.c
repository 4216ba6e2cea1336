/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/ascommand.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"

static void expect(enum ascommand_tool tool, const struct ascommand *what,
		   const char *line, const char *remark)
{
	char data[4096];
	char why_data[512];
	struct buf buf;
	struct buf why;
	buf_init(&buf, data, sizeof(data));
	buf_init(&why, why_data, sizeof(why_data));
	cr_expect(eq(int, ascommand_print(tool, what, &buf, &why),
		     line[0] != '\0'));
	cr_expect(eq(str, data, (char *)line));
	cr_expect(eq(str, why_data, (char *)remark));
}

static const struct syscall openat_call = {.name = "openat",
					   .kernel_name = "openat"};
static const struct syscall stat_call = {.name = "stat",
					 .kernel_name = "newstat"};

#define DESCENDANTS "descendants that are there already need a -p each"

Test(ascommand, is_told_to_each_tool_in_its_way)
{
	const struct ascommand what = {
		.syscalls = {&openat_call, &stat_call},
		.syscall_count = 2,
		.pids = {812, 9},
		.pid_count = 2,
		.uid = -1,
	};
	expect(ASCOMMAND_SCTOP, &what, "sctop -b -e openat,stat -p 812,9", "");
	expect(ASCOMMAND_STRACE, &what,
	       "strace -f -e trace=openat,stat -p 812,9", DESCENDANTS);
	expect(ASCOMMAND_PERF, &what, "perf trace -e openat,stat -p 812,9",
	       DESCENDANTS);
	expect(ASCOMMAND_BPFTRACE, &what,
	       "bpftrace -e 'tracepoint:syscalls:sys_enter_openat, "
	       "tracepoint:syscalls:sys_enter_newstat /(pid == 812 || pid == "
	       "9)/ { printf(\"%d %s %s\\n\", pid, comm, probe); }'",
	       "descendants are left out");
}

Test(ascommand, of_the_whole_machine_is_not_straces)
{
	const struct ascommand what = {.uid = -1, .counts = true};
	expect(ASCOMMAND_SCTOP, &what, "sctop -c -e all", "");
	expect(ASCOMMAND_STRACE, &what, "",
	       "it needs a process (-p) or a command; it cannot watch the "
	       "whole machine");
	expect(ASCOMMAND_PERF, &what, "perf trace -s -a", "");
	expect(ASCOMMAND_BPFTRACE, &what,
	       "bpftrace -e 'tracepoint:raw_syscalls:sys_enter { @[probe, "
	       "comm] = count(); }'",
	       "");
}

Test(ascommand, says_what_a_tool_cannot_be_told)
{
	static const char *const errnos[] = {"ENOENT", "EACCES"};
	const struct ascommand what = {
		.syscalls = {&openat_call},
		.syscall_count = 1,
		.tids = {77},
		.tid_count = 1,
		.failed = true,
		.errnos = errnos,
		.errno_count = 2,
		.min_ns = 1500000,
		.comm = "ng*",
		.uid = 33,
		.cgroup = "/a b",
		.filter = "comm == \"it's\"",
	};
	expect(ASCOMMAND_SCTOP, &what,
	       "sctop -b -e openat --tid 77 -C 'ng*' -u 33 -G '/a b' -Z "
	       "--errno ENOENT,EACCES --min-time 1500000ns -F 'comm == "
	       "\"it'\\''s\"'",
	       "");
	expect(ASCOMMAND_STRACE, &what, "strace -Z -e trace=openat -p 77",
	       "no choice by name or user; no control group; no choice by "
	       "errno; no shortest time; -T tells times; no filter "
	       "expression: the display filter is left out");
	expect(ASCOMMAND_PERF, &what,
	       "perf trace -e openat -t 77 -G '/a b' --duration 1.500 "
	       "--failure",
	       "no choice by name, nor by user beside processes; no choice by "
	       "errno; no filter expression: the display filter is left out");
	expect(ASCOMMAND_BPFTRACE, &what,
	       "bpftrace -e 'tracepoint:syscalls:sys_exit_openat /tid == 77 "
	       "&& uid == 33 && args->ret < 0/ { printf(\"%d %s %s\\n\", pid, "
	       "comm, probe); }'",
	       "no glob of names; no control group; errnos take a test of "
	       "args->ret each; a shortest time takes a map and two probes; "
	       "no filter expression: the display filter is left out");
}

Test(ascommand, of_a_command_starts_it)
{
	char *command[] = {"ls", "-l", "a b", NULL};
	const struct ascommand what = {.command = command, .uid = -1};
	expect(ASCOMMAND_SCTOP, &what, "sctop -b -e all -- ls -l 'a b'", "");
	expect(ASCOMMAND_STRACE, &what, "strace -f ls -l 'a b'", "");
	expect(ASCOMMAND_PERF, &what, "perf trace ls -l 'a b'", "");
}

static void expect_quoted(const char *text, const char *expected)
{
	char data[64];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	ascommand_quote(&buf, text);
	cr_expect(eq(str, data, (char *)expected));
}

Test(ascommand, words_are_quoted_for_the_shell)
{
	expect_quoted("openat", "openat");
	expect_quoted("", "''");
	expect_quoted("a b", "'a b'");
	expect_quoted("$(x)`y`;&|<>\\!", "'$(x)`y`;&|<>\\!'");
	expect_quoted("'", "''\\'''");
	expect_quoted("~", "'~'");
	expect_quoted("a\nb", "'a\nb'");
	expect_quoted("*", "'*'");
}

Test(ascommand, a_name_is_quoted_for_bpftrace_too)
{
	const struct ascommand what = {
		.syscalls = {&openat_call},
		.syscall_count = 1,
		.uid = -1,
		.comm = "a\"b\\c'd",
	};
	expect(ASCOMMAND_BPFTRACE, &what,
	       "bpftrace -e 'tracepoint:syscalls:sys_enter_openat /comm == "
	       "\"a\\\"b\\\\c'\\''d\"/ { printf(\"%d %s %s\\n\", pid, comm, "
	       "probe); }'",
	       "");
}
