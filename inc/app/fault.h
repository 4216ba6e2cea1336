/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Faults that tests cannot produce on every machine: in test builds (compiled
 * with SCTOP_FAULTS) the environment's SCTOP_FAULT names them, comma-separated;
 * in the program that is installed nothing is ever faulty.
 *
 *   no-btf      the kernel has no BTF
 *   lockdown    the kernel is locked down (confidentiality)
 *   old-kernel  the kernel is Linux 5.4
 *   no-tracefs  no tracefs can be opened
 *   hide=NAME   our own table lacks the syscall NAME (stands last)
 */
#pragma once

#include <stdbool.h>

bool fault_is_set(const char *name);
const char *fault_hidden(void); /* NAME of hide=NAME, or NULL */
