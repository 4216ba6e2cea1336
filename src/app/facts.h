/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a recording tells besides events: the machine, the run, and all that is
 * shown and would otherwise be asked of the machine.  It is text, a line per
 * fact; doc/RECORDING lists them.  A reader passes over those it does not know.
 */
#pragma once

#include "abi/carried.h"
#include "app/zone.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct session;

struct facts_name { /* of a user, of a network interface */
	uint32_t id;
	char *name; /* owned; raw */
};

struct facts_names {
	struct facts_name *at; /* owned */
	size_t count;
};

/* Texts are escaped where nothing else is said. */
struct facts {
	char sctop[32]; /* the version that recorded */
	char host[80];
	char release[80]; /* of the kernel */
	char source[40];  /* what it was made from, if not by a recorder */
	char machine[32]; /* "x86_64" */
	struct zone zone;
	bool remarks;  /* signals, execs and ends are rows */
	char *command; /* owned; NULL: none was started */
	char *filter;  /* owned; raw: rows that do not pass it were not shown;
			  or NULL */
	char **traced; /* owned; raw: names of calls */
	size_t traced_count;
	struct facts_names users;
	struct facts_names links;
	struct carried carried;
};

/* The caller's text, and its length. */
char *facts_print(const struct session *session, size_t *ret_size);

/* TEXT may be anything; what is no fact is left out. */
void facts_parse(struct facts *ret, const char *text, size_t size);
void facts_done(struct facts *facts);
