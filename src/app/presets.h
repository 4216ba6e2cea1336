/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sets of calls to tick at once, in a list to pick from. */
#pragma once

struct desk;

enum preset_index {
	PRESET_DEFAULT,
	PRESET_FILES,
	PRESET_PROCESSES,
	PRESET_NETWORK,
	PRESET_MEMORY,
	PRESET_FAILURES,
	PRESET_ALL,
	PRESET_NONE,
	PRESET_COUNT,
};

unsigned presets_open(struct desk *desk, int unused);
unsigned presets_take(struct desk *desk, int preset); /* enum preset_index */
