/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A formula in the form that the kernel side reads. */
#pragma once

#include "bpf/control.h"
#include "feed/live.h"

struct err;

/* Fills all but RET's on and mark.  -EINVAL, -E2BIG: a glob. */
int formula_fill(struct control_filter *ret, const struct live_formula *formula,
		 struct err *err);

/* Which tests the call of that index passes, a bit each; SYSCALL_NONE: one that
 * the catalogue did not know. */
uint16_t formula_tests(const struct live_formula *formula, uint32_t index);
