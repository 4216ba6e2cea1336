/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Syscalls that the kernel lists and no table knows the number of: each is
 * followed through its own tracepoint, which tells the number.
 */
#pragma once

#include "feed/live.h"

#include <stdbool.h>
#include <stdint.h>

struct catalogue;
struct control_desc;
struct err;
struct learn;
struct sink;
struct trace;

/*
 * Attaches to every SYSCALL_UNNUMBERED call of CATALOGUE, at most
 * CONTROL_UNNUMBERED; EVENTS_FD is the directory "events/syscalls".
 */
int learn_new(struct learn **ret, struct trace *skel,
	      struct catalogue *catalogue, int events_fd, struct err *err);
void learn_free(struct learn *learn);

/* The descriptor of an unnumbered syscall, or NULL if INDEX is none. */
struct control_desc *learn_desc(const struct learn *learn, uint32_t index);

/*
 * Tells the catalogue the numbers seen since the last time, and gives them
 * their descriptors in DESCS, by control_place(): a call may have told its
 * number before anybody said what to do with it.  Their places become LISTED.
 */
void learn_poll(struct learn *learn, struct control_desc *descs, bool *listed);

/* Hands over an EVENT_NUMBER for each that nobody was told of yet. */
void learn_tell(struct learn *learn, uint64_t now_ns, const struct sink *to);
