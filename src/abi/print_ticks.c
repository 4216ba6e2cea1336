/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/print_ticks.h"

#include "abi/print.h"
#include "abi/show.h"
#include "base/buf.h"

#define PER_SECOND 100 /* USER_HZ, include/linux/jiffies.h */

void print_ticks_text(struct buf *buf, uint64_t ticks)
{
	buf_u64(buf, ticks);
	if (!ticks)
		return;
	buf_write(buf, " /* ", 4);
	buf_u64(buf, ticks / PER_SECOND);
	buf_putc(buf, '.');
	buf_putc(buf, (char)('0' + ticks / 10 % 10));
	buf_putc(buf, (char)('0' + ticks % 10));
	buf_write(buf, " s */", 5);
}

void print_ticks(struct show *show, const struct show_arg *arg)
{
	uint64_t ticks = arg->value;
	print_ticks_text(show->buf,
			 show_word(show) == 4 ? (uint32_t)ticks : ticks);
}
