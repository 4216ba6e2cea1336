/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The status of a child, taken apart as the macros of wait(2) do. */
#include "config.h"

#include "abi/print.h"

#include "abi/flags.h"
#include "abi/show.h"
#include "base/buf.h"

#define CONTINUED   0xffffu /* include/linux/sched/signal.h */
#define STOPPED     0x7fu
#define DUMPED      0x80u
#define SYSGOOD     0x80u /* with PTRACE_O_TRACESYSGOOD */
#define EVENT_SHIFT 16

/* Prints what kind of status it is; the bits that this has not told. */
static uint32_t print_kind_of(struct show *show, uint32_t status)
{
	struct buf *buf = show->buf;
	uint32_t signal = status & STOPPED;
	if ((status & 0xffff) == CONTINUED) {
		buf_puts(buf, "{WIFCONTINUED(s)");
		return status & ~CONTINUED;
	}
	if (signal == STOPPED) {
		uint32_t by = status >> 8 & 0xff;
		buf_puts(buf, "{WIFSTOPPED(s) && WSTOPSIG(s) == ");
		show_value(show, ARG_SIGNAL, by & ~SYSGOOD);
		buf_puts(buf, by & SYSGOOD ? " | 0x80" : "");
		return status & ~0xffffu;
	}
	if (signal) {
		buf_puts(buf, "{WIFSIGNALED(s) && WTERMSIG(s) == ");
		show_value(show, ARG_SIGNAL, signal);
		buf_puts(buf, status & DUMPED ? " && WCOREDUMP(s)" : "");
		return status & ~0xffu;
	}
	buf_puts(buf, "{WIFEXITED(s) && WEXITSTATUS(s) == ");
	buf_u64(buf, status >> 8 & 0xff);
	return status & ~0xff00u;
}

void print_wait_status(struct show *show, const struct show_arg *arg)
{
	uint32_t rest = print_kind_of(show, (uint32_t)arg->value);
	buf_putc(show->buf, '}');
	if (rest >> EVENT_SHIFT) {
		buf_putc(show->buf, '|');
		flags_print(show->buf, FLAGS_PTRACE_EVENT, rest >> EVENT_SHIFT,
			    show->abi);
		buf_puts(show->buf, "<<16");
	}
	if (rest & 0xffff) {
		buf_putc(show->buf, '|');
		buf_hex(show->buf, rest & 0xffff);
	}
}
