/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/tags.h"

#include <string.h>

static bool is_before(const struct tag *tag, const struct row *row)
{
	return tag->kind < row->kind ||
	       (tag->kind == row->kind && tag->id < row->id);
}

/* Index of the first that is not before. */
static size_t place_of(const struct tags *tags, const struct row *row)
{
	size_t low = 0;
	size_t high = tags->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (is_before(&tags->at[middle], row))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_at(const struct tags *tags, size_t i, const struct row *row)
{
	return i < tags->count && tags->at[i].kind == row->kind &&
	       tags->at[i].id == row->id;
}

bool tags_has(const struct tags *tags, const struct row *row)
{
	return is_at(tags, place_of(tags, row), row);
}

size_t tags_count(const struct tags *tags, enum row_kind kind)
{
	size_t count = 0;
	for (size_t i = 0; i < tags->count; i++)
		count += tags->at[i].kind == kind;
	return count;
}

bool tags_toggle(struct tags *tags, const struct row *row)
{
	size_t i = place_of(tags, row);
	struct tag *at = &tags->at[i];
	if (is_at(tags, i, row)) {
		tags->count--;
		memmove(at, at + 1, (tags->count - i) * sizeof(*at));
		return true;
	}
	if (tags->count == TAGS_LIMIT)
		return false;
	memmove(at + 1, at, (tags->count - i) * sizeof(*at));
	*at = (struct tag){.kind = row->kind, .id = row->id};
	tags->count++;
	return true;
}

void tags_prune(struct tags *tags, const struct model *model,
		enum row_kind kind)
{
	struct row row;
	size_t kept = 0;
	for (size_t i = 0; i < tags->count; i++) {
		const struct tag *tag = &tags->at[i];
		if (tag->kind != kind ||
		    model_find_row(model, kind, tag->id, &row))
			tags->at[kept++] = *tag;
	}
	tags->count = kept;
}
