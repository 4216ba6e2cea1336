/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The time zone in which times are told: a recording carries it along. */
#pragma once

#include <stdbool.h>

struct zone {
	char name[64]; /* "Europe/Berlin", or "" */
	char rule[64]; /* "CET-1CEST,M3.5.0,M10.5.0/3", or "" */
};

/* That of this process. */
void zone_find(struct zone *ret);

/* Makes it that of this process, by its name where this machine knows that, as
 * the rule says only what holds today.  False if it is no zone. */
bool zone_use(const struct zone *zone);
