/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/presets.h"

/*
 * Failures leaves out the classes whose calls fail as a matter of course:
 * EAGAIN of descriptors, ETIMEDOUT of waiting.
 */
/* clang-format off */
static const struct preset presets[PRESET_COUNT] = {
	[PRESET_DEFAULT]   = {"default",   "", false},
	[PRESET_FILES]     = {"files",     "%file", false},
	[PRESET_PROCESSES] = {"processes", "%process", false},
	[PRESET_NETWORK]   = {"network",   "%network", false},
	[PRESET_MEMORY]    = {"memory",    "%memory", false},
	[PRESET_FAILURES]  = {"failures",  "%file,%process,%network,%memory,%creds,%system", true},
	[PRESET_ALL]       = {"all",       "all", false},
	[PRESET_NONE]      = {"none",      "none", false},
};
/* clang-format on */

const struct preset *presets_at(enum preset_index index)
{
	return &presets[index];
}
