/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/exchange.h"

#include "app/desk.h"
#include "model/identity.h"
#include "model/past.h"
#include "view/views.h"

/* ID becomes that of the same row in TO; WHO remembers which it is where there
 * is none. */
static void follow(const struct model *from, const struct model *to,
		   enum row_kind kind, uint64_t *id, struct identity *who)
{
	if (*id == 0)
		return;
	if (*id != DESK_GONE && !identity_of(from, kind, *id, who))
		*who = (struct identity){0};
	if (!who->kind || !identity_find(to, who, id))
		*id = DESK_GONE;
}

static void follow_cursor(const struct model *from, const struct model *to,
			  struct desk_place *place)
{
	struct table *table = &place->table;
	struct identity row;
	bool latest = place->view->kind == ROW_CALL && !place->sort;
	if (!table->placed)
		return;
	if (identity_of(from, table->kind, table->id, &row) &&
	    identity_find(to, &row, &table->id))
		return;
	table->placed = false;
	table->follow = table->follow || latest;
}

static void follow_place(struct desk *desk, struct desk_place *place,
			 const struct model *to)
{
	const struct model *from = desk->model;
	follow(from, to, ROW_PROCESS, &place->process, &place->who);
	follow(from, to, ROW_FILE, &place->within.file, &place->about);
	follow_cursor(from, to, place);
}

static void follow_tags(struct desk *desk, const struct model *to)
{
	const struct tags before = desk->tags;
	desk->tags.count = 0;
	for (size_t i = 0; i < before.count; i++) {
		const struct tag *tag = &before.at[i];
		struct identity identity;
		struct row row = {.kind = tag->kind};
		if (identity_of(desk->model, tag->kind, tag->id, &identity) &&
		    identity_find(to, &identity, &row.id))
			(void)tags_toggle(&desk->tags, &row); /* as many fit */
	}
}

void exchange_model(struct desk *desk, struct model *to)
{
	for (size_t i = 0; i < views_count(); i++)
		follow_place(desk, &desk->roots[i], to);
	for (size_t i = 0; i < desk->depth; i++)
		follow_place(desk, &desk->drilled[i], to);
	follow_tags(desk, to);
	desk->model = to;
	desk->marked = false; /* it was in the other's counters */
	past_hold(to, desk->paused);
	/* These were the other's. */
	desk->count = desk->order_count = desk->result.count = 0;
	desk->tail.place = NULL;
	desk->target = (struct desk_target){0};
	desk->stale = true;
}

void exchange_look_again(struct desk *desk, struct desk_place *place)
{
	const struct model *model = desk->model;
	if (place->process == DESK_GONE)
		follow(model, model, ROW_PROCESS, &place->process, &place->who);
	if (place->within.file == DESK_GONE)
		follow(model, model, ROW_FILE, &place->within.file,
		       &place->about);
}
