/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a BPF program over all tasks. */
#pragma once

#include "feed/sink.h"

struct bpf_link;
struct bpf_program;
struct err;

/* Runs LINK's iterator to its end; what it writes are events, for TO (or
 * NULL). */
int walk_tasks(struct bpf_link *link, const struct sink *to, struct err *err);

/* The same of a program that is not attached yet. */
int walk_tasks_once(struct bpf_program *prog, struct err *err);
