/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Rows of some processes only. */
#pragma once

struct desk;

/* Those of the chosen rows; again: of all. */
unsigned only_toggle(struct desk *desk, int follow);
