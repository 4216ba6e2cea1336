/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of several hosts a row is of, and what has its name there. */
#include "config.h"

#include "model/getter.h"
#include "model/state.h"

unsigned field_host_of(const struct model *model, const struct row *row)
{
	const struct event_call *call = row->object;
	const struct fileuse *file = row->object;
	if (is_call(row))
		return EVENT_HOST(&call->h);
	if (row->kind == ROW_FILE)
		return file->host;
	return model_process_of(model, row)->key.host;
}

FIELD_GETTER(field_host)
{
	const char *name = model_host_name(model, field_host_of(model, row));
	return name ? hostile_text(name) : unknown;
}
