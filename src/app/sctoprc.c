/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/sctoprc.h"

#include <errno.h>
#include <string.h>

#include "app/conf.h"
#include "app/conf_file.h"
#include "app/keymap.h"
#include "app/options.h"
#include "app/setting.h"
#include "base/err.h"
#include "base/nearest.h"
#include "model/field.h"
#include "ui/prompt.h"
#include "view/layout.h"
#include "view/views.h"

static const char *view_at(const void *context, size_t i)
{
	(void)context; /* the table is global */
	return views_at(i)->name;
}

static int find_view(const struct view **ret, const char *name, struct err *err)
{
	*ret = views_by_name(name);
	if (*ret)
		return 0;
	const char *near = nearest(name, views_count(), view_at, NULL);
	return err_set(err, -EINVAL, "there is no view '%s'%s%s",
		       setting_quote(name).text, near ? "; nearest: " : "",
		       near ? near : "");
}

static int check_columns(const char *what, const char *value, struct err *err)
{
	const struct view *view;
	int code = find_view(&view, what, err);
	return code ? code : layout_check(view, value, err);
}

static int check_sort(const char *what, const char *value, struct err *err)
{
	const struct view *view;
	int code = find_view(&view, what, err);
	if (code || !*value ||
	    field_of_kind(view->kind, value + (*value == '-')))
		return code;
	return err_set(err, -EINVAL,
		       "sort.%s takes a column, with - before it for the "
		       "greatest first, not '%s'",
		       view->name, setting_quote(value).text);
}

static int check_key(const char *what, const char *value, struct err *err)
{
	uint32_t keys[KEYS_PER_ROW];
	return keymap_parse(keys, what, value, err);
}

/* Whether it is one depends on the rows that it is for. */
static int check_filter(const char *what, const char *value, struct err *err)
{
	if (*what && *value && strlen(value) < PROMPT_SIZE)
		return 0;
	return err_set(err, -EINVAL,
		       "filter.NAME takes an expression of up to %d bytes",
		       PROMPT_SIZE - 1);
}

static const struct sctoprc_kind kinds[] = {
	{"columns", "VIEW", check_columns},
	{"sort", "VIEW", check_sort},
	{"key", "ACTION", check_key},
	{"filter", "NAME", check_filter},
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

const struct sctoprc_kind *sctoprc_kind_at(size_t i)
{
	return i < KINDS ? &kinds[i] : NULL;
}

static const char *name_at(const void *context, size_t i)
{
	(void)context; /* the tables are global */
	if (i < KINDS)
		return kinds[i].name;
	const struct options_row *row = options_at(i - KINDS);
	return row->kept ? row->name : NULL;
}

static size_t count_names(void)
{
	size_t count = KINDS;
	while (options_at(count - KINDS))
		count++;
	return count;
}

static void refuse_name(struct conf *conf, size_t i)
{
	const char *name = conf->lines[i].name;
	const struct options_row *row = options_by_name(name);
	const char *near = nearest(name, count_names(), name_at, NULL);
	if (row && row->group != OPTIONS_HIDDEN)
		conf_refuse(conf, i,
			    "%s is for the command line alone; it cannot be "
			    "kept",
			    name);
	else
		conf_refuse(conf, i, "there is no setting '%s'%s%s",
			    setting_quote(name).text, near ? "; nearest: " : "",
			    near ? near : "");
}

static void check_line(struct conf *conf, size_t i)
{
	const struct conf_line *line = &conf->lines[i];
	const struct options_row *row = options_by_name(line->name);
	struct err why = {0};
	if (row && row->kept)
		return;
	for (size_t k = 0; k < KINDS; k++) {
		const char *what = conf_what(line, kinds[k].name);
		if (!what)
			continue;
		if (kinds[k].check(what, line->value, &why) < 0)
			conf_refuse(conf, i, "%s", why.text);
		return;
	}
	refuse_name(conf, i);
}

void sctoprc_check(struct conf *conf)
{
	for (size_t i = 0; i < conf->count; i++)
		if (conf->lines[i].name && !conf->lines[i].fault)
			check_line(conf, i);
	struct keymap map;
	keymap_init(&map, conf); /* what no line tells by itself */
}

bool sctoprc_next_fault(const struct conf *conf, size_t *at, struct err *ret)
{
	char path[CONF_FILE_PATH_SIZE];
	while (*at < conf->count && !conf->lines[*at].fault)
		(*at)++;
	if (*at == conf->count)
		return false;
	if (conf_file_path(path) < 0)
		path[0] = '\0'; /* it came from elsewhere */
	(void)err_set(ret, -EINVAL, "%.200s:%zu: %s", path, *at + 1,
		      conf->lines[*at].fault); /* for its sentence */
	(*at)++;
	return true;
}
