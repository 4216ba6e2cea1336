/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/moment.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fmt.h"
#include "base/quantity.h"

#define NS_PER_S   1000000000ull
#define NS_DIGITS  9
#define DAY_S      86400l
#define PART_LIMIT 32 /* bytes of a text that can be meant */

/* So many digits at *TEXT; false: others are there. */
static bool take_number(const char **text, int digits, int *ret)
{
	int value = 0;
	for (int i = 0; i < digits; i++) {
		if (**text < '0' || **text > '9')
			return false;
		value = value * 10 + (*(*text)++ - '0');
	}
	*ret = value;
	return true;
}

/* ".5" at TEXT, or nothing. */
static bool take_fraction(const char *text, uint64_t *ret_ns)
{
	uint64_t ns = 0;
	int digits = 0;
	if (*text && *text++ != '.')
		return false;
	for (; *text >= '0' && *text <= '9' && digits < NS_DIGITS; digits++)
		ns = ns * 10 + (uint64_t)(*text++ - '0');
	for (; digits < NS_DIGITS; digits++)
		ns *= 10;
	*ret_ns = ns;
	return *text == '\0';
}

/* "12:03", "1:03:04" at *TEXT, into hour, minute and second of *TM. */
static bool take_seconds(const char **text, struct tm *tm)
{
	const char *colon = strchr(*text, ':');
	int digits = colon && colon - *text == 1 ? 1 : 2;
	tm->tm_sec = 0;
	if (!take_number(text, digits, &tm->tm_hour) || *(*text)++ != ':' ||
	    !take_number(text, 2, &tm->tm_min))
		return false;
	if (**text != ':')
		return **text == '\0';
	(*text)++;
	return take_number(text, 2, &tm->tm_sec);
}

/* And the rest of the second. */
static bool take_clock(const char *text, struct tm *tm, uint64_t *ret_ns)
{
	return take_seconds(&text, tm) && tm->tm_hour < 24 && tm->tm_min < 60 &&
	       tm->tm_sec <= 60 && take_fraction(text, ret_ns);
}

static int refuse_clock(const char *text, const struct moment_span *span,
			struct err *err)
{
	char first[FMT_DATE_WIDTH + 1];
	char last[FMT_DATE_WIDTH + 1];
	struct buf buf;
	buf_init(&buf, first, sizeof(first));
	fmt_date(&buf, span->first_ns + span->wall_offset_ns);
	buf_init(&buf, last, sizeof(last));
	fmt_date(&buf, span->last_ns + span->wall_offset_ns);
	return err_set(err, -EINVAL,
		       "%.32s is not in the recording, which goes from %s to "
		       "%s",
		       text, first, last);
}

static int find_clock(uint64_t *ret_ns, const char *text,
		      const struct moment_span *span, struct err *err)
{
	static const int days[] = {0, -1, 1};
	time_t here = (time_t)((span->at_ns + span->wall_offset_ns) / NS_PER_S);
	struct tm clock = {0};
	uint64_t rest_ns = 0;
	if (!take_clock(text, &clock, &rest_ns))
		return err_set(err, -EINVAL,
			       "'%.32s' is no moment: 12:03:04.5, +5s, -5s and "
			       "50%% are",
			       text);
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		struct tm tm;
		time_t near = here + days[i] * DAY_S;
		(void)localtime_r(&near, &tm); /* a time that was */
		tm.tm_hour = clock.tm_hour;
		tm.tm_min = clock.tm_min;
		tm.tm_sec = clock.tm_sec;
		tm.tm_isdst = -1;
		uint64_t wall_ns = (uint64_t)mktime(&tm) * NS_PER_S + rest_ns;
		uint64_t at_ns = wall_ns - span->wall_offset_ns;
		/* What is typed has no more digits than are shown. */
		if (at_ns + NS_PER_S > span->first_ns &&
		    at_ns <= span->last_ns) {
			*ret_ns =
				at_ns > span->first_ns ? at_ns : span->first_ns;
			return 0;
		}
	}
	return refuse_clock(text, span, err);
}

static int find_part(uint64_t *ret_ns, const char *text, size_t len,
		     const struct moment_span *span, struct err *err)
{
	char number[PART_LIMIT] = "";
	char *end = NULL;
	memcpy(number, text, len - 1);
	double part = strtod(number, &end);
	if (end == number || *end || !(part >= 0 && part <= 100))
		return err_set(err, -EINVAL, "%s is no part: 0%% to 100%% are",
			       text);
	double whole = (double)(span->last_ns - span->first_ns);
	*ret_ns = span->first_ns + (uint64_t)(whole * part / 100);
	return 0;
}

static int find_beside(uint64_t *ret_ns, const char *text,
		       const struct moment_span *span, struct err *err)
{
	uint64_t by_ns = 0;
	if (quantity_duration(&by_ns, text + 1) < 0)
		return err_set(err, -EINVAL,
			       "'%.32s' is no time to go by: +5s, -300ms and "
			       "+2m are",
			       text);
	uint64_t room_ns = *text == '+' ? span->last_ns - span->at_ns
					: span->at_ns - span->first_ns;
	by_ns = by_ns < room_ns ? by_ns : room_ns;
	*ret_ns = *text == '+' ? span->at_ns + by_ns : span->at_ns - by_ns;
	return 0;
}

int moment_parse(uint64_t *ret_ns, const char *text,
		 const struct moment_span *span, struct err *err)
{
	size_t len = strlen(text);
	if (len > 0 && len < PART_LIMIT && text[len - 1] == '%')
		return find_part(ret_ns, text, len, span, err);
	if (*text == '+' || *text == '-')
		return find_beside(ret_ns, text, span, err);
	return find_clock(ret_ns, text, span, err);
}
