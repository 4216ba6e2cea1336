/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/spark.h"

#include <stdlib.h>

#include "model/field.h"
#include "model/shown.h"

#define MINUTE_NS UINT64_C(60000000000)

/* RATES begin with the latest. */
static void draw(const double rates[SPARK_WIDTH], char heights[SPARK_WIDTH + 1])
{
	double most = 0;
	for (unsigned i = 0; i < SPARK_WIDTH; i++)
		most = rates[i] > most ? rates[i] : most;
	for (unsigned i = 0; i < SPARK_WIDTH; i++)
		heights[SPARK_WIDTH - 1 - i] =
			field_latency_height(rates[i], most);
	heights[SPARK_WIDTH] = '\0';
}

/* The latest regular picture of what is shown; NULL. */
static struct picture *latest(const struct pictures *pictures)
{
	struct picture *shown =
		pictures->shown ? pictures->shown : pictures->held;
	return pictures_regular_from(pictures,
				     shown ? shown : pictures_newest(pictures));
}

/* Intervals that were dropped while the view was held stay blank. */
static void look_back(const struct pictures *pictures,
		      const struct stat_class *class, struct spark *spark)
{
	const struct row row = {ROW_CLASS, class, class->class};
	const struct picture *end = latest(pictures);
	double rates[SPARK_WIDTH] = {0};
	*spark = (struct spark){.class = class->class};
	/* How long the first interval was is not known. */
	for (const struct picture *at = end;
	     at && at->interval_ns && end->time_ns - at->time_ns < MINUTE_NS;
	     at = pictures_regular_before(pictures, at)) {
		const struct picture_state state = shown_state_at(at, &row);
		uint64_t calls = stat_sum_closed(&state.sum, at->tick).calls;
		uint64_t back = end->tick - at->tick;
		spark->calls += calls;
		if (back < SPARK_WIDTH)
			rates[back] =
				(double)calls * 1e9 / (double)at->interval_ns;
	}
	spark->per_s = rates[0];
	draw(rates, spark->heights);
}

static int by_calls(const void *a, const void *b)
{
	const struct spark *x = a;
	const struct spark *y = b;
	if (x->calls != y->calls)
		return x->calls > y->calls ? -1 : 1;
	return (int)x->class - (int)y->class;
}

size_t spark_list(const struct model *model, struct spark sparks[CLASS_COUNT])
{
	size_t count = 0;
	for (int i = 0; i < CLASS_COUNT; i++) {
		look_back(&model->pictures, &model->stats.classes[i],
			  &sparks[count]);
		count += sparks[count].calls > 0;
	}
	qsort(sparks, count, sizeof(*sparks), by_calls);
	return count;
}
