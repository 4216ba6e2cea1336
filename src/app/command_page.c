/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/command_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/errno.h"
#include "abi/syscall.h"
#include "app/action.h"
#include "app/ascommand.h"
#include "app/chosen.h"
#include "app/clipboard.h"
#include "app/desk.h"
#include "app/options.h"
#include "base/buf.h"
#include "feed/live.h"
#include "model/field.h"
#include "model/filter.h"
#include "ui/pager.h"
#include "view/views.h"

#define LINE_SIZE    16384
#define REMARK_SIZE  512
#define ERRNOS_LIMIT 32

/* What is looked at; texts of WHAT are in the rest. */
struct looked_at {
	struct ascommand what;
	const char *errnos[ERRNOS_LIMIT];
	char filter[2 * PROMPT_SIZE];
	struct buf filter_text;
};

static void add_syscall(struct ascommand *what, const struct desk *desk,
			uint32_t index)
{
	if (index == SYSCALL_NONE || what->syscall_count == ASCOMMAND_SYSCALLS)
		return;
	const struct syscall *sc =
		catalogue_get(model_catalogue(desk->model), index);
	if (sc->presence != SYSCALL_PRESENT)
		return; /* 32-bit callers' alone have no name elsewhere */
	for (size_t i = 0; i < what->syscall_count; i++)
		if (what->syscalls[i] == sc)
			return;
	what->syscalls[what->syscall_count++] = sc;
}

static void add_pid(struct ascommand *what, pid_t pid)
{
	if (pid <= 0 || what->pid_count == ASCOMMAND_PIDS)
		return;
	for (size_t i = 0; i < what->pid_count; i++)
		if (what->pids[i] == pid)
			return;
	what->pids[what->pid_count++] = pid;
}

static void add_process(struct ascommand *what, const struct desk *desk,
			uint64_t id)
{
	struct row row;
	struct field_scratch scratch;
	if (!id || !model_find_row(desk->model, ROW_PROCESS, id, &row))
		return;
	struct value pid = field_get(field_of_kind(ROW_PROCESS, "pid"),
				     desk->model, &row, &scratch);
	if (pid.known)
		add_pid(what, (pid_t)pid.u);
}

static void add_errno(struct looked_at *at, uint32_t code)
{
	const char *name = code ? errno_name((int)code) : NULL;
	if (!name || at->what.errno_count == ERRNOS_LIMIT)
		return;
	for (size_t i = 0; i < at->what.errno_count; i++)
		if (at->errnos[i] == name)
			return;
	at->errnos[at->what.errno_count++] = name;
	at->what.errnos = at->errnos;
}

/* Another condition that calls must meet. */
static struct buf *add_test(struct looked_at *at)
{
	buf_puts(&at->filter_text, at->filter_text.len ? " && " : "");
	at->what.filter = at->filter;
	return &at->filter_text;
}

static void add_path(struct looked_at *at, const struct desk *desk, uint64_t id)
{
	struct row row;
	struct field_scratch scratch;
	const struct field *path = field_of_kind(ROW_CALL, "path");
	if (!id || !model_find_row(desk->model, ROW_FILE, id, &row))
		return;
	struct value value = field_get(field_of_kind(ROW_FILE, "path"),
				       desk->model, &row, &scratch);
	filter_print_test(add_test(at), path, &value, true);
}

static void add_within(struct looked_at *at, const struct desk *desk,
		       const struct query_within *within)
{
	add_errno(at, within->error);
	add_path(at, desk, within->file);
	if (within->from_ns > at->what.min_ns)
		at->what.min_ns = within->from_ns;
	if (within->to_ns && within->to_ns != UINT64_MAX)
		buf_printf(add_test(at), "duration < %lluns",
			   (unsigned long long)within->to_ns);
}

/* Among events the row under the cursor is one of many; elsewhere it is what is
 * looked at. */
static void add_rows(struct looked_at *at, struct desk *desk)
{
	struct row *rows;
	const struct desk_place *place = desk_place(desk);
	size_t count = chosen_rows(desk, &rows);
	if (place->view->kind == ROW_CALL && !chosen_are_tagged(desk))
		count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct query_within within = query_within_row(&rows[i]);
		if (place->syscall == SYSCALL_NONE)
			add_syscall(&at->what, desk,
				    model_row_syscall(desk->model, &rows[i]));
		if (!place->process)
			add_process(&at->what, desk,
				    model_row_process(desk->model, &rows[i]));
		if (count == 1 || rows[i].kind == ROW_ERROR)
			add_within(at, desk, &within);
	}
	free(rows);
}

