/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Narrows a view's filter by what is on the screen, and takes it back. */
#pragma once

struct desk;

/* Only rows that have what is in the cell under the cursor, or with INCLUDE 0
 * only others; of an amount, from it on, or below. */
unsigned narrow_by_cell(struct desk *desk, int include);

/* Takes the latest change of the filter back. */
unsigned narrow_undo(struct desk *desk, int unused);
