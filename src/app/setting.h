/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the rows of the table of options do with their arguments.  Each checks
 * ARG, stores it at the row's place and returns 0, or -EINVAL with a sentence
 * that names the option and what it takes.
 */
#pragma once

#include "app/options.h"

struct buf;

typedef int setting(struct options *options, const struct options_row *row,
		    const char *arg, struct err *err);

/* least: the value stored */
setting setting_mode, setting_mode_text, setting_outcome;
/* words: what is accepted */
setting setting_choice, setting_word, setting_fds;
/* least, most: the range */
setting setting_number, setting_duration, setting_delay, setting_size;
setting setting_flag, setting_text, setting_stamp, setting_more_fds,
	setting_pids, setting_texts, setting_errnos, setting_user,
	setting_rotate;

/* TEXT is borrowed. */
void setting_add(struct options_texts *texts, const char *text);

/* A short text, by value. */
struct setting_snippet {
	char text[48];
};

/* "-d, --delay" */
struct setting_snippet setting_label(const struct options_row *row);

/* The value that a row which is kept has, as its SET takes it. */
void setting_print(struct buf *buf, const struct options *options,
		   const struct options_row *row);

/* ARG without control bytes, cut: for a sentence. */
struct setting_snippet setting_quote(const char *arg);

/* Of a user's name the number, of this machine.  -EINVAL: nobody has it. */
int setting_find_user(struct options *options, struct err *err);
