/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/frame.h"

#include <stdio.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/fmt.h"
#include "model/field.h"
#include "model/model.h"
#include "model/spark.h"
#include "ui/term.h"
#include "view/columns.h"

#define ROWS_FOR_TABS   8 /* lower screens give their lines to the rows */
#define ROWS_FOR_SCRUB  10
#define ROWS_FOR_CHIPS  10
#define ROWS_FOR_HINT   12
#define ROWS_FOR_SPARKS 20
#define COLS_FOR_CHIP   6 /* else only that there is more */
#define COLS_FOR_SPARKS 100

void frame_layout(struct frame *frame, int rows, int cols, bool hint,
		  bool scrub)
{
	int y = 0;
	frame->summary = y++;
	frame->chips = rows >= ROWS_FOR_CHIPS ? y++ : -1;
	bool sparks = rows >= ROWS_FOR_SPARKS && cols >= COLS_FOR_SPARKS;
	frame->sparks = sparks ? y++ : -1;
	frame->tabs = rows >= ROWS_FOR_TABS ? y++ : -1;
	frame->footer = rows - 1;
	hint = rows >= ROWS_FOR_HINT || (hint && rows >= ROWS_FOR_TABS);
	frame->hint = hint ? rows - 2 : -1;
	int below = frame->hint >= 0 ? 2 : 1;
	scrub = scrub && rows >= ROWS_FOR_SCRUB;
	below += scrub;
	frame->scrub = scrub ? rows - below : -1;
	frame->body =
		(struct area){.y = y, .rows = rows - y - below, .cols = cols};
}

#define RATE_WIDTH 6 /* a blank, and 12.3k */

/* A line that is filled from the left, number by number. */
struct line {
	struct term *term;
	int y, x, cols;
};

static void put(struct line *line, enum role role, const char *text)
{
	line->x += draw_text(line->term, line->y, line->x, line->cols - line->x,
			     role, text);
}

/* "12.3k calls/s": nothing where it would not fit whole. */
static void put_figure(struct line *line, enum role role, const char *figure,
		       const char *what)
{
	int width = draw_width(figure) + 1 + draw_width(what);
	int gap = line->x > 0 ? 2 : 0;
	if (line->x + gap + width > line->cols)
		return;
	line->x += gap;
	put(line, role, figure);
	put(line, ROLE_TEXT, " ");
	put(line, ROLE_TEXT, what);
}

static void put_rate(struct line *line, double per_s, const char *what)
{
	char data[32];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	fmt_rate(&buf, per_s);
	put_figure(line, ROLE_STRONG, data, what);
}

const char *frame_cause(enum event_lost_cause cause)
{
	static const char *const causes[EVENT_LOST_CAUSES] = {
		[EVENT_LOST_RING] = "buffer full",
		[EVENT_LOST_STATE] = "no memory",
		[EVENT_LOST_BUDGET] = "over budget",
		[EVENT_LOST_SAMPLED] = "sampled",
	};
	return cause < EVENT_LOST_CAUSES ? causes[cause] : "";
}

uint64_t frame_print_lost(struct buf *text, const struct model_summary *summary)
{
	uint64_t lost = 0;
	buf_puts(text, "lost");
	for (int i = 0; i < EVENT_LOST_CAUSES; i++) {
		if (summary->lost[i] == 0 || i == EVENT_LOST_SAMPLED)
			continue;
		buf_puts(text, lost > 0 ? ", " : ": ");
		buf_puts(text, frame_cause((enum event_lost_cause)i));
		lost += summary->lost[i];
	}
	return lost;
}

static void put_lost(struct line *line, const struct model_summary *summary)
{
	char figure[32];
	char why[128];
	struct buf count;
	struct buf text;
	buf_init(&count, figure, sizeof(figure));
	buf_init(&text, why, sizeof(why));
	uint64_t lost = frame_print_lost(&text, summary);
	fmt_count(&count, lost);
	put_figure(line, lost > 0 ? ROLE_BAD : ROLE_STRONG, figure, why);
}

/* Not lost, but left out for the sake of the others. */
static void put_sampled(struct line *line, const struct model_summary *summary)
{
	char figure[32];
	struct buf count;
	if (summary->lost[EVENT_LOST_SAMPLED] == 0)
		return;
	buf_init(&count, figure, sizeof(figure));
	fmt_count(&count, summary->lost[EVENT_LOST_SAMPLED]);
	put_figure(line, ROLE_BAD, figure, frame_cause(EVENT_LOST_SAMPLED));
}

