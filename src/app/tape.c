/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/tape.h"

#include "app/action.h"
#include "app/desk.h"
#include "app/dialog.h"
#include "app/recname.h"
#include "model/model.h"

unsigned tape_toggle(struct desk *desk, int unused)
{
	char name[PROMPT_SIZE];
	(void)unused;
	if (desk->tape.text[0]) {
		desk->hooks->record(desk->hooks->self, NULL);
		return ACTION_DRAW;
	}
	recname_print_free(name, sizeof(name),
			   desk->now_ns + model_wall_offset_ns(desk->model));
	return dialog_ask(desk, DESK_ASK_RECORD, name);
}

bool tape_take_name(struct desk *desk, const char *name)
{
	if (name[0])
		desk->hooks->record(desk->hooks->self, name);
	return true;
}

unsigned tape_write_flight(struct desk *desk, int unused)
{
	(void)unused;
	desk->hooks->write_flight(desk->hooks->self);
	desk_say(desk, ROLE_MESSAGE, "writing what is kept: %s",
		 desk->tape.flight);
	return ACTION_DRAW;
}
