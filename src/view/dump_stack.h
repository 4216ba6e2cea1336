/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The stack of a call without a screen. */
#pragma once

struct buf;
struct event_call;
struct print_files;

/* A line per frame, each with a newline before it, as strace -k has them. */
void dump_stack_lines(struct buf *buf, const struct event_call *ev,
		      const struct print_files *files);

/* An array of frames, or null: none was taken. */
void dump_stack_json(struct buf *buf, const struct event_call *ev,
		     const struct print_files *files);
