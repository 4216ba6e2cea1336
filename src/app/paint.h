/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Draws a desk: what is where on the screen. */
#pragma once

#include "ui/frame.h"

#include <stddef.h>

struct desk;
struct desk_place;

#define PAINT_TABS_LIMIT 9 /* one digit each */

void paint_desk(struct desk *desk);

/* Where things are, for the mouse. */
void paint_layout(const struct desk *desk, struct frame *frame);
size_t paint_tabs(const struct desk *desk,
		  struct frame_tab tabs[PAINT_TABS_LIMIT]);

/* Why there is no row, and what to do about it. */
const char *paint_empty(const struct desk *desk,
			const struct desk_place *place);
const char *paint_prompt_hint(const struct desk *desk);
