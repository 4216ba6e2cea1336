/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of keys: the footer, the help page and what happens derive from
 * it.  A key is a row; where it works is a set of contexts.
 */
#pragma once

#include "ui/keycode.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct desk;
struct frame_key;
struct pager;

#define KEYS_PER_ROW 8

enum keys_where { /* bits */
	KEYS_SYSCALLS = 1,
	KEYS_PROCESSES = 2,
	KEYS_PAIRS = 4, /* the syscalls of one process */
	KEYS_CALLS = 8,
	KEYS_BLOCKED = 16,
	KEYS_ERRORS = 32,
	KEYS_FILES = 64,
	KEYS_BUCKETS = 128,
	KEYS_PAGE = 256,
	KEYS_LIST = 512,
	KEYS_PROMPT = 1024,
	KEYS_QUESTION = 2048,
	KEYS_OUTPUT = 4096,
	KEYS_CONFIRM = 8192,
	KEYS_SETUP_COLUMNS = 1 << 14,
	KEYS_SETUP_SETTINGS = 1 << 15,
	KEYS_SETUP_KEYS = 1 << 16,
	KEYS_SETUP_FILTERS = 1 << 17,
	KEYS_SETUP_GRAB = 1 << 18, /* the next key is given to an action */
	KEYS_SETUP = KEYS_SETUP_COLUMNS | KEYS_SETUP_SETTINGS |
		     KEYS_SETUP_KEYS | KEYS_SETUP_FILTERS,
	KEYS_TABLE = KEYS_SYSCALLS | KEYS_PROCESSES | KEYS_PAIRS | KEYS_CALLS |
		     KEYS_BLOCKED | KEYS_ERRORS | KEYS_FILES | KEYS_BUCKETS,
	KEYS_ANY = KEYS_TABLE | KEYS_PAGE | KEYS_LIST | KEYS_PROMPT |
		   KEYS_QUESTION | KEYS_OUTPUT | KEYS_CONFIRM | KEYS_SETUP |
		   KEYS_SETUP_GRAB,
};
#define KEYS_WHERE_COUNT 19 /* single bits above */

/* What a key takes to be there. */
enum keys_needs {
	KEYS_NOTHING,
	KEYS_COMMAND, /* a COMMAND */
	KEYS_SIGNALS, /* that processes may be signalled: no --readonly */
	KEYS_MACHINE, /* this machine, not a recording */
	KEYS_PLAYER,  /* a recording */
	KEYS_FLIGHT,  /* --flight */
};

#define KEYS_NONE ((size_t)-1)

struct keys_row {
	const char *name; /* in the configuration: key.NAME; rows that do the
			     same in several places share it; "": the keys stay
			     as they are */
	uint32_t keys[KEYS_PER_ROW]; /* the footer shows the first */
	const char *label;           /* in the footer; "" for not there */
	unsigned where;              /* enum keys_where */
	enum keys_needs needs;
	unsigned (*act)(struct desk *desk, int arg);
	int arg;
	const char *help; /* one sentence without full stop */
};

size_t keys_count(void);
const struct keys_row *keys_at(size_t i);

/* The keys that row I has on this desk. */
const uint32_t *keys_of(const struct desk *desk, size_t i);

unsigned keys_where(const struct desk *desk); /* the context now: one bit */
const char *keys_where_name(unsigned where);

/* Does what KEY does now; returns what must be redone (enum action_redo). */
unsigned keys_press(struct desk *desk, uint32_t key);

/* The keys that work now and have a label; TEXTS backs their names. */
#define KEYS_FOOTER_LIMIT 32
struct keys_footer_text {
	char name[KEYS_FOOTER_LIMIT][16];
};
size_t keys_footer(const struct desk *desk, struct frame_key *ret,
		   struct keys_footer_text *text);

/* The first key of what NAME does, as the user knows it. */
const char *keys_name(const struct desk *desk, const char *name,
		      char text[KEYCODE_NAME_SIZE]);

/* Adds every key to a help page, those that work in WHERE first. */
void keys_add_help(struct pager *pager, const struct desk *desk,
		   unsigned where);
