/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the kernel side copies for a call, derived from what the tables say its
 * arguments are: a list of operations per call, and one per command where the
 * further arguments depend on it.
 */
#pragma once

#include "bpf/control.h"

#include <stdbool.h>

struct syscall;
struct syscall_command;

struct describe_config {
	unsigned string_limit; /* bytes of a text or buffer that is no path */
	bool fds;              /* also what descriptors refer to */
};

/* The descriptor of SC, of its native or 32-bit callers; its state stays. */
void describe_call(struct control_desc *ret, const struct syscall *sc,
		   bool compat, const struct describe_config *config);

/* The key that leads to COMMAND, but for the place of the call.  Only what one
 * selector and mask, those of the first command, decide has one: else false,
 * and what the call copies without a command is copied. */
bool describe_key(struct control_variant_key *ret, const struct syscall *sc,
		  const struct syscall_command *command, bool compat);

/* The list of one of SC's commands. */
void describe_command(struct control_list *ret, const struct syscall *sc,
		      const struct syscall_command *command, bool compat,
		      const struct describe_config *config);
