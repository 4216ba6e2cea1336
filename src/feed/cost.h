/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tracing costs, as far as it is measured. */
#pragma once

#include <linux/types.h>
#include <stdint.h>

struct trace;

/* What the programs of entry and exit took while the kernel measured, and how
 * often they ran then. */
void cost_of_programs(const struct trace *skel, __u64 *ret_ns, __u64 *ret_runs);

uint64_t cost_own_ns(void); /* sctop's CPU time */
