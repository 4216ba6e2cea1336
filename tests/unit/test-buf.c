/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/buf.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdint.h>

static struct buf sized(char *data, size_t size)
{
	struct buf buf;
	buf_init(&buf, data, size);
	return buf;
}

Test(buf, is_empty_at_first)
{
	char data[8] = "garbage";
	struct buf buf = sized(data, sizeof(data));
	cr_expect(eq(str, buf.data, ""));
	cr_expect(eq(sz, buf.len, 0));
	cr_expect(not(buf.cut));
}

Test(buf, keeps_what_fits_and_says_what_does_not)
{
	char data[6];
	struct buf buf = sized(data, sizeof(data));
	buf_puts(&buf, "12345");
	cr_expect(eq(str, buf.data, "12345"));
	cr_expect(not(buf.cut));
	buf_putc(&buf, '6');
	cr_expect(eq(str, buf.data, "12345"));
	cr_expect(buf.cut);
}

Test(buf, cuts_a_text_in_the_middle)
{
	char data[6];
	struct buf buf = sized(data, sizeof(data));
	buf_puts(&buf, "1234567");
	cr_expect(eq(str, buf.data, "12345"));
	cr_expect(buf.cut);
	buf_clear(&buf);
	cr_expect(not(buf.cut));
}

Test(buf, prints_the_extreme_numbers)
{
	char data[128];
	struct buf buf = sized(data, sizeof(data));
	buf_u64(&buf, UINT64_MAX);
	buf_putc(&buf, ' ');
	buf_s64(&buf, INT64_MIN);
	buf_putc(&buf, ' ');
	buf_u64(&buf, 0);
	buf_putc(&buf, ' ');
	buf_hex(&buf, UINT64_MAX);
	buf_putc(&buf, ' ');
	buf_octal(&buf, UINT64_MAX);
	cr_expect(eq(str, buf.data,
		     "18446744073709551615 -9223372036854775808 0 "
		     "0xffffffffffffffff 01777777777777777777777"));
}

Test(buf, prints_zero_in_every_base_as_a_bare_digit)
{
	char data[16];
	struct buf buf = sized(data, sizeof(data));
	buf_hex(&buf, 0);
	buf_octal(&buf, 0);
	cr_expect(eq(str, buf.data, "00"));
}

Test(buf, pads_to_a_column_and_never_back)
{
	char data[16];
	struct buf buf = sized(data, sizeof(data));
	buf_puts(&buf, "ab");
	buf_pad(&buf, '.', 5);
	buf_pad(&buf, '.', 3);
	cr_expect(eq(str, buf.data, "ab..."));
	buf_pad(&buf, '.', 99);
	cr_expect(eq(sz, buf.len, 15));
	cr_expect(buf.cut);
}

Test(buf, formats_and_notices_what_is_cut)
{
	char data[8];
	struct buf buf = sized(data, sizeof(data));
	buf_printf(&buf, "%d-%s", 12, "abc");
	cr_expect(eq(str, buf.data, "12-abc"));
	buf_printf(&buf, "%s", "de");
	cr_expect(eq(str, buf.data, "12-abcd"));
	cr_expect(buf.cut);
}

Test(buf, leaves_room_behind_a_part)
{
	char data[16];
	struct buf buf;
	struct buf part;
	buf_init(&buf, data, sizeof(data));
	buf_puts(&buf, "ab");
	buf_split(&part, &buf, 4);
	buf_puts(&part, "0123456789");
	buf_join(&buf, &part);
	buf_puts(&buf, "wxyz");
	cr_expect(eq(str, data, "ab012345678wxyz"));
	cr_expect(buf.cut);
	buf_clear(&buf);
	buf_split(&part, &buf, sizeof(data) + 1);
	buf_puts(&part, "no room");
	buf_join(&buf, &part);
	cr_expect(eq(str, data, ""));
}
