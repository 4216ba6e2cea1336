/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers as people read them, in a fixed number of columns.  One decimal
 * below a hundred, none above; a value that rounds up to a thousand takes the
 * next unit.  Plain ASCII.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct buf;

#define FMT_DURATION_WIDTH 7  /* "12.3 ms" */
#define FMT_COUNT_WIDTH    5  /* "12.3k" */
#define FMT_BYTES_WIDTH    5  /* "12.3K" */
#define FMT_RATE_WIDTH     5  /* "12.3k" */
#define FMT_PERCENT_WIDTH  5  /* "12.3%"; "1200%" with many threads */
#define FMT_CLOCK_WIDTH    15 /* "00:52:04.123456" */
#define FMT_DATE_WIDTH     14 /* "11-21 00:52:04" */

/* "812 ns", "1.2 ms", "12.3 s", "2m05s", "3h04m", "12d03h" */
void fmt_duration(struct buf *buf, uint64_t ns);

/* "0:05", "1:02:03": a time that is passing, without what a second lacks */
void fmt_span(struct buf *buf, uint64_t ns);

/* "9999", "12.3k", "1.2M": powers of a thousand */
void fmt_count(struct buf *buf, uint64_t count);

/* "812", "1.2K", "12.3M": powers of 1024 */
void fmt_bytes(struct buf *buf, uint64_t bytes);

/* "0", "<0.1", "12.3", "12.3k" */
void fmt_rate(struct buf *buf, double per_s);

/* "0%", "<0.1%", "12.3%", "100%" */
void fmt_percent(struct buf *buf, double percent);

/*
 * Local time of a Unix time: "00:52:04" and DIGITS (0 to 9) digits of the
 * second's fraction.
 */
void fmt_clock(struct buf *buf, uint64_t unix_ns, int digits);

/* "11-21 00:52:04", local time */
void fmt_date(struct buf *buf, uint64_t unix_ns);

/* Seconds with six digits: "1732147200.000812", "0.000812" */
void fmt_seconds(struct buf *buf, uint64_t ns);
