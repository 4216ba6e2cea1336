/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The line below the rows: what the one under the cursor is about. */
#pragma once

struct desk;

void hint_draw(struct desk *desk, int y);
