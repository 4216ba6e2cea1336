/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Hands the kernel side what it can decide of a filter. */
#pragma once

#include <stdbool.h>

struct filter;
struct live_formula;
struct model;

/*
 * Turns FILTER, of calls, into a formula that lets pass every call that FILTER
 * does.  True if the two are the same; else what passes is looked at again.
 * MODEL knows the calls and users.  push_done() frees what RET owns.
 */
bool push_filter(struct live_formula *ret, const struct filter *filter,
		 struct model *model);
void push_done(struct live_formula *formula);
