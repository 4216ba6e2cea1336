/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How a child ended, as wait(2) tells it. */
#include "config.h"

#include "abi/print.h"

#include "abi/flags.h"
#include "abi/show.h"
#include "base/buf.h"

static void print_test(struct show *show, const char *test, unsigned signal)
{
	buf_puts(show->buf, test);
	show_value(show, ARG_SIGNAL, signal);
}

/* As wait(2) has it: what WIFEXITED() and its like say. */
void print_wait_status(struct show *show, const struct show_arg *arg)
{
	uint32_t status = (uint32_t)arg->value;
	unsigned low = status & 0x7f;
	unsigned high = status >> 8 & 0xff;
	unsigned event = status >> 16;
	buf_putc(show->buf, '{');
	if (status == 0xffff) {
		buf_puts(show->buf, "WIFCONTINUED(s)");
		event = 0;
	} else if (low == 0x7f) {
		print_test(show,
			   "WIFSTOPPED(s) && WSTOPSIG(s) == ", high & 0x7f);
		if (high & 0x80)
			buf_puts(show->buf, " | 0x80");
	} else if (low) {
		print_test(show, "WIFSIGNALED(s) && WTERMSIG(s) == ", low);
		if (status & 0x80)
			buf_puts(show->buf, " && WCOREDUMP(s)");
	} else {
		buf_puts(show->buf, "WIFEXITED(s) && WEXITSTATUS(s) == ");
		buf_u64(show->buf, high);
	}
	buf_putc(show->buf, '}');
	if (!event)
		return;
	buf_puts(show->buf, " | ");
	flags_print(show->buf, FLAGS_PTRACE_EVENT, event, show->abi);
	buf_puts(show->buf, " << 16");
}
