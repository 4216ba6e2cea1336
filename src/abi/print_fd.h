/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a descriptor referred to at the time of the call, as strace writes it
 * with -y and -yy: 3</etc/passwd>, 4<TCP:[127.0.0.1:22]>, AT_FDCWD</home/user>.
 * How much is told is what was captured; nothing is made up.
 */
#pragma once

#include "bpf/event.h"

#include <stdbool.h>
#include <stdint.h>

#define PRINT_FD_CWD (-100) /* AT_FDCWD, include/uapi/linux/fcntl.h */

struct buf;
struct show;

/* Where the paths are that rows refer to by id; zeros: none are known. */
struct print_files {
	/* NULL if it is not known; borrowed until the next event. */
	const struct event_file *(*find)(void *self, uint64_t id);
	/* The same of the function that a place in a file is in. */
	const struct event_symbol *(*find_symbol)(void *self, uint64_t file,
						  uint64_t offset);
	/* The name of a host's network interface, or NULL where it is not
	 * known; no function: this machine knows. */
	const char *(*link)(void *self, unsigned host, uint32_t index);
	void *self;
};

/* The target of FD in angle brackets, or nothing. */
void print_fd_target(struct show *show, int fd, enum event_phase phase);

/* A descriptor of a call. */
struct print_fd_place {
	int fd;
	enum event_phase phase;
	unsigned arg; /* behind which it is: it may be another process's; or
			 EVENT_ARGS: wherever it is */
};

/* The same of FD, whatever call had it, without what became of its name.  FILE
 * is the text that it refers to, or NULL. */
void print_fd_text(struct buf *buf, const struct event_fd *fd,
		   const struct event_file *file);

/* For programs: "/etc/passwd", no brackets, no escapes; whether it is known. */
bool print_fd_plain(struct buf *buf, const struct event_call *ev,
		    const struct print_fd_place *place,
		    const struct print_files *files);
