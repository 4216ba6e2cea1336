/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The process of a row, for what is done to it: its number may be another's by
 * then, so that its start goes with it. */
#pragma once

#include <stdbool.h>

struct desk;

/* Notes the process of the row under the cursor in desk->target.  False, with
 * the reason said, where there is none that is alive and has a number. */
bool target_take(struct desk *desk);
