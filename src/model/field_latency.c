/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Getters of how long calls took, as strips of characters. */
#include "config.h"

#include "model/getter.h"
#include "model/heat.h"
#include "model/state.h"

/* The first character of a histogram is of all that took less than 512 ns. */
#define HIST_FIRST (EVENT_HIST_SLOTS - FIELD_HIST_WIDTH)

#define BAR_WIDTH 10

static const struct stat_syscall *stat_of(const struct row *row)
{
	return row->object;
}

static uint64_t calls_of(const struct row *row)
{
	return stat_of(row)->hist[model_bucket_slot(row)];
}

static uint64_t all_of(const struct row *row)
{
	uint64_t all = 0;
	for (unsigned i = 0; i < EVENT_HIST_SLOTS; i++)
		all += stat_of(row)->hist[i];
	return all;
}

static struct value strip(const struct field_scratch *scratch,
			  enum field_glyphs glyphs)
{
	struct value value = clean_text(scratch->text);
	value.glyphs = glyphs;
	return value;
}

FIELD_GETTER(field_latency_from)
{
	return number(stat_slot_from(model_bucket_slot(row)));
}

FIELD_GETTER(field_latency_to)
{
	uint64_t to_ns = stat_slot_to(model_bucket_slot(row));
	return to_ns == UINT64_MAX ? unknown : number(to_ns);
}

FIELD_GETTER(field_latency_share)
{
	uint64_t all = all_of(row);
	return all ? fraction(100.0 * (double)calls_of(row) / (double)all)
		   : unknown;
}

/* Any call makes a character. */
FIELD_GETTER(field_latency_bar)
{
	struct buf buf = scratch_buf(scratch);
	uint64_t all = all_of(row);
	double share =
		all ? (double)calls_of(row) / (double)all * BAR_WIDTH : 0;
	for (unsigned i = 0; i < BAR_WIDTH; i++)
		buf_putc(&buf,
			 (i == 0 ? share > 0 : share >= i + 0.5) ? '#' : ' ');
	return strip(scratch, FIELD_BAR);
}

/* Shade of CALLS where the darkest cell has MOST. */
static char shade(uint32_t calls, uint32_t most)
{
	static const char shades[] = " .:*#";
	unsigned level = 4;
	if (calls == 0)
		return shades[0];
	for (uint64_t least = most; level > 1 && calls <= least / 4; level--)
		least /= 4;
	return shades[level];
}

FIELD_GETTER(field_latency_heat)
{
	struct buf buf = scratch_buf(scratch);
	const struct heat *heat = stat_of(row)->heat;
	uint64_t now = model->tick;
	uint32_t most = heat_most(heat, now);
	for (unsigned back = HEAT_INTERVALS; back > 0; back--) {
		uint64_t tick = now > back ? now - back : 0;
		uint32_t calls = heat_calls(heat, tick, model_bucket_slot(row));
		buf_putc(&buf, shade(calls, most));
	}
	return strip(scratch, FIELD_SHADES);
}

/* The highest character is of the duration that most calls took. */
static char height(uint64_t calls, uint64_t most)
{
	static const char heights[] = " .:-=+*%@";
	if (calls == 0)
		return heights[0];
	return heights[1 + (unsigned)((double)calls / (double)most * 7)];
}

FIELD_GETTER(field_latency_hist)
{
	struct buf buf = scratch_buf(scratch);
	const struct stat_class *class = row->object;
	const uint64_t *hist =
		row->kind == ROW_CLASS ? class->hist : stat_of(row)->hist;
	uint64_t calls[FIELD_HIST_WIDTH] = {0};
	uint64_t most = 0;
	for (unsigned slot = 0; slot < EVENT_HIST_SLOTS; slot++) {
		unsigned i = slot > HIST_FIRST ? slot - HIST_FIRST : 0;
		calls[i] += hist[slot];
		most = calls[i] > most ? calls[i] : most;
	}
	if (most == 0)
		return unknown;
	for (unsigned i = 0; i < FIELD_HIST_WIDTH; i++)
		buf_putc(&buf, height(calls[i], most));
	return strip(scratch, FIELD_HEIGHTS);
}
