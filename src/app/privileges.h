/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What sctop may do, and giving up what it no longer needs. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct err;

/* Effective capabilities, a bit (1 << CAP_...) each; 0 if they are unknown. */
uint64_t privileges_effective(void);

/* Whether they suffice for tracing: CAP_BPF and CAP_PERFMON, or CAP_SYS_ADMIN.
 */
bool privileges_suffice(uint64_t effective);

/*
 * Gives up, for good, every capability but CAP_BPF, CAP_PERFMON,
 * CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH and, where processes may be SIGNALLED,
 * CAP_KILL, of those that are held.
 * CAP_SYS_ADMIN stays only where it stands in for a missing one of the first
 * two.
 */
int privileges_drop(bool signalled, struct err *err);
