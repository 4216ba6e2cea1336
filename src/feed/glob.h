/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Compiles a glob into the automaton that the kernel side runs over a name. */
#pragma once

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

/* Tokens are characters, ?, [...], [!...], \x; * lies between.  -EINVAL, -E2BIG
 * above 63 tokens. */
int glob_compile(struct glob *ret, const char *pattern, struct err *err);
