/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Help pages made from the tables they are handed. */
#pragma once

#include <stddef.h>

struct pager;
struct view;

struct help_key {
	const char *keys; /* "F4 \\ &" */
	const char *text; /* what they do: a sentence without full stop */
};

void help_add_keys(struct pager *pager, const char *title,
		   const struct help_key *keys, size_t count);
void help_add_views(struct pager *pager);
void help_add_fields(struct pager *pager, const struct view *view);
