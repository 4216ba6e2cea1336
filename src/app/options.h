/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of options: the command line, the configuration file, --help, the
 * completions and the manual's check all derive from it.
 */
#pragma once

#include "view/dump.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct err;

enum options_mode { /* what to do; the screen when nothing is said */
	MODE_SCREEN,
	MODE_BATCH,      /* -b */
	MODE_JSON,       /* -j */
	MODE_CSV,        /* --csv */
	MODE_SUMMARY,    /* -c */
	MODE_LIST,       /* -l */
	MODE_EXPLAIN,    /* -x */
	MODE_CHECK,      /* --check */
	MODE_COMPLETION, /* --completion=bash|zsh, hidden: prints the script */
	MODE_HELP,
	MODE_VERSION,
};

enum options_color {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
};

enum options_fds {
	FDS_NONE,
	FDS_PATH,
	FDS_ALL,
};

struct options { /* text is borrowed from argv or owned by the table's store */
	enum options_mode mode;
	pid_t *pids; /* owned */
	size_t pid_count;
	pid_t *tids; /* owned */
	size_t tid_count;
	bool no_follow;
	char **command; /* NULL-terminated tail of argv, or NULL */
	char **trace;   /* owned array: each -e SET in order */
	size_t trace_count;
	const char *comm;
	int64_t uid; /* -1: any */
	const char *cgroup;
	int outcome; /* enum live_outcome */
	int *errnos; /* owned */
	size_t errno_count;
	uint64_t min_ns;
	const char *output;
	uint64_t count;  /* -n; 0: no limit */
	uint64_t for_ns; /* --for; 0: no limit */
	uint64_t delay_ns;
	bool delay_given;
	unsigned string_limit; /* 0: not given */
	enum options_fds fds;
	enum dump_stamp stamp;
	bool duration;      /* -T */
	const char *fields; /* --fields */
	const char *sort;
	const char *explain;
	const char *completion;
	const char *tracefs;
	enum options_color color;
	bool ascii, no_mouse, readonly, no_save;
	uint64_t ring_bytes, row_bytes, count_bytes, name_bytes, output_bytes;
};

/*
 * Reads environment and command line.  -EINVAL with a sentence that names the
 * option and what it takes.  options_done() even after an error.
 */
int options_parse(struct options *ret, int argc, char **argv, struct err *err);
void options_done(struct options *options);

void options_print_help(void);
