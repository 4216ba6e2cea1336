/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the terminal can carry a screen. */
#pragma once

struct err;
struct term_config;

/*
 * -ENOTTY: not a terminal; -ENOENT: no or an unknown type; -ENOTSUP: cannot
 * move the cursor.  The sentence says what to do.
 */
int terminfo_check(const struct term_config *config, struct err *err);
