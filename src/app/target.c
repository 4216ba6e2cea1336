/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/target.h"

#include <string.h>

#include "app/desk.h"
#include "base/buf.h"
#include "base/escape.h"
#include "model/model.h"
#include "model/task.h"

static bool refuse(struct desk *desk, const char *why)
{
	desk_say(desk, ROLE_ALARM, "%s %s", desk->target.name, why);
	return false;
}

bool target_take(struct desk *desk)
{
	const struct row *row = desk_row(desk);
	uint64_t id = row ? model_row_process(desk->model, row) : 0;
	struct desk_target *target = &desk->target;
	struct row found;
	*target = (struct desk_target){0};
	if (!id || !model_find_row(desk->model, ROW_PROCESS, id, &found)) {
		desk_say(desk, ROLE_MESSAGE, "there is no process here");
		return false;
	}
	const struct task_process *process = found.object;
	target->id = id;
	target->pid = (pid_t)process->key.pid;
	target->start_ns = process->key.start_ns;
	struct buf name;
	buf_init(&name, target->name, sizeof(target->name));
	escape_text(&name, process->comm, strlen(process->comm));
	if (target->pid <= 0)
		return refuse(desk, "has no PID here");
	buf_printf(&name, " (%ld)", (long)target->pid);
	if (process->ended)
		return refuse(desk, "has ended");
	return true;
}
