/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/only.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/action.h"
#include "app/chosen.h"
#include "app/desk.h"
#include "base/err.h"
#include "model/field.h"
#include "model/past.h"
#include "view/tags.h"

/* The processes of the chosen rows. */
struct picked {
	struct tags ids; /* each once */
	pid_t pids[TAGS_LIMIT];
	bool unknown; /* one has no PID here */
	bool ended;   /* one has, and its PID may be another's */
};

static void pick(struct desk *desk, struct picked *ret)
{
	struct row *rows;
	struct row process;
	struct field_scratch scratch;
	const struct field *field = field_of_kind(ROW_PROCESS, "pid");
	size_t count = chosen_rows(desk, &rows);
	ret->ids.count = 0;
	ret->unknown = false;
	ret->ended = false;
	for (size_t i = 0; i < count; i++) {
		uint64_t id = model_row_process(desk->model, &rows[i]);
		if (!id ||
		    !model_find_row(desk->model, ROW_PROCESS, id, &process) ||
		    tags_has(&ret->ids, &process))
			continue;
		struct value pid =
			field_get(field, desk->model, &process, &scratch);
		ret->unknown = ret->unknown || !pid.known;
		ret->ended =
			ret->ended || past_has_ended(desk->model, &process);
		ret->pids[ret->ids.count] = (pid_t)pid.u;
		(void)tags_toggle(&ret->ids, &process); /* as many fit */
	}
	free(rows);
}

static unsigned lift(struct desk *desk)
{
	struct err err = {0};
	if (desk->hooks->limit_rows(desk->hooks->self, NULL, 0, false, &err) <
	    0) {
		desk_say(desk, ROLE_ALARM, "%s", err.text);
		return ACTION_DRAW;
	}
	desk->only = (struct desk_only){0};
	desk_say(desk, ROLE_MESSAGE, "rows of every process again");
	return ACTION_ROWS;
}

static void name_them(const struct desk *desk, const struct picked *picked,
		      struct desk_only *only)
{
	struct row process;
	if (picked->ids.count > 1)
		(void)snprintf(only->name, sizeof(only->name), "%zu processes",
			       picked->ids.count); /* fits */
	else if (model_find_row(desk->model, ROW_PROCESS, only->process,
				&process))
		action_name_row(desk, &process, only->name, sizeof(only->name));
}

/* FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv). */
static uint64_t hash_ids(const struct tags *ids)
{
	uint64_t hash = 14695981039346656037u;
	for (size_t i = 0; i < ids->count; i++)
		hash = (hash ^ ids->at[i].id) * 1099511628211u;
	return hash;
}

static bool is_same(const struct desk_only *a, const struct desk_only *b)
{
	return a->count == b->count && a->ids == b->ids &&
	       a->follow == b->follow;
}

unsigned only_toggle(struct desk *desk, int follow)
{
	struct picked picked;
	struct err err = {0};
	pick(desk, &picked);
	struct desk_only only = {
		.process = picked.ids.count ? picked.ids.at[0].id : 0,
		.count = picked.ids.count,
		.ids = hash_ids(&picked.ids),
		.follow = follow != 0,
	};
	if (desk->only.process &&
	    (only.count == 0 || is_same(&desk->only, &only)))
		return lift(desk);
	name_them(desk, &picked, &only);
	if (only.count == 0) {
		desk_say(desk, ROLE_MESSAGE, "there is no row here");
	} else if (picked.ended) {
		desk_say(desk, ROLE_ALARM, "%s ended; nothing more comes of it",
			 only.count == 1 ? "it has" : "one of them has");
	} else if (picked.unknown) {
		desk_say(desk, ROLE_ALARM,
			 "a process without a PID here cannot be picked out");
	} else if (desk->hooks->limit_rows(desk->hooks->self, picked.pids,
					   only.count, only.follow, &err) < 0) {
		desk->only = (struct desk_only){0};
		desk_say(desk, ROLE_ALARM, "%s; rows of every process",
			 err.text);
	} else {
		desk->only = only;
		desk_say(desk, ROLE_MESSAGE, "rows of %s only%s", only.name,
			 follow ? ", and descendants" : "");
	}
	return ACTION_ROWS;
}
