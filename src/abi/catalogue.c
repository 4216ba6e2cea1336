/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Indices are those of `calls`; `by_nr` maps a small number, native or compat,
 * to its index; `unknown` is an open-addressing hash of the numbers that no
 * table knows and that were seen.
 */
#include "config.h"

#include "abi/syscall.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "abi/carried.h"
#include "abi/command_order.h"
#include "abi/table.h"
#include "abi/tracefs.h"
#include "base/buf.h"
#include "base/xalloc.h"

#define UNKNOWN_LIMIT 1024 /* numbers kept apart: a program can make 2^32 */
#define UNKNOWN_SLOTS 4096 /* power of two, at most a quarter filled */
#define NO_ABI        ABI_COUNT
#define NAMED_NR      0x7f000000u /* of calls that are known by name only */

struct unknown {
	uint64_t key; /* number, and bit 32 for a compat call */
	uint32_t index;
	bool is_used;
};

struct catalogue {
	struct syscall **calls; /* owned */
	uint32_t count;
	uint32_t known; /* of these, sorted by name */
	bool is_from_kernel;
	enum abi native;
	enum abi compat;                   /* of 32-bit callers, or NO_ABI */
	uint32_t by_nr[2][TABLE_NR_LIMIT]; /* native, compat; SYSCALL_NONE */
	struct unknown unknown[UNKNOWN_SLOTS];
	uint32_t unknown_count;
	uint32_t other; /* index of "syscall_other", or SYSCALL_NONE */
	struct tracefs_list kernel; /* lends names and types */
	char **names;               /* owned: of unknown numbers and aliases */
	size_t name_count;
};

static struct syscall *add(struct catalogue *cat)
{
	cat->calls = xrealloc(cat->calls,
			      (cat->count + 1) * sizeof(struct syscall *));
	struct syscall *sc = xcalloc(1, sizeof(*sc));
	sc->native = cat->native;
	sc->meaning = "";
	sc->absent_why = "";
	for (int abi = 0; abi < ABI_COUNT; abi++)
		sc->nr[abi] = -1;
	cat->calls[cat->count++] = sc;
	return sc;
}

static const char *keep_name(struct catalogue *cat, char *name)
{
	cat->names = xrealloc(cat->names,
			      (cat->name_count + 1) * sizeof(cat->names[0]));
	cat->names[cat->name_count++] = name;
	return name;
}

/* Where the kernel has the argument that ROW calls so; else the same place. */
static unsigned place_of(const struct tracefs_signature *signature,
			 const struct table_row *row, unsigned arg)
{
	for (unsigned i = 0; arg < row->nargs && i < signature->nargs; i++) {
		if (strcmp(signature->args[i].name, row->args[arg].name) == 0)
			return i;
	}
	return arg;
}

/* What ROW says of an argument, its references to others as the kernel counts
 * them. */
static struct argtype_spec adapted(const struct tracefs_signature *signature,
				   const struct table_row *row, unsigned arg)
{
	struct argtype_spec spec = row->args[arg].spec;
	if (spec.from == ARGTYPE_ARG || spec.from == ARGTYPE_POINTED)
		spec.count = (uint16_t)place_of(signature, row, spec.count);
	return spec;
}

/* What is known of an argument that the kernel calls NAME. */
static struct argtype_spec spec_of(const struct table_row *row,
				   const struct tracefs_signature *signature,
				   unsigned arg)
{
	const char *name = signature->args[arg].name;
	for (unsigned i = 0; row && i < row->nargs; i++) {
		if (strcmp(row->args[i].name, name) == 0)
			return adapted(signature, row, i);
	}
	/* Renamed by another kernel: then the place decides. */
	if (row && row->nargs == signature->nargs)
		return adapted(signature, row, arg);
	enum argtype kind = argtype_guess(signature->args[arg].type, name);
	return (struct argtype_spec){.kind = (uint8_t)kind};
}

static void copy_args(struct syscall_arg to[SYSCALL_ARGS],
		      const struct syscall_arg from[SYSCALL_ARGS],
		      unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		to[i] = from[i];
		to[i].type = argtype_c_type(&from[i].spec);
	}
}

