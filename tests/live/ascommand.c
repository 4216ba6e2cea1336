/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints the command lines for several things that may be looked at, of the
 * process in its argument; tests/live/ascommand.sh runs them.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "abi/syscall.h"
#include "app/ascommand.h"
#include "base/buf.h"

static const struct syscall calls[] = {
	{.name = "openat", .kernel_name = "openat"},
	{.name = "newfstatat", .kernel_name = "newfstatat"},
	{.name = "uname", .kernel_name = "newuname"},
};

static void print(const struct ascommand *what)
{
	for (int i = 0; i < ASCOMMAND_TOOLS; i++) {
		char data[4096];
		char why_data[512];
		struct buf line;
		struct buf why;
		buf_init(&line, data, sizeof(data));
		buf_init(&why, why_data, sizeof(why_data));
		if (ascommand_print((enum ascommand_tool)i, what, &line, &why))
			(void)puts(data); /* nobody reads on, then */
	}
}

int main(int argc, char **argv)
{
	static const char *const errnos[] = {"ENOENT", "EACCES"};
	pid_t pid = argc > 1 ? atoi(argv[1]) : 1;
	const struct ascommand looked_at[] = {
		{.pids = {pid}, .pid_count = 1, .uid = -1},
		{.syscalls = {&calls[0], &calls[1], &calls[2]},
		 .syscall_count = 3,
		 .pids = {pid},
		 .pid_count = 1,
		 .uid = -1,
		 .counts = true},
		{.syscalls = {&calls[0]},
		 .syscall_count = 1,
		 .tids = {pid},
		 .tid_count = 1,
		 .uid = 0,
		 .failed = true,
		 .comm = "it's \"so\" \\",
		 .errnos = errnos,
		 .errno_count = 2,
		 .min_ns = 1,
		 .filter = "comm == \"it's\" || path ~ \"/etc/*\""},
	};
	for (size_t i = 0; i < sizeof(looked_at) / sizeof(looked_at[0]); i++)
		print(&looked_at[i]);
	return 0;
}
