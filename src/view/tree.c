/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"

#define NONE        SIZE_MAX
#define LEVEL_WIDTH 2 /* columns */

/* A row and where its relatives are; NONE: there is none. */
struct node {
	struct row row;
	struct tree_branch branch;
	size_t parent, first_child, next;
	bool placed;
};

/* Where the row of an id is. */
struct place {
	uint64_t id;
	size_t at;
};

struct forest {
	struct node *nodes;   /* in the order that they came */
	struct place *places; /* by id */
	size_t count;
	struct row *out;
	struct tree_branch *branches;
	size_t done;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static size_t find(const struct forest *forest, uint64_t id)
{
	const struct place key = {.id = id};
	const struct place *found =
		bsearch(&key, forest->places, forest->count,
			sizeof(*forest->places), compare_places);
	return found ? found->at : NONE;
}

static void relate(struct forest *forest, const struct model *model)
{
	for (size_t i = 0; i < forest->count; i++)
		forest->places[i] =
			(struct place){.id = forest->out[i].id, .at = i};
	qsort(forest->places, forest->count, sizeof(*forest->places),
	      compare_places);
	for (size_t i = forest->count; i-- > 0;) {
		struct node *node = &forest->nodes[i];
		uint64_t parent = model_row_parent(model, &node->row);
		node->parent = parent ? find(forest, parent) : NONE;
		node->next = NONE;
		if (node->parent == i)
			node->parent = NONE;
		if (node->parent == NONE)
			continue;
		node->next = forest->nodes[node->parent].first_child;
		forest->nodes[node->parent].first_child = i;
	}
}

static void place(struct forest *forest, size_t at, unsigned depth,
		  uint32_t lines)
{
	struct node *node = &forest->nodes[at];
	node->branch = (struct tree_branch){
		.lines = lines,
		.depth = (uint8_t)depth,
		.last = node->next == NONE,
	};
	node->placed = true;
	forest->branches[forest->done] = node->branch;
	forest->out[forest->done++] = node->row;
}

/* The lines of the children: where brothers of NODE follow, one goes on. */
static uint32_t lines_below(const struct node *node)
{
	unsigned depth = node->branch.depth;
	bool goes_on = depth > 0 && !node->branch.last;
	return node->branch.lines | (goes_on ? 1u << (depth - 1) : 0);
}

static bool is_open(const struct forest *forest, size_t at)
{
	return at != NONE && !forest->nodes[at].placed;
}

/* Down to the first child, else on to the next brother, or that of the nearest
 * ancestor that has one.  Parents of hostile events may go in circles. */
static void place_all_below(struct forest *forest, size_t top)
{
	place(forest, top, 0, 0);
	for (size_t at = top;;) {
		const struct node *node = &forest->nodes[at];
		size_t next = node->first_child;
		const struct node *parent = node;
		while (!is_open(forest, next) && at != top) {
			next = forest->nodes[at].next;
			at = forest->nodes[at].parent;
			parent = &forest->nodes[at];
		}
		if (!is_open(forest, next))
			return;
		unsigned depth = parent->branch.depth + 1u;
		place(forest, next,
		      depth < TREE_DEPTH_LIMIT ? depth : TREE_DEPTH_LIMIT,
		      lines_below(parent));
		at = next;
	}
}

void tree_arrange(const struct model *model, struct row *rows, size_t count,
		  struct tree_branch *branches)
{
	struct forest forest = {
		.nodes = xcalloc(count + 1, sizeof(*forest.nodes)),
		.places = xcalloc(count + 1, sizeof(*forest.places)),
		.count = count,
		.out = rows,
		.branches = branches,
	};
	for (size_t i = 0; i < count; i++)
		forest.nodes[i] =
			(struct node){.row = rows[i], .first_child = NONE};
	relate(&forest, model);
	for (size_t i = 0; i < count; i++)
		if (forest.nodes[i].parent == NONE)
			place_all_below(&forest, i);
	for (size_t i = 0; i < count; i++)
		if (!forest.nodes[i].placed)
			place_all_below(&forest, i); /* a circle */
	free(forest.nodes);
	free(forest.places);
}

int tree_lines(struct buf *buf, const struct tree_branch *branch, int width,
	       bool ascii)
{
	static const char *const marks[2][4] = {{"│ ", "  ", "├─", "└─"},
						{"| ", "  ", "|-", "`-"}};
	int used = 0;
	for (unsigned level = 1;
	     level <= branch->depth && used + LEVEL_WIDTH <= width; level++) {
		bool own = level == branch->depth;
		bool line = branch->lines >> (level - 1) & 1;
		buf_puts(buf, marks[ascii][own ? 2 + branch->last : !line]);
		used += LEVEL_WIDTH;
	}
	return used;
}
