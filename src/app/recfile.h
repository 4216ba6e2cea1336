/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A file that a session is recorded into, while it is written. */
#pragma once

#include "feed/record.h"

#include <stdint.h>

struct err;
struct session;

struct recfile {
	struct record *record; /* NULL: none */
	char *path;            /* owned */
	char *facts;           /* owned */
	uint64_t since_ns;     /* when it was begun */
};

/* What all recordings of SESSION have in common, without path and facts. */
struct record_config recfile_config(const struct session *session);

/* Makes the file PATH, or as CONFIG says otherwise, which is filled in.
 * Negative errno with a sentence. */
int recfile_open(struct recfile *ret, const struct session *session,
		 const char *path, struct record_config *config,
		 struct err *err);

/* 0, or the first failure; RET may be NULL.  Zeroes are fine. */
int recfile_close(struct recfile *file, struct record_totals *ret,
		  struct err *err);
