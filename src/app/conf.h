/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A configuration as text: lines NAME = VALUE; one that begins with # is a
 * comment.  A name is a KIND alone ("theme") or a kind and WHAT it is about
 * ("columns.events").  What is not understood is passed over and kept: a file
 * that is written again loses nothing.  What names mean is sctoprc.c's
 * business.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;

#define CONF_SIZE_LIMIT 65536 /* bytes: a file far above what is needed */
#define CONF_NAME_SIZE  64

struct conf_line {
	const char *text;  /* as it stands, without the end of line */
	const char *name;  /* NULL: a comment, or empty */
	const char *value; /* with NAME: what follows "=", trimmed */
	const char *fault; /* why it is passed over, a sentence; NULL */
};

struct conf_change {
	const char *name;
	const char *value; /* NULL: taken away */
};

struct conf { /* zeroed is empty */
	struct conf_line *lines;
	size_t count;
	struct conf_change *changes; /* by conf_set(), in order */
	size_t change_count;
	char **owned; /* every text that was ever in it, until conf_done() */
	size_t owned_count;
};

void conf_done(struct conf *conf);

/* Appends the lines of TEXT.  -EFBIG, or -EINVAL for a NUL byte, with a
 * sentence: then nothing of it is taken. */
int conf_parse(struct conf *conf, const char *text, size_t len,
	       struct err *err);

/* The value of the last good line of that name; NULL.  WHAT may be NULL.  Valid
 * until conf_done(). */
const char *conf_get(const struct conf *conf, const char *kind,
		     const char *what);

/* The value becomes VALUE, cut at the first control character; NULL takes the
 * lines of that name away. */
void conf_set(struct conf *conf, const char *kind, const char *what,
	      const char *value);

/* Does to CONFIG what was done to OTHER since it was parsed. */
void conf_repeat(struct conf *conf, const struct conf *other);

/* CONF as it is now, until conf_done(): its texts are CONF's. */
void conf_remember(const struct conf *conf, struct conf *ret);

/* CONF becomes what was remembered of it, which is empty then. */
void conf_go_back(struct conf *conf, struct conf *remembered);

/* Line I is passed over from now on; the sentence says why. */
void conf_refuse(struct conf *conf, size_t i, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* What LINE is about if its name is KIND.WHAT; else NULL. */
const char *conf_what(const struct conf_line *line, const char *kind);

/* The whole text, as it would stand in a file. */
void conf_print(const struct conf *conf, struct buf *buf);
