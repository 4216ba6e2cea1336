/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/scrub.h"

#include "base/buf.h"
#include "ui/draw.h"
#include "ui/term.h"

#define STATE_WIDTH 7 /* "playing" */
#define SPEED_WIDTH 5 /* "x1/8", "fast" */
#define LEAST_BAR   8
#define BAR_LIMIT   1024 /* columns */

struct bar {
	int x, cols; /* cols 0: there is no room */
	bool ends;   /* first and last stand beside it */
};

static struct bar bar_of(const struct term *term, const struct scrub *scrub)
{
	struct bar bar = {.ends = term_cols(term) >= SCRUB_COLS};
	int right = bar.ends ? draw_width(scrub->last) + 1 : 0;
	bar.x = STATE_WIDTH + 1 + SPEED_WIDTH + 1 + draw_width(scrub->at) + 1;
	if (bar.ends)
		bar.x += 1 + draw_width(scrub->first) + 1;
	bar.cols = term_cols(term) - bar.x - right;
	if (bar.cols > BAR_LIMIT)
		bar.cols = BAR_LIMIT;
	if (bar.cols < LEAST_BAR || scrub->last_ns <= scrub->first_ns)
		bar.cols = 0;
	return bar;
}

/* The column of the bar that stands for TIME_NS. */
static int column_of(const struct scrub *scrub, const struct bar *bar,
		     uint64_t time_ns)
{
	double whole = (double)(scrub->last_ns - scrub->first_ns);
	if (time_ns <= scrub->first_ns)
		return 0;
	if (time_ns >= scrub->last_ns)
		return bar->cols - 1;
	return (int)((double)(time_ns - scrub->first_ns) / whole *
		     (bar->cols - 1));
}

static void draw_bar(struct term *term, int y, const struct scrub *scrub,
		     const struct bar *bar)
{
	static const char *const glyphs[2][3] = {{"─", "━", "●"},
						 {"-", "=", "O"}};
	const char *const *set = glyphs[term_is_ascii(term)];
	char data[BAR_LIMIT * 3 + 1];
	struct buf text;
	int since = column_of(scrub, bar, scrub->since_ns);
	int at = column_of(scrub, bar, scrub->at_ns);
	buf_init(&text, data, sizeof(data));
	for (int i = 0; i < bar->cols; i++)
		buf_puts(&text, i == at                ? set[2]
				: i >= since && i < at ? set[1]
						       : set[0]);
	(void)draw_text(term, y, bar->x, bar->cols, ROLE_TEXT, data);
}

void scrub_draw(struct term *term, int y, const struct scrub *scrub)
{
	const struct bar bar = bar_of(term, scrub);
	int cols = term_cols(term);
	int x = STATE_WIDTH + 1;
	(void)draw_text(term, y, 0, STATE_WIDTH, ROLE_CHIP, scrub->state);
	(void)draw_text(term, y, x, SPEED_WIDTH, ROLE_TEXT, scrub->speed);
	x += SPEED_WIDTH + 1;
	x += draw_text(term, y, x, cols - x, ROLE_STRONG, scrub->at);
	if (bar.cols == 0)
		return;
	draw_bar(term, y, scrub, &bar);
	if (!bar.ends)
		return;
	(void)draw_text(term, y, x + 2, cols, ROLE_TEXT, scrub->first);
	(void)draw_text(term, y, bar.x + bar.cols + 1, cols, ROLE_TEXT,
			scrub->last);
}

bool scrub_time_at(const struct term *term, const struct scrub *scrub, int x,
		   uint64_t *ret_ns)
{
	const struct bar bar = bar_of(term, scrub);
	double whole = (double)(scrub->last_ns - scrub->first_ns);
	if (bar.cols == 0 || x < bar.x || x >= bar.x + bar.cols)
		return false;
	*ret_ns = scrub->first_ns +
		  (uint64_t)(whole * (x - bar.x) / (bar.cols - 1));
	return true;
}
