/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/list.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "abi/syscall.h"
#include "base/err.h"

static struct catalogue *cat;
static char *text;
static size_t size;
static FILE *out;

static void init(void)
{
	const char *srcdir = getenv("srcdir");
	char path[512];
	snprintf(path, sizeof(path),
		 "%s/tests/data/tracefs/linux-6.18/events/syscalls",
		 srcdir ? srcdir : ".");
	struct catalogue_config config = {
		.events_fd = open(path, O_RDONLY | O_DIRECTORY),
		.native = ABI_X86_64,
	};
	cr_assert(eq(int, catalogue_new(&cat, &config, NULL), 0));
	close(config.events_fd);
	out = open_memstream(&text, &size);
}

static void fini(void)
{
	fclose(out);
	free(text);
	catalogue_free(cat);
}

TestSuite(list, .init = init, .fini = fini);

static char *explained(const char *name)
{
	rewind(out);
	cr_expect(eq(int, list_explain(cat, name, out, NULL), 0), "%s", name);
	fputc('\0', out);
	fflush(out);
	return text;
}

static char *complaint(const char *name)
{
	static struct err err;
	cr_expect(eq(int, list_explain(cat, name, out, &err), -EINVAL), "%s",
		  name);
	return err.text;
}

static bool holds_line(const char *line)
{
	return strstr(text, line) != NULL;
}

Test(list, has_a_line_per_syscall)
{
	cr_expect(eq(int, list_print(cat, out, false), 0));
	size_t lines = 0;
	for (const char *p = text; *p; p++)
		lines += *p == '\n';
	cr_expect(eq(sz, lines, catalogue_count(cat)));
	cr_expect(holds_line(
		"\nopenat                        -           file     "
		"present     openat(int dfd, const char *filename, int flags, "
		"umode_t mode)  opens a file, relative to a directory, "
		"perhaps creating it\n"));
	cr_expect(holds_line(
		"\nstat                          newstat     file     "
		"present     stat(const char *filename, struct stat *statbuf)  "
		"reads size, owner, times and type of a file\n"));
	cr_expect(holds_line(
		"\nkexec_file_load               -           system   "
		"absent      kexec_file_load(int kernel_fd, int initrd_fd, "
		"unsigned long cmdline_len, const void *cmdline_ptr, unsigned "
		"long flags)  loads a kernel to boot into, from descriptors "
		"(absent: needs CONFIG_KEXEC_FILE)\n"));
	cr_expect(holds_line(
		"\ni386:waitpid                  -           process  "
		"32-bit      waitpid(pid_t pid, void *stat_addr, int "
		"options)  waits until a child changes state\n"));
}

Test(list, has_a_heading_when_asked)
{
	cr_expect(eq(int, list_print(cat, out, true), 0));
	cr_expect(eq(int, strncmp(text, "NAME  ", 6), 0));
}

Test(list, reports_an_output_that_takes_no_more)
{
	FILE *full = fopen("/dev/full", "w");
	cr_expect(eq(int, list_print(cat, full, false), -EIO));
	fclose(full);
}

Test(list, explains_a_syscall)
{
	cr_expect(eq(str, explained("newstat"),
		     "stat: reads size, owner, times and type of a file\n"
		     "  signature: stat(const char *filename, struct stat "
		     "*statbuf)\n"
		     "  class:     file, calls that take a path or work on "
		     "mounts\n"
		     "  result:    a number\n"
		     "  alias:     newstat in the kernel's list\n"
		     "  number:    4 on x86_64, 106 on i386\n"
		     "  state:     this kernel has it\n"));
}

Test(list, claims_nothing_about_a_kernel_that_it_cannot_ask)
{
	catalogue_free(cat);
	const struct catalogue_config config = {.events_fd = -1,
						.native = ABI_X86_64};
	cr_assert(eq(int, catalogue_new(&cat, &config, NULL), 0));
	cr_expect(eq(int, list_print(cat, out, false), 0));
	cr_expect(eq(ptr, strstr(text, "  present  "), NULL));
	cr_expect(holds_line(
		"\ngetpid                        -           process  "
		"known       getpid(void)  tells the ID of this process\n"));
}

Test(list, explains_marks_and_absence)
{
	char *shown = explained("umount2");
	cr_expect(ne(ptr,
		     strstr(shown, "  mark:      traced when nothing is "
				   "picked\n"),
		     NULL));
	cr_expect(ne(ptr,
		     strstr(explained("kexec_load"),
			    "  state:     absent from this kernel: needs "
			    "CONFIG_KEXEC\n"),
		     NULL));
}

Test(list, explains_every_call_of_a_name)
{
	char *shown = explained("sendfile64");
	cr_expect(eq(int, strncmp(shown, "sendfile: ", 10), 0));
	cr_expect(ne(ptr, strstr(shown, "\n\nsendfile64: "), NULL));
}

Test(list, explains_a_class)
{
	char *shown = explained("%process");
	cr_expect(eq(str, shown,
		     "%process: calls that start, end, wait for or describe "
		     "processes and threads\n  clone getpid\n"));
}

Test(list, explains_an_errno)
{
	cr_expect(eq(str, explained("EPERM"),
		     "EPERM: Operation not permitted\n  number:    1\n"));
	cr_expect(eq(str, explained("EINPROGRESS"),
		     "EINPROGRESS: Operation now in progress\n"
		     "  number:    115\n  usual of:  connect\n"));
}

Test(list, suggests_the_nearest)
{
	cr_expect(eq(str, complaint("opne"),
		     "\"opne\" is neither a syscall, a class such as %file, "
		     "nor an errno; did you mean \"open\""));
	cr_expect(eq(str, complaint("%frob"),
		     "\"%frob\" is neither a syscall, a class such as %file, "
		     "nor an errno; see sctop -l"));
	cr_expect(eq(int, strncmp(complaint("all"), "\"all\" is neither", 16),
		     0));
	cr_expect(eq(int,
		     strncmp(complaint("open*"), "\"open*\" is neither", 18),
		     0));
	cr_expect(eq(int, strncmp(complaint(""), "\"\" is neither", 13), 0));
}
