/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Bytes as text: RFC 4648, section 4. */
#pragma once

#include <stddef.h>

struct buf;

#define BASE64_SIZE(bytes) (((bytes) + 2) / 3 * 4)

void base64_put(struct buf *buf, const void *data, size_t len);
