/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/errno.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

Test(errno, codes_have_names_and_texts)
{
	cr_expect(eq(str, (char *)errno_name(2), "ENOENT"));
	cr_expect(eq(str, (char *)errno_text(2), "No such file or directory"));
	cr_expect(eq(str, (char *)errno_name(11), "EAGAIN"));
	cr_expect(eq(str, (char *)errno_name(133), "EHWPOISON"));
	cr_expect(eq(str, (char *)errno_name(512), "ERESTARTSYS"));
	cr_expect(eq(str, (char *)errno_name(524), "ENOTSUPP"));
}

Test(errno, other_numbers_have_none)
{
	static const int codes[] = {0, -2, 41, 58, 134, 511, 532, 4095, 5000};
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		cr_expect(eq(ptr, (void *)errno_name(codes[i]), NULL));
		cr_expect(eq(str, (char *)errno_text(codes[i]), ""));
	}
}

Test(errno, names_have_codes)
{
	cr_expect(eq(int, errno_by_name("ENOENT"), 2));
	cr_expect(eq(int, errno_by_name("EWOULDBLOCK"), 11));
	cr_expect(eq(int, errno_by_name("ENOTSUP"), 95));
	cr_expect(eq(int, errno_by_name("enoent"), -1));
	cr_expect(eq(int, errno_by_name("E"), -1));
	cr_expect(eq(int, errno_by_name(""), -1));
}

Test(errno, texts_are_those_of_the_c_library)
{
	for (int code = 1; code < 134; code++) {
		if (errno_name(code))
			cr_expect(eq(str, (char *)errno_text(code),
				     strerror(code)));
	}
}

Test(errno, some_errors_of_some_calls_are_a_matter_of_course)
{
	static const struct {
		const char *call;
		int code;
		bool usual;
	} cases[] = {
		{"openat", 2, true},     {"openat", 13, false},
		{"newfstatat", 2, true}, {"read", 11, true},
		{"accept4", 11, true},   {"openat", 11, false},
		{"futex", 110, true},    {"connect", 110, false},
		{"connect", 115, true},  {"close", 4, true},
		{"wait4", 10, true},     {"kill", 1, false},
		{"openat", 9999, false}, {"openat", 0, false},
		{"open", -2, false},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bool usual = errno_is_usual(cases[i].code, cases[i].call);
		cr_expect(eq(int, usual, cases[i].usual), "%s %d",
			  cases[i].call, cases[i].code);
	}
	cr_expect(eq(str, (char *)errno_usual_calls(115), "connect"));
	cr_expect(eq(str, (char *)errno_usual_calls(1), ""));
	cr_expect(eq(str, (char *)errno_usual_calls(41), ""));
}

Test(errno, some_codes_mean_that_the_call_is_made_again)
{
	cr_expect(errno_is_restart(-512));
	cr_expect(errno_is_restart(-514));
	cr_expect(errno_is_restart(-516));
	cr_expect(not(errno_is_restart(-515)));
	cr_expect(not(errno_is_restart(-517)));
	cr_expect(not(errno_is_restart(-4)));
	cr_expect(not(errno_is_restart(512)));
	cr_expect(not(errno_is_restart(0)));
}
