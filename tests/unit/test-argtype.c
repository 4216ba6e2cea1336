/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/argtype.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "abi/decode.h"
#include "abi/flags.h"
#include "abi/show.h"
#include "base/buf.h"

static char out[512];

/* A call of a table's syscall, native or of a 32-bit program. */
static struct show call_of(enum abi abi, bool compat, struct buf *buf)
{
	static const struct decode_options options = {.string_limit = 32};
	static const struct event_call calls[2] = {{.h.compat = 0},
						   {.h.compat = 1}};
	return (struct show){
		.buf = buf,
		.ev = &calls[compat],
		.options = &options,
		.abi = abi,
	};
}

static char *print_spec(struct argtype_spec spec, uint64_t value, enum abi abi,
			bool compat)
{
	struct buf buf;
	buf_init(&buf, out, sizeof(out));
	struct show show = call_of(abi, compat, &buf);
	const struct show_arg arg = {.spec = &spec, .value = value};
	argtype_print(&show, &arg);
	return out;
}

static char *print(enum argtype kind, uint64_t value)
{
	struct argtype_spec spec = {.kind = (uint8_t)kind};
	return print_spec(spec, value, ABI_X86_64, false);
}

static char *print_compat(enum argtype kind, uint64_t value)
{
	struct argtype_spec spec = {.kind = (uint8_t)kind};
	return print_spec(spec, value, ABI_I386, true);
}

static char *print_set_on(enum flags_set set, uint64_t value, enum abi abi)
{
	struct argtype_spec spec = {.kind = ARG_SET, .which = (uint16_t)set};
	return print_spec(spec, value, abi, false);
}

static char *quoted(const char *text, size_t len)
{
	struct buf buf;
	buf_init(&buf, out, sizeof(out));
	show_quoted(&buf, text, len, false);
	return out;
}

Test(argtype, an_int_has_32_bits_and_a_sign)
{
	cr_expect(eq(str, print(ARG_INT, 0xffffffff), "-1"));
	cr_expect(eq(str, print(ARG_INT, UINT64_MAX), "-1"));
	cr_expect(eq(str, print(ARG_INT, 0x100000005), "5"));
	cr_expect(eq(str, print(ARG_INT, 0x80000000), "-2147483648"));
	cr_expect(eq(str, print(ARG_UINT, UINT64_MAX), "4294967295"));
	cr_expect(eq(str, print(ARG_FD, 0xffffffff), "-1"));
	cr_expect(eq(str, print(ARG_PID, 0xffffffff), "-1"));
}

Test(argtype, a_long_is_as_wide_as_a_register)
{
	cr_expect(eq(str, print(ARG_LONG, UINT64_MAX), "-1"));
	cr_expect(eq(str, print(ARG_LONG, 0xffffffff), "4294967295"));
	cr_expect(
		eq(str, print(ARG_ULONG, UINT64_MAX), "18446744073709551615"));
	cr_expect(eq(str, print_compat(ARG_LONG, 0xffffffff), "-1"));
	cr_expect(eq(str, print_compat(ARG_ULONG, 0xffffffff), "4294967295"));
}

Test(argtype, bit_patterns_are_hexadecimal)
{
	cr_expect(eq(str, print(ARG_HEX, 0), "0"));
	cr_expect(eq(str, print(ARG_HEX, UINT64_MAX), "0xffffffffffffffff"));
	cr_expect(eq(str, print(ARG_HEX32, UINT64_MAX), "0xffffffff"));
	cr_expect(eq(str, print(ARG_UNKNOWN, 16), "0x10"));
}

Test(argtype, address_zero_is_null)
{
	cr_expect(eq(str, print(ARG_ADDR, 0), "NULL"));
	cr_expect(eq(str, print(ARG_ADDR, 0x7ffd1000), "0x7ffd1000"));
	cr_expect(eq(str, print(ARG_PATH, 0), "NULL"));
	cr_expect(eq(str, print(ARG_STRING, 0x10), "0x10"));
}

