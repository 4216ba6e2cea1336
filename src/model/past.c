/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/past.h"

#include <stddef.h>

#include "model/shown.h"

/* One that was opened between two ticks is of use only while pinned. */
static void unpin(struct pictures *pictures, struct picture *picture)
{
	if (picture && !picture->regular && picture != pictures->held &&
	    picture != pictures->shown && picture != pictures->mark)
		pictures_drop(pictures, picture);
}

void past_hold(struct model *model, bool on)
{
	struct pictures *pictures = &model->pictures;
	struct picture *held = pictures->held;
	if (on == (held != NULL))
		return;
	pictures->held = on ? shown_open(model, false) : NULL;
	blocked_hold(&model->blocked, on);
	unpin(pictures, held);
}

bool past_step(struct model *model, int step)
{
	struct pictures *pictures = &model->pictures;
	struct picture *shown = pictures->shown;
	struct picture *end =
		pictures->held ? pictures->held : pictures_newest(pictures);
	struct picture *to = NULL;
	if (!end || (!shown && step > 0))
		return false;
	if (!shown)
		to = pictures_regular_from(pictures, end);
	else if (step < 0)
		to = pictures_regular_before(pictures, shown);
	else /* back from the end to the one behind SHOWN */
		for (struct picture *at = pictures_regular_from(pictures, end);
		     at && at != shown;
		     at = pictures_regular_before(pictures, at))
			to = at;
	/* of the oldest it is not known what its interval was */
	if (step < 0 &&
	    (!to || !to->time_ns || !pictures_regular_before(pictures, to)))
		return false;
	pictures->shown = to;
	return true;
}

void past_mark(struct model *model, bool on)
{
	struct pictures *pictures = &model->pictures;
	struct picture *mark = pictures->mark;
	pictures->mark_lost = false;
	pictures->mark = NULL;
	unpin(pictures, mark);
	if (!on)
		return;
	struct picture *shown =
		pictures->shown ? pictures->shown : pictures->held;
	pictures->mark = shown ? shown : shown_open(model, false);
}

/* How many samples from the end SHOWN is, the latest 1. */
static unsigned count_back(const struct pictures *pictures)
{
	unsigned back = 1;
	struct picture *at =
		pictures->held ? pictures->held : pictures_newest(pictures);
	for (at = pictures_regular_from(pictures, at);
	     at && at != pictures->shown;
	     at = pictures_regular_before(pictures, at))
		back++;
	return back;
}

void past_view(const struct model *model, struct past_view *ret)
{
	const struct pictures *pictures = &model->pictures;
	const struct picture *picture = shown_picture(model);
	*ret = (struct past_view){
		.held = pictures->held,
		.stepped = pictures->shown,
		.marked = shown_since_mark(model),
		.mark_lost = pictures->mark_lost,
		.now_ns = model->last.h.time_ns,
		.time_ns = shown_clock_ns(model),
	};
	if (pictures->mark)
		ret->mark_ns = pictures->mark->time_ns;
	if (pictures->held)
		ret->calls_since =
			model->stats.total.calls - pictures->held->calls;
	if (picture && picture == pictures->held)
		ret->last_call =
			picture->last_call ? picture->last_call : PAST_NO_CALL;
	if (!pictures->shown)
		return;
	ret->back = count_back(pictures);
	const struct picture *earlier =
		pictures_regular_before(pictures, pictures->shown);
	ret->after_ns = earlier ? earlier->time_ns : 0;
}

uint64_t past_rows_since_ns(const struct model *model)
{
	const struct event_call *oldest =
		ring_get(model->ring, ring_oldest(model->ring));
	return oldest && ring_shed(model->ring) ? oldest->h.time_ns : 0;
}

bool past_has_ended(const struct model *model, const struct row *row)
{
	const struct task_process *process = model_process_of(model, row);
	return process && shown_has_ended(model, process);
}

uint64_t past_bucket_calls(const struct model *model, const struct row *row)
{
	struct shown_heat heat;
	struct past_view view;
	past_view(model, &view);
	shown_heat(model, row, &heat);
	return view.stepped && view.back <= heat.count
		       ? heat.calls[view.back - 1][model_bucket_slot(row)]
		       : 0;
}
