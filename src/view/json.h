/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of a JSON object on one line (RFC 8259). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* Begins a member of the object that BUF ends in: a comma unless it is the
 * first, then "KEY":.  KEY is our own. */
void json_key(struct buf *buf, const char *key);

/*
 * A string.  What is hostile in a terminal is spelt \u202e; bytes that are not
 * valid UTF-8 become U+FFFD.
 */
void json_string(struct buf *buf, const char *text, size_t len);
bool json_is_utf8(const char *text, size_t len);

void json_hex(struct buf *buf, uint64_t value); /* "0x1f", a string */
void json_bytes(struct buf *buf, const char *data, size_t len); /* "1bff" */
void json_double(struct buf *buf, double value); /* three decimals */
