/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A line is: the usual name, the kernel's name, the native number or -1, and
 * the type and name of each argument.
 */
#include "config.h"

#include "abi/carried.h"

#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/quantity.h"
#include "base/xalloc.h"

#define CALLS_LIMIT 4096 /* as of a tracefs; ten times what Linux 6.18 has */

bool carried_print(struct buf *line, const struct catalogue *cat,
		   uint32_t index)
{
	const struct syscall *sc = catalogue_get(cat, index);
	if (sc->presence != SYSCALL_PRESENT &&
	    sc->presence != SYSCALL_UNNUMBERED)
		return false;
	buf_printf(line, "%s\t%s\t%d", sc->name, sc->kernel_name,
		   catalogue_nr(cat, index, false));
	for (unsigned i = 0; i < sc->nargs; i++)
		buf_printf(line, "\t%s\t%s", sc->args[i].type,
			   sc->args[i].name);
	return true;
}

/* The text up to the next tab into the SIZE bytes of RET; false: there is none,
 * or it is longer. */
static bool next_field(const char **at, char *ret, size_t size)
{
	size_t len = strcspn(*at, "\t");
	if (len == 0 || len >= size)
		return false;
	memcpy(ret, *at, len);
	ret[len] = '\0';
	*at += len + ((*at)[len] == '\t');
	return true;
}

static bool is_name(const char *name)
{
	return name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")] ==
	       '\0';
}

static bool is_type(const char *type)
{
	for (; *type; type++) {
		if (*type < ' ' || *type > '~')
			return false;
	}
	return true;
}

static bool read_args(struct tracefs_signature *ret, const char *at)
{
	for (; *at; ret->nargs++) {
		if (ret->nargs == TRACEFS_ARGS)
			return false;
		struct tracefs_arg *arg = &ret->args[ret->nargs];
		if (!next_field(&at, arg->type, sizeof(arg->type)) ||
		    !next_field(&at, arg->name, sizeof(arg->name)) ||
		    !is_type(arg->type) || !is_name(arg->name))
			return false;
	}
	return true;
}

static void add_number(struct carried *carried, const char *name, uint32_t nr)
{
	size_t count = carried->number_count;
	carried->numbers = xrealloc(carried->numbers,
				    (count + 1) * sizeof(carried->numbers[0]));
	struct carried_number *number = &carried->numbers[count];
	memcpy(number->name, name, strlen(name) + 1);
	number->nr = nr;
	carried->number_count++;
}

static void add_call(struct tracefs_list *list,
		     const struct tracefs_signature *signature)
{
	if (list->count == CALLS_LIMIT)
		return;
	list->items =
		xrealloc(list->items, (list->count + 1) * sizeof(*signature));
	list->items[list->count++] = *signature;
}

void carried_add(struct carried *carried, const char *line)
{
	struct tracefs_signature signature = {0};
	char name[TRACEFS_NAME_SIZE];
	char nr[16];
	uint64_t number = 0;
	if (carried->list.count == CALLS_LIMIT ||
	    !next_field(&line, name, sizeof(name)) ||
	    !next_field(&line, signature.name, sizeof(signature.name)) ||
	    !next_field(&line, nr, sizeof(nr)) || !is_name(name) ||
	    !is_name(signature.name) || !read_args(&signature, line))
		return;
	add_call(&carried->list, &signature);
	if (quantity_number(&number, nr) == 0 && number <= INT32_MAX)
		add_number(carried, name, (uint32_t)number);
}

void carried_join(struct carried *carried, const struct carried *other)
{
	for (size_t i = 0; i < other->list.count; i++)
		add_call(&carried->list, &other->list.items[i]);
	for (size_t i = 0; i < other->number_count; i++)
		add_number(carried, other->numbers[i].name,
			   other->numbers[i].nr);
	carried->is_from_kernel |= other->is_from_kernel;
	carried_end(carried);
}

static int compare(const void *a, const void *b)
{
	const struct tracefs_signature *x = a;
	const struct tracefs_signature *y = b;
	return strcmp(x->name, y->name);
}

/* What a list of our own says of calls that our table knows is what our table
 * says; the recorded kernel's word counts more. */
void carried_end(struct carried *carried)
{
	struct tracefs_list *list = &carried->list;
	size_t count = 0;
	if (list->count)
		qsort(list->items, list->count, sizeof(list->items[0]),
		      compare);
	for (size_t i = 0; i < list->count; i++) {
		if (count &&
		    compare(&list->items[count - 1], &list->items[i]) == 0)
			continue; /* a kernel has a name once */
		list->items[count] = list->items[i];
		list->items[count++].is_understood = carried->is_from_kernel;
	}
	list->count = count;
}

void carried_done(struct carried *carried)
{
	tracefs_list_done(&carried->list);
	free(carried->numbers);
	*carried = (struct carried){0};
}
