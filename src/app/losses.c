/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/losses.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "feed/sink.h"

#define NAMED 5 /* syscalls that the sentence names */

struct losses_of {
	uint64_t lost;    /* all causes together */
	uint64_t dropped; /* by the budget, not yet reported */
	uint32_t nr;
	uint8_t compat;
};

void losses_init(struct losses *losses, struct catalogue *catalogue)
{
	*losses = (struct losses){
		.catalogue = catalogue,
		.rest = xcalloc(1, sizeof(*losses->rest)),
	};
	losses->rest->nr = EVENT_NR_NONE;
}

void losses_done(struct losses *losses)
{
	free(losses->of);
	free(losses->rest);
	*losses = (struct losses){0};
}

static struct losses_of *losses_at(struct losses *losses, uint32_t nr,
				   bool compat)
{
	if (nr == EVENT_NR_NONE)
		return losses->rest;
	uint32_t index = catalogue_by_nr(losses->catalogue, nr, compat);
	if (index >= losses->count) {
		uint32_t count = catalogue_count(losses->catalogue);
		losses->of =
			xrealloc(losses->of, count * sizeof(losses->of[0]));
		memset(losses->of + losses->count, 0,
		       (count - losses->count) * sizeof(losses->of[0]));
		losses->count = count;
	}
	return &losses->of[index];
}

void losses_add(struct losses *losses, const struct event_lost *ev)
{
	if (ev->cause >= EVENT_LOST_CAUSES)
		return;
	struct losses_of *of = losses_at(losses, ev->nr, ev->h.compat);
	of->lost += ev->count;
	losses->total[ev->cause] += ev->count;
}

void losses_drop(struct losses *losses, const struct event *ev)
{
	const struct event_call *call = (const void *)ev;
	uint32_t nr = ev->kind == EVENT_CALL ? call->nr : EVENT_NR_NONE;
	struct losses_of *of = losses_at(losses, nr, ev->compat);
	of->nr = nr;
	of->compat = ev->compat;
	of->dropped++;
}

static void report(struct losses_of *of, uint64_t now_ns, const struct sink *to)
{
	struct event_lost ev = {
		.h = {.size = sizeof(ev),
		      .kind = EVENT_LOST,
		      .compat = of->compat,
		      .time_ns = now_ns},
		.nr = of->nr,
		.cause = EVENT_LOST_BUDGET,
		.count = of->dropped,
	};
	if (!of->dropped)
		return;
	of->dropped = 0;
	sink_put(to, &ev.h);
}

void losses_report(struct losses *losses, uint64_t now_ns,
		   const struct sink *to)
{
	for (uint32_t i = 0; i < losses->count; i++)
		report(&losses->of[i], now_ns, to);
	report(losses->rest, now_ns, to);
}

static const char *cause_text(enum event_lost_cause cause)
{
	switch (cause) {
	case EVENT_LOST_RING:
		return "with the ring buffer full (--ring-size)";
	case EVENT_LOST_STATE:
		return "without memory for the thread's state";
	case EVENT_LOST_BUDGET:
		return "faster than they could be written (--row-memory)";
	case EVENT_LOST_SAMPLED:
		return "beyond the share of a process and call";
	case EVENT_LOST_CAUSES:
		break;
	}
	return "";
}

/* The syscall that lost most, but less than below; NULL behind the last. */
static const struct losses_of *next_most(const struct losses *losses,
					 const struct losses_of *before)
{
	const struct losses_of *most = NULL;
	for (uint32_t i = 0; i < losses->count; i++) {
		const struct losses_of *of = &losses->of[i];
		bool behind = !before || of->lost < before->lost ||
			      (of->lost == before->lost && of > before);
		if (of->lost && behind && (!most || of->lost > most->lost))
			most = of;
	}
	return most;
}

void losses_print(const struct losses *losses, struct buf *buf)
{
	uint64_t all = 0;
	for (int i = 0; i < EVENT_LOST_CAUSES; i++)
		all += losses->total[i];
	if (!all)
		return;
	buf_printf(buf, "lost %" PRIu64 " rows:", all);
	const char *comma = "";
	for (int i = 0; i < EVENT_LOST_CAUSES; i++) {
		if (!losses->total[i])
			continue;
		buf_printf(buf, "%s %" PRIu64 " %s", comma, losses->total[i],
			   cause_text((enum event_lost_cause)i));
		comma = ",";
	}
	const struct losses_of *of = NULL;
	comma = ";";
	for (int i = 0; i < NAMED && (of = next_most(losses, of)); i++) {
		uint32_t index = (uint32_t)(of - losses->of);
		buf_printf(buf, "%s %s %" PRIu64, comma,
			   catalogue_get(losses->catalogue, index)->name,
			   of->lost);
		comma = ",";
	}
	if (losses->rest->lost)
		buf_printf(buf, "%s signals, ends and others %" PRIu64, comma,
			   losses->rest->lost);
}
