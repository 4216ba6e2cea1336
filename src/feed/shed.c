/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/shed.h"

#include <stdbool.h>

/* When it begins: the budget of rows would not last so long, this much of a CPU
 * is used, or of a ring buffer; in so many windows one after the other. */
#define OVER_HISTORY_S 4
#define OVER_CPU_PCT   70
#define OVER_FILL_PCT  50
#define OVER_WINDOWS   3

/* What it aims at: half of a CPU is for the user's keys and queries. */
#define GOAL_HISTORY_S 60
#define GOAL_CPU_PCT   50
#define GOAL_FILL_PCT  25

#define SHARE_FIRST 16384   /* rows a second, of a process and call */
#define SHARE_MOST  1000000 /* faster than any thread calls */
#define SHARE_FLOOR 1000    /* for a longer history never below */
#define SHARE_LEAST 200     /* where rows would be lost otherwise */

#define CALM_WINDOWS 50 /* nothing left out for so long: it is over */
#define SMOOTHING    8  /* windows that a rate is taken over */

/* What was measured in one window. */
struct window {
	double bytes_per_s;
	double cpu_pct; /* of about the last second: a key may take a window */
	unsigned fill_pct;
	bool is_losing;
	bool is_shedding;
};

void shed_init(struct shed *shed, uint64_t row_bytes)
{
	*shed = (struct shed){.row_bytes = row_bytes};
}

static double history(const struct shed *shed, double seconds)
{
	return (double)shed->row_bytes / seconds;
}

static bool measure(struct window *ret, const struct shed *shed,
		    const struct shed_load *load)
{
	const struct shed_load *last = &shed->last;
	if (!last->now_ns || load->now_ns <= last->now_ns)
		return false;
	double s = (double)(load->now_ns - last->now_ns) / 1e9;
	double bytes = (double)(load->taken_bytes - last->taken_bytes);
	double cpu_s = (double)(load->cpu_ns - last->cpu_ns) / 1e9;
	*ret = (struct window){
		.bytes_per_s = bytes / s,
		.cpu_pct = shed->cpu_pct +
			   (100 * cpu_s / s - shed->cpu_pct) / SMOOTHING,
		.fill_pct = load->fill_pct,
		.is_losing = load->lost > last->lost,
		.is_shedding = load->shed > last->shed,
	};
	return true;
}

/* Whether fewer rows would help against what goes wrong here. */
static bool is_strained(const struct shed *shed, const struct window *window,
			double cpu_pct, unsigned fill_pct)
{
	if (window->is_losing || window->fill_pct > fill_pct)
		return true;
	return window->cpu_pct > cpu_pct &&
	       window->bytes_per_s > history(shed, GOAL_HISTORY_S);
}

static void begin(struct shed *shed, const struct window *window)
{
	bool over = is_strained(shed, window, OVER_CPU_PCT, OVER_FILL_PCT) ||
		    window->bytes_per_s > history(shed, OVER_HISTORY_S);
	shed->over = over ? shed->over + 1 : 0;
	if (shed->over < OVER_WINDOWS)
		return;
	shed->share = SHARE_FIRST;
	shed->calm = 0;
}

static uint32_t times(uint32_t share, double factor, uint32_t least)
{
	double product = (double)share * factor;
	if (product < least)
		return share < least ? share : least;
	return product > SHARE_MOST ? SHARE_MOST : (uint32_t)product;
}

/* A twentieth more, and at least one. */
static uint32_t more(uint32_t share)
{
	uint32_t grown = share + share / 20 + 1;
	return grown < SHARE_MOST ? grown : SHARE_MOST;
}

/* Quickly down, slowly up. */
static void adjust(struct shed *shed, const struct window *window)
{
	bool strained = is_strained(shed, window, GOAL_CPU_PCT, GOAL_FILL_PCT);
	double goal = history(shed, GOAL_HISTORY_S);
	if (strained)
		shed->share = times(shed->share, 0.5, SHARE_LEAST);
	else if (shed->bytes_per_s > goal)
		shed->share = times(shed->share, 0.8, SHARE_FLOOR);
	else if (window->is_shedding)
		shed->share = more(shed->share);
	if (!strained && shed->share < SHARE_FLOOR)
		shed->share = more(shed->share);
	shed->calm = window->is_shedding ? 0 : shed->calm + 1;
	if (shed->calm < CALM_WINDOWS)
		return;
	shed->share = 0;
	shed->over = 0;
}

uint32_t shed_step(struct shed *shed, const struct shed_load *load)
{
	struct window window;
	if (measure(&window, shed, load)) {
		shed->bytes_per_s +=
			(window.bytes_per_s - shed->bytes_per_s) / SMOOTHING;
		shed->cpu_pct = window.cpu_pct;
		if (shed->share)
			adjust(shed, &window);
		else
			begin(shed, &window);
	}
	shed->last = *load;
	return shed->share;
}
