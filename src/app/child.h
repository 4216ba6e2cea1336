/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * COMMAND: forked early, before BPF is loaded and privileges are dropped, and
 * held until child_go(), so that its first traced call is its one execve.  It
 * gets the environment, descriptors, signal mask and dispositions, limits,
 * credentials and directory that sctop was started with.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct child;
struct err;

/* What the program was started with, taken before anything changes it. */
struct child_inherit;
struct child_inherit *child_inherit_new(void);
void child_inherit_free(struct child_inherit *inherit);

/*
 * Forks.  COMMAND is found along PATH by us: -ENOENT (status 127) or -EACCES
 * (126) with a sentence.  With PTY it runs in a session and pseudo-terminal of
 * its own, of that size.
 */
int child_new(struct child **ret, char *const *command,
	      const struct child_inherit *inherit, bool pty, struct err *err);
void child_free(struct child *child); /* never kills it */

pid_t child_pid(const struct child *child);
int child_pty(const struct child *child); /* master's descriptor, -1 without */
int child_go(struct child *child, struct err *err); /* lets it execute */
bool child_reap(struct child *child); /* polls; true once it has ended */
int child_exit_status(
	const struct child *child); /* its status, or 128+N; 126, 127 */
