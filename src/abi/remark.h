/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A remark is a row that is no call: a signal that a thread takes, its end, an
 * execve by which it takes over another one's ID.  In strace's words.
 */
#pragma once

#include "abi/abi.h"
#include "bpf/event.h"

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Whether EV is one that a reader of rows is told about. */
bool remark_is_row(const struct event *ev);

/* How many lines of text it makes: an execve by the thread that goes on makes
 * none, a signal that stops its thread two. */
size_t remark_lines(const struct event *ev);

/* Line I, without its thread: "+++ exited with 0 +++".  ABI: the machine's. */
void remark_print(struct buf *buf, const struct event *ev, size_t i,
		  enum abi abi);
