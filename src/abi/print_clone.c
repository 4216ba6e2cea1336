/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * clone(2), whose arguments strace names and orders itself: they stand in
 * another order on every architecture, and only some of them count.
 */
#include "config.h"

#include "abi/print.h"

#include <string.h>

#include "abi/flags.h"
#include "abi/show.h"
#include "abi/syscall.h"
#include "base/buf.h"

/* include/uapi/linux/sched.h */
#define CSIGNAL             0x000000ffu
#define CLONE_PIDFD         0x00001000u
#define CLONE_SETTLS        0x00080000u
#define CLONE_PARENT_SETTID 0x00100000u
#define CLONE_CHILD_TIDS    0x01200000u /* CLEARTID, SETTID */

static unsigned find(const struct show *show, const char *name)
{
	unsigned i = 0;
	while (i < show->nargs && strcmp(show->args[i].name, name) != 0)
		i++;
	return i;
}

static void print_named(struct show *show, const char *label, const char *name)
{
	unsigned i = find(show, name);
	if (i == show->nargs)
		return;
	buf_puts(show->buf, label);
	show_argument(show, i);
}

void print_clone_flags(struct show *show, uint64_t flags)
{
	uint64_t signal = flags & CSIGNAL;
	if (flags & ~(uint64_t)CSIGNAL || !signal)
		flags_print(show->buf, FLAGS_CLONE, flags & ~(uint64_t)CSIGNAL,
			    show->abi);
	if (signal && flags & ~(uint64_t)CSIGNAL)
		buf_putc(show->buf, '|');
	if (signal)
		show_value(show, ARG_SIGNAL, signal);
}

void print_clone(struct show *show, const struct show_arg *arg)
{
	uint64_t flags = arg->value;
	print_named(show, "child_stack=", "newsp");
	buf_puts(show->buf, ", flags=");
	print_clone_flags(show, flags);
	if (flags & (CLONE_PARENT_SETTID | CLONE_PIDFD))
		print_named(show, ", parent_tid=", "parent_tidptr");
	if (flags & CLONE_SETTLS)
		print_named(show, ", tls=", "tls");
	if (flags & CLONE_CHILD_TIDS)
		print_named(show, ", child_tidptr=", "child_tidptr");
}

void print_clone_tid(struct show *show, const struct show_arg *arg)
{
	bool is_fd = show->ev->args[0] & CLONE_PIDFD;
	struct argtype_spec spec = *arg->spec;
	struct show_arg told = *arg;
	spec.kind = is_fd ? ARG_FD : ARG_PID;
	told.spec = &spec;
	argtype_print(show, &told);
}