static void take_table_args(struct syscall *sc, const struct table_row *row)
{
	const struct table_other *other = table_other(row->name, sc->native);
	sc->nargs = other ? other->nargs : row->nargs;
	copy_args(sc->args, other ? other->args : row->args, sc->nargs);
}

static void take_compat_args(struct syscall *sc, const struct table_row *row,
			     enum abi compat)
{
	const struct table_other *other =
		compat == NO_ABI ? NULL : table_other(row->name, compat);
	sc->compat_nargs = other ? other->nargs : row->nargs;
	copy_args(sc->compat_args, other ? other->args : row->args,
		  sc->compat_nargs);
}

/* ROW: NULL if the table lacks it. */
static void take_kernel_args(struct syscall *sc, const struct table_row *row,
			     const struct tracefs_signature *signature)
{
	sc->nargs = signature->nargs;
	for (unsigned i = 0; i < sc->nargs; i++) {
		const struct tracefs_arg *arg = &signature->args[i];
		sc->args[i].name = arg->name;
		sc->args[i].type = arg->type;
		sc->args[i].spec = spec_of(row, signature, i);
	}
	if (row)
		return;
	sc->compat_nargs = sc->nargs;
	memcpy(sc->compat_args, sc->args, sizeof(sc->args));
}

static struct tracefs_signature *find_signature(const struct catalogue *cat,
						const struct syscall *sc)
{
	struct tracefs_signature *found =
		tracefs_list_find(&cat->kernel, sc->kernel_name);
	return found ? found : tracefs_list_find(&cat->kernel, sc->name);
}

static enum syscall_presence presence_of(const struct catalogue *cat,
					 const struct syscall *sc,
					 const struct tracefs_signature *found)
{
	if (sc->nr[cat->native] < 0)
		return SYSCALL_COMPAT;
	return found || !cat->is_from_kernel ? SYSCALL_PRESENT : SYSCALL_ABSENT;
}

static void add_row(struct catalogue *cat, const struct table_row *row)
{
	bool is_native = row->nr[cat->native] >= 0;
	if (!is_native && (cat->compat == NO_ABI || row->nr[cat->compat] < 0))
		return;
	struct syscall *sc = add(cat);
	sc->name = row->name;
	sc->kernel_name = row->name;
	sc->meaning = row->meaning;
	sc->class = row->class;
	sc->marks = row->marks;
	sc->result = row->result;
	sc->result_set = row->result_set;
	sc->commands = table_commands(row->name, &sc->command_count);
	sc->order = command_order_new(sc);
	for (int abi = 0; abi < ABI_COUNT; abi++)
		sc->nr[abi] = row->nr[abi];
	char alias[TRACEFS_NAME_SIZE];
	if (table_alias(row, cat->native, alias, sizeof(alias)))
		sc->kernel_name = keep_name(cat, xstrdup(alias));

	struct tracefs_signature *found =
		is_native ? find_signature(cat, sc) : NULL;
	sc->presence = presence_of(cat, sc, found);
	if (sc->presence == SYSCALL_ABSENT)
		sc->absent_why = row->absent_why;
	if (found)
		found->is_matched = true;
	take_compat_args(sc, row, cat->compat);
	if (found && found->is_understood &&
	    !table_other(row->name, cat->native) &&
	    !(row->marks & (SYSCALL_STACK | SYSCALL_RESUMES)))
		take_kernel_args(sc, row, found);
	else
		take_table_args(sc, row);
}

static void add_unnumbered(struct catalogue *cat,
			   const struct tracefs_signature *signature)
{
	struct syscall *sc = add(cat);
	sc->name = signature->name;
	sc->kernel_name = signature->name;
	sc->class = CLASS_OTHER;
	sc->presence = SYSCALL_UNNUMBERED;
	take_kernel_args(sc, NULL, signature);
}

static int compare_names(const void *a, const void *b)
{
	const struct syscall *x = *(struct syscall *const *)a;
	const struct syscall *y = *(struct syscall *const *)b;
	int order = strcmp(x->name, y->name);
	return order ? order : (int)x->presence - (int)y->presence;
}

