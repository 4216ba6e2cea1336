/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The pairs of times that utimes(2) and its relatives give to a file. */
#include "config.h"

#include "abi/print.h"

#include <time.h>

#include "abi/print_date.h"
#include "abi/show.h"
#include "base/buf.h"

/* include/linux/stat.h: in tv_nsec */
#define UTIME_NOW_VALUE  0x3fffffff
#define UTIME_OMIT_VALUE 0x3ffffffe

/* How two numbers stand in memory, and what the second one is. */
struct layout {
	size_t width;
	const char *unit;
	uint64_t in_second;
	int digits;
};

static void print_time(struct show *show, const char *bytes,
		       const struct layout *layout)
{
	uint64_t first = show_number(bytes, layout->width);
	int64_t seconds = layout->width == 4 ? (int32_t)first : (int64_t)first;
	uint64_t part = show_number(bytes + layout->width, layout->width);
	buf_puts(show->buf, "{tv_sec=");
	buf_s64(show->buf, seconds);
	buf_puts(show->buf, ", tv_");
	buf_puts(show->buf, layout->unit);
	buf_putc(show->buf, '=');
	buf_u64(show->buf, part);
	buf_putc(show->buf, '}');
	if ((!seconds && !part) || part >= layout->in_second)
		return;
	buf_puts(show->buf, " /* ");
	print_date_and_part(show->buf, seconds, part, layout->digits);
	buf_puts(show->buf, " */");
}

static void print_one(struct show *show, const char *bytes,
		      const struct layout *layout)
{
	uint64_t part = show_number(bytes + layout->width, layout->width);
	if (layout->digits == 9 && part == UTIME_NOW_VALUE)
		buf_puts(show->buf, "UTIME_NOW");
	else if (layout->digits == 9 && part == UTIME_OMIT_VALUE)
		buf_puts(show->buf, "UTIME_OMIT");
	else
		print_time(show, bytes, layout);
}

static void print_pair(struct show *show, const struct show_arg *arg,
		       const struct layout *layout)
{
	const char *bytes = show_whole(show, arg, 4 * layout->width);
	if (!bytes)
		return;
	buf_putc(show->buf, '[');
	print_one(show, bytes, layout);
	buf_puts(show->buf, ", ");
	print_one(show, bytes + 2 * layout->width, layout);
	buf_putc(show->buf, ']');
}

void print_utimes_timespec(struct show *show, const struct show_arg *arg)
{
	const struct layout layout = {show_word(show), "nsec", 1000000000, 9};
	print_pair(show, arg, &layout);
}

void print_utimes_timespec64(struct show *show, const struct show_arg *arg)
{
	const struct layout layout = {8, "nsec", 1000000000, 9};
	print_pair(show, arg, &layout);
}

void print_utimes_timeval(struct show *show, const struct show_arg *arg)
{
	const struct layout layout = {show_word(show), "usec", 1000000, 6};
	print_pair(show, arg, &layout);
}
