/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which time the desk shows: what keys do about it, and how the header tells.
 */
#pragma once

#include "model/model.h"

#include <stdbool.h>

struct buf;
struct desk;

unsigned time_pause(struct desk *desk, int unused);
unsigned time_step(struct desk *desk, int step);
unsigned time_mark(struct desk *desk, int unused);
unsigned time_zero(struct desk *desk, int unused);

/* "paused, 1234 calls since"; false: it is now, and nothing is to tell. */
bool time_print_pause(const struct desk *desk, struct buf *buf);
bool time_print_sample(const struct desk *desk, struct buf *buf);
bool time_print_mark(const struct desk *desk, struct buf *buf);

/* Why no row is listed, by the time that is shown; NULL: that is not why. */
const char *time_explain_empty(const struct desk *desk, enum row_kind kind);
