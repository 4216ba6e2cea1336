/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * COMMAND: forked early, before BPF is loaded and privileges are dropped, and
 * held until child_go(), so that its first traced call is its one execve.  It
 * gets the environment, descriptors, signal mask and dispositions, limits,
 * credentials and directory that sctop was started with.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct child;
struct err;

/* What the program was started with, taken before anything changes it. */
struct child_inherit;
struct child_inherit *child_inherit_new(void);
void child_inherit_free(struct child_inherit *inherit);

/*
 * The file that COMMAND names, along the directories of PATHS ("a:b", as in
 * PATH) unless it has a slash.  -ENOENT or -EACCES; -ENAMETOOLONG.
 */
int child_find(char *ret, size_t size, const char *command, const char *paths);

/*
 * Forks.  COMMAND is found along PATH by us: -ENOENT (status 127) or -EACCES
 * (126) with a sentence.  With PTY it runs in a session and pseudo-terminal of
 * its own, of the size of standard output's terminal.  INHERIT is borrowed for
 * the call.
 */
int child_new(struct child **ret, char *const *command,
	      const struct child_inherit *inherit, bool pty, struct err *err);
void child_free(struct child *child); /* never kills it */

pid_t child_pid(const struct child *child);
int child_pty(const struct child *child); /* master's descriptor, -1 without */
int child_go(struct child *child, struct err *err); /* lets it execute */
bool child_reap(struct child *child); /* polls; true once it has ended */

/* Once it has ended: its status, or 128+N; 126, 127 where it did not start. */
int child_exit_status(const struct child *child);

/* Why its execve failed, as errno; 0 if it did not. */
int child_exec_errno(const struct child *child);
