/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/glob.h"

#include <errno.h>
#include <string.h>

#include "base/err.h"

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

static int refuse_open(const char *pattern, struct err *err)
{
	return err_set(err, -EINVAL,
		       "pattern '%s' has a [ without its ]; write \\[ for the "
		       "character itself",
		       pattern);
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
		if (token == GLOB_TOKENS)
			return err_set(err, -E2BIG,
				       "pattern '%s' is too long; use at most "
				       "%d characters",
				       pattern, GLOB_TOKENS);
		bool set[256];
		p = read_token(p, set);
		if (!p)
			return refuse_open(pattern, err);
		for (unsigned c = 0; c < 256; c++)
			if (set[c])
				glob.accepts[c] |= 1ull << token;
		token++;
	}
	glob.final = 1ull << token;
	*ret = glob;
	return 0;
}

int glob_check(const char *pattern, struct err *err)
{
	const unsigned char *p = (const unsigned char *)pattern;
	bool set[256];
	while (*p) {
		p = *p == '*' ? p + 1 : read_token(p, set);
		if (!p)
			return refuse_open(pattern, err);
	}
	return 0;
}

/* What follows the token at P if it takes C, else NULL. */
static const unsigned char *take(const unsigned char *p, unsigned char c)
{
	bool set[256];
	if (*p == '?')
		return p + 1;
	if (*p != '[' && *p != '\\')
		return *p == c ? p + 1 : NULL;
	const unsigned char *next = read_token(p, set);
	return next && set[c] ? next : NULL;
}

bool glob_match(const char *pattern, const char *text)
{
	const unsigned char *p = (const unsigned char *)pattern;
	const unsigned char *t = (const unsigned char *)text;
	const unsigned char *star = NULL;  /* behind the latest * */
	const unsigned char *again = NULL; /* where it would give up next */
	while (*t) {
		const unsigned char *next =
			*p && *p != '*' ? take(p, *t) : NULL;
		if (*p == '*') {
			star = ++p;
			again = t;
		} else if (next) {
			p = next;
			t++;
		} else if (star) {
			p = star;
			t = ++again;
		} else {
			return false;
		}
	}
	while (*p == '*')
		p++;
	return !*p;
}

bool glob_is_pattern(const char *pattern)
{
	return pattern[strcspn(pattern, "*?[\\")] != '\0';
}
