/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/filter_node.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "abi/errno.h"
#include "abi/syscall.h"
#include "base/err.h"
#include "base/nearest.h"
#include "base/quantity.h"

#define SECOND_NS 1000000000ull

/* What is wrong with a value: FIELD takes TAKES. */
static int refuse(const struct filter_node *node, const char *takes,
		  const char *text, struct err *err)
{
	return err_set(err, -EINVAL, "%s is compared with %s, not '%s'",
		       node->name, takes, text);
}

static int read_count(struct filter_node *node, const char *text,
		      struct err *err)
{
	uint64_t value = 0;
	char *end = NULL;
	if (strncmp(text, "0x", 2) == 0 && text[2]) {
		errno = 0;
		value = strtoull(text, &end, 16);
		if (errno || *end)
			return refuse(node, "a number", text, err);
	} else if (quantity_size(&value, text)) {
		return refuse(node, "a number such as 500 or 10K", text, err);
	}
	node->value.u = value;
	return 0;
}

static int read_id(struct filter_node *node, const char *text, struct err *err)
{
	return quantity_number(&node->value.u, text)
		       ? refuse(node, "a number", text, err)
		       : 0;
}

static int read_fraction(struct filter_node *node, const char *text,
			 struct err *err)
{
	char *end = NULL;
	double value = strtod(text, &end);
	if (end != text && *end == '%' && node->field->unit == UNIT_PERCENT)
		end++;
	if (end == text || *end || !(value >= 0) || value > 1e18)
		return refuse(node, "a number such as 12.5", text, err);
	node->value.f = value;
	return 0;
}

/* A field whose name says ns is a number of them. */
static int read_duration(struct filter_node *node, const char *text,
			 struct err *err)
{
	size_t len = strlen(node->name);
	bool is_ns = len > 3 && strcmp(node->name + len - 3, "_ns") == 0;
	bool is_bare = strspn(text, "0123456789.") == strlen(text);
	if (is_bare && strcmp(text, "0") != 0 && !is_ns)
		return refuse(node, "a time with its unit, such as 1ms", text,
			      err);
	int ret = is_bare && is_ns ? quantity_number(&node->value.u, text)
				   : quantity_duration(&node->value.u, text);
	return ret ? refuse(node, "a time such as 1ms, 250us or 2s", text, err)
		   : 0;
}

/* -2, -ENOENT. */
static int read_signed(struct filter_node *node, const char *text,
		       struct err *err)
{
	bool negative = *text == '-';
	const char *rest = text + negative;
	uint64_t value = 0;
	int code = errno_by_name(rest);
	char *end = NULL;
	if (code > 0) {
		value = (uint64_t)code;
	} else if (strncmp(rest, "0x", 2) == 0 && rest[2]) {
		errno = 0;
		value = strtoull(rest, &end, 16);
		if (errno || *end)
			return refuse(node, "a number", text, err);
	} else if (quantity_number(&value, rest)) {
		return refuse(node, "a number, or an error such as -ENOENT",
			      text, err);
	}
	node->value.i = (int64_t)(negative ? 0 - value : value);
	return 0;
}

static int read_switch(struct filter_node *node, const char *text,
		       struct err *err)
{
	static const struct {
		const char *word;
		uint64_t value;
	} words[] = {{"on", 1},  {"yes", 1}, {"true", 1},  {"1", 1},
		     {"off", 0}, {"no", 0},  {"false", 0}, {"0", 0}};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(words[i].word, text) == 0) {
			node->value.u = words[i].value;
			return 0;
		}
	}
	return refuse(node, "on or off", text, err);
}

/* The digits behind a point, as ns; -1: something else is there. */
static int64_t read_rest(const char *rest)
{
	int64_t ns = 0;
	int64_t worth = SECOND_NS / 10;
	if (!*rest)
		return 0;
	if (*rest++ != '.' || !*rest)
		return -1;
	for (; *rest >= '0' && *rest <= '9'; rest++, worth /= 10)
		ns += (*rest - '0') * worth;
	return *rest ? -1 : ns;
}