static void add_options(struct looked_at *at, const struct options *options)
{
	struct ascommand *what = &at->what;
	for (size_t i = 0; what->pid_count == 0 && i < options->pid_count &&
			   i < ASCOMMAND_PIDS;
	     i++)
		what->pids[i] = options->pids[i];
	if (what->pid_count == 0)
		what->pid_count = options->pid_count < ASCOMMAND_PIDS
					  ? options->pid_count
					  : ASCOMMAND_PIDS;
	for (size_t i = 0; what->pid_count == 0 && i < options->tid_count &&
			   i < ASCOMMAND_PIDS;
	     i++)
		what->tids[what->tid_count++] = options->tids[i];
	if (what->pid_count + what->tid_count == 0)
		what->command = options->command;
	what->no_follow = options->no_follow;
	what->comm = options->comm;
	what->uid = options->uid;
	what->cgroup = options->cgroup;
	what->succeeded = options->outcome == LIVE_SUCCEEDED;
	what->failed = what->failed || options->outcome == LIVE_FAILED;
	for (size_t i = 0; i < options->errno_count; i++)
		add_errno(at, (uint32_t)options->errnos[i]);
	if (options->min_ns > what->min_ns)
		what->min_ns = options->min_ns;
	if (options->filter)
		buf_printf(add_test(at), "(%s)", options->filter);
}

/* Calls that are traced, unless every one is. */
static void add_traced(struct ascommand *what, const struct desk *desk)
{
	struct model_summary summary;
	model_summary(desk->model, &summary);
	uint32_t count = catalogue_count(model_catalogue(desk->model));
	for (uint32_t i = 0; summary.traced < summary.syscalls && i < count;
	     i++)
		if (model_is_traced(desk->model, i))
			add_syscall(what, desk, i);
}

static void look(struct desk *desk, struct looked_at *at)
{
	const struct desk_place *place = desk_place(desk);
	enum row_kind kind = place->view->kind;
	struct ascommand *what = &at->what;
	*at = (struct looked_at){.what.uid = -1};
	buf_init(&at->filter_text, at->filter, sizeof(at->filter));
	bool rows = kind == ROW_CALL || kind == ROW_FILE || kind == ROW_BUCKET;
	what->counts = !rows && kind != ROW_BLOCKED;
	what->failed =
		kind == ROW_ERROR || (kind == ROW_CALL && desk->failed_only);
	add_syscall(what, desk, place->syscall);
	add_process(what, desk, place->process);
	add_within(at, desk, &place->within);
	add_rows(at, desk);
	if (what->pid_count == 0)
		add_process(what, desk, desk->only.process);
	if (rows && what->syscall_count == 0)
		add_traced(what, desk);
	add_options(at, desk->options);
	if (place->filter[0] && kind == ROW_CALL)
		buf_printf(add_test(at), at->filter_text.len ? "(%s)" : "%s",
			   place->filter);
	else if (place->filter[0])
		what->view_filter = place->filter;
}

unsigned command_page(struct desk *desk, int unused)
{
	(void)unused;
	struct looked_at at;
	char line_data[LINE_SIZE];
	char why_data[REMARK_SIZE];
	look(desk, &at);
	struct pager *pager =
		desk_open_page(desk, DESK_PAGE_COMMAND, "As a command");
	for (int i = 0; i < ASCOMMAND_TOOLS; i++) {
		enum ascommand_tool tool = (enum ascommand_tool)i;
		struct buf line;
		struct buf why;
		buf_init(&line, line_data, sizeof(line_data));
		buf_init(&why, why_data, sizeof(why_data));
		bool can = ascommand_print(tool, &at.what, &line, &why);
		pager_heading(pager, ascommand_name(tool));
		if (can && !line.cut)
			pager_add(pager, "", ROLE_TEXT, line_data);
		if (line.cut)
			pager_add(pager, "", ROLE_DIM, "the line is too long");
		if (why.len > 0)
			pager_add(pager, "", ROLE_DIM, why_data);
	}
	pager_heading(pager, "y copies the lines");
	return ACTION_DRAW;
}

unsigned command_page_copy(struct desk *desk, int unused)
{
	(void)unused;
	struct looked_at at;
	char data[CLIPBOARD_LIMIT];
	char why_data[REMARK_SIZE];
	struct buf lines;
	if (desk->page != DESK_PAGE_COMMAND) {
		desk_say(desk, ROLE_MESSAGE,
			 "nothing of this page can be copied");
		return ACTION_DRAW;
	}
	look(desk, &at);
	buf_init(&lines, data, sizeof(data));
	for (int i = 0; i < ASCOMMAND_TOOLS; i++) {
		struct buf why;
		buf_init(&why, why_data, sizeof(why_data));
		if (ascommand_print((enum ascommand_tool)i, &at.what, &lines,
				    &why))
			buf_putc(&lines, '\n');
	}
	clipboard_send(desk, "the lines", lines.data, lines.len);
	return ACTION_DRAW;
}
