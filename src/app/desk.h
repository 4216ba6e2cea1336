/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the screen shows and where the user is: a place (a view of something,
 * with its cursor, order and filters), the way back, and what is open over it.
 * Keys change a desk, paint.c draws it; it knows neither the kernel side nor a
 * clock, so that a test drives it as the program does.
 */
#pragma once

#include "app/keymap.h"
#include "app/setup.h"
#include "base/err.h"
#include "model/identity.h"
#include "model/query.h"
#include "ui/draw.h"
#include "ui/frame.h"
#include "ui/pager.h"
#include "ui/popup.h"
#include "ui/prompt.h"
#include "ui/table.h"
#include "view/tags.h"
#include "view/layout.h"
#include "view/tree.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct conf;
struct filter;
struct inventory_file;
struct clipboard_terminal;
struct options;
struct output;
struct player;
struct term;
struct view;

#define DESK_DEPTH_LIMIT 8 /* drilling goes three deep */
#define DESK_NAME_SIZE   64
#define DESK_CHIPS_LIMIT 24
#define DESK_HOLD_NS     2000000000ull /* rows keep their places after a key */
#define DESK_MESSAGE_NS  5000000000ull
#define DESK_UNDO        8  /* changes of a filter that can be taken back */
#define DESK_HISTORY     20 /* texts that were typed before */
#define DESK_GONE        UINT64_MAX /* row id of what is not there at this time */

struct desk_place {
	const struct view *view;
	uint64_t process;           /* row id: only its rows; 0: any */
	uint32_t syscall;           /* only its rows; SYSCALL_NONE: any */
	struct query_within within; /* only such calls */
	/* Whom process and within.file mean in any model. */
	struct identity who, about;
	char name[DESK_NAME_SIZE]; /* in the path, escaped */
	const struct field *sort;  /* NULL: as rows come */
	bool descending;
	bool by_class;
	bool tree;                /* of processes: each below its parent */
	char filter[PROMPT_SIZE]; /* as typed */
	struct filter *passing;   /* the latest that was understood; owned */
	char undo[DESK_UNDO][PROMPT_SIZE]; /* what it was before, latest last */
	size_t undo_count;
	char search[PROMPT_SIZE];
	struct table table;
};

enum desk_mode {
	DESK_TABLE,
	DESK_PAGE,     /* help, detail, explanation */
	DESK_LIST,     /* something to pick */
	DESK_PROMPT,   /* search or filter being typed */
	DESK_QUESTION, /* what becomes of COMMAND */
	DESK_CONFIRM,  /* whether to send a signal */
	DESK_OUTPUT,   /* COMMAND's output; keys go to it */
	DESK_SETUP,
};

enum desk_asked {
	DESK_ASK_SEARCH,
	DESK_ASK_FILTER,
	DESK_ASK_FILE,    /* to write the rows to */
	DESK_ASK_SETTING, /* the value of one */
	DESK_ASK_NAME,    /* of the filter in force */
	DESK_ASK_SAVED,   /* what a filter of some name lets pass */
	DESK_ASK_RECORD,  /* the file to record into */
	DESK_ASK_MOMENT,  /* of a recording, to go to */
	DESK_ASKS,
};

enum desk_page {
	DESK_PAGE_HELP,
	DESK_PAGE_DETAIL,
	DESK_PAGE_EXPLAIN,
	DESK_PAGE_UNSEEN,
	DESK_PAGE_COMMAND, /* what is looked at, as a command */
	DESK_PAGE_OPENED,
	DESK_PAGE_STACK,
};

/* What keys reach outside the desk; SELF goes with each. */
struct desk_hooks {
	void (*set_traced)(void *self, uint32_t index, bool on);
	void (*set_stacks)(void *self, uint32_t index, bool on);
	/* COUNT 0: no limit */
	int (*limit_rows)(void *self, const pid_t *pids, size_t count,
			  bool follow, struct err *err);
	void (*zero)(void *self);
	/* Tells the model which calls are in progress. */
	void (*look_at_blocked)(void *self);
	void (*type)(void *self, const char *bytes, size_t len);
	/* As it is, beside what is drawn. */
	void (*to_terminal)(void *self, const char *bytes, size_t len);
	/* To exactly the process that started then. */
	int (*send_signal)(void *self, pid_t pid, uint64_t start_ns, int number,
			   struct err *err);
	int (*list_files)(void *self, pid_t pid, uint64_t start_ns,
			  void (*add)(void *to,
				      const struct inventory_file *file),
			  void *to, struct err *err);
	/* Begins to record into a new file PATH, NULL: ends it; says how it
	 * went.  NULL: what is shown is a recording. */
	void (*record)(void *self, const char *path);
	/* Writes what --flight keeps; NULL: it was not given. */
	void (*write_flight)(void *self);
	void *self;
};

/* What is being recorded, as app/reel.h tells. */
struct desk_tape {
	char text[96];   /* a chip; "": nothing is */
	bool failed;     /* nothing is written any more */
	char flight[48]; /* a chip about --flight, or "" */
};

/* Rows of some processes only, asked for on the screen. */
struct desk_only {
	uint64_t process; /* row id of the first; 0: no limit */
	size_t count;     /* of processes */
	uint64_t ids;     /* a hash of the row ids */
	bool follow;
	char name[DESK_NAME_SIZE];
};

