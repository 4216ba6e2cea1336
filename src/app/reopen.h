/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A session about a recording, -r: what a live session asks of the machine and
 * of the options comes out of the file.  It needs no privilege.
 */
#pragma once

#include "feed/sink.h"

struct err;
struct model;
struct session;

/* Opens the recording; makes catalogue and set of what was traced. */
int reopen_init(struct session *session, struct err *err);

/* -F, options that say the same (app/excerpt.h), and what the recorded run had:
 * all must let a row pass. */
int reopen_sieve(struct session *session, struct err *err);

/* Where what arrives goes on its way to TO. */
struct sink reopen_sink(const struct session *session, const struct sink *to);

/* A model that knows what the recording says of its machine, and no event; the
 * caller's. */
struct model *reopen_new_model(const struct session *session);

void reopen_done(struct session *session);
