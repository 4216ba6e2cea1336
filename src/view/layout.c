/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/layout.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/escape.h"
#include "base/nearest.h"
#include "base/quantity.h"
#include "model/field.h"
#include "view/views.h"

#define NAME_SIZE 32 /* longer than any field's */
#define BLANKS    " \t"

/* One item as it is written. */
struct word {
	char name[NAME_SIZE];
	char width[8];
	int rank;
	bool sound; /* it has the form of one */
};

static void copy(char *to, size_t size, const char *from, size_t len)
{
	len = len < size ? len : size - 1;
	memcpy(to, from, len);
	to[len] = '\0';
}

/* Takes the next word off *LIST; false: there is none. */
static bool next_word(const char **list, struct word *ret)
{
	const char *p = *list + strspn(*list, BLANKS);
	size_t len = strcspn(p, BLANKS);
	const char *end = p + len;
	if (len == 0)
		return false;
	*ret = (struct word){0};
	size_t name = strcspn(p, BLANKS ":?");
	copy(ret->name, sizeof(ret->name), p, name);
	p += name;
	size_t width = *p == ':' ? strcspn(p + 1, BLANKS "?") : 0;
	bool cut = name >= sizeof(ret->name) || width >= sizeof(ret->width);
	if (*p == ':') {
		copy(ret->width, sizeof(ret->width), p + 1, width);
		p += 1 + width;
		cut = cut || width == 0;
	}
	ret->rank = (int)strspn(p, "?");
	ret->sound = !cut && p + ret->rank == end;
	*list = end;
	return true;
}

/* 0: none is written, or it is no width. */
static int width_of(const struct word *word)
{
	uint64_t width = 0;
	if (quantity_number(&width, word->width) < 0 ||
	    width > LAYOUT_WIDTH_LIMIT)
		return 0;
	return (int)width;
}

static bool is_listed(const struct layout_item *items, size_t count,
		      const struct field *field)
{
	for (size_t i = 0; i < count; i++)
		if (items[i].field == field)
			return true;
	return false;
}

size_t layout_parse(struct layout_item items[LAYOUT_ITEMS_LIMIT],
		    const char *list, enum row_kind kind)
{
	size_t count = 0;
	struct word word;
	while (count < LAYOUT_ITEMS_LIMIT && next_word(&list, &word)) {
		const struct field *field = field_of_kind(kind, word.name);
		if (!field || is_listed(items, count, field))
			continue;
		items[count++] = (struct layout_item){
			.field = field,
			.width = width_of(&word),
			.rank = word.rank,
		};
	}
	return count;
}

void layout_print(struct buf *buf, const struct layout_item *items,
		  size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_puts(buf, i ? " " : "");
		buf_puts(buf, items[i].field->name);
		if (items[i].width > 0)
			buf_printf(buf, ":%d", items[i].width);
		buf_pad(buf, '?', buf->len + (size_t)items[i].rank);
	}
}

static const char *name_at(const void *context, size_t i)
{
	const struct field *field = field_at(i);
	const enum row_kind *kind = context;
	return field_has(field, *kind) ? field->name : NULL;
}

static int check_word(const struct view *view, const struct word *word,
		      struct err *err)
{
	char shown[4 * NAME_SIZE];
	struct buf buf;
	if (!field_of_kind(view->kind, word->name)) {
		buf_init(&buf, shown, sizeof(shown));
		escape_text(&buf, word->name, strlen(word->name));
		const char *near = nearest(word->name, field_count(), name_at,
					   &view->kind);
		return err_set(err, -EINVAL,
			       "the view %s has no column '%s'%s%s", view->name,
			       shown, near ? "; nearest: " : "",
			       near ? near : "");
	}
	if (!word->sound || (word->width[0] && width_of(word) == 0))
		return err_set(err, -EINVAL,
			       "'%s' takes a width from 1 to %d, as in %s:20",
			       word->name, LAYOUT_WIDTH_LIMIT, word->name);
	if (word->rank > LAYOUT_RANK_LIMIT)
		return err_set(err, -EINVAL,
			       "'%s' takes up to %d ?, as in %s??", word->name,
			       LAYOUT_RANK_LIMIT, word->name);
	return 0;
}

int layout_check(const struct view *view, const char *list, struct err *err)
{
	struct word word;
	size_t count = 0;
	int code = 0;
	while (code == 0 && next_word(&list, &word)) {
		code = check_word(view, &word, err);
		count++;
	}
	if (code == 0 && count == 0)
		return err_set(err, -EINVAL,
			       "a view takes columns by name, such as "
			       "'pid comm:20'");
	return code;
}
