/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/chosen.h"

#include "app/action.h"
#include "app/desk.h"
#include "base/xalloc.h"
#include "view/tags.h"
#include "view/views.h"

static enum row_kind kind_of(const struct desk *desk)
{
	return desk_place((struct desk *)desk)->view->kind;
}

bool chosen_are_tagged(const struct desk *desk)
{
	return tags_count(&desk->tags, kind_of(desk)) > 0;
}

/* Those that a filter hides, or that are too far away to be listed. */
static size_t add_unlisted(const struct desk *desk, struct row *rows,
			   size_t count)
{
	struct tags listed = {.count = 0};
	struct row row;
	for (size_t i = 0; i < count; i++)
		(void)tags_toggle(&listed, &rows[i]); /* as many fit */
	for (size_t i = 0; i < desk->tags.count; i++) {
		const struct tag *tag = &desk->tags.at[i];
		if (tag->kind == kind_of(desk) &&
		    model_find_row(desk->model, tag->kind, tag->id, &row) &&
		    !tags_has(&listed, &row))
			rows[count++] = row;
	}
	return count;
}

size_t chosen_rows(struct desk *desk, struct row **ret)
{
	const struct row *row = desk_row(desk); /* lists them anew if need be */
	struct row *rows = xcalloc(TAGS_LIMIT, sizeof(*rows));
	size_t count = 0;
	*ret = rows;
	if (!chosen_are_tagged(desk)) {
		if (row)
			rows[count++] = *row;
		return count;
	}
	for (size_t i = 0; i < desk->count; i++)
		if (tags_has(&desk->tags, &desk->rows[i]))
			rows[count++] = desk->rows[i];
	return add_unlisted(desk, rows, count);
}

unsigned chosen_tag(struct desk *desk, int unused)
{
	(void)unused;
	const struct row *row = desk_row(desk);
	if (!row || row->kind != kind_of(desk)) {
		desk_say(desk, ROLE_MESSAGE, "there is no row here");
		return ACTION_DRAW;
	}
	if (!tags_toggle(&desk->tags, row)) {
		desk_say(desk, ROLE_ALARM, "no more than %d rows can be tagged",
			 TAGS_LIMIT);
		return ACTION_DRAW;
	}
	return action_move(desk, 1);
}

unsigned chosen_untag(struct desk *desk, int unused)
{
	(void)unused;
	desk_say(desk, ROLE_MESSAGE,
		 desk->tags.count == 1 ? "untagged %zu row"
				       : "untagged %zu rows",
		 desk->tags.count);
	desk->tags.count = 0;
	return ACTION_DRAW;
}
