/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Calls and signals of strace's text as events.  Arguments and result stay
 * text; of what has a value or refers to a file that is told as well.
 */
#pragma once

#include "bpf/event.h"
#include "feed/strace_line.h"

#include <stddef.h>
#include <stdint.h>
#include <uthash.h>

struct sink;
struct strace_name;
struct strace_task;

#define STRACE_FILES_LIMIT 4096 /* kept; more are told again */

struct strace_file {
	uint64_t id;
	UT_hash_handle hh;
	char path[];
};

struct strace_files {
	struct strace_file *table; /* owned */
	uint64_t last_id;
};

void strace_event_files_done(struct strace_files *files);

/* Room for any call. */
union strace_room {
	struct event_call call;
	uint64_t words[EVENT_SIZE_LIMIT / sizeof(uint64_t)];
};

/* The call of TASK, but for its times; files that it refers to go TO before. */
void strace_event_call(union strace_room *ret, const struct strace_name *name,
		       const struct strace_call *call,
		       const struct strace_task *task,
		       struct strace_files *files, const struct sink *to);

void strace_event_signal(struct event_signal *ret,
			 const struct strace_line *line,
			 const struct strace_task *task);

/* As wait(2) reports that a process was killed by signal NAME. */
int32_t strace_event_killed(const struct strace_text *name, bool dumped_core);

/* The text of a quoted string into RET, ended with NUL, without its escapes;
 * how long it is, -1: it is none. */
long strace_event_unquote(const struct strace_text *text, char *ret,
			  size_t size);

/* The strings of "["ls", "-l"]" one after the other, each ended with NUL; how
 * many bytes. */
size_t strace_event_strings(const struct strace_text *text, char *ret,
			    size_t size);