Test(argtype, modes_are_octal_with_three_digits)
{
	cr_expect(eq(str, print(ARG_MODE, 0), "000"));
	cr_expect(eq(str, print(ARG_MODE, 022), "022"));
	cr_expect(eq(str, print(ARG_MODE, 07), "007"));
	cr_expect(eq(str, print(ARG_MODE, 0644), "0644"));
	cr_expect(eq(str, print(ARG_MODE, 0100644), "0100644"));
	cr_expect(eq(str, print(ARG_MODE, UINT64_MAX), "0177777"));
}

Test(argtype, only_the_working_directory_has_a_name)
{
	cr_expect(eq(str, print(ARG_DIRFD, 0xffffff9c), "AT_FDCWD"));
	cr_expect(eq(str, print(ARG_DIRFD, (uint64_t)-100), "AT_FDCWD"));
	cr_expect(eq(str, print(ARG_DIRFD, 5), "5"));
	cr_expect(eq(str, print(ARG_DIRFD, (uint64_t)-1), "-1"));
}

Test(argtype, an_id_of_minus_one_means_none)
{
	cr_expect(eq(str, print(ARG_UID, 0xffffffff), "-1"));
	cr_expect(eq(str, print(ARG_UID, 0xfffffffe), "4294967294"));
	cr_expect(eq(str, print(ARG_UID, 1000), "1000"));
}

Test(argtype, open_flags_come_in_straces_order)
{
	cr_expect(eq(str, print_set_on(FLAGS_OPEN, 0, ABI_X86_64), "O_RDONLY"));
	cr_expect(
		eq(str, print_set_on(FLAGS_OPEN, 3, ABI_X86_64), "O_ACCMODE"));
	cr_expect(eq(str, print_set_on(FLAGS_OPEN, 0xffffffff, ABI_X86_64),
		     "O_ACCMODE|O_CREAT|O_EXCL|O_NOCTTY|O_TRUNC|O_APPEND|"
		     "O_NONBLOCK|O_SYNC|O_DIRECT|O_LARGEFILE|O_NOFOLLOW|"
		     "O_NOATIME|O_CLOEXEC|O_PATH|O_TMPFILE|FASYNC|"
		     "0xff80003c"));
	cr_expect(eq(str, print_set_on(FLAGS_OPEN, 010001, ABI_X86_64),
		     "O_WRONLY|O_DSYNC"));
	cr_expect(eq(str, print_set_on(FLAGS_OPEN, 04000000, ABI_X86_64),
		     "O_RDONLY|__O_SYNC"));
	cr_expect(eq(str, print_set_on(FLAGS_OPEN, 020000000, ABI_X86_64),
		     "O_RDONLY|__O_TMPFILE"));
	cr_expect(eq(str, print_set_on(FLAGS_OPEN, 0200000, ABI_X86_64),
		     "O_RDONLY|O_DIRECTORY"));
	cr_expect(eq(str, print_set_on(FLAGS_OPEN, 4, ABI_X86_64),
		     "O_RDONLY|0x4"));
}

Test(argtype, open_flags_differ_on_arm64)
{
	cr_expect(eq(str, print_set_on(FLAGS_OPEN, 0740000, ABI_ARM64),
		     "O_RDONLY|O_DIRECT|O_LARGEFILE|O_NOFOLLOW|O_DIRECTORY"));
	cr_expect(eq(str, print_set_on(FLAGS_OPEN, 020040002, ABI_ARM64),
		     "O_RDWR|O_TMPFILE"));
}

Test(argtype, flags_of_a_descriptor_have_no_access_mode)
{
	cr_expect(eq(str, print_set_on(FLAGS_PIPE2, 0, ABI_X86_64), "0"));
	cr_expect(eq(str, print_set_on(FLAGS_PIPE2, 02004000, ABI_X86_64),
		     "O_NONBLOCK|O_CLOEXEC"));
	cr_expect(eq(str, print_set_on(FLAGS_PIPE2, 02000001, ABI_X86_64),
		     "O_CLOEXEC|0x1"));
}

Test(argtype, signals_have_names)
{
	cr_expect(eq(str, print(ARG_SIGNAL, 9), "SIGKILL"));
	cr_expect(eq(str, print(ARG_SIGNAL, 0), "0"));
	cr_expect(eq(str, print(ARG_SIGNAL, 31), "SIGSYS"));
	cr_expect(eq(str, print(ARG_SIGNAL, 32), "SIGRTMIN"));
	cr_expect(eq(str, print(ARG_SIGNAL, 34), "SIGRT_2"));
	cr_expect(eq(str, print(ARG_SIGNAL, 64), "SIGRT_32"));
	cr_expect(eq(str, print(ARG_SIGNAL, 65), "65"));
	cr_expect(eq(str, print(ARG_SIGNAL, UINT64_MAX), "-1"));
}

