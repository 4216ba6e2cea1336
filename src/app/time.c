/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/time.h"

#include "app/action.h"
#include "app/desk.h"
#include "base/buf.h"
#include "base/fmt.h"
#include "model/model.h"
#include "model/past.h"
#include "ui/table.h"

#define MINUTE_NS 60000000000ull
#define SECOND_NS 1000000000ull

unsigned time_pause(struct desk *desk, int unused)
{
	(void)unused;
	desk->paused = !desk->paused;
	past_hold(desk->model, desk->paused);
	return ACTION_ROWS;
}

unsigned time_step(struct desk *desk, int step)
{
	if (past_step(desk->model, step))
		return ACTION_ROWS;
	desk_say(desk, ROLE_MESSAGE, "%s",
		 step < 0 ? "no earlier sample is remembered"
		 : desk->paused
			 ? "this is the latest until the pause; p goes on"
			 : "this is the latest");
	return ACTION_DRAW;
}

unsigned time_mark(struct desk *desk, int unused)
{
	(void)unused;
	desk->marked = !desk->marked;
	past_mark(desk->model, desk->marked);
	desk_say(desk, ROLE_MESSAGE, "%s",
		 desk->marked
			 ? "marked: counters show what comes from now on; m "
			   "again shows all"
			 : "counters show all again");
	return ACTION_ROWS;
}

unsigned time_zero(struct desk *desk, int unused)
{
	(void)unused;
	desk->hooks->zero(desk->hooks->self);
	desk->marked = false; /* nothing of before is left */
	past_hold(desk->model, desk->paused);
	desk_say(desk, ROLE_MESSAGE, "counting from zero");
	return ACTION_ROWS;
}

static void print_age(struct buf *buf, uint64_t now_ns, uint64_t then_ns)
{
	uint64_t ns = now_ns > then_ns ? now_ns - then_ns : 0;
	if (ns >= MINUTE_NS)
		fmt_duration(buf, ns);
	else
		buf_printf(buf, "%u s", (unsigned)(ns / SECOND_NS));
}

bool time_print_pause(const struct desk *desk, struct buf *buf)
{
	struct past_view view;
	past_view(desk->model, &view);
	if (!desk->paused)
		return false;
	buf_puts(buf, "paused, ");
	fmt_count(buf, view.calls_since);
	buf_puts(buf, view.calls_since == 1 ? " call since" : " calls since");
	return true;
}

bool time_print_sample(const struct desk *desk, struct buf *buf)
{
	struct past_view view;
	past_view(desk->model, &view);
	if (!view.stepped)
		return false;
	buf_puts(buf, "sample ");
	fmt_clock(buf, view.time_ns + model_wall_offset_ns(desk->model), 0);
	buf_puts(buf, ", ");
	print_age(buf, view.now_ns, view.time_ns);
	buf_puts(buf, " ago");
	return true;
}

bool time_print_mark(const struct desk *desk, struct buf *buf)
{
	struct past_view view;
	past_view(desk->model, &view);
	if (view.mark_lost)
		buf_puts(buf, "mark lost: --count-memory");
	if (view.marked) {
		buf_puts(buf, "since mark ");
		print_age(buf, view.time_ns, view.mark_ns);
	}
	return view.mark_lost || view.marked;
}

const char *time_explain_empty(const struct desk *desk, enum row_kind kind)
{
	struct past_view view;
	struct row row;
	past_view(desk->model, &view);
	if (kind == ROW_BLOCKED && view.stepped)
		return "Which calls were in progress then is not remembered; ) "
		       "goes on.";
	if (kind != ROW_CALL || (!desk->paused && !view.stepped))
		return NULL;
	if (view.stepped)
		return "No such call had come by then, or is still kept; ) "
		       "goes on.";
	return model_find_row(desk->model, kind, view.last_call, &row)
		       ? "No such call had come when the screen was held; p "
			 "lets it go on."
		       : "No call of before the pause is still kept; p lets "
			 "the screen go on.";
}
