/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/base64.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "base/buf.h"

static void expect(const char *data, size_t len, const char *expected)
{
	char text[64];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	base64_put(&buf, data, len);
	cr_expect(eq(str, text, (char *)expected));
	cr_expect(eq(sz, buf.len, BASE64_SIZE(len)));
}

/* RFC 4648, section 10 */
Test(base64, is_as_its_standard_shows)
{
	expect("", 0, "");
	expect("f", 1, "Zg==");
	expect("fo", 2, "Zm8=");
	expect("foo", 3, "Zm9v");
	expect("foob", 4, "Zm9vYg==");
	expect("fooba", 5, "Zm9vYmE=");
	expect("foobar", 6, "Zm9vYmFy");
}

Test(base64, takes_every_byte)
{
	expect("\xff\xfe\xfd\x00\x1b]", 6, "//79ABtd");
	expect("\xfb\xef\xbe", 3, "++++");
}
