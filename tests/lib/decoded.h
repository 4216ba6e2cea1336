/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls as they are printed, for tests of printers: what the caller's memory
 * held stands in the words of evtext.h.
 */
#pragma once

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* The arguments of a call of x86-64, or with the word "compat" of i386; NAME as
 * in syscalls.tbl.  Valid until the next call. */
char *decoded(const char *name, const char *words);

/* The same with options: texts of that many bytes at most. */
char *decoded_limited(const char *name, const char *words,
		      unsigned string_limit);

/* The result. */
char *decoded_result(const char *name, const char *words);

/* The arguments of NAME with WORDS print as TEXT. */
#define EXPECT_ARGS(name, words, text)                                         \
	cr_expect(eq(str, decoded(name, words), text))
