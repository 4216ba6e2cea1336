/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sets of signals, and what a signal does.  A set is shown by the signals that
 * are in it, or after "~" by those that are not, where these are few.
 */
#include "config.h"

#include "abi/print.h"

#include <string.h>

#include "abi/flags.h"
#include "abi/show.h"
#include "base/buf.h"

#define SIGSET_SIZE   8           /* of every ABI: _NSIG is 64 */
#define SA_RESTORER   0x04000000u /* include/uapi/asm-generic/signal-defs.h */
#define OLD_MASK_SIZE 4           /* old_sigset_t, of 32-bit callers only */

#define OLD_ACTION_SIZE 16 /* struct compat_old_sigaction, linux/compat.h */

static void print_signals(struct show *show, uint64_t mask, unsigned count)
{
	const char *space = "";
	buf_putc(show->buf, '[');
	for (unsigned i = 0; i < count; i++) {
		const char *name = mask >> i & 1 ? flags_name(FLAGS_SIGNAL,
							      i + 1, show->abi)
						 : NULL;
		if (!name)
			continue;
		buf_puts(show->buf, space);
		buf_puts(show->buf, name + strlen("SIG"));
		space = " ";
	}
	buf_putc(show->buf, ']');
}

/* The first COUNT signals of MASK. */
static void print_mask(struct show *show, uint64_t mask, unsigned count)
{
	uint64_t all = UINT64_MAX >> (64 - count);
	mask &= all;
	if ((unsigned)__builtin_popcountll(mask) >= count * 2 / 3) {
		buf_putc(show->buf, '~');
		mask = ~mask & all;
	}
	print_signals(show, mask, count);
}

void print_sigset(struct show *show, const struct show_arg *arg)
{
	print_mask(show, arg->value, 64);
}

/* A set of as many bytes as an argument says.  The kernel takes whole sets only
 * and gives also the beginning of one. */
void print_sigset_pointed(struct show *show, const struct show_arg *arg)
{
	uint64_t size = 0;
	const void *bytes = NULL;
	bool is_sane = show_count(show, arg, &size) && size > 0 &&
		       (size == SIGSET_SIZE ||
			(size < SIGSET_SIZE && arg->phase == EVENT_AT_EXIT));
	if (arg->value && is_sane)
		bytes = show_memory(show, arg->value, size, arg->phase);
	if (bytes)
		print_mask(show, show_number(bytes, size), (unsigned)size * 8);
	else
		show_address(show, arg->value);
}

/* A set in the low 32 bits of a value. */
void print_sigmask(struct show *show, const struct show_arg *arg)
{
	print_mask(show, arg->value, OLD_MASK_SIZE * 8);
}

void print_old_sigset(struct show *show, const struct show_arg *arg)
{
	const void *bytes = show_whole(show, arg, OLD_MASK_SIZE);
	if (bytes)
		print_mask(show, show_number(bytes, OLD_MASK_SIZE),
			   OLD_MASK_SIZE * 8);
}

/* struct { sigset_t *set; size_t size; }, the last argument of pselect6(2) */
void print_sigset_argpack(struct show *show, const struct show_arg *arg)
{
	size_t width = show_word(show);
	const char *bytes = show_whole(show, arg, 2 * width);
	if (!bytes)
		return;
	uint64_t address = show_number(bytes, width);
	uint64_t size = show_number(bytes + width, width);
	const void *set = NULL;
	if (address && size == SIGSET_SIZE)
		set = show_memory(show, address, SIGSET_SIZE, EVENT_AT_ENTRY);
	buf_puts(show->buf, "{sigmask=");
	if (set)
		print_mask(show, show_number(set, SIGSET_SIZE), 64);
	else
		show_address(show, address);
	buf_puts(show->buf, ", sigsetsize=");
	buf_u64(show->buf, size);
	buf_putc(show->buf, '}');
}

/* include/uapi/asm-generic/signal-defs.h */
void print_sighandler(struct show *show, const struct show_arg *arg)
{
	static const char *const names[] = {"SIG_DFL", "SIG_IGN"};
	if (arg->value < sizeof(names) / sizeof(names[0]))
		buf_puts(show->buf, names[arg->value]);
	else if (arg->value == UINT64_MAX)
		buf_puts(show->buf, "SIG_ERR");
	else
		show_address(show, arg->value);
}

/* What stands in every layout of struct sigaction. */
struct action {
	uint64_t handler;
	uint64_t mask;
	uint64_t flags;
	uint64_t restorer;
	unsigned signals; /* that the mask has */
};

static void print_action(struct show *show, const struct action *action)
{
	buf_puts(show->buf, "{sa_handler=");
	show_value(show, ARG_SIGHANDLER, action->handler);
	buf_puts(show->buf, ", sa_mask=");
	print_mask(show, action->mask, action->signals);
	buf_puts(show->buf, ", sa_flags=");
	flags_print(show->buf, FLAGS_SA_FLAGS, action->flags, show->abi);
	if (action->flags & SA_RESTORER) {
		buf_puts(show->buf, ", sa_restorer=");
		show_address(show, action->restorer);
	}
	buf_putc(show->buf, '}');
}

/* struct sigaction, include/linux/signal_types.h: three words and the mask */
void print_sigaction(struct show *show, const struct show_arg *arg)
{
	size_t width = show_word(show);
	const char *bytes = show_whole(show, arg, 3 * width + SIGSET_SIZE);
	if (!bytes)
		return;
	const struct action action = {
		.handler = show_number(bytes, width),
		.flags = show_number(bytes + width, width),
		.restorer = show_number(bytes + 2 * width, width),
		.mask = show_number(bytes + 3 * width, SIGSET_SIZE),
		.signals = 64,
	};
	print_action(show, &action);
}

void print_old_sigaction(struct show *show, const struct show_arg *arg)
{
	const char *bytes = show_whole(show, arg, OLD_ACTION_SIZE);
	if (!bytes)
		return;
	const struct action action = {
		.handler = show_number(bytes, 4),
		.mask = show_number(bytes + 4, 4),
		.flags = show_number(bytes + 8, 4),
		.restorer = show_number(bytes + 12, 4),
		.signals = 32,
	};
	print_action(show, &action);
}
