/* SPDX-License-Identifier: GPL-2.0-or-later */
/* errno by name and text, independent of the machine that built or replays (x86
 * and arm64 agree).
 */
#pragma once

#include <stdbool.h>

const char *
errno_name(int code); /* 2: "ENOENT", 512: "ERESTARTSYS"; NULL if unknown */
const char *
errno_text(int code); /* "No such file or directory"; "" if unknown */
int errno_by_name(const char *name); /* "ENOENT": 2; -1 if unknown */

/* Whether that error of CALL is a matter of course, and globs of all calls of
 * which it is one, blanks between; "" if there is none. */
bool errno_is_usual(int code, const char *call);
const char *errno_usual_calls(int code);

int errno_is_restart(
	long ret); /* -512..-514, -516: interrupted, will be restarted */
