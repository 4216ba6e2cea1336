/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/filter.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/glob.h"
#include "base/xalloc.h"
#include "model/filter_node.h"
#include "model/state.h"

#define SHOWN_LIMIT 1024 /* of a number in print, with room */
#define SECOND_NS   1000000000ull

enum verdict {
	NOT_LOOKED_AT,
	MATCHES,
	DIFFERS,
};

/* A row that is looked at. */
struct look {
	const struct model *model;
	const struct row *row;
	struct field_scratch *scratch;
};

static void text_free(struct filter_text *anywhere)
{
	if (!anywhere)
		return;
	free(anywhere->per_row);
	free(anywhere->per_syscall);
	free(anywhere->verdicts);
	free(anywhere);
}

void filter_free(struct filter *filter)
{
	if (!filter)
		return;
	for (size_t i = 0; i < filter->count; i++) {
		struct filter_node *node = &filter->nodes[i];
		free(node->text);
		if (node->regex)
			regfree(node->regex);
		free(node->regex);
		text_free(node->anywhere);
	}
	free(filter);
}

static bool has_digit(const char *text)
{
	return text[strcspn(text, "0123456789")] != '\0';
}

static void text_add(struct filter_text *anywhere, const char *text,
		     enum row_kind kind, const struct field *field)
{
	bool of_syscall = kind != ROW_SYSCALL && field->unit == UNIT_TEXT &&
			  field_has(field, ROW_SYSCALL);
	bool hopeless = field->unit == UNIT_TICK ||
			(field_is_number(field) && !has_digit(text));
	if (hopeless || !field_has(field, kind))
		return;
	if (of_syscall)
		anywhere->per_syscall[anywhere->syscall_count++] = field;
	else
		anywhere->per_row[anywhere->row_count++] = field;
}

/* Where a text of a filter is looked for. */
static struct filter_text *text_new(const char *text, enum row_kind kind,
				    const struct field *const *match,
				    size_t count)
{
	size_t most = count ? count : field_count();
	bool is_call = kind == ROW_CALL || kind == ROW_BLOCKED;
	struct filter_text *ret = xcalloc(1, sizeof(*ret));
	ret->per_row = xcalloc(most, sizeof(*ret->per_row));
	ret->per_syscall = xcalloc(most, sizeof(*ret->per_syscall));
	for (size_t i = 0; i < most; i++) {
		const struct field *field = count ? match[i] : field_at(i);
		bool explains = field->kinds & FIELD_EXPLAINS;
		if (count || !is_call || !explains)
			text_add(ret, text, kind, field);
	}
	return ret;
}

void filter_look_anywhere(struct filter_node *node, enum row_kind kind,
			  const struct field *const *match, size_t count)
{
	node->op = FILTER_TEXT;
	node->anywhere = text_new(node->text, kind, match, count);
}

struct filter *filter_of_text(const char *text, enum row_kind kind,
			      const struct field *const *match, size_t count)
{
	struct filter *filter = xcalloc(1, sizeof(*filter));
	struct filter_node *node = &filter->nodes[0];
	filter->kind = kind;
	if (!*text)
		return filter;
	bool is_class = text[0] == '%' && text[1];
	filter->root = node;
	filter->count = 1;
	node->text = xstrdup(text + is_class);
	if (is_class)
		node->op = FILTER_CLASS;
	else
		filter_look_anywhere(node, kind, match, count);
	return filter;
}

static bool field_contains(const struct field *field, const struct look *look,
			   const char *text)
{
	struct value value =
		field_get(field, look->model, look->row, look->scratch);
	if (!value.known)
		return false;
	if (value.clean)
		return strcasestr(value.text, text);
	char shown[SHOWN_LIMIT];
	struct buf buf;
	buf_init(&buf, shown, sizeof(shown));
	field_print(&buf, field, &value);
	return strcasestr(shown, text);
}

static bool any_contains(const struct field *const *fields, size_t count,
			 const struct look *look, const char *text)
{
	for (size_t i = 0; i < count; i++) {
		if (field_contains(fields[i], look, text))
			return true;
	}
	return false;
}

