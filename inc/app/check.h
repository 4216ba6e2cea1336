/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What this machine must offer, whether it does, and what to do if not. */
#pragma once

struct err;

/*
 * 0 if everything that tracing needs is there; otherwise a negative errno and
 * the sentence of the first thing that is missing: -ENOTSUP, -EPERM.
 */
int check_required(struct err *err);

/* 0 if the screen has a terminal; otherwise -ENOTTY and a sentence. */
int check_terminal(struct err *err);

/*
 * Prints each requirement to standard output: whether it holds, what is lost
 * without it, and the remedy.  The exit status: 0 if all that are needed hold.
 */
int check_run(void);
