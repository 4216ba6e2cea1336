/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as people type them: counts, durations, sizes. */
#pragma once

#include <stdint.h>

/*
 * Each takes the whole of TEXT.  -EINVAL: not in that form; -ERANGE: does not
 * fit 64 bits.
 */

/* "23": decimal digits only. */
int quantity_number(uint64_t *ret, const char *text);

/* "1.5ms": a number, then ns, us, ms, s, m or h; bare: seconds. */
int quantity_duration(uint64_t *ret_ns, const char *text);

/* "64K": a number, then K, M or G, powers of 1024; bare: bytes. */
int quantity_size(uint64_t *ret_bytes, const char *text);
