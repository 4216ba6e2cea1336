/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is looked at as command lines of other tools, and of sctop itself.  What
 * a tool cannot be told is a remark, not left out silently.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct buf;
struct syscall;

#define ASCOMMAND_SYSCALLS 512
#define ASCOMMAND_PIDS     64

enum ascommand_tool {
	ASCOMMAND_SCTOP,
	ASCOMMAND_STRACE,
	ASCOMMAND_PERF,
	ASCOMMAND_BPFTRACE,
	ASCOMMAND_TOOLS,
};

/* Texts are borrowed; NULL: none. */
struct ascommand {
	const struct syscall *syscalls[ASCOMMAND_SYSCALLS];
	size_t syscall_count; /* 0: all */
	pid_t pids[ASCOMMAND_PIDS];
	size_t pid_count; /* 0: the whole machine */
	pid_t tids[ASCOMMAND_PIDS];
	size_t tid_count;
	char *const *command; /* to start, instead of PIDs */
	bool no_follow;
	bool counts;               /* a table of counts, not a line per call */
	bool failed;               /* only calls that failed */
	bool succeeded;            /* only others */
	const char *const *errnos; /* names */
	size_t errno_count;
	uint64_t min_ns;
	const char *comm; /* a glob */
	int64_t uid;      /* -1: any */
	const char *cgroup;
	const char *filter;      /* an expression over calls */
	const char *view_filter; /* one over rows of counters */
};

const char *ascommand_name(enum ascommand_tool tool);

/* False: the tool has no such line, REMARK says why. */
bool ascommand_print(enum ascommand_tool tool, const struct ascommand *what,
		     struct buf *line, struct buf *remark);

/* TEXT as one word of a shell. */
void ascommand_quote(struct buf *buf, const char *text);
