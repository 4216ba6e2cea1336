/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Apart from term.c because <term.h> has a struct of that name too. */
#include "config.h"

#include "ui/terminfo.h"

#include <curses.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <term.h>
#include <unistd.h>

#include "base/err.h"
#include "ui/term.h"

int terminfo_check(const struct term_config *config, struct err *err)
{
	static const char advice[] =
		"use -b, -j, --csv or -c to run without a screen";
	if (!config->in && !isatty(STDIN_FILENO))
		return err_set(err, -ENOTTY,
			       "cannot draw the screen: standard input is not "
			       "a terminal; %s",
			       advice);
	if (!config->out && !isatty(STDOUT_FILENO))
		return err_set(err, -ENOTTY,
			       "cannot draw the screen: standard output is not "
			       "a terminal; %s",
			       advice);
	const char *type = config->type ? config->type : getenv("TERM");
	if (!type || !*type)
		return err_set(err, -ENOENT,
			       "cannot draw the screen: TERM is not set; set "
			       "it to the terminal's type, or %s",
			       advice);
	int found = 0;
	int fd = config->out ? fileno(config->out) : STDOUT_FILENO;
	if (setupterm(type, fd, &found) != OK)
		return err_set(
			err, -ENOENT,
			"cannot draw the screen: no description of "
			"terminal type '%.64s'; set TERM to a known type "
			"such as xterm or vt100, or %s",
			type, advice);
	const char *move = tigetstr("cup");
	bool moves = move && move != (char *)-1;
	(void)del_curterm(cur_term); /* newterm() reads its own */
	if (!moves)
		return err_set(err, -ENOTSUP,
			       "cannot draw the screen: terminal type '%.64s' "
			       "cannot move the cursor; set TERM to what the "
			       "terminal is, or %s",
			       type, advice);
	return 0;
}