static bool syscall_contains(struct filter_text *anywhere, const char *text,
			     const struct look *look)
{
	if (anywhere->syscall_count == 0)
		return false;
	uint32_t index = model_row_syscall(look->model, look->row);
	if (index >= anywhere->verdict_count) {
		uint32_t count = catalogue_count(look->model->cat);
		anywhere->verdicts = xrealloc(anywhere->verdicts, count);
		memset(anywhere->verdicts + anywhere->verdict_count,
		       NOT_LOOKED_AT, count - anywhere->verdict_count);
		anywhere->verdict_count = count;
	}
	bool kept = index < anywhere->verdict_count;
	if (kept && anywhere->verdicts[index] != NOT_LOOKED_AT)
		return anywhere->verdicts[index] == MATCHES;
	bool matches = any_contains(anywhere->per_syscall,
				    anywhere->syscall_count, look, text);
	if (kept)
		anywhere->verdicts[index] = matches ? MATCHES : DIFFERS;
	return matches;
}

static bool text_matches(const struct filter_node *node,
			 const struct look *look)
{
	return syscall_contains(node->anywhere, node->text, look) ||
	       any_contains(node->anywhere->per_row, node->anywhere->row_count,
			    look, node->text);
}

/* "file": of that class, or of one whose name begins so. */
static bool class_matches(const struct filter_node *node,
			  const struct look *look)
{
	uint32_t index = model_row_syscall(look->model, look->row);
	if (index == SYSCALL_NONE)
		return false;
	const struct syscall *sc = catalogue_get(look->model->cat, index);
	return strncasecmp(syscall_class_name(sc->class), node->text,
			   strlen(node->text)) == 0;
}

/* Nanoseconds since midnight, local time. */
static uint64_t clock_of(uint64_t time_ns)
{
	time_t seconds = (time_t)(time_ns / SECOND_NS);
	struct tm tm = {0};
	(void)localtime_r(&seconds, &tm); /* zeros for a year that is no int */
	uint64_t of_day =
		(uint64_t)(tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec);
	return of_day * SECOND_NS + time_ns % SECOND_NS;
}

static bool is_text(const struct field *field)
{
	return field->unit == UNIT_TEXT || field->unit == UNIT_ARGS;
}

static bool compare(const struct filter_node *node, const struct look *look)
{
	struct value value =
		field_get(node->field, look->model, look->row, look->scratch);
	if (!value.known)
		return false;
	if (node->is_clock)
		value.u = clock_of(value.u);
	if (is_text(node->field))
		return strcmp(value.text, node->value.text) == 0;
	int order = field_compare(node->field, &value, &node->value);
	switch (node->op) {
	case FILTER_LESS:
		return order < 0;
	case FILTER_AT_MOST:
		return order <= 0;
	case FILTER_MORE:
		return order > 0;
	case FILTER_AT_LEAST:
		return order >= 0;
	default:
		return order == 0;
	}
}

static bool search(const struct filter_node *node, const struct look *look)
{
	struct value value =
		field_get(node->field, look->model, look->row, look->scratch);
	if (!value.known)
		return false;
	if (node->op == FILTER_GLOB)
		return glob_match(node->text, value.text);
	if (node->op == FILTER_CONTAINS)
		return strstr(value.text, node->text);
	return regexec(node->regex, value.text, 0, NULL, 0) == 0;
}

/* NOLINTNEXTLINE(misc-no-recursion): no deeper than the filter has nodes */
static bool holds(const struct filter_node *node, const struct look *look)
{
	switch (node->op) {
	case FILTER_AND:
		return holds(node->left, look) && holds(node->right, look);
	case FILTER_OR:
		return holds(node->left, look) || holds(node->right, look);
	case FILTER_NOT:
		return !holds(node->left, look);
	case FILTER_IS:
	case FILTER_LESS:
	case FILTER_AT_MOST:
	case FILTER_MORE:
	case FILTER_AT_LEAST:
		return compare(node, look);
	case FILTER_GLOB:
	case FILTER_CONTAINS:
	case FILTER_REGEX:
		return search(node, look);
	case FILTER_CLASS:
		return class_matches(node, look);
	case FILTER_TEXT:
		return text_matches(node, look);
	case FILTER_OPS:
		break;
	}
	return false;
}

bool filter_matches(struct filter *filter, const struct model *model,
		    const struct row *row, struct field_scratch *scratch)
{
	const struct look look = {model, row, scratch};
	return !filter->root || holds(filter->root, &look);
}

bool filter_holds(const struct filter_node *node, const struct model *model,
		  const struct row *row, struct field_scratch *scratch)
{
	const struct look look = {model, row, scratch};
	return holds(node, &look);
}
