/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/nearest.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#define NEAREST_LENGTH 40 /* no name is longer; bounds the work */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool is_same(const char *a, const char *b)
{
	return tolower((unsigned char)*a) == tolower((unsigned char)*b);
}

/*
 * Insertions, deletions, replacements and swaps of neighbours that lead from A
 * to B: the optimal string alignment distance.
 */
static size_t edits(const char *a, const char *b)
{
	size_t rows = least(strlen(a), NEAREST_LENGTH);
	size_t cols = least(strlen(b), NEAREST_LENGTH);
	size_t cost[NEAREST_LENGTH + 1][NEAREST_LENGTH + 1];
	for (size_t i = 0; i <= rows; i++)
		cost[i][0] = i;
	for (size_t j = 0; j <= cols; j++)
		cost[0][j] = j;
	for (size_t i = 1; i <= rows; i++) {
		for (size_t j = 1; j <= cols; j++) {
			bool same = is_same(&a[i - 1], &b[j - 1]);
			size_t best = cost[i - 1][j - 1] + (same ? 0 : 1);
			best = least(best, cost[i - 1][j] + 1);
			best = least(best, cost[i][j - 1] + 1);
			if (i > 1 && j > 1 && is_same(&a[i - 1], &b[j - 2]) &&
			    is_same(&a[i - 2], &b[j - 1]))
				best = least(best, cost[i - 2][j - 2] + 1);
			cost[i][j] = best;
		}
	}
	return cost[rows][cols];
}

const char *nearest(const char *text, size_t count,
		    const char *(*name_at)(const void *context, size_t i),
		    const void *context)
{
	const char *best = NULL;
	size_t best_edits = strlen(text) / 3 + 2; /* farther is no help */
	for (size_t i = 0; i < count; i++) {
		const char *name = name_at(context, i);
		if (!name)
			continue;
		size_t n = edits(text, name);
		if (n < best_edits) {
			best = name;
			best_edits = n;
		}
	}
	return best;
}
