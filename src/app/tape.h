/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The key that begins to record, and ends it. */
#pragma once

#include <stdbool.h>

struct desk;

/* Asks for a name, or ends what is being recorded. */
unsigned tape_toggle(struct desk *desk, int unused);

/* The name that was typed. */
bool tape_take_name(struct desk *desk, const char *name);
