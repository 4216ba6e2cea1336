/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The recording that comes with the program: some seconds of a small machine,
 * for who may not trace here.  It is part of the program, so that it is there
 * wherever that is.
 */
#pragma once

struct err;

#define DEMO_NAME "the demonstration" /* in place of a file's */

/* A descriptor of it, the caller's; negative errno with a sentence. */
int demo_open(struct err *err);
