/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line of what strace(1) prints, taken apart.  It may come from anywhere:
 * what is no such line is said to be none.  Texts are borrowed from the line.
 */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct strace_text {
	const char *at; /* not terminated */
	size_t len;
};

enum strace_kind {
	STRACE_NONE, /* no line of strace's */
	STRACE_NOTE, /* one that is about no call: of a stack, "attached" */
	STRACE_CALL, /* name(args) = result */
	STRACE_UNFINISHED, /* name(args <unfinished ...> */
	STRACE_RESUMED,    /* <... name resumed>args) = result */
	STRACE_SIGNAL,     /* --- SIGCHLD {...} --- */
	STRACE_STOPPED,    /* --- stopped by SIGSTOP --- */
	STRACE_EXITED,     /* +++ exited with 1 +++ */
	STRACE_KILLED,     /* +++ killed by SIGKILL +++ */
	STRACE_SUPERSEDED, /* +++ superseded by execve in pid 7 +++ */
	STRACE_MODE,       /* [ Process PID=7 runs in 32 bit mode. ] */
};

enum strace_stamp {
	STRACE_STAMP_NONE,
	STRACE_STAMP_RELATIVE, /* -r: since the line before */
	STRACE_STAMP_DAY,      /* -t, -tt: since midnight */
	STRACE_STAMP_EPOCH,    /* -ttt */
};

struct strace_line {
	enum strace_kind kind;
	uint32_t tid;            /* 0: it has none */
	struct strace_text comm; /* of that thread; empty: it has none */
	enum strace_stamp stamp;
	uint64_t stamp_ns;
	struct strace_text name; /* of the call, of the signal */
	/* Of a call what is behind "(" or "resumed>"; of a signal what it says
	 * of itself. */
	struct strace_text rest;
	/* An exit status, the PID of an execve, bits of a mode; of what was
	 * killed: whether core was dumped. */
	uint32_t number;
};

void strace_line_parse(struct strace_line *ret, const char *line, size_t len);

/* A call's arguments and result. */
struct strace_call {
	struct strace_text args[EVENT_ARGS]; /* the last has all that follow */
	size_t count;
	struct strace_text result; /* without the duration */
	bool has_duration;         /* -T */
	uint64_t duration_ns;
};

/* REST: of a line, or of an unfinished and a resumed one together.  False: it
 * is not that of a call. */
bool strace_line_call(struct strace_call *ret, struct strace_text rest);

/* Whether TEXT begins with PREFIX, which it then goes behind. */
bool strace_line_skip(struct strace_text *text, const char *prefix);
bool strace_line_is(const struct strace_text *text, const char *whole);

/* Decimal digits at its beginning, which it then goes behind; false: none. */
bool strace_line_number(struct strace_text *text, uint64_t *ret);