static void index_numbers(struct catalogue *cat)
{
	for (size_t nr = 0; nr < TABLE_NR_LIMIT; nr++) {
		cat->by_nr[0][nr] = SYSCALL_NONE;
		cat->by_nr[1][nr] = SYSCALL_NONE;
	}
	for (uint32_t i = 0; i < cat->known; i++) {
		int native = catalogue_nr(cat, i, false);
		int compat = catalogue_nr(cat, i, true);
		if (native >= 0)
			cat->by_nr[0][native] = i;
		if (compat >= 0)
			cat->by_nr[1][compat] = i;
	}
}

/* Those of calls that our table does not know, or knows otherwise. */
static void learn_numbers(struct catalogue *cat, const struct carried *carried)
{
	for (size_t i = 0; i < carried->number_count; i++) {
		const struct carried_number *number = &carried->numbers[i];
		uint32_t index = catalogue_by_name(cat, number->name);
		if (index != SYSCALL_NONE && number->nr < TABLE_NR_LIMIT &&
		    cat->by_nr[0][number->nr] != index)
			catalogue_learn(cat, index, number->nr);
	}
}

int catalogue_new(struct catalogue **ret, const struct catalogue_config *config,
		  struct err *err)
{
	struct catalogue *cat = xcalloc(1, sizeof(*cat));
	cat->native = config->native;
	cat->compat = config->native == ABI_X86_64 ? ABI_I386 : NO_ABI;
	cat->other = SYSCALL_NONE;
	if (config->carried) {
		cat->kernel = config->carried->list;
		cat->is_from_kernel = config->carried->is_from_kernel;
		config->carried->list = (struct tracefs_list){0};
	} else if (config->events_fd >= 0) {
		int r = tracefs_list_init(&cat->kernel, config->events_fd, err);
		if (r < 0) {
			catalogue_free(cat);
			return r;
		}
		cat->is_from_kernel = true;
	}
	for (size_t i = 0; i < table_count(); i++) {
		const struct table_row *row = table_at(i);
		if (!config->hide || strcmp(config->hide, row->name) != 0)
			add_row(cat, row);
	}
	for (size_t i = 0; i < cat->kernel.count; i++) {
		if (!cat->kernel.items[i].is_matched)
			add_unnumbered(cat, &cat->kernel.items[i]);
	}
	cat->known = cat->count;
	qsort(cat->calls, cat->count, sizeof(struct syscall *), compare_names);
	index_numbers(cat);
	if (config->carried)
		learn_numbers(cat, config->carried);
	*ret = cat;
	return 0;
}

void catalogue_free(struct catalogue *cat)
{
	if (!cat)
		return;
	for (uint32_t i = 0; i < cat->count; i++) {
		command_order_free(cat->calls[i]->order);
		free(cat->calls[i]);
	}
	free(cat->calls);
	for (size_t i = 0; i < cat->name_count; i++)
		free(cat->names[i]);
	free(cat->names);
	tracefs_list_done(&cat->kernel);
	free(cat);
}

bool catalogue_is_from_kernel(const struct catalogue *cat)
{
	return cat->is_from_kernel;
}

enum abi catalogue_native(const struct catalogue *cat)
{
	return cat->native;
}

uint32_t catalogue_count(const struct catalogue *cat)
{
	return cat->count;
}

const struct syscall *catalogue_get(const struct catalogue *cat, uint32_t index)
{
	assert(index < cat->count);
	return cat->calls[index];
}

/* How well NAME fits: 0 not at all; native callers' own name is best. */
static int fitness(const struct syscall *sc, const char *name)
{
	bool is_native = sc->presence != SYSCALL_COMPAT;
	if (strcmp(sc->name, name) == 0)
		return is_native ? 3 : 1;
	return is_native && strcmp(sc->kernel_name, name) == 0 ? 2 : 0;
}

uint32_t catalogue_by_name(const struct catalogue *cat, const char *name)
{
	uint32_t best = SYSCALL_NONE;
	int best_fitness = 0;
	for (uint32_t i = 0; i < cat->count; i++) {
		int fit = fitness(cat->calls[i], name);
		if (fit > best_fitness) {
			best = i;
			best_fitness = fit;
		}
	}
	return best;
}

