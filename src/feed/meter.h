/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Switches the kernel's BPF run-time statistics on for a tenth of a second
 * every two seconds: they slow down every BPF program of the machine, so they
 * are a sample.  It takes CAP_SYS_ADMIN, which sctop itself gives up: a
 * process of its own does it, and ends when sctop does.
 */
#pragma once

struct err;
struct meter;

/*
 * Forks that process; it keeps nothing but CAP_SYS_ADMIN.  Call it while no
 * kernel-side object is open: it would live on with it.  *RET is the caller's.
 */
int meter_new(struct meter **ret, struct err *err);
void meter_free(struct meter *meter); /* ends the process and waits for it */