/* A clock, a date, or a date and a clock, in local time. */
static int read_time(struct filter_node *node, const char *text,
		     struct err *err)
{
	static const char takes[] =
		"a time such as 12:30, 12:30:05.25 or 2026-11-27 12:30:05";
	struct tm tm = {.tm_isdst = -1};
	const char *rest = strptime(text, "%Y-%m-%d", &tm);
	bool has_date = rest != NULL;
	rest = has_date ? rest + strspn(rest, " T") : text;
	if (!has_date || *rest) {
		const char *end = strptime(rest, "%H:%M:%S", &tm);
		rest = end ? end : strptime(rest, "%H:%M", &tm);
	}
	int64_t ns = rest ? read_rest(rest) : -1;
	if (ns < 0)
		return refuse(node, takes, text, err);
	int64_t seconds = tm.tm_hour * 3600 + tm.tm_min * 60 + tm.tm_sec;
	if (has_date)
		seconds = mktime(&tm);
	if (seconds < 0)
		return refuse(node, takes, text, err);
	node->is_clock = !has_date;
	node->value.u = (uint64_t)seconds * SECOND_NS + (uint64_t)ns;
	return 0;
}

static const char *errno_name_at(const void *context, size_t i)
{
	(void)context; /* the names are global */
	return errno_name((int)i + 1);
}

static int check_errno(struct filter_node *node, const char *text,
		       const struct catalogue *cat, struct err *err)
{
	(void)cat;
	uint64_t code = 0;
	if (quantity_number(&code, text) == 0 && code >= 1 &&
	    code <= ERRNO_MAX && errno_name((int)code)) {
		node->value.text = errno_name((int)code);
		return 0;
	}
	if (errno_by_name(text) > 0)
		return 0;
	const char *near = nearest(text, ERRNO_MAX, errno_name_at, NULL);
	return err_set(err, -EINVAL, "no error is called '%s'%s%s", text,
		       near ? "; nearest: " : "", near ? near : "");
}

static int check_syscall(struct filter_node *node, const char *text,
			 const struct catalogue *cat, struct err *err)
{
	uint32_t index = catalogue_by_name(cat, text);
	if (index != SYSCALL_NONE) { /* perhaps the kernel's name of it */
		node->value.text = catalogue_get(cat, index)->name;
		return 0;
	}
	if (*text == '%' || strncmp(text, "syscall_", 8) == 0)
		return 0;
	const char *near = catalogue_nearest(cat, text);
	return err_set(err, -EINVAL, "no call is named '%s'%s%s", text,
		       near ? "; nearest: " : "", near ? near : "");
}

/* Texts that only certain words can be. */
static int read_text(struct filter_node *node, const char *text, bool exact,
		     const struct catalogue *cat, struct err *err)
{
	static const struct {
		const char *field;
		int (*check)(struct filter_node *node, const char *text,
			     const struct catalogue *cat, struct err *err);
	} checks[] = {{"errno", check_errno}, {"syscall", check_syscall}};
	node->value.text = text;
	for (size_t i = 0; exact && i < sizeof(checks) / sizeof(checks[0]);
	     i++) {
		if (strcmp(node->field->name, checks[i].field) == 0)
			return checks[i].check(node, text, cat, err);
	}
	return 0;
}

int filter_value(struct filter_node *node, const char *text, bool exact,
		 const struct catalogue *cat, struct err *err)
{
	node->value.known = true;
	switch (node->field->unit) {
	case UNIT_COUNT:
	case UNIT_BYTES:
		return read_count(node, text, err);
	case UNIT_ID:
		return read_id(node, text, err);
	case UNIT_RATE:
	case UNIT_PERCENT:
		return read_fraction(node, text, err);
	case UNIT_NS:
		return read_duration(node, text, err);
	case UNIT_TIME:
	case UNIT_DATE:
		return read_time(node, text, err);
	case UNIT_INT:
		return read_signed(node, text, err);
	case UNIT_TICK:
		return read_switch(node, text, err);
	case UNIT_TEXT:
	case UNIT_ARGS:
		break;
	}
	return read_text(node, text, exact, cat, err);
}