static const char *const unknown_arg_names[SYSCALL_ARGS] = {
	"arg1", "arg2", "arg3", "arg4", "arg5", "arg6",
};

static uint32_t add_unknown(struct catalogue *cat, char *name)
{
	struct syscall *sc = add(cat);
	sc->name = keep_name(cat, name);
	sc->kernel_name = sc->name;
	sc->class = CLASS_OTHER;
	sc->presence = SYSCALL_UNKNOWN;
	sc->nargs = SYSCALL_ARGS;
	for (unsigned i = 0; i < SYSCALL_ARGS; i++) {
		sc->args[i].name = unknown_arg_names[i];
		sc->args[i].spec.kind = ARG_HEX;
		sc->args[i].type = argtype_c_type(&sc->args[i].spec);
	}
	sc->compat_nargs = sc->nargs;
	memcpy(sc->compat_args, sc->args, sizeof(sc->args));
	return cat->count - 1;
}

/* A native number is an int that was widened, as in strace's text. */
static char *unknown_name(uint32_t nr, bool compat)
{
	char text[32];
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	buf_puts(&buf, "syscall_");
	buf_hex(&buf, compat ? nr : (uint64_t)(int64_t)(int32_t)nr);
	return xstrdup(text);
}

static uint32_t other(struct catalogue *cat)
{
	if (cat->other == SYSCALL_NONE)
		cat->other = add_unknown(cat, xstrdup("syscall_other"));
	return cat->other;
}

/* NAME is taken over; NULL: it has but its number. */
static uint32_t by_unknown_nr(struct catalogue *cat, uint32_t nr, bool compat,
			      char *name)
{
	uint64_t key = nr | (uint64_t)compat << 32;
	/* Fibonacci hashing (Knuth, 6.4); 12 bits address the slots. */
	size_t slot = (size_t)(key * 0x9e3779b97f4a7c15u >> 52);
	for (;; slot = (slot + 1) % UNKNOWN_SLOTS) {
		struct unknown *at = &cat->unknown[slot];
		if (at->is_used && at->key == key) {
			free(name);
			return at->index;
		}
		if (at->is_used)
			continue;
		if (cat->unknown_count == UNKNOWN_LIMIT) {
			free(name);
			return other(cat);
		}
		if (!name)
			name = unknown_name(nr, compat);
		uint32_t index = add_unknown(cat, name);
		enum abi abi = compat ? cat->compat : cat->native;
		if (abi != NO_ABI && nr <= INT32_MAX)
			cat->calls[index]->nr[abi] = (int)nr;
		*at = (struct unknown){key, index, true};
		cat->unknown_count++;
		return index;
	}
}

uint32_t catalogue_by_nr(struct catalogue *cat, uint32_t nr, bool compat)
{
	uint32_t index = nr < TABLE_NR_LIMIT ? cat->by_nr[compat ? 1 : 0][nr]
					     : SYSCALL_NONE;
	return index == SYSCALL_NONE ? by_unknown_nr(cat, nr, compat, NULL)
				     : index;
}

uint32_t catalogue_number_of(struct catalogue *cat, const char *name)
{
	uint32_t nr = NAMED_NR + cat->unknown_count;
	for (uint32_t i = cat->known; i < cat->count; i++) {
		const struct syscall *sc = cat->calls[i];
		if (strcmp(sc->name, name) == 0 && sc->nr[cat->native] >= 0)
			return (uint32_t)sc->nr[cat->native];
	}
	(void)by_unknown_nr(cat, nr, false, xstrdup(name)); /* is known now */
	return nr;
}

int catalogue_nr(const struct catalogue *cat, uint32_t index, bool compat)
{
	enum abi abi = compat ? cat->compat : cat->native;
	return abi == NO_ABI ? -1 : catalogue_get(cat, index)->nr[abi];
}

void catalogue_learn(struct catalogue *cat, uint32_t index, uint32_t nr)
{
	if (index >= cat->count || nr >= TABLE_NR_LIMIT)
		return;
	cat->calls[index]->nr[cat->native] = (int)nr;
	cat->by_nr[0][nr] = index;
}
