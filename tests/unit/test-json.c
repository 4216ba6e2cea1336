/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/json.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "base/buf.h"

static void expect_string(const char *text, size_t len, const char *expected)
{
	char data[256];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	json_string(&buf, text, len);
	cr_expect(eq(str, data, (char *)expected));
}

#define EXPECT_STRING(literal, expected)                                       \
	expect_string(literal, sizeof(literal) - 1, expected)

Test(json, strings_are_quoted)
{
	EXPECT_STRING("a/b", "\"a/b\"");
	EXPECT_STRING("a\"b\\c\nd\te", "\"a\\\"b\\\\c\\nd\\te\"");
	EXPECT_STRING("\xe4\xb8\xad", "\"\xe4\xb8\xad\"");
	EXPECT_STRING("", "\"\"");
}

Test(json, hostile_characters_are_spelt)
{
	EXPECT_STRING("\x1b[2J\0\x7f", "\"\\u001b[2J\\u0000\\u007f\"");
	EXPECT_STRING("\xc2\x9b\xe2\x80\xae", "\"\\u009b\\u202e\"");
	EXPECT_STRING("\xf3\xa0\x80\x81", "\"\\udb40\\udc01\"");
}

Test(json, invalid_bytes_are_replaced_one_by_one)
{
	EXPECT_STRING("a\xff\xc0z", "\"a\xef\xbf\xbd\xef\xbf\xbdz\"");
	cr_expect(not(json_is_utf8("a\xff", 2)));
	cr_expect(json_is_utf8("\x1b\xe4\xb8\xad", 4));
}

Test(json, members_are_parted_by_commas)
{
	char data[64];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	buf_putc(&buf, '{');
	json_key(&buf, "a");
	json_hex(&buf, 0);
	json_key(&buf, "b");
	json_hex(&buf, 0x1f);
	json_key(&buf, "c");
	json_bytes(&buf, "\x1b\xff", 2);
	buf_putc(&buf, '}');
	cr_expect(
		eq(str, data, "{\"a\":\"0x0\",\"b\":\"0x1f\",\"c\":\"1bff\"}"));
}

Test(json, fractions_have_three_digits)
{
	char data[64];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	json_double(&buf, 0.0004);
	buf_putc(&buf, ' ');
	json_double(&buf, 12.3456);
	buf_putc(&buf, ' ');
	json_double(&buf, 1999.9999);
	cr_expect(eq(str, data, "0.000 12.346 2000.000"));
}
