/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "base/base64.h"

#include <stdint.h>

#include "base/buf.h"

void base64_put(struct buf *buf, const void *data, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz"
				     "0123456789+/";
	const unsigned char *bytes = data;
	for (size_t i = 0; i < len; i += 3) {
		size_t left = len - i;
		uint32_t bits = (uint32_t)bytes[i] << 16;
		if (left > 1)
			bits |= (uint32_t)bytes[i + 1] << 8;
		if (left > 2)
			bits |= bytes[i + 2];
		buf_putc(buf, digits[bits >> 18]);
		buf_putc(buf, digits[bits >> 12 & 63]);
		buf_putc(buf, left > 1 ? digits[bits >> 6 & 63] : '=');
		buf_putc(buf, left > 2 ? digits[bits & 63] : '=');
	}
}
