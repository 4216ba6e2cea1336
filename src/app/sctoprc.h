/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the names of the configuration file mean: those of options that are
 * kept, and the kinds below, each about something ("columns.events").
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct conf;
struct err;

struct sctoprc_kind {
	const char *name; /* "columns" */
	const char *what; /* in the manual: what stands behind the dot */
	/* -EINVAL with a sentence: nothing is called WHAT, or takes VALUE. */
	int (*check)(const char *what, const char *value, struct err *err);
};

/* NULL behind the last. */
const struct sctoprc_kind *sctoprc_kind_at(size_t i);

/* Passes over every line whose name or value is none.  options_parse() must
 * have looked at those of options before. */
void sctoprc_check(struct conf *conf);

/* The next line from *AT on that is passed over, as a sentence with file and
 * line; false behind the last. */
bool sctoprc_next_fault(const struct conf *conf, size_t *at, struct err *ret);
