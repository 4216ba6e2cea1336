/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A session about a recording, -r: what a live session asks of the machine and
 * of the options comes out of the file.  It needs no privilege.
 */
#pragma once

struct err;
struct session;

/* Opens the recording; makes catalogue and set of what was traced. */
int reopen_init(struct session *session, struct err *err);

/* -F, and what the recorded run had; both must let a row pass. */
int reopen_sieve(struct session *session, struct err *err);

/* The model, as it was when the recording began. */
void reopen_model(struct session *session);

void reopen_done(struct session *session);
