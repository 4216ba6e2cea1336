/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The commands of a call that has many, such as ioctl(2), in the order of their
 * values: found by binary search instead of one by one.
 */
#pragma once

#include "abi/abi.h"

#include <stdint.h>

struct syscall;
struct syscall_command;
struct command_order;

/* Of the commands that SC has by now, which stay borrowed.  NULL: they are few,
 * or need more than one look to tell. */
struct command_order *command_order_new(const struct syscall *sc);
void command_order_free(struct command_order *order);

/* The first command of VALUE on ABI, or NULL. */
const struct syscall_command *
command_order_find(const struct command_order *order, enum abi abi,
		   uint32_t value);
