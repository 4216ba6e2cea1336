/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A session about a recording, -r: what a live session asks of the machine and
 * of the options comes out of the file.  It needs no privilege.
 */
#pragma once

struct err;
struct model;
struct session;

/* Opens the recording; makes catalogue and set of what was traced. */
int reopen_init(struct session *session, struct err *err);

/* -F, and what the recorded run had; both must let a row pass. */
int reopen_sieve(struct session *session, struct err *err);

/* A model that knows what the recording says of its machine, and no event; the
 * caller's. */
struct model *reopen_new_model(const struct session *session);

void reopen_done(struct session *session);
