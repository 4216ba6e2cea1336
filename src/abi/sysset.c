/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A flag per index, and `rest` for the indices that the catalogue did not yet
 * have: numbers that no table knows belong to "all" when they turn up.
 */
#include "config.h"

#include "abi/sysset.h"

#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/glob.h"
#include "base/xalloc.h"

struct sysset {
	const struct catalogue *cat; /* borrowed */
	bool *flags;                 /* owned */
	uint32_t size;               /* of flags */
	bool rest;                   /* indices from size on */
};

struct sysset *sysset_new(const struct catalogue *cat)
{
	struct sysset *set = xcalloc(1, sizeof(*set));
	set->cat = cat;
	return set;
}

void sysset_free(struct sysset *set)
{
	if (!set)
		return;
	free(set->flags);
	free(set);
}

bool sysset_has(const struct sysset *set, uint32_t index)
{
	return index < set->size ? set->flags[index] : set->rest;
}

static void grow(struct sysset *set, uint32_t size)
{
	if (size <= set->size)
		return;
	set->flags = xrealloc(set->flags, size * sizeof(set->flags[0]));
	for (uint32_t i = set->size; i < size; i++)
		set->flags[i] = set->rest;
	set->size = size;
}

void sysset_put(struct sysset *set, uint32_t index, bool on)
{
	grow(set, index + 1);
	set->flags[index] = on;
}

static bool is_in_kernel(const struct syscall *sc)
{
	return sc->presence == SYSCALL_PRESENT ||
	       sc->presence == SYSCALL_UNNUMBERED;
}

uint32_t sysset_count(const struct sysset *set)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < catalogue_count(set->cat); i++) {
		if (sysset_has(set, i) &&
		    is_in_kernel(catalogue_get(set->cat, i)))
			n++;
	}
	return n;
}

bool sysset_is_useful(const struct sysset *set)
{
	for (uint32_t i = 0; i < catalogue_count(set->cat); i++) {
		if (sysset_has(set, i) &&
		    catalogue_get(set->cat, i)->presence != SYSCALL_ABSENT)
			return true;
	}
	return set->rest;
}

static void put_all(struct sysset *set, bool on)
{
	for (uint32_t i = 0; i < set->size; i++)
		set->flags[i] = on;
	set->rest = on;
}

static bool is_empty(const struct sysset *set)
{
	for (uint32_t i = 0; i < set->size; i++) {
		if (set->flags[i])
			return false;
	}
	return !set->rest;
}

/* One item of a SET, taken apart. */
struct item {
	const char *text; /* without the signs before it */
	bool takes_out;   /* ! */
	bool forgives;    /* ? */
};

/* Whether a call belongs to an item; CONTEXT is the item's own. */
typedef bool item_test(const struct syscall *sc, const void *context);

static bool has_name(const struct syscall *sc, const void *context)
{
	const char *name = context;
	if (sc->presence == SYSCALL_COMPAT &&
	    strncmp(name, SYSSET_COMPAT_PREFIX, strlen(SYSSET_COMPAT_PREFIX)) ==
		    0)
		name += strlen(SYSSET_COMPAT_PREFIX);
	return strcmp(sc->name, name) == 0 ||
	       strcmp(sc->kernel_name, name) == 0;
}

static bool fits_glob(const struct syscall *sc, const void *context)
{
	const char *glob = context;
	return glob_match(glob, sc->name) || glob_match(glob, sc->kernel_name);
}

static bool fits_regex(const struct syscall *sc, const void *context)
{
	const regex_t *regex = context;
	return regexec(regex, sc->name, 0, NULL, 0) == 0 ||
	       regexec(regex, sc->kernel_name, 0, NULL, 0) == 0;
}

static bool has_class(const struct syscall *sc, const void *context)
{
	const char *name = context;
	return strcmp(syscall_class_name(sc->class), name) == 0;
}

/* Puts or takes out what passes the test; how many. */
static uint32_t apply(struct sysset *set, const struct item *item,
		      item_test *test, const void *context)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < catalogue_count(set->cat); i++) {
		if (!test(catalogue_get(set->cat, i), context))
			continue;
		sysset_put(set, i, !item->takes_out);
		n++;
	}
	return n;
}

static int complain_name(const struct sysset *set, const char *name,
			 struct err *err)
{
	const char *nearest = catalogue_nearest(set->cat, name);
	if (!nearest)
		return err_set(err, -EINVAL,
			       "\"%s\" is not a syscall of this kernel; see "
			       "sctop -l",
			       name);
	return err_set(err, -EINVAL,
		       "\"%s\" is not a syscall of this kernel; did you mean "
		       "\"%s\"",
		       name, nearest);
}

