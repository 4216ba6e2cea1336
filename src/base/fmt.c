/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/fmt.h"

#include <stddef.h>
#include <time.h>

#include "base/buf.h"

#define NS_PER_S 1000000000u

/* One decimal below a hundred; false if VALUE rounds to LIMIT units or more. */
static bool put_scaled(struct buf *buf, uint64_t value, uint64_t unit,
		       uint64_t limit)
{
	uint64_t whole = value / unit;
	uint64_t rest = value % unit;
	uint64_t tenths = (rest * 10 + unit / 2) / unit;
	bool decimal = whole < 99 || (whole == 99 && tenths < 10);
	if (decimal && tenths == 10) {
		whole++;
		tenths = 0;
	} else if (!decimal && rest >= unit - unit / 2) {
		whole++;
	}
	if (whole >= limit)
		return false;
	buf_u64(buf, whole);
	if (decimal) {
		buf_putc(buf, '.');
		buf_putc(buf, (char)('0' + tenths));
	}
	return true;
}

static void put_two(struct buf *buf, uint64_t value)
{
	buf_putc(buf, (char)('0' + value / 10 % 10));
	buf_putc(buf, (char)('0' + value % 10));
}

static void put_long_duration(struct buf *buf, uint64_t seconds)
{
	uint64_t minutes = seconds / 60;
	uint64_t hours = minutes / 60;
	if (hours >= 48) {
		buf_u64(buf, hours / 24);
		buf_putc(buf, 'd');
		put_two(buf, hours % 24);
		buf_putc(buf, 'h');
	} else if (hours) {
		buf_u64(buf, hours);
		buf_putc(buf, 'h');
		put_two(buf, minutes % 60);
		buf_putc(buf, 'm');
	} else {
		buf_u64(buf, minutes);
		buf_putc(buf, 'm');
		put_two(buf, seconds % 60);
		buf_putc(buf, 's');
	}
}

void fmt_span(struct buf *buf, uint64_t ns)
{
	uint64_t seconds = ns / NS_PER_S;
	uint64_t minutes = seconds / 60;
	if (minutes >= 60) {
		buf_u64(buf, minutes / 60);
		buf_putc(buf, ':');
		put_two(buf, minutes % 60);
	} else {
		buf_u64(buf, minutes);
	}
	buf_putc(buf, ':');
	put_two(buf, seconds % 60);
}

void fmt_duration(struct buf *buf, uint64_t ns)
{
	static const struct {
		uint64_t ns;
		const char *suffix;
	} units[] = {{1000, " us"}, {1000000, " ms"}};

	if (ns < 1000) {
		buf_u64(buf, ns);
		buf_puts(buf, " ns");
		return;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (ns < units[i].ns * 1000 &&
		    put_scaled(buf, ns, units[i].ns, 1000)) {
			buf_puts(buf, units[i].suffix);
			return;
		}
	}
	if (ns < 60ull * NS_PER_S && put_scaled(buf, ns, NS_PER_S, 60))
		buf_puts(buf, " s");
	else
		put_long_duration(buf, ns / NS_PER_S);
}

static void put_prefixed(struct buf *buf, uint64_t value, uint64_t base,
			 const char *prefixes)
{
	uint64_t unit = base;
	for (; prefixes[1]; prefixes++, unit *= base) {
		if (value / unit < base && put_scaled(buf, value, unit, base))
			break;
	}
	if (!prefixes[1])
		(void)put_scaled(buf, value, unit, UINT64_MAX); /* fits */
	buf_putc(buf, *prefixes);
}

void fmt_count(struct buf *buf, uint64_t count)
{
	if (count < 10000)
		buf_u64(buf, count);
	else
		put_prefixed(buf, count, 1000, "kMGTP");
}

void fmt_bytes(struct buf *buf, uint64_t bytes)
{
	if (bytes < 1024)
		buf_u64(buf, bytes);
	else
		put_prefixed(buf, bytes, 1024, "KMGTP");
}

/* Below a hundred with one decimal; true if that printed it. */
static bool put_small(struct buf *buf, double value)
{
	if (value <= 0)
		buf_putc(buf, '0');
	else if (value < 0.05)
		buf_puts(buf, "<0.1");
	else if (value < 99.95)
		(void)put_scaled(buf, (uint64_t)(value * 10 + 0.5), 10, 100);
	else
		return false;
	return true;
}

static uint64_t whole_number(double value)
{
	return value < 1e18 ? (uint64_t)(value + 0.5) : 1000000000000000000u;
}

void fmt_rate(struct buf *buf, double per_s)
{
	if (!put_small(buf, per_s))
		fmt_count(buf, whole_number(per_s));
}

void fmt_percent(struct buf *buf, double percent)
{
	if (!put_small(buf, percent))
		fmt_count(buf, whole_number(percent));
	buf_putc(buf, '%');
}

static struct tm local_time(uint64_t unix_ns)
{
	time_t seconds = (time_t)(unix_ns / NS_PER_S);
	struct tm tm = {0};
	(void)localtime_r(&seconds, &tm); /* fails only for years beyond int */
	return tm;
}

static void put_clock(struct buf *buf, const struct tm *tm)
{
	put_two(buf, (uint64_t)tm->tm_hour);
	buf_putc(buf, ':');
	put_two(buf, (uint64_t)tm->tm_min);
	buf_putc(buf, ':');
	put_two(buf, (uint64_t)tm->tm_sec);
}

static void put_fraction(struct buf *buf, uint64_t ns, int digits)
{
	uint64_t unit = NS_PER_S / 10;
	buf_putc(buf, '.');
	for (int i = 0; i < digits && unit; i++, unit /= 10)
		buf_putc(buf, (char)('0' + ns / unit % 10));
}

void fmt_clock(struct buf *buf, uint64_t unix_ns, int digits)
{
	struct tm tm = local_time(unix_ns);
	put_clock(buf, &tm);
	if (digits > 0)
		put_fraction(buf, unix_ns % NS_PER_S, digits);
}

void fmt_date(struct buf *buf, uint64_t unix_ns)
{
	struct tm tm = local_time(unix_ns);
	put_two(buf, (uint64_t)tm.tm_mon + 1);
	buf_putc(buf, '-');
	put_two(buf, (uint64_t)tm.tm_mday);
	buf_putc(buf, ' ');
	put_clock(buf, &tm);
}

void fmt_seconds(struct buf *buf, uint64_t ns)
{
	buf_u64(buf, ns / NS_PER_S);
	put_fraction(buf, ns % NS_PER_S, 6);
}
