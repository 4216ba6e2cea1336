/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/fieldlist.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "app/setting.h"
#include "base/err.h"
#include "base/xalloc.h"
#include "model/field.h"

static const char *name_at(const void *context, size_t i)
{
	const struct field *field = field_at(i);
	const enum row_kind *kind = context;
	return field_has(field, *kind) ? field->name : NULL;
}

static int find(const struct field **ret, const char *option, const char *name,
		enum row_kind kind, struct err *err)
{
	const struct field *field = field_of_kind(kind, name);
	if (field) {
		*ret = field;
		return 0;
	}
	const char *near = nearest(name, field_count(), name_at, &kind);
	return err_set(err, -EINVAL, "%s takes fields such as %s, not '%s'%s%s",
		       option,
		       kind == ROW_CALL ? "pid,comm,errno" : "calls or errors",
		       setting_quote(name).text, near ? "; nearest: " : "",
		       near ? near : "");
}

int fieldlist_init(struct fieldlist *ret, const char *list, enum row_kind kind,
		   struct err *err)
{
	*ret = (struct fieldlist){0};
	if (!list)
		return 0;
	char *copy = xstrdup(list);
	char *rest = copy;
	const char *item;
	int code = 0;
	while (code == 0 && (item = strsep(&rest, ","))) {
		const struct field *field = NULL;
		code = find(&field, "--fields", item, kind, err);
		if (code)
			break;
		ret->list = xrealloc(ret->list,
				     (ret->count + 1) * sizeof(ret->list[0]));
		ret->list[ret->count++] = field;
	}
	free(copy);
	return code;
}

bool fieldlist_has(const struct fieldlist *fields, unsigned kinds)
{
	for (size_t i = 0; i < fields->count; i++)
		if (fields->list[i]->kinds & kinds)
			return true;
	return false;
}

void fieldlist_done(struct fieldlist *fields)
{
	free(fields->list);
	*fields = (struct fieldlist){0};
}

int fieldlist_sort(const struct field **ret, const char *name, struct err *err)
{
	*ret = NULL;
	return name ? find(ret, "-S, --sort", name, ROW_SYSCALL, err) : 0;
}
