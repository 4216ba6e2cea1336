/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The lines above the rows: figures, and a chip for all that is in force. */
#pragma once

struct desk;
struct frame;

void header_draw(struct desk *desk, const struct frame *frame);
