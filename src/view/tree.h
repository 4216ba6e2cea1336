/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes as a tree: each below its parent, brothers in the order in which
 * they came, with the lines that lead to them.
 */
#pragma once

#include "model/model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

#define TREE_DEPTH_LIMIT 32 /* levels that have lines of their own */

/* Where a row is in the tree. */
struct tree_branch {
	uint32_t lines; /* bit N: brothers of its ancestor of depth N + 1 follow
			 */
	uint8_t depth;
	bool last; /* no brother follows */
};

/* Puts ROWS of ROW_PROCESS in that order; one whose parent is not among them is
 * at the top.  BRANCHES, as many, tells where each is then. */
void tree_arrange(const struct model *model, struct row *rows, size_t count,
		  struct tree_branch *branches);

/* The lines before a name, at most WIDTH columns; how many these are. */
int tree_lines(struct buf *buf, const struct tree_branch *branch, int width,
	       bool ascii);
