/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/presets.h"

#include <stdbool.h>

#include "abi/syscall.h"
#include "abi/sysset.h"
#include "app/action.h"
#include "app/desk.h"
#include "app/dialog.h"
#include "base/err.h"
#include "model/model.h"

struct preset {
	char key;         /* picks it from the list */
	const char *name; /* "files" */
	const char *set;  /* as -e takes it; "": the calls marked default */
	bool failed_only; /* list only calls that failed */
	const char *help;
};

/*
 * Failures leaves out the classes whose calls fail as a matter of course:
 * EAGAIN of descriptors, ETIMEDOUT of waiting.
 */
/* clang-format off */
static const struct preset presets[PRESET_COUNT] = {
	[PRESET_DEFAULT]   = {'d', "default",   "", false, "programs started, files touched, connections, signals"},
	[PRESET_FILES]     = {'f', "files",     "%file", false, "calls that take a path"},
	[PRESET_PROCESSES] = {'r', "processes", "%process", false, "calls about processes"},
	[PRESET_NETWORK]   = {'w', "network",   "%network", false, "calls of the network"},
	[PRESET_MEMORY]    = {'m', "memory",    "%memory", false, "calls about memory"},
	[PRESET_FAILURES]  = {'e', "failures",  "%file,%process,%network,%memory,%creds,%system", true, "calls whose failure tells something; failed ones listed"},
	[PRESET_ALL]       = {'A', "all",       "all", false, "every call"},
	[PRESET_NONE]      = {'U', "none",      "none", false, "no call; all are still counted"},
};
/* clang-format on */

unsigned presets_take(struct desk *desk, int preset)
{
	const struct preset *chosen = &presets[preset];
	struct catalogue *catalogue = model_catalogue(desk->model);
	struct sysset *set = sysset_new(catalogue);
	struct err err = {0};
	if (!chosen->set[0])
		sysset_add_default(set);
	else if (sysset_parse(set, chosen->set, &err) < 0)
		desk_say(desk, ROLE_ALARM, "%s", err.text);
	for (uint32_t i = 0; err.code == 0 && i < catalogue_count(catalogue);
	     i++)
		desk_set_traced(desk, i, sysset_has(set, i));
	if (err.code == 0)
		desk_say(desk, ROLE_MESSAGE, "tracing preset %s: %u calls%s",
			 chosen->name, sysset_count(set),
			 chosen->failed_only ? ", failed ones listed" : "");
	if (err.code == 0)
		desk->failed_only = chosen->failed_only;
	sysset_free(set);
	return ACTION_ROWS;
}

static unsigned choose(struct desk *desk, size_t chosen)
{
	return presets_take(desk, (int)chosen);
}

unsigned presets_open(struct desk *desk, int unused)
{
	(void)unused;
	struct popup *popup =
		dialog_open_list(desk, "Tick these and no other", choose);
	for (size_t i = 0; i < PRESET_COUNT; i++)
		popup_add_key(popup, presets[i].key, presets[i].name,
			      presets[i].help);
	return ACTION_DRAW;
}
