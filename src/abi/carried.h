/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The catalogue as a recording carries it: a line per call, with what the
 * recorded machine's kernel said of it, so that another machine, or another
 * version of the tables, shows the same names.  The lines are hostile: anybody
 * may have made the recording.
 */
#pragma once

#include "abi/tracefs.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct catalogue;

#define CARRIED_LINE_SIZE 2048 /* six arguments, each with type and name */

struct carried_number {
	char name[TRACEFS_NAME_SIZE];
	uint32_t nr; /* of native callers */
};

struct carried {
	bool is_from_kernel;      /* the list was that of the recorded kernel */
	struct tracefs_list list; /* owned, sorted when carried_end() has been
				     called */
	struct carried_number *numbers; /* owned */
	size_t number_count;
};

/* The line of call INDEX, without line end, fields parted by tabs; false: there
 * is nothing to carry. */
bool carried_print(struct buf *line, const struct catalogue *cat,
		   uint32_t index);

/* Takes a line, or leaves it where it is none. */
void carried_add(struct carried *carried, const char *line);
/* Adds what another one has. */
void carried_join(struct carried *carried, const struct carried *other);

void carried_end(struct carried *carried);
void carried_done(struct carried *carried);
