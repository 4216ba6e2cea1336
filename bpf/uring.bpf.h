/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Requests that programs hand in through io_uring, which no system call makes
 * and a ring that the kernel polls does not even tell by one: their number, of
 * the whole machine.
 */
#pragma once

#include "emit.bpf.h"

static __always_inline int count_request(void)
{
	struct control_totals *t = emit_totals();
	if (t)
		t->requests++;
	return 0;
}

SEC("raw_tp/io_uring_submit_req")
int uring_request(void *ctx)
{
	(void)ctx;
	return count_request();
}

/* The same tracepoint before Linux 6.4. */
SEC("raw_tp/io_uring_submit_sqe")
int uring_sqe(void *ctx)
{
	(void)ctx;
	return count_request();
}