void frame_print_cost(struct buf *buf, const struct model_summary *summary)
{
	buf_puts(buf, "cost ");
	if (summary->bpf_ns_per_call >= 0)
		buf_printf(buf, "%.0f ns/call", summary->bpf_ns_per_call);
	else
		buf_puts(buf, "unknown");
	if (summary->cpu_percent >= 0) {
		buf_puts(buf, ", ");
		fmt_percent(buf, summary->cpu_percent);
		buf_puts(buf, " CPU");
	}
}

static void draw_figures(struct line *line, const struct model_summary *summary)
{
	put_rate(line, summary->seen_per_s, "calls/s seen");
	put_rate(line, summary->shown_per_s, "shown");
	put_rate(line, summary->filtered_per_s, "filtered out");
	put_lost(line, summary);
	put_sampled(line, summary);
}

/* Who decides about the chips that follow. */
static void put_side(struct line *line, enum frame_side side)
{
	static const char *const names[FRAME_SIDES] = {
		[FRAME_NOBODY] = "",
		[FRAME_KERNEL] = "kernel:",
		[FRAME_BOTH] = "kernel+screen:",
		[FRAME_SCREEN] = "screen:",
	};
	line->x++;
	put(line, ROLE_DIM, names[side]);
}

static void draw_chips(struct line *line, const struct model_summary *summary,
		       const struct frame_chip *chips, size_t count)
{
	char data[64];
	(void)snprintf(data, sizeof(data), "of %u calls traced",
		       summary->syscalls); /* fits */
	char figure[16];
	(void)snprintf(figure, sizeof(figure), "%u",
		       summary->traced); /* fits */
	put_figure(line, ROLE_STRONG, figure, data);
	line->x++;
	enum frame_side side = FRAME_NOBODY;
	size_t i = 0;
	for (; i < count && line->cols - line->x > COLS_FOR_CHIP; i++) {
		enum role role = chips[i].alarm ? ROLE_ALARM : ROLE_CHIP;
		if (chips[i].side != side)
			put_side(line, chips[i].side);
		side = chips[i].side;
		line->x++;
		put(line, role, "[");
		line->x +=
			draw_fit(line->term, line->y, line->x,
				 line->cols - line->x - 1, role, chips[i].text);
		put(line, role, "]");
	}
	if (i < count)
		(void)draw_fit(line->term, line->y, line->x + 1,
			       line->cols - line->x > 1, ROLE_CHIP,
			       "more than fits"); /* all but the ellipsis */
}

/* At the right end of a line, if there is room. */
static bool draw_cost(const struct line *line,
		      const struct model_summary *summary)
{
	char data[64];
	struct buf cost;
	buf_init(&cost, data, sizeof(data));
	frame_print_cost(&cost, summary);
	int width = draw_width(data);
	if (line->x + 2 + width > line->cols)
		return false;
	(void)draw_text(line->term, line->y, line->cols - width, width,
			ROLE_TEXT, data);
	return true;
}

void frame_draw_header(struct term *term, const struct frame *frame,
		       const struct model_summary *summary,
		       const struct frame_chip *chips, size_t count)
{
	struct line line = {
		.term = term, .y = frame->summary, .cols = term_cols(term)};
	draw_figures(&line, summary);
	bool told = draw_cost(&line, summary);
	if (frame->chips < 0)
		return;
	line.y = frame->chips;
	line.x = 0;
	draw_chips(&line, summary, chips, count);
	if (!told)
		(void)draw_cost(&line, summary); /* no room: nothing more */
}

/* "file ▁▂▅█▃  4124/s": false where it would not fit whole. */
static bool put_spark(struct line *line, const struct spark *spark)
{
	const struct value value = {.glyphs = FIELD_HEIGHTS,
				    .text = spark->heights};
	char data[64];
	char per_s[32];
	char figure[32];
	struct buf bars;
	struct buf rate;
	struct buf fitted;
	buf_init(&bars, data, sizeof(data));
	buf_init(&rate, per_s, sizeof(per_s));
	buf_init(&fitted, figure, sizeof(figure));
	buf_printf(&bars, "%s ", syscall_class_name(spark->class));
	columns_strip(&bars, &value, SPARK_WIDTH, term_is_ascii(line->term));
	fmt_rate(&rate, spark->per_s);
	/* So that what follows stays where it is. */
	columns_fit(&fitted, per_s, RATE_WIDTH, true, true);
	int gap = line->x > 0 ? 2 : 0;
	int width = draw_width(data) + RATE_WIDTH + 2;
	if (line->x + gap + width > line->cols)
		return false;
	line->x += gap;
	put(line, ROLE_TEXT, data);
	put(line, ROLE_STRONG, figure);
	put(line, ROLE_TEXT, "/s");
	return true;
}

