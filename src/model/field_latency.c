/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Getters of how long calls took, as strips of characters. */
#include "config.h"

#include "model/getter.h"
#include "model/shown.h"
#include "model/state.h"

/* The first character of a histogram is of all that took less than 512 ns. */
#define HIST_FIRST (EVENT_HIST_SLOTS - FIELD_HIST_WIDTH)

#define BAR_WIDTH 10

uint64_t field_latency_calls(const struct model *model, const struct row *row)
{
	uint64_t hist[EVENT_HIST_SLOTS];
	shown_hist(model, row, hist);
	return hist[model_bucket_slot(row)];
}

static uint64_t all_of(const struct model *model, const struct row *row)
{
	uint64_t hist[EVENT_HIST_SLOTS];
	uint64_t all = 0;
	shown_hist(model, row, hist);
	for (unsigned i = 0; i < EVENT_HIST_SLOTS; i++)
		all += hist[i];
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
	uint64_t all = all_of(model, row);
	return all ? fraction(100.0 * (double)field_latency_calls(model, row) /
			      (double)all)
		   : unknown;
}

/* Any call makes a character. */
FIELD_GETTER(field_latency_bar)
{
	struct buf buf = scratch_buf(scratch);
	uint64_t all = all_of(model, row);
	double share = all ? (double)field_latency_calls(model, row) /
				       (double)all * BAR_WIDTH
			   : 0;
	for (unsigned i = 0; i < BAR_WIDTH; i++)
		buf_putc(&buf,
			 (i == 0 ? share > 0 : share >= i + 0.5) ? '#' : ' ');
	return strip(scratch, FIELD_BAR);
}

/* Shade of CALLS where the darkest cell has MOST. */
static char shade(uint64_t calls, uint64_t most)
{
	static const char shades[] = " .:*#";
	unsigned level = 4;
	if (calls == 0)
		return shades[0];
	for (uint64_t least = most; level > 1 && calls <= least / 4; level--)
		least /= 4;
	return shades[level];
}

static uint64_t most_of(const struct shown_heat *heat)
{
	uint64_t most = 0;
	for (unsigned i = 0; i < heat->count; i++)
		for (unsigned slot = 0; slot < EVENT_HIST_SLOTS; slot++)
			if (heat->calls[i][slot] > most)
				most = heat->calls[i][slot];
	return most;
}

FIELD_GETTER(field_latency_heat)
{
	struct buf buf = scratch_buf(scratch);
	struct shown_heat heat;
	unsigned slot = model_bucket_slot(row);
	shown_heat(model, row, &heat);
	uint64_t most = most_of(&heat);
	for (unsigned back = PAST_SAMPLES; back > 0; back--)
		buf_putc(&buf,
			 back > heat.count
				 ? ' '
				 : shade(heat.calls[back - 1][slot], most));
	return strip(scratch, FIELD_SHADES);
}

char field_latency_height(double amount, double most)
{
	static const char heights[] = " .:-=+*%@";
	if (amount <= 0)
		return heights[0];
	return heights[1 + (unsigned)(amount / most * 7)];
}

/* The highest character is of the duration that most calls took. */
FIELD_GETTER(field_latency_hist)
{
	struct buf buf = scratch_buf(scratch);
	uint64_t hist[EVENT_HIST_SLOTS];
	uint64_t calls[FIELD_HIST_WIDTH] = {0};
	uint64_t most = 0;
	shown_hist(model, row, hist);
	for (unsigned slot = 0; slot < EVENT_HIST_SLOTS; slot++) {
		unsigned i = slot > HIST_FIRST ? slot - HIST_FIRST : 0;
		calls[i] += hist[slot];
		most = calls[i] > most ? calls[i] : most;
	}
	if (most == 0)
		return unknown;
	for (unsigned i = 0; i < FIELD_HIST_WIDTH; i++)
		buf_putc(&buf,
			 field_latency_height((double)calls[i], (double)most));
	return strip(scratch, FIELD_HEIGHTS);
}