/* The process that something is done to. */
struct desk_target {
	uint64_t id; /* of its row */
	pid_t pid;
	uint64_t start_ns;
	char name[DESK_NAME_SIZE + 16]; /* escaped, and its number */
	int signal;
	char question[DESK_NAME_SIZE + 48];
};

/* What desk->rows list of the calls, so that only new ones need a look. */
struct desk_tail {
	const struct desk_place *place; /* NULL: the list must be made anew */
	uint64_t process;
	uint32_t syscall;
	struct query_within within;
	bool failed;
	bool whole; /* no call before the first listed one passes */
	char filter[PROMPT_SIZE];
	uint64_t last; /* the latest call that was looked at */
};

/* What was typed, the latest last. */
struct desk_history {
	char at[DESK_HISTORY][PROMPT_SIZE];
	size_t count;
	size_t shown; /* which of them stands in the prompt; count: none */
};

struct desk {
	struct term *term;
	struct model *model;
	const struct desk_hooks *hooks;
	struct options *options;     /* in force; borrowed */
	struct conf *conf;           /* what the user has set up; borrowed */
	struct keymap keymap;        /* as CONF says */
	const struct output *output; /* of COMMAND; NULL: there is none */
	const char *command;         /* its name, escaped */
	bool command_runs;
	struct player *player; /* of a recording; borrowed; NULL: none */
	const struct frame_chip *chips; /* capture filters in force; borrowed */
	size_t chip_count;
	uint64_t delay_ns; /* between two samples */

	struct desk_place *roots; /* one per view */
	size_t root;
	struct desk_place drilled[DESK_DEPTH_LIMIT];
	size_t depth;

	struct row *rows; /* owned; as of the latest desk_refresh() */
	size_t count, capacity;
	struct tree_branch *branches; /* of the rows, in a tree; owned */
	struct query_result result;
	struct desk_tail tail;
	struct row *order; /* sorted by identity: where rows were */
	size_t order_count;
	bool stale;   /* rows may be gone: refresh before use */
	bool reorder; /* the next refresh need not keep places */

	enum desk_mode mode;
	enum desk_mode below; /* what closing comes back to: table or setup */
	struct setup setup;
	/* Takes an item of the list; the list is closed by then. */
	unsigned (*choose)(struct desk *desk, size_t chosen);
	enum desk_page page;
	struct prompt prompt;
	enum desk_asked asked; /* in the prompt */
	struct desk_history histories[DESK_ASKS];
	struct err mistake; /* in the filter; its text is empty: none */
	size_t mistake_at;  /* bytes of the filter before it */
	struct popup popup;
	struct pager pager;
	long output_back; /* lines scrolled back in the output */

	bool paused, marked; /* model/past.h has the times */
	const struct clipboard_terminal *terminal; /* NULL: unknown */
	bool failed_only;
	struct desk_tape tape;
	struct tags tags;
	struct desk_only only;
	bool readonly; /* no signal, no key to COMMAND */
	struct desk_target target;
	bool ticks_changed;
	uint32_t key; /* the one being handled */
	uint64_t now_ns, key_ns;
	uint64_t click_ns; /* of the latest on a row */
	enum role message_role;
	char message[256];
	uint64_t message_ns; /* when it was said */
};

struct desk *desk_new(struct term *term, struct model *model,
		      const struct desk_hooks *hooks, struct conf *conf,
		      struct options *options);
void desk_free(struct desk *desk);

struct desk_place *desk_place(struct desk *desk);

/* The columns that a place has. */
struct layout desk_layout(const struct desk *desk,
			  const struct desk_place *place);

/* What a row leads to: rows of all of these. */
struct desk_scope {
	uint64_t process; /* row id; 0: any */
	uint32_t syscall; /* SYSCALL_NONE: any */
	struct query_within within;
};

/* Goes to the root of a view, or one deeper than now. */
void desk_go_root(struct desk *desk, size_t view);
void desk_drill(struct desk *desk, const struct view *view,
		const struct desk_scope *scope, const char *name);
bool desk_back(struct desk *desk);

/* Lists what passes TEXT from now on.  False, with desk->mistake, if it is no
 * filter: then what passed before still does. */
bool desk_filter(struct desk *desk, const char *text);

/* Traces a syscall that this kernel has, or no longer. */
void desk_set_traced(struct desk *desk, uint32_t index, bool on);

/* Notes the filter before it is changed, so that this can be taken back. */
void desk_note_filter(struct desk *desk);

/* Lists the rows anew, the cursor on its row. */
void desk_refresh(struct desk *desk);

/* The row under the cursor, or NULL.  Refreshes first if need be. */
const struct row *desk_row(struct desk *desk);

/* Rows that pass the search: for n and N. */
bool desk_row_found(const struct desk *desk, const struct desk_place *place,
		    const struct row *row);

void desk_say(struct desk *desk, enum role role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A page is opened empty; fill desk->pager. */
struct pager *desk_open_page(struct desk *desk, enum desk_page page,
			     const char *title);
void desk_close(struct desk *desk); /* what is open over table or setup */
