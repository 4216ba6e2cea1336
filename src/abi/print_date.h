/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Dates as strace writes them: 2023-11-14T22:13:20+0000, in local time. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct buf;

/* False, and nothing is written, where the calendar has no such date. */
bool print_date_text(struct buf *buf, int64_t seconds);

/* With DIGITS decimals of a second: 2023-11-14T22:13:20.000005+0000 */
void print_date_and_part(struct buf *buf, int64_t seconds, uint64_t part,
			 int digits);
