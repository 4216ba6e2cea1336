/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Keys that begin to record, end it, and write what --flight keeps. */
#pragma once

#include <stdbool.h>

struct desk;

/* Asks for a name, or ends what is being recorded. */
unsigned tape_toggle(struct desk *desk, int unused);

/* The name that was typed. */
bool tape_take_name(struct desk *desk, const char *name);

/* Asks for a file of what --flight keeps. */
unsigned tape_write_flight(struct desk *desk, int unused);
