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

struct privileges_needs {
	bool signals; /* to any process */
	bool files;   /* made later on */
};

/*
 * Gives up, for good, every capability but CAP_BPF, CAP_PERFMON,
 * CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH and, for signals, CAP_KILL, of those that
 * are held. CAP_SYS_ADMIN stays only where it stands in for a missing one of
 * the first two, CAP_DAC_OVERRIDE and CAP_CHOWN only for files.
 */
int privileges_drop(const struct privileges_needs *needs, struct err *err);

/* Whether files can be made where others may not, or given to others. */
bool privileges_has_files(void);

/* Gives up all but that, for good.  Negative errno. */
int privileges_keep_files(void);
