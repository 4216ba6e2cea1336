/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Globs: characters, ?, [...], [!...], \x; * is any number of bytes.  They
 * match bytes, so that the kernel side and we agree on any name.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct err;

/*
 * State i means "i tokens matched"; the start is state 0.  On byte c the set S
 * of states becomes (S & accepts[c]) << 1 | (S & loops); the name matches if
 * the last S has a bit of final.
 */
struct glob {
	uint64_t accepts[256];
	uint64_t loops;
	uint64_t final;
};

#define GLOB_TOKENS 63 /* bits of a word, less the final state */

/* Compiles PATTERN into the automaton that the kernel side runs over a name.
 * All but * is a token.  -EINVAL, -E2BIG above GLOB_TOKENS. */
int glob_compile(struct glob *ret, const char *pattern, struct err *err);

/* -EINVAL if PATTERN has a [ that nothing closes. */
int glob_check(const char *pattern, struct err *err);

/* Whether PATTERN, which glob_check() has passed, matches the whole TEXT: of
 * any length both, in time proportional to their product at worst. */
bool glob_match(const char *pattern, const char *text);

/* Whether PATTERN has anything but characters that stand for themselves. */
bool glob_is_pattern(const char *pattern);
