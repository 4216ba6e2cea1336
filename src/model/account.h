/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What processes are known to have done, within the budget of counters: at it,
 * what ended processes did is added to the process "other", so that sums stay
 * exact.
 */
#pragma once

#include "bpf/event.h"

#include <stdint.h>

struct model;
struct task_process;

/* The process that EV names, made if need be; NULL at the budget. */
struct task_process *account_process(struct model *model,
				     const struct event *ev);
void account_drop(struct model *model, struct task_process *process);

void account_count(struct model *model, const struct event_count *ev);
void account_error(struct model *model, const struct event_error *ev);

/* Remembers the row of a failed call, which comes before its count does. */
void account_failed_call(struct model *model, struct task_process *process,
			 const struct event_call *ev, uint64_t id);
