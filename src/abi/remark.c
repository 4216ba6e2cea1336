/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/remark.h"

#include <sys/wait.h>

#include "abi/flags.h"
#include "abi/siginfo.h"
#include "base/buf.h"

bool remark_is_row(const struct event *ev)
{
	if (ev->kind == EVENT_EXEC || ev->kind == EVENT_EXIT)
		return ev->flags & EVENT_TASK_ROW;
	return ev->kind == EVENT_SIGNAL;
}

/* include/uapi/asm-generic/signal.h: SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU */
static bool is_stop(const struct event_signal *ev)
{
	return ev->action == EVENT_ACTION_DEFAULT && ev->signal >= 19 &&
	       ev->signal <= 22;
}

size_t remark_lines(const struct event *ev)
{
	const struct event_task *task = (const void *)ev;
	if (!remark_is_row(ev))
		return 0;
	if (ev->kind == EVENT_EXEC)
		return (uint32_t)task->status == ev->tid ? 0 : 1;
	return ev->kind == EVENT_SIGNAL && is_stop((const void *)ev) ? 2 : 1;
}

static void print_signal(struct buf *buf, const struct event_signal *ev,
			 size_t i, enum abi abi)
{
	buf_puts(buf, i ? "--- stopped by " : "--- ");
	flags_print(buf, FLAGS_SIGNAL, ev->signal, abi);
	if (i == 0) {
		buf_putc(buf, ' ');
		siginfo_print(buf, ev->info, sizeof(ev->info), abi);
	}
	buf_puts(buf, " ---");
}

static void print_exit(struct buf *buf, const struct event_task *ev,
		       enum abi abi)
{
	buf_puts(buf, "+++ ");
	if (WIFSIGNALED(ev->status)) {
		buf_puts(buf, "killed by ");
		flags_print(buf, FLAGS_SIGNAL, (uint64_t)WTERMSIG(ev->status),
			    abi);
		if (WCOREDUMP(ev->status))
			buf_puts(buf, " (core dumped)");
	} else {
		buf_puts(buf, "exited with ");
		buf_s64(buf, WEXITSTATUS(ev->status));
	}
	buf_puts(buf, " +++");
}

void remark_print(struct buf *buf, const struct event *ev, size_t i,
		  enum abi abi)
{
	const struct event_task *task = (const void *)ev;
	if (ev->kind == EVENT_SIGNAL) {
		print_signal(buf, (const void *)ev, i, abi);
	} else if (ev->kind == EVENT_EXIT) {
		print_exit(buf, task, abi);
	} else if (ev->kind == EVENT_EXEC) {
		buf_puts(buf, "+++ superseded by execve in pid ");
		buf_u64(buf, (uint32_t)task->status);
		buf_puts(buf, " +++");
	}
}
