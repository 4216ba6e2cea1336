/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One run of sctop: the parts that main() builds and hands down.  batch.c and
 * screen.c each drive a session to its end.
 */
#pragma once

#include "app/options.h"

struct catalogue;
struct child;
struct err;
struct live;
struct model;
struct sysset;

struct session {
	struct options options;
	struct catalogue *catalogue;
	struct sysset *traced; /* what was picked */
	struct model *model;
	struct live *live;
	struct child *child; /* COMMAND, stopped before its execve until
				child_go(); or NULL */
	int stop_fd;         /* signalfd: SIGINT, SIGTERM, SIGHUP, SIGCHLD */
	bool picked;         /* traced came from -e, not from defaults */
};

/* Ticks a syscall live: kernel side, model and set together. */
void session_set_traced(struct session *session, uint32_t index, bool on);

/* Each returns the exit status of the program. */
int batch_run(struct session *session, struct err *err);
int screen_run(struct session *session, struct err *err);
