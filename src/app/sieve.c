/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/sieve.h"

#include <errno.h>

#include "abi/sysset.h"
#include "app/push.h"
#include "base/err.h"
#include "model/filter.h"

int sieve_init(struct sieve *sieve, const char *text, struct catalogue *cat,
	       struct err *err)
{
	const struct model_limits limits = {0};
	struct err why = {0};
	size_t column = 0;
	sieve->is_decided = true;
	if (!text)
		return 0;
	sieve->filter = filter_parse(text, ROW_CALL, cat, &column, &why);
	if (!sieve->filter)
		return err_set(err, -EINVAL,
			       "-F, --filter takes an expression; at column "
			       "%zu: %.400s",
			       column + 1, why.text);
	struct model *model = model_new(cat, &limits);
	sieve->is_decided = push_filter(&sieve->formula, sieve->filter, model);
	model_free(model);
	return 0;
}

void sieve_done(struct sieve *sieve)
{
	filter_free(sieve->filter);
	push_done(&sieve->formula);
	sysset_free(sieve->only);
	sieve->only = NULL;
	sieve->filter = NULL;
}

int sieve_push(const struct sieve *sieve, struct live *live, struct err *err)
{
	if (!sieve->filter)
		return 0;
	return live_set_formula(live, &sieve->formula, false, err);
}

bool sieve_passes(struct sieve *sieve, const struct model *model,
		  const struct event_call *call)
{
	const struct row row = {.kind = ROW_CALL, .object = call};
	bool named = !sieve->only ||
		     sysset_has(sieve->only, model_row_syscall(model, &row));
	if (named &&
	    (sieve->is_decided ||
	     filter_matches(sieve->filter, model, &row, &sieve->scratch)))
		return true;
	sieve->dropped++;
	return false;
}

static void put(void *self, const struct event *ev)
{
	struct sieve *sieve = self;
	if (ev->kind == EVENT_CALL &&
	    !sieve_passes(sieve, sieve->model, (const void *)ev))
		return;
	if (ev->kind != EVENT_TICK) {
		sink_put(&sieve->to, ev);
		return;
	}
	struct event_tick tick = *(const struct event_tick *)(const void *)ev;
	tick.filtered += sieve->dropped;
	sink_put(&sieve->to, &tick.h);
}

struct sink sieve_sink(struct sieve *sieve, struct model *model,
		       const struct sink *to)
{
	sieve->model = model;
	sieve->to = *to;
	return (struct sink){.put = put, .self = sieve};
}
