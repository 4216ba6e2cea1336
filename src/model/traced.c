/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/traced.h"

#include "abi/named.h"
#include "abi/syscall.h"
#include "model/state.h"

static void set(struct model *model, uint32_t index, uint32_t value)
{
	model_set_traced(model, index, value & EVENT_TRACED_ROWS);
	model_set_stacks(model, index, value & EVENT_TRACED_STACKS);
}

static void put_traced(struct model *model, const struct event_named *ev)
{
	uint32_t count = catalogue_count(model->cat);
	uint32_t index = named_call(ev, model->cat);
	if (index != SYSCALL_NONE)
		set(model, index, ev->value);
	for (uint32_t i = 0; i < count && ev->size == 0; i++)
		set(model, i, ev->value);
}

/* Of a call that has a number the tables know better. */
static void put_number(struct model *model, const struct event_named *ev)
{
	uint32_t index = named_call(ev, model->cat);
	if (index != SYSCALL_NONE &&
	    catalogue_get(model->cat, index)->presence == SYSCALL_UNNUMBERED)
		catalogue_learn(model->cat, index, ev->value);
}

void traced_put(struct model *model, const struct event_named *ev)
{
	if (ev->h.kind == EVENT_TRACED)
		put_traced(model, ev);
	else
		put_number(model, ev);
}

uint32_t traced_value(const struct model *model, uint32_t index)
{
	return (model_is_traced(model, index) ? EVENT_TRACED_ROWS : 0) |
	       (model_has_stacks(model, index) ? EVENT_TRACED_STACKS : 0);
}