Test(argtype, text_is_escaped_as_strace_does)
{
	cr_expect(eq(str, quoted("/etc/passwd", 11), "\"/etc/passwd\""));
	cr_expect(eq(str, quoted("", 0), "\"\""));
	cr_expect(eq(str, quoted("\377\033[1m\t\n\"\\", 9),
		     "\"\\377\\33[1m\\t\\n\\\"\\\\\""));
	cr_expect(eq(str, quoted("\v\f\r", 3), "\"\\v\\f\\r\""));
	cr_expect(eq(str, quoted("\0331", 2), "\"\\0331\""));
	cr_expect(eq(str, quoted("\0338", 2), "\"\\338\""));
	cr_expect(eq(str, quoted("\1", 1), "\"\\1\""));
	cr_expect(eq(str, quoted("\0017", 2), "\"\\0017\""));
	cr_expect(eq(str, quoted("a\0b", 3), "\"a\\0b\""));
	cr_expect(eq(str, quoted("\177", 1), "\"\\177\""));
	cr_expect(eq(str, quoted("\303\274", 2), "\"\\303\\274\""));
}

Test(argtype, kinds_are_known_by_name)
{
	cr_expect(eq(int, argtype_by_name("path"), ARG_PATH));
	cr_expect(eq(int, argtype_by_name("frob"), -1));
	for (int kind = 0; kind < ARG_COUNT; kind++) {
		enum argtype k = (enum argtype)kind;
		cr_expect(eq(int, argtype_by_name(argtype_name(k)), kind));
		struct argtype_spec spec = {.kind = (uint8_t)kind};
		cr_expect(gt(sz, strlen(argtype_c_type(&spec)), 0));
	}
}

Test(argtype, a_kind_says_what_must_be_copied)
{
	cr_expect(eq(int, (int)argtype_copy(ARG_PATH), ARGTYPE_COPY_TEXT));
	cr_expect(eq(int, (int)argtype_copy(ARG_STRING), ARGTYPE_COPY_TEXT));
	cr_expect(eq(int, (int)argtype_copy(ARG_FD), ARGTYPE_COPY_FD));
	cr_expect(eq(int, (int)argtype_copy(ARG_INT), ARGTYPE_COPY_NONE));
}

struct guess {
	const char *type;
	const char *name;
	enum argtype kind;
};

Test(argtype, guesses_what_the_kernel_lists)
{
	static const struct guess guesses[] = {
		{"int", "dfd", ARG_DIRFD},
		{"int", "fd", ARG_FD},
		{"unsigned int", "fd", ARG_FD},
		{"const char *", "filename", ARG_PATH},
		{"const char *", "pathname", ARG_PATH},
		{"const char *", "name", ARG_STRING},
		{"char *", "buf", ARG_ADDR},
		{"const char *", "buf", ARG_ADDR},
		{"struct stat *", "statbuf", ARG_ADDR},
		{"const char *const *", "argv", ARG_ADDR},
		{"umode_t", "mode", ARG_MODE},
		{"int", "flags", ARG_HEX32},
		{"unsigned", "flags", ARG_HEX32},
		{"unsigned long", "flags", ARG_HEX},
		{"int", "sig", ARG_SIGNAL},
		{"int", "how", ARG_INT},
		{"size_t", "count", ARG_ULONG},
		{"loff_t", "pos", ARG_LONG},
		{"pid_t", "pid", ARG_PID},
		{"struct frob", "x", ARG_UNKNOWN},
		{"", "", ARG_UNKNOWN},
	};
	for (size_t i = 0; i < sizeof(guesses) / sizeof(guesses[0]); i++) {
		const struct guess *g = &guesses[i];
		cr_expect(eq(int, (int)argtype_guess(g->type, g->name),
			     (int)g->kind),
			  "%s %s", g->type, g->name);
	}
}
