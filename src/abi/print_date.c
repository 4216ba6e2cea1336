/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/print_date.h"

#include <string.h>
#include <time.h>

#include "abi/print.h"
#include "abi/show.h"
#include "base/buf.h"

#define DATE "%Y-%m-%dT%H:%M:%S"

static bool print_as(struct buf *buf, int64_t seconds, const char *format)
{
	time_t time = seconds;
	struct tm tm;
	char text[64];
	if (!localtime_r(&time, &tm) ||
	    !strftime(text, sizeof(text), format, &tm))
		return false;
	buf_puts(buf, text);
	return true;
}

bool print_date_text(struct buf *buf, int64_t seconds)
{
	return print_as(buf, seconds, DATE "%z");
}

void print_date_and_part(struct buf *buf, int64_t seconds, uint64_t part,
			 int digits)
{
	if (!print_as(buf, seconds, DATE))
		return;
	if (part)
		buf_printf(buf, ".%0*llu", digits, (unsigned long long)part);
	(void)print_as(buf, seconds, "%z"); /* the date was there */
}

/* Seconds, and as a comment the date. */
void print_date(struct show *show, const struct show_arg *arg)
{
	int64_t seconds = show_word(show) == 8 ? (int64_t)arg->value
					       : (int32_t)arg->value;
	char text[64];
	struct buf date;
	buf_init(&date, text, sizeof(text));
	buf_s64(show->buf, seconds);
	if (seconds == 0 || !print_date_text(&date, seconds))
		return;
	buf_puts(show->buf, " /* ");
	buf_puts(show->buf, text);
	buf_puts(show->buf, " */");
}