static int parse_regex(struct sysset *set, const struct item *item,
		       struct err *err)
{
	size_t len = strlen(item->text);
	if (len < 3 || item->text[len - 1] != '/')
		return err_set(err, -EINVAL,
			       "\"%s\" is not a regular expression between "
			       "slashes",
			       item->text);
	char *pattern = xstrdup(item->text + 1);
	pattern[len - 2] = '\0';
	regex_t regex;
	int r = regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB);
	free(pattern);
	if (r != 0) {
		char why[128];
		(void)regerror(r, &regex, why, sizeof(why)); /* may be cut */
		return err_set(err, -EINVAL,
			       "\"%s\" is not a regular expression: %s",
			       item->text, why);
	}
	uint32_t n = apply(set, item, fits_regex, &regex);
	regfree(&regex);
	if (!n && !item->forgives)
		return err_set(err, -EINVAL, "\"%s\" matches no syscall",
			       item->text);
	return 0;
}

static int parse_class(struct sysset *set, const struct item *item,
		       struct err *err)
{
	const char *name = item->text + 1;
	char names[256];
	struct buf buf;
	buf_init(&buf, names, sizeof(names));
	for (int class = 0; class < CLASS_COUNT; class ++) {
		const char *known =
			syscall_class_name((enum syscall_class) class);
		if (strcmp(known, name) == 0) {
			(void)apply(set, item, has_class,
				    name); /* a class may be empty here */
			return 0;
		}
		buf_puts(&buf, class ? ", %" : "%");
		buf_puts(&buf, known);
	}
	if (item->forgives)
		return 0;
	return err_set(err, -EINVAL, "\"%s\" is not a class of syscalls: %s",
		       item->text, names);
}

static int parse_glob(struct sysset *set, const struct item *item,
		      struct err *err)
{
	if (apply(set, item, fits_glob, item->text) || item->forgives)
		return 0;
	return err_set(err, -EINVAL, "\"%s\" matches no syscall", item->text);
}

static int parse_item(struct sysset *set, const struct item *item,
		      struct err *err)
{
	if (!*item->text)
		return err_set(err, -EINVAL,
			       "an empty name in a list of syscalls");
	if (strcmp(item->text, "all") == 0) {
		put_all(set, !item->takes_out);
		return 0;
	}
	if (strcmp(item->text, "none") == 0) {
		put_all(set, item->takes_out);
		return 0;
	}
	if (*item->text == '%')
		return parse_class(set, item, err);
	if (*item->text == '/')
		return parse_regex(set, item, err);
	if (strpbrk(item->text, "*?["))
		return parse_glob(set, item, err);
	if (apply(set, item, has_name, item->text) || item->forgives)
		return 0;
	return complain_name(set, item->text, err);
}

/* Ends the item at TEXT and returns where the next one begins; NULL: none.  A
 * comma between slashes belongs to the expression. */
static char *end_item(char *text)
{
	char *p = text + strspn(text, "!?");
	if (*p == '/') {
		char *end = p + 1;
		while ((end = strchr(end, '/')) && end[1] && end[1] != ',')
			end++;
		if (end)
			p = end;
	}
	p = strchr(p, ',');
	if (!p)
		return NULL;
	*p = '\0';
	return p + 1;
}

static struct item take_apart(const char *text)
{
	struct item item = {text, false, false};
	if (*item.text == '!') {
		item.takes_out = true;
		item.text++;
	}
	if (*item.text == '?') {
		item.forgives = true;
		item.text++;
	}
	return item;
}

static int parse_items(struct sysset *set, char *spec, struct err *err)
{
	if (*spec == '!' && is_empty(set))
		put_all(set, true);
	for (char *text = spec; text;) {
		char *next = end_item(text);
		struct item item = take_apart(text);
		int r = parse_item(set, &item, err);
		if (r < 0)
			return r;
		text = next;
	}
	return 0;
}

int sysset_parse(struct sysset *set, const char *spec, struct err *err)
{
	struct sysset trial = {set->cat, NULL, 0, set->rest};
	for (uint32_t i = 0; i < set->size; i++)
		sysset_put(&trial, i, set->flags[i]);
	char *text = xstrdup(spec);
	int r = parse_items(&trial, text, err);
	free(text);
	if (r < 0) {
		free(trial.flags);
		return r;
	}
	free(set->flags);
	*set = trial;
	return 0;
}

void sysset_add_default(struct sysset *set)
{
	for (uint32_t i = 0; i < catalogue_count(set->cat); i++) {
		if (catalogue_get(set->cat, i)->marks & SYSCALL_DEFAULT)
			sysset_put(set, i, true);
	}
}

static void print_name(struct buf *buf, const struct syscall *sc)
{
	if (sc->presence == SYSCALL_COMPAT)
		buf_puts(buf, SYSSET_COMPAT_PREFIX);
	if (sc->presence == SYSCALL_UNKNOWN)
		buf_putc(buf, '?'); /* another run may not have seen it */
	buf_puts(buf, sc->name);
}

void sysset_print(const struct sysset *set, char *text, unsigned size)
{
	struct buf buf;
	buf_init(&buf, text, size);
	if (set->rest)
		buf_puts(&buf, "all");
	for (uint32_t i = 0; i < catalogue_count(set->cat); i++) {
		if (sysset_has(set, i) == set->rest)
			continue;
		buf_puts(&buf, buf.len ? "," : "");
		buf_puts(&buf, set->rest ? "!" : "");
		print_name(&buf, catalogue_get(set->cat, i));
	}
	if (!buf.len)
		buf_puts(&buf, "none");
}
