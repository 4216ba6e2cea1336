/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of options: the command line, --help, the completions and the
 * manual's check all derive from it.
 */
#pragma once

#include "view/dump.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct conf;
struct err;

enum options_mode { /* what to do; the screen when nothing is said */
	MODE_SCREEN,
	MODE_BATCH,      /* -b */
	MODE_JSON,       /* -j */
	MODE_CSV,        /* --csv */
	MODE_EXPORT,     /* --export */
	MODE_SUMMARY,    /* -c */
	MODE_RECORD,     /* -w without any of these, and without a screen */
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

enum options_clipboard {
	CLIPBOARD_AUTO, /* where the terminal is known to have one */
	CLIPBOARD_ON,
	CLIPBOARD_OFF,
};

enum options_fds { /* what is told of descriptors: --decode-fds, -y */
	FDS_USUAL, /* not said: everything on the screen, else nothing */
	FDS_NONE,
	FDS_PATH,
	FDS_ALL,
};

struct options_texts {   /* of an option that may be repeated, in order */
	const char **at; /* owned array */
	size_t count;
};

struct options_given { /* on the command line */
	const struct options_row *row;
	const char *arg; /* NULL: none */
};

struct options_rotate { /* --rotate: one of the two, or neither */
	uint64_t bytes;
	uint64_t ns;
};

struct options_flight {      /* --flight and what goes with it */
	uint64_t bytes;      /* 0: it was not given */
	const char *trigger; /* NULL: none */
	uint64_t after_ns, pause_ns;
};

struct options { /* text is borrowed from argv and the configuration */
	enum options_mode mode;
	pid_t *pids; /* owned */
	size_t pid_count;
	pid_t *tids; /* owned */
	size_t tid_count;
	bool no_follow;
	char **command;             /* NULL-terminated tail of argv, or NULL */
	struct options_texts trace; /* each -e SET */
	const char *comm;
	const char *user; /* as it was typed; NULL: any */
	int64_t uid;      /* that this is here, or was typed; -1: none */
	const char *cgroup;
	int outcome; /* enum live_outcome */
	int *errnos; /* owned */
	size_t errno_count;
	uint64_t min_ns;
	const char *filter; /* --filter */
	const char *export; /* --export: a format of view/foreign.h */
	const char *output;
	const char *record;          /* --record; "-": standard output */
	struct options_texts replay; /* each --replay; "-": standard input */
	struct options_texts hosts;  /* each --host */
	const char *remote;          /* --remote; NULL: sctop */
	struct options_given *given; /* owned: all of it, in order */
	size_t given_count;
	bool demo; /* --demo; also in REPLAY, as DEMO_NAME */
	struct options_rotate rotate;
	uint64_t keep; /* --keep; 0: all */
	bool redact;
	struct options_flight flight;
	uint64_t count;  /* -n; 0: no limit */
	uint64_t for_ns; /* --for; 0: no limit */
	uint64_t delay_ns;
	bool delay_given;
	bool totals;
	bool verbose;
	uint64_t string_limit;
	enum options_fds fds;
	enum dump_stamp stamp;
	bool duration;      /* -T */
	bool stacks;        /* -k */
	const char *fields; /* --fields */
	const char *sort;
	const char *explain;
	const char *completion;
	const char *tracefs;
	enum options_color color;
	enum options_clipboard clipboard;
	const char *theme;
	bool lines, ascii, no_mouse, no_save, readonly;
	uint64_t ring_bytes, row_bytes, count_bytes, name_bytes, output_bytes;
};

/*
 * Reads what CONF keeps, over it the environment, over both the command line.
 * -EINVAL with a sentence that names the option of the command line and what it
 * takes; lines of CONF that take something else are refused there.  CONF may be
 * NULL, and is to outlive RET.  options_done() even after an error.
 */
int options_parse(struct options *ret, struct conf *conf, int argc, char **argv,
		  struct err *err);
void options_done(struct options *options);

enum options_group { /* the headings of --help, in order */
	OPTIONS_TRACE,
	OPTIONS_FILTER,
	OPTIONS_BATCH,
	OPTIONS_LINE,
	OPTIONS_RECORD,
	OPTIONS_SCREEN,
	OPTIONS_INFO,
	OPTIONS_BUDGET,
	OPTIONS_HIDDEN,
};

struct options_row {
	char letter;       /* 0: none */
	const char *name;  /* NULL: none */
	const char *takes; /* its argument's name in help; NULL: takes none */
	enum options_group group;
	int (*set)(struct options *options, const struct options_row *row,
		   const char *arg, struct err *err);
	size_t at; /* offset in struct options of what SET writes */
	uint64_t least, most;
	bool kept;         /* may stand in the configuration file */
	const char *words; /* what it accepts, space-separated; or NULL */
	const char *help;  /* one sentence without full stop */
};

/* The rows in the order of --help; NULL behind the last. */
const struct options_row *options_at(size_t i);
const char *options_group_name(enum options_group group);

/* The row of --NAME, or NULL. */
const struct options_row *options_by_name(const char *name);

/* Row NAME of CONF takes effect in OPTIONS. */
int options_keep(struct options *options, const struct options_row *row,
		 const char *value, struct err *err);

/* What holds where nothing is said. */
void options_init(struct options *ret);

/* Whether the screen is to have colours, if the terminal has any. */
bool options_wants_color(const struct options *options);

/* Whether a run is limited to some processes, of which everything is traced. */
bool options_is_narrow(const struct options *options);

/* Whether what is shown comes from elsewhere: recordings, other machines. */
bool options_is_replay(const struct options *options);

/* Whether it traces anything. */
bool options_is_run(enum options_mode mode);

/* The row that chooses MODE; never MODE_SCREEN. */
const struct options_row *options_of_mode(enum options_mode mode);

void options_print_help(void);
