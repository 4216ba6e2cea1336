/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/filter.h"

#include <string.h>

#include "abi/errno.h"
#include "abi/syscall.h"
#include "model/filter_node.h"

/* Fields whose values have names. */
struct source {
	const char *field; /* whose values they are */
	const char *(*name_at)(const void *context, size_t i);
	size_t (*count)(const void *context);
};

static const char *errno_at(const void *context, size_t i)
{
	(void)context; /* the names are global */
	return errno_name((int)i + 1);
}

static size_t errno_count(const void *context)
{
	(void)context; /* the same */
	return ERRNO_MAX;
}

static const char *syscall_at(const void *cat, size_t i)
{
	return catalogue_get(cat, (uint32_t)i)->name;
}

static size_t syscall_count(const void *cat)
{
	return catalogue_count(cat);
}

static const char *class_at(const void *context, size_t i)
{
	(void)context; /* the names are global */
	return syscall_class_name((enum syscall_class)i);
}

static size_t class_count(const void *context)
{
	(void)context; /* the same */
	return CLASS_COUNT;
}

static const struct source sources[] = {
	{"errno", errno_at, errno_count},
	{"syscall", syscall_at, syscall_count},
	{"class", class_at, class_count},
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool ends_word(char c)
{
	return is_blank(c) || strchr("()=<>~!,&|\"'", c);
}

static void add(struct filter_words *words, const char *name, const char *start,
		size_t len)
{
	if (!name || strncasecmp(name, start, len) != 0)
		return;
	if (words->count < FILTER_WORDS)
		words->at[words->count++] = name;
}

/* The field whose value stands at END of TEXT: "errno == ", "errno in (a, ". */
static const struct field *field_before(const char *text, size_t end,
					enum row_kind kind)
{
	char name[64];
	while (end > 0 && is_blank(text[end - 1]))
		end--;
	size_t operators = end;
	while (end > 0 && strchr("=<>~!", text[end - 1]))
		end--;
	if (end == operators) { /* a list, perhaps */
		while (end > 0 && text[end - 1] != '(')
			end--;
		while (end > 0 &&
		       (is_blank(text[end - 1]) || text[end - 1] == '('))
			end--;
		if (end < 3 || strncmp(text + end - 2, "in", 2) != 0 ||
		    !is_blank(text[end - 3]))
			return NULL;
		end -= 2;
	}
	while (end > 0 && is_blank(text[end - 1]))
		end--;
	size_t start = end;
	while (start > 0 && !ends_word(text[start - 1]))
		start--;
	if (end - start >= sizeof(name))
		return NULL;
	memcpy(name, text + start, end - start);
	name[end - start] = '\0';
	return field_of_kind(kind, name);
}

static void add_values(struct filter_words *words, const struct field *field,
		       const struct catalogue *cat, const char *start,
		       size_t len)
{
	if (field->unit == UNIT_TICK) {
		add(words, "on", start, len);
		add(words, "off", start, len);
	}
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		if (strcmp(sources[i].field, field->name) != 0)
			continue;
		size_t count = sources[i].count(cat);
		for (size_t n = 0; n < count; n++)
			add(words, sources[i].name_at(cat, n), start, len);
	}
}

static void add_fields(struct filter_words *words, enum row_kind kind,
		       const char *start, size_t len)
{
	for (size_t i = 0; i < field_count(); i++) {
		const struct field *field = field_at(i);
		if (!field_has(field, kind))
			continue;
		bool shorter = field->alias &&
			       strlen(field->alias) < strlen(field->name);
		add(words, shorter ? field->alias : field->name, start, len);
	}
}

void filter_complete(struct filter_words *ret, const char *text, size_t at,
		     enum row_kind kind, const struct catalogue *cat)
{
	size_t start = at;
	while (start > 0 && !ends_word(text[start - 1]))
		start--;
	*ret = (struct filter_words){.start = start};
	if (start < at && text[start] == '%') {
		ret->start++;
		for (size_t i = 0; i < CLASS_COUNT; i++)
			add(ret, class_at(NULL, i), text + start + 1,
			    at - start - 1);
		return;
	}
	const struct field *field = field_before(text, start, kind);
	if (field)
		add_values(ret, field, cat, text + start, at - start);
	else
		add_fields(ret, kind, text + start, at - start);
}
