/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hooks of the desk that reach for processes of this machine, apart from what
 * is traced. */
#pragma once

#include <stdint.h>
#include <sys/types.h>

struct err;
struct inventory_file;

/* Sends NUMBER to exactly the process that started then. */
int reach_signal(void *self, pid_t pid, uint64_t start_ns, int number,
		 struct err *err);

/* What it has open. */
int reach_files(void *self, pid_t pid, uint64_t start_ns,
		void (*add)(void *to, const struct inventory_file *file),
		void *to, struct err *err);
