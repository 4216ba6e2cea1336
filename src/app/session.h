/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One run of sctop: the parts that main() builds and hands down.  batch.c and
 * screen.c each drive a session to its end.
 */
#pragma once

#include "app/conf.h"
#include "app/fieldlist.h"
#include "app/options.h"
#include "app/sieve.h"
#include "base/err.h"
#include "feed/live.h"
#include "feed/sink.h"

struct catalogue;
struct child;
struct child_inherit;
struct facts;
struct live;
struct maker;
struct merge;
struct merge_source;
struct meter;
struct model;
struct recorder;
struct remotes;
struct saver;
struct symbols;
struct sysset;
struct trim;

/* Exit statuses, apart from 0 and the command's own. */
#define SESSION_CANNOT         1 /* cannot work here */
#define SESSION_USAGE          2 /* wrong usage */
#define SESSION_FAILED         125 /* sctop itself failed, and there is a COMMAND */
#define SESSION_NOT_EXECUTABLE 126
#define SESSION_NOT_FOUND      127

#define SESSION_GAPS 64 /* that are known again */

struct session_gap {
	unsigned host;
	unsigned why; /* enum replay_gap_why */
	uint64_t after_ns;
	uint64_t line; /* of text */
};

struct session {
	struct conf conf; /* of the user, as changed on the screen */
	struct options options;
	struct catalogue *catalogue;
	struct sysset *traced; /* what was picked */
	struct model *model;
	struct live *live;         /* NULL with a merge */
	struct symbols *symbols;   /* names for stacks; NULL: none are taken */
	struct recorder *recorder; /* NULL with a merge */
	struct merge *merge;       /* -r, or NULL */
	struct merge_source *sources; /* of that */
	struct remotes *remotes;      /* --host, or NULL */
	struct facts *facts;          /* what it says of each host, or NULL */
	unsigned gaps;                /* in it so far */
	struct session_gap known_gaps[SESSION_GAPS]; /* the first of them */
	char gap_text[256]; /* a sentence about the latest */
	struct meter
		*meter; /* measures our own cost, for the screen; or NULL */
	struct child *child; /* COMMAND, stopped before its execve until
				child_go(); or NULL */
	struct saver *saver; /* writes what is kept, where we may not; NULL */
	struct maker *maker; /* makes files of recordings, likewise; or NULL */
	int stop_fd;         /* signalfd: SIGINT, SIGTERM, SIGHUP, SIGCHLD, and
				SIGUSR1 with --flight */
	int output_fd;       /* where batch writes; not with the screen */
	int events_fd;       /* tracefs directory "events/syscalls", or -1 */
	struct trim *trim; /* of what is recorded, what is not shown; or NULL */
	struct sieve sieve;       /* --filter */
	struct fieldlist fields;  /* --fields */
	const struct field *sort; /* -S, or NULL */
	struct err list_err; /* why the kernel's list is not used, or code 0 */
	uint64_t began_ns;   /* CLOCK_BOOTTIME, before any process was made */
	bool picked;         /* traced came from -e, not from defaults */
	bool stacks;         /* from the start: -k, or a field says so */
	bool remarks;        /* signals, execs and ends are rows too */
};

/* The parts that do not trace: catalogue, set, fields.  -EINVAL: wrong usage.
 */
int session_init(struct session *session, struct err *err);

/*
 * Starts COMMAND (held), loads the kernel side, gives up privileges and tells
 * the model about the tasks that exist.  Returns 0 or the exit status.
 */
int session_open(struct session *session, const struct child_inherit *inherit,
		 struct err *err);
void session_done(struct session *session);

/* An empty model within the session's budgets; the caller's. */
struct model *session_new_model(const struct session *session);

/* Where what arrives goes on its way to TO. */
struct sink session_sink(struct session *session, const struct sink *to);

/* Reads the counters; for a recording also which calls are in progress, which
 * a screen asks for when it shows them. */
void session_sample(struct session *session, const struct sink *to);

/* Ticks a syscall live: kernel side, model and set together. */
void session_set_traced(struct session *session, uint32_t index, bool on);

/* Says so if the list of system calls is not the running kernel's. */
void session_notice_list(const struct session *session);

/* The same of the stacks of its calls. */
void session_set_stacks(struct session *session, uint32_t index, bool on);

/* What there is to say about other machines, each sentence once. */
void session_hear(struct session *session,
		  void (*say)(void *self, const char *text), void *self);

/* A sentence for the user, on standard error. */
void session_notice(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* The same of a whole one, as a listener. */
void session_say(void *unused, const char *text);

/* Each returns the exit status of the program. */
int batch_run(struct session *session, struct err *err);
int screen_run(struct session *session, struct err *err);
