/* SPDX-License-Identifier: GPL-2.0-or-later */
/* catalogue_nearest(): what a misspelt name was meant to be. */
#include "config.h"

#include "abi/syscall.h"

#include <string.h>

#define NAME_LIMIT 40 /* longer words are no misspelt syscall */

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Insertions, deletions, replacements and swaps of neighbours that turn A into
 * B: the optimal string alignment distance. */
static unsigned distance(const char *a, size_t alen, const char *b, size_t blen)
{
	unsigned rows[NAME_LIMIT + 1][NAME_LIMIT + 1];
	for (size_t i = 0; i <= alen; i++)
		rows[i][0] = (unsigned)i;
	for (size_t j = 0; j <= blen; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= alen; i++) {
		for (size_t j = 1; j <= blen; j++) {
			unsigned cost = a[i - 1] == b[j - 1] ? 0 : 1;
			unsigned best = rows[i - 1][j - 1] + cost;
			best = least(best, rows[i - 1][j] + 1);
			best = least(best, rows[i][j - 1] + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				best = least(best, rows[i - 2][j - 2] + 1);
			rows[i][j] = best;
		}
	}
	return rows[alen][blen];
}

const char *catalogue_nearest(const struct catalogue *cat, const char *name)
{
	size_t len = strlen(name);
	if (len == 0 || len > NAME_LIMIT)
		return NULL;
	/* Beyond a third of its letters it is another word. */
	unsigned best_distance = (unsigned)(len + 2) / 3 + 1;
	const char *best = NULL;
	for (uint32_t i = 0; i < catalogue_count(cat); i++) {
		const struct syscall *sc = catalogue_get(cat, i);
		size_t other = strlen(sc->name);
		if (other > NAME_LIMIT || sc->presence == SYSCALL_UNKNOWN)
			continue;
		unsigned d = distance(name, len, sc->name, other);
		if (d < best_distance) {
			best_distance = d;
			best = sc->name;
		}
	}
	return best;
}
