/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/strace_clock.h"

#define NS_PER_CALL 1000u
#define NS_PER_DAY  86400000000000ULL

static bool is_call(const struct strace_line *line)
{
	return line->kind == STRACE_CALL || line->kind == STRACE_UNFINISHED;
}

/* Past midnight; a little back is but another processor's clock. */
static void take_day(struct strace_clock *clock, uint64_t stamp_ns)
{
	if (stamp_ns + NS_PER_DAY / 2 < clock->before_ns)
		clock->days++;
}

void strace_clock_take(struct strace_clock *clock,
		       const struct strace_line *line)
{
	uint64_t stamp_ns = line->stamp_ns;
	if (!clock->has_begun) {
		clock->has_begun = true;
		clock->stamp = line->stamp;
		clock->first_ns = clock->before_ns = stamp_ns;
		clock->now_ns = STRACE_BEGIN_NS;
	}
	if (clock->stamp == STRACE_STAMP_NONE) {
		clock->now_ns += is_call(line) ? NS_PER_CALL : 0;
		return;
	}
	if (line->stamp != clock->stamp)
		return; /* a line without time has that of the one before */
	if (clock->stamp == STRACE_STAMP_RELATIVE) {
		clock->now_ns += stamp_ns;
		return;
	}
	if (clock->stamp == STRACE_STAMP_DAY)
		take_day(clock, stamp_ns);
	clock->before_ns = stamp_ns;
	uint64_t wall_ns = clock->days * NS_PER_DAY + stamp_ns;
	uint64_t since_ns = wall_ns - clock->first_ns;
	bool is_earlier = since_ns > UINT64_MAX / 2;
	uint64_t back_ns = clock->first_ns - wall_ns;
	if (!is_earlier)
		clock->now_ns = STRACE_BEGIN_NS + since_ns;
	else if (back_ns < STRACE_BEGIN_NS)
		clock->now_ns = STRACE_BEGIN_NS - back_ns;
}

uint64_t strace_clock_offset(const struct strace_clock *clock)
{
	uint64_t first_ns = NS_PER_DAY; /* of whatever day */
	if (clock->stamp == STRACE_STAMP_EPOCH)
		first_ns = clock->first_ns;
	else if (clock->stamp == STRACE_STAMP_DAY)
		first_ns += clock->first_ns;
	return first_ns - STRACE_BEGIN_NS;
}
