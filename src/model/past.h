/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which time a model shows.  Usually it is now; it can be held while events go
 * on to be counted, be one of the latest samples (times between two intervals),
 * and have its counters tell what came since a mark.  Rows, fields and summary
 * follow; nothing that is counted is touched.
 */
#pragma once

#include "model/model.h"

#include <stdbool.h>
#include <stdint.h>

#define PAST_SAMPLES 60 /* at most: fewer where they need too much memory */

/* Holds what is shown as it is now, or shows what goes on again. */
void past_hold(struct model *model, bool on);

/* A sample back (-1), or on (1), behind the latest to now.  False: no more is
 * remembered, or it was now already. */
bool past_step(struct model *model, int step);

/* Marks what is shown, or takes the mark away. */
void past_mark(struct model *model, bool on);

#define PAST_NO_CALL UINT64_MAX /* none had come */

struct past_view {
	bool held, stepped, marked;
	bool mark_lost;    /* it needed more memory than samples may */
	uint64_t now_ns;   /* monotonic: of the latest tick */
	uint64_t time_ns;  /* of what is shown */
	uint64_t after_ns; /* stepped: the sample is of what ended behind it */
	uint64_t mark_ns;
	uint64_t calls_since; /* held: that were counted since */
	uint64_t last_call;   /* held, not stepped: row id of the last call;
				 0: any; PAST_NO_CALL */
	unsigned back;        /* stepped: the latest sample is 1 */
};
void past_view(const struct model *model, struct past_view *ret);

/* When the oldest call that is kept ended; 0: none has gone for want of room.
 */
uint64_t past_rows_since_ns(const struct model *model);

/* Whether the process of a row had ended by then. */
bool past_has_ended(const struct model *model, const struct row *row);

/* How many calls of a ROW_BUCKET the sample that is stepped to adds. */
uint64_t past_bucket_calls(const struct model *model, const struct row *row);
