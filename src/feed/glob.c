/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/glob.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "bpf/control.h"

/* One [...] at P, just behind the bracket; the end of it, or NULL if it has
 * none. */
static const unsigned char *read_class(const unsigned char *p, bool set[256])
{
	bool negated = *p == '!' || *p == '^';
	if (negated)
		p++;
	memset(set, negated, 256 * sizeof(*set));
	for (const unsigned char *first = p; *p && (*p != ']' || p == first);
	     p++) {
		unsigned from = *p, to = *p;
		if (p[1] == '-' && p[2] && p[2] != ']') {
			to = p[2];
			p += 2;
		}
		for (unsigned c = from; c <= to; c++)
			set[c] = !negated;
	}
	return *p == ']' ? p + 1 : NULL;
}

/* One token at P; what follows it, or NULL if it is not closed. */
static const unsigned char *read_token(const unsigned char *p, bool set[256])
{
	if (*p == '[')
		return read_class(p + 1, set);
	memset(set, *p == '?', 256 * sizeof(*set));
	if (*p == '\\' && p[1])
		p++;
	else if (*p == '?')
		return p + 1;
	set[*p] = true;
	return p + 1;
}

int glob_compile(struct glob *ret, const char *pattern, struct err *err)
{
	struct glob glob = {0};
	const unsigned char *p = (const unsigned char *)pattern;
	unsigned token = 0;
	while (*p) {
		if (*p == '*') {
			glob.loops |= 1ull << token;
			p++;
			continue;
		}
		if (token == CONTROL_GLOB_TOKENS)
			return err_set(err, -E2BIG,
				       "pattern '%s' is too long; use at most "
				       "%d characters",
				       pattern, CONTROL_GLOB_TOKENS);
		bool set[256];
		p = read_token(p, set);
		if (!p)
			return err_set(err, -EINVAL,
				       "pattern '%s' has a [ without its ]; "
				       "write \\[ for "
				       "the character itself",
				       pattern);
		for (unsigned c = 0; c < 256; c++)
			if (set[c])
				glob.accepts[c] |= 1ull << token;
		token++;
	}
	glob.final = 1ull << token;
	*ret = glob;
	return 0;
}
