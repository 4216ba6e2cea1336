/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/glob.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

#include "base/err.h"

/* What the kernel side does with a name, and we. */
static bool matches(const char *pattern, const char *name)
{
	struct glob glob;
	cr_assert_eq(glob_compile(&glob, pattern, NULL), 0, "%s", pattern);
	cr_assert_eq(glob_check(pattern, NULL), 0, "%s", pattern);
	uint64_t set = 1;
	for (const unsigned char *p = (const unsigned char *)name; *p; p++)
		set = (set & glob.accepts[*p]) << 1 | (set & glob.loops);
	bool accepted = (set & glob.final) != 0;
	cr_assert_eq(glob_match(pattern, name), accepted, "%s %s", pattern,
		     name);
	return accepted;
}

/* Patterns and names of few characters, so that many match. */
static void make(char *text, size_t size, const char *alphabet, uint32_t *seed)
{
	size_t len = 0;
	for (; len + 1 < size; len++) {
		*seed = *seed * 1664525 + 1013904223; /* Numerical Recipes */
		size_t at = (*seed >> 16) % (strlen(alphabet) + 1);
		if (!alphabet[at])
			break;
		text[len] = alphabet[at];
	}
	text[len] = '\0';
}

Test(glob, gives_the_same_answer_in_the_kernel_and_here)
{
	uint32_t seed = 1;
	int matched = 0;
	for (int i = 0; i < 20000; i++) {
		char pattern[9], name[9];
		make(pattern, sizeof(pattern), "aab*?*", &seed);
		make(name, sizeof(name), "aab", &seed);
		matched += matches(pattern, name);
	}
	cr_assert_gt(matched, 1000);
}

Test(glob, matches_a_plain_name_only_whole)
{
	cr_assert(matches("nginx", "nginx"));
	cr_assert_not(matches("nginx", "nginx2"));
	cr_assert_not(matches("nginx", "ngin"));
	cr_assert_not(matches("nginx", ""));
}

Test(glob, lets_a_star_stand_for_any_run)
{
	cr_assert(matches("*", ""));
	cr_assert(matches("*", "anything"));
	cr_assert(matches("k*r", "kworker"));
	cr_assert(matches("a*b*c", "aXbYbZc"));
	cr_assert(matches("**a", "bba"));
	cr_assert_not(matches("a*b", "abc"));
}

Test(glob, lets_a_question_mark_stand_for_one_character)
{
	cr_assert(matches("s?h", "ssh"));
	cr_assert_not(matches("s?h", "sh"));
}

Test(glob, knows_classes_ranges_and_negation)
{
	cr_assert(matches("py[a-t]*", "python3"));
	cr_assert(matches("[]x]", "]"));
	cr_assert(matches("[!0-9]", "a"));
	cr_assert_not(matches("[!0-9]", "7"));
	cr_assert(matches("[a-]", "-"));
}

Test(glob, takes_an_escaped_character_as_itself)
{
	cr_assert(matches("a\\*", "a*"));
	cr_assert_not(matches("a\\*", "ab"));
	cr_assert(matches("\\?", "?"));
	cr_assert_not(matches("\\?", "x"));
}

Test(glob, refuses_a_class_that_is_not_closed)
{
	struct glob glob;
	struct err err = {0};
	cr_assert_eq(glob_compile(&glob, "a[bc", &err), -EINVAL);
	cr_assert(strstr(err.text, "a[bc"));
}

Test(glob, takes_63_tokens_and_refuses_64)
{
	char pattern[65];
	struct glob glob;
	memset(pattern, 'a', 64);
	pattern[64] = '\0';
	cr_assert_eq(glob_compile(&glob, pattern, NULL), -E2BIG);
	pattern[63] = '\0';
	cr_assert(matches(pattern, pattern));
}
