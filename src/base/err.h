/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The only way a reason travels upward: a code and a sentence that says what
 * was attempted, on what, why it failed and what to do.
 */
#pragma once

struct err {
	int code;       /* negative errno; 0: none */
	char text[512]; /* one sentence, no newline, no full stop */
};

/*
 * Stores CODE (a negative errno) and the formatted sentence in ERR, which may
 * be NULL.  Returns CODE, so that `return err_set(...)` reads well.
 */
int err_set(struct err *err, int code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
