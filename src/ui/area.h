/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A rectangle of the screen. */
#pragma once

struct area {
	int y, x, rows, cols;
};
