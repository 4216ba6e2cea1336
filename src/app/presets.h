/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The table of presets: what one key ticks. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct preset {
	const char *name; /* "files" */
	const char *set;  /* as -e takes it; "": the calls marked default */
	bool failed_only; /* list only calls that failed */
};

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

const struct preset *presets_at(enum preset_index index);
