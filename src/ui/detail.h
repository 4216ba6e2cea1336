/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Everything there is to know about one row, or about one syscall. */
#pragma once

#include <stdint.h>

struct catalogue;
struct model;
struct pager;
struct row;

/* Every field of ROW; of a call every argument, raw and decoded. */
void detail_of_row(struct pager *pager, const struct model *model,
		   const struct row *row);

/* What a syscall is: meaning, signature, arguments, class, numbers. */
void detail_of_syscall(struct pager *pager, const struct catalogue *catalogue,
		       uint32_t index);
