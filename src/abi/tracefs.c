/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "abi/tracefs.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/err.h"

/* A part of the text; not terminated. */
struct span {
	const char *p;
	size_t len;
};

static bool begins(struct span span, const char *prefix)
{
	size_t len = strlen(prefix);
	return span.len >= len && memcmp(span.p, prefix, len) == 0;
}

static struct span skip(struct span span, size_t n)
{
	return (struct span){span.p + n, span.len - n};
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct span trim(struct span span)
{
	while (span.len && is_blank(span.p[0]))
		span = skip(span, 1);
	while (span.len && is_blank(span.p[span.len - 1]))
		span.len--;
	return span;
}

static bool is_word(char c)
{
	return isascii((unsigned char)c) &&
	       (isalnum((unsigned char)c) || c == '_');
}

static struct span next_line(struct span *rest)
{
	const char *end = memchr(rest->p, '\n', rest->len);
	size_t len = end ? (size_t)(end - rest->p) : rest->len;
	struct span line = {rest->p, len};
	*rest = skip(*rest, len + (end ? 1 : 0));
	return line;
}

/* A name of letters, digits and underscores that fits. */
static bool copy_name(char *ret, size_t size, struct span name)
{
	if (name.len == 0 || name.len >= size)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		if (!is_word(name.p[i]))
			return false;
	}
	memcpy(ret, name.p, name.len);
	ret[name.len] = '\0';
	return true;
}

/* A C type: words, blanks, stars. */
static bool copy_type(char *ret, size_t size, struct span type)
{
	if (type.len == 0 || type.len >= size)
		return false;
	for (size_t i = 0; i < type.len; i++) {
		if (!is_word(type.p[i]) && type.p[i] != ' ' && type.p[i] != '*')
			return false;
	}
	memcpy(ret, type.p, type.len);
	ret[type.len] = '\0';
	return true;
}

/* "field:const char * filename;" into type and name. */
static bool split_field(struct span field, struct span *ret_type,
			struct span *ret_name)
{
	const char *end = memchr(field.p, ';', field.len);
	if (!end)
		return false;
	field = trim((struct span){field.p, (size_t)(end - field.p)});
	size_t at = field.len;
	while (at && is_word(field.p[at - 1]))
		at--;
	*ret_name = skip(field, at);
	*ret_type = trim((struct span){field.p, at});
	return true;
}

static bool is_argument(struct span type, struct span name)
{
	return !begins(name, "common_") && !begins(type, "__data_loc") &&
	       !(name.len == strlen("__syscall_nr") &&
		 begins(name, "__syscall_nr"));
}

static bool parse_field(struct tracefs_signature *ret, struct span field)
{
	struct span type;
	struct span name;
	if (!split_field(field, &type, &name))
		return false;
	if (!is_argument(type, name))
		return true;
	if (ret->nargs == TRACEFS_ARGS)
		return false;
	struct tracefs_arg *arg = &ret->args[ret->nargs++];
	return copy_name(arg->name, sizeof(arg->name), name) &&
	       copy_type(arg->type, sizeof(arg->type), type);
}

static bool parse_name(struct tracefs_signature *ret, struct span name)
{
	if (!begins(name, TRACEFS_PREFIX))
		return false;
	return copy_name(ret->name, sizeof(ret->name),
			 skip(name, strlen(TRACEFS_PREFIX)));
}

static bool parse_line(struct tracefs_signature *ret, struct span line)
{
	if (begins(line, "name:"))
		return parse_name(ret, trim(skip(line, strlen("name:"))));
	if (begins(line, "field:"))
		return parse_field(ret, skip(line, strlen("field:")));
	return true;
}

int tracefs_parse(struct tracefs_signature *ret, const char *text, size_t len,
		  struct err *err)
{
	struct tracefs_signature signature = {0};
	struct span rest = {text, len};
	unsigned number = 0;
	while (rest.len) {
		number++;
		struct span line = trim(next_line(&rest));
		if (begins(line, "print fmt:"))
			break;
		if (!parse_line(&signature, line))
			return err_set(err, -EBADMSG,
				       "cannot read a format file of tracefs: "
				       "line %u is not a field or name",
				       number);
	}
	if (!signature.name[0])
		return err_set(err, -EBADMSG,
			       "cannot read a format file of tracefs: it names "
			       "no " TRACEFS_PREFIX " event");
	signature.is_understood = true;
	*ret = signature;
	return 0;
}
