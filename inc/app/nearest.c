/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/nearest.h"

#include <ctype.h>
#include <string.h>

#define NEAREST_LENGTH 40 /* no name is longer; bounds the work */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Insertions, deletions and replacements that lead from A to B. */
static size_t edits(const char *a, const char *b)
{
	size_t rows = least(strlen(a), NEAREST_LENGTH);
	size_t cols = least(strlen(b), NEAREST_LENGTH);
	size_t cost[NEAREST_LENGTH + 1];
	for (size_t j = 0; j <= cols; j++)
		cost[j] = j;
	for (size_t i = 1; i <= rows; i++) {
		size_t diagonal = cost[0];
		cost[0] = i;
		for (size_t j = 1; j <= cols; j++) {
			int same = tolower((unsigned char)a[i - 1]) ==
				   tolower((unsigned char)b[j - 1]);
			size_t replaced = diagonal + (same ? 0 : 1);
			diagonal = cost[j];
			cost[j] = least(replaced,
					least(cost[j], cost[j - 1]) + 1);
		}
	}
	return cost[cols];
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
