/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws a desk: what is where on the screen. */
#pragma once

#include "ui/frame.h"

#include <stddef.h>

struct desk;

#define PAINT_TABS_LIMIT 9 /* one digit each */

void paint_desk(struct desk *desk);

/* Where things are, for the mouse. */
void paint_layout(const struct desk *desk, struct frame *frame);
size_t paint_tabs(const struct desk *desk,
		  struct frame_tab tabs[PAINT_TABS_LIMIT]);
