/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/send.h"

#include <signal.h>
#include <stdio.h>

#include "abi/flags.h"
#include "app/action.h"
#include "app/desk.h"
#include "app/dialog.h"
#include "app/target.h"
#include "base/err.h"

/* Those that are sent by hand, what is asked for most first. */
static const int common[] = {SIGTERM, SIGINT,  SIGHUP,  SIGQUIT, SIGKILL,
			     SIGSTOP, SIGCONT, SIGUSR1, SIGUSR2};
#define COMMON  (sizeof(common) / sizeof(common[0]))
#define SIGNALS 64 /* _NSIG in the kernel's <asm/signal.h> */

static bool is_common(int number)
{
	for (size_t i = 0; i < COMMON; i++)
		if (common[i] == number)
			return true;
	return false;
}

/* The signal of the Ith line: the common ones, then the others by number. */
static int signal_at(size_t i)
{
	if (i < COMMON)
		return common[i];
	int number = 0;
	for (size_t at = COMMON; at <= i; at++)
		do
			number++;
		while (is_common(number));
	return number;
}

static const char *name_of(int number)
{
	const char *name =
		flags_name(FLAGS_SIGNAL, (uint64_t)number, abi_native());
	return name ? name : "";
}

static const char *meaning_of(int number)
{
	struct flags_walk walk;
	struct flags_part part;
	flags_walk_init(&walk, FLAGS_SIGNAL, (uint64_t)number, abi_native());
	return flags_walk_next(&walk, &part) ? part.meaning : "";
}

static unsigned choose(struct desk *desk, size_t chosen)
{
	struct desk_target *target = &desk->target;
	target->signal = signal_at(chosen);
	(void)snprintf(target->question, sizeof(target->question),
		       "send %s to %s?", name_of(target->signal),
		       target->name); /* a cut name still tells */
	popup_open(&desk->popup, "Send a signal", true);
	popup_add(&desk->popup, target->question, "");
	popup_add_key(&desk->popup, 'y', "send it", "");
	popup_add_key(&desk->popup, 'n', "do not", "");
	desk->mode = DESK_CONFIRM;
	return ACTION_DRAW;
}

unsigned send_open(struct desk *desk, int unused)
{
	(void)unused;
	if (!target_take(desk))
		return ACTION_DRAW;
	struct popup *popup = dialog_open_list(desk, desk->target.name, choose);
	for (size_t i = 0; i < SIGNALS; i++)
		popup_add(popup, name_of(signal_at(i)),
			  meaning_of(signal_at(i)));
	return ACTION_DRAW;
}

unsigned send_confirmed(struct desk *desk, int unused)
{
	(void)unused;
	const struct desk_target *target = &desk->target;
	struct err err = {0};
	desk_close(desk);
	if (desk->hooks->send_signal(desk->hooks->self, target->pid,
				     target->start_ns, target->signal,
				     &err) < 0)
		desk_say(desk, ROLE_ALARM, "%s not sent to %s: %s",
			 name_of(target->signal), target->name, err.text);
	else
		desk_say(desk, ROLE_MESSAGE, "sent %s to %s",
			 name_of(target->signal), target->name);
	return ACTION_DRAW;
}