void frame_draw_sparks(struct term *term, int y, const struct spark *sparks,
		       size_t count)
{
	struct line line = {.term = term, .y = y, .cols = term_cols(term)};
	for (size_t i = 0; i < count && put_spark(&line, &sparks[i]); i++)
		;
}

static int tab_text(char *data, size_t size, size_t i,
		    const struct frame_tab *tab)
{
	struct buf buf;
	buf_init(&buf, data, size);
	if (tab->brief)
		buf_printf(&buf, " %zu ", i + 1);
	else
		buf_printf(&buf, " %zu %s ", i + 1, tab->title);
	return draw_width(data);
}

void frame_draw_tabs(struct term *term, int y, const struct frame_tab *tabs,
		     size_t count, const char *path)
{
	struct line line = {.term = term, .y = y, .cols = term_cols(term)};
	char data[64];
	for (size_t i = 0; i < count; i++) {
		(void)tab_text(data, sizeof(data), i, &tabs[i]);
		put(&line, tabs[i].on ? ROLE_TAB_ON : ROLE_TAB, data);
	}
	line.x++;
	(void)draw_fit(term, y, line.x, line.cols - line.x, ROLE_STRONG, path);
}

int frame_tabs_width(const struct frame_tab *tabs, size_t count)
{
	char data[64];
	int width = 0;
	for (size_t i = 0; i < count; i++)
		width += tab_text(data, sizeof(data), i, &tabs[i]);
	return width;
}

size_t frame_tab_at(const struct frame_tab *tabs, size_t count, int x)
{
	char data[64];
	int at = 0;
	for (size_t i = 0; i < count; i++) {
		at += tab_text(data, sizeof(data), i, &tabs[i]);
		if (x < at)
			return i;
	}
	return count;
}

void frame_draw_hint(struct term *term, int y, const char *name,
		     const char *text)
{
	struct line line = {.term = term, .y = y, .cols = term_cols(term)};
	line.x += draw_foreign(term, y, 0, line.cols, ROLE_STRONG, name);
	if (name[0])
		put(&line, ROLE_TEXT, "  ");
	(void)draw_fit(term, y, line.x, line.cols - line.x, ROLE_TEXT, text);
}

void frame_draw_message(struct term *term, int y, enum role role,
			const char *text)
{
	draw_blank(term, y, 0, term_cols(term), role);
	(void)draw_fit(term, y, 0, term_cols(term), role, text);
}

static int key_width(const struct frame_key *key)
{
	return draw_width(key->key) + draw_width(key->label) + 1;
}

/* How many keys from the first on leave room for the last. */
static size_t keys_that_fit(const struct term *term,
			    const struct frame_key *keys, size_t count)
{
	int room = term_cols(term) + 1;
	if (count > 0)
		room -= key_width(&keys[count - 1]);
	for (size_t i = 0; i + 1 < count; i++) {
		room -= key_width(&keys[i]);
		if (room < 0)
			return i;
	}
	return count;
}

void frame_draw_footer(struct term *term, int y, const struct frame_key *keys,
		       size_t count)
{
	struct line line = {.term = term, .y = y, .cols = term_cols(term)};
	size_t fit = keys_that_fit(term, keys, count);
	for (size_t i = 0; i < count; i++) {
		if (i >= fit && i + 1 < count)
			continue;
		put(&line, ROLE_KEY, keys[i].key);
		put(&line, ROLE_KEY_LABEL, keys[i].label);
		put(&line, ROLE_TEXT, " ");
	}
}

size_t frame_key_at(const struct term *term, const struct frame_key *keys,
		    size_t count, int x)
{
	size_t fit = keys_that_fit(term, keys, count);
	int at = 0;
	for (size_t i = 0; i < count; i++) {
		if (i >= fit && i + 1 < count)
			continue;
		at += key_width(&keys[i]);
		if (x < at)
			return i;
	}
	return count;
}

void frame_draw_too_small(struct term *term)
{
	char data[64];
	draw_clear(term);
	(void)snprintf(data, sizeof(data), "%dx%d: too small", term_cols(term),
		       term_rows(term)); /* fits */
	(void)draw_text(term, 0, 0, term_cols(term), ROLE_MESSAGE, data);
	if (term_rows(term) < 2)
		return;
	(void)snprintf(data, sizeof(data), "needs %dx%d", TERM_COLS_MIN,
		       TERM_ROWS_MIN); /* fits */
	(void)draw_text(term, 1, 0, term_cols(term), ROLE_TEXT, data);
}
