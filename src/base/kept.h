/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Copies of data under a number, within a byte budget: those that nobody asked
 * for longest go first.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct kept;

struct kept *kept_new(size_t limit_bytes);
void kept_free(struct kept *kept);

/* Replaces what was kept under ID.  What is larger than the budget is not. */
void kept_put(struct kept *kept, uint64_t id, const void *data, size_t size);

/* Aligned for anything; NULL if there is none, or no more.  Borrowed until the
 * next kept_put(). */
const void *kept_find(struct kept *kept, uint64_t id);

/* All of them, those first that nobody asked for longest. */
void kept_each(const struct kept *kept,
	       void (*see)(void *self, const void *data), void *self);
