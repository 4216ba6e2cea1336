/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines above the rows: figures, and a chip for all that is in force. */
#pragma once

#include "app/desk.h"

struct frame;
struct model_summary;

#define HEADER_CHIP_SIZE 128

/* The chips' texts live as long as they are drawn. */
struct header_chips {
	struct frame_chip at[DESK_CHIPS_LIMIT];
	char text[DESK_CHIPS_LIMIT][HEADER_CHIP_SIZE];
	size_t count;
};

/* What is in force now. */
void header_gather(struct desk *desk, const struct model_summary *summary,
		   struct header_chips *chips);

void header_draw(struct desk *desk, const struct frame *frame);
