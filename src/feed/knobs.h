/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is fixed before the programs are loaded: filters, sizes, numbers. */
#pragma once

struct err;
struct live_config;
struct trace;

/* CPUS: possible ones.  -EINVAL, -E2BIG with a sentence. */
int knobs_set(struct trace *skel, const struct live_config *config, int cpus,
	      struct err *err);
