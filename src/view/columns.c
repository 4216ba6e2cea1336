/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/columns.h"

#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "view/layout.h"
#include "view/views.h"

/* To so many terminal columns a name, and the text that takes the rest, are cut
 * before a column is left out... */
#define NAME_LEAST 12
#define REST_LEAST 24

/* ... but for the most dispensable ones: these go before the rest is cut. */
#define RANK_BEFORE_REST 3

#define CELL_LIMIT 4096 /* bytes: more than any screen's width */

/* Fields that the view does not name are shown while the column that takes the
 * rest keeps this many terminal columns. */
#define REST_ENOUGH 80
#define REST_WHOLE  400 /* what the longest texts take where all is wanted */
#define RANK_EXTRA  9   /* more ? than any view writes */

struct candidate {
	const struct field *field;
	int wanted; /* width */
	int least;
	int rank; /* how many ? */
	bool takes_rest;
	bool left_out;
};

static struct candidate candidate_of(const struct layout_item *item)
{
	const struct field *field = item->field;
	if (item->width > 0)
		return (struct candidate){
			.field = field,
			.wanted = item->width,
			.least = item->width,
			.rank = item->rank,
		};
	bool rest = field->width < 0;
	int wanted = rest ? -field->width : field->width;
	bool name_like = field->unit == UNIT_TEXT && !rest &&
			 !(field->kinds & FIELD_STRIP);
	int enough = rest ? REST_LEAST : name_like ? NAME_LEAST : wanted;
	return (struct candidate){
		.field = field,
		.wanted = wanted,
		.least = wanted < enough ? wanted : enough,
		.rank = item->rank,
		.takes_rest = rest && item->rank < RANK_EXTRA,
	};
}

/* Unless it is named, which host rows are of comes before all. */
static size_t add_host(const struct layout *layout,
		       const struct layout_item *items, size_t count,
		       struct candidate *ret)
{
	const struct field *host = field_of_kind(layout->view->kind, "host");
	if (!layout->hosts || !host)
		return 0;
	for (size_t i = 0; i < count; i++)
		if (items[i].field == host)
			return 0;
	*ret = candidate_of(&(struct layout_item){.field = host, .rank = 1});
	return 1;
}

/* The columns that are named, in that order. */
static size_t parse_columns(const struct layout *layout,
			    struct candidate candidates[COLUMNS_LIMIT])
{
	struct layout_item items[LAYOUT_ITEMS_LIMIT];
	const char *list =
		layout->chosen ? layout->chosen : layout->view->columns;
	size_t count = layout_parse(items, list, layout->view->kind);
	size_t at = add_host(layout, items, count, candidates);
	for (size_t i = 0; i < count && at < COLUMNS_LIMIT; i++, at++) {
		candidates[at] = candidate_of(&items[i]);
		if (layout->tree &&
		    strcmp(items[i].field->name, LAYOUT_TREE_FIELD) == 0)
			candidates[at].wanted += LAYOUT_TREE_WIDTH;
	}
	return at;
}

static bool is_listed(const struct candidate *candidates, size_t count,
		      const struct field *field)
{
	for (size_t i = 0; i < count; i++) {
		if (candidates[i].field == field)
			return true;
	}
	return false;
}

/* Behind them the other fields that its rows have; how many there are then. */
static size_t add_extras(const struct view *view,
			 struct candidate candidates[COLUMNS_LIMIT],
			 size_t listed)
{
	size_t count = listed;
	for (size_t i = 0; i < field_count() && count < COLUMNS_LIMIT; i++) {
		const struct field *field = field_at(i);
		if (field_has(field, view->kind) &&
		    !(field->kinds & (FIELD_STACK | FIELD_HOST)) &&
		    !is_listed(candidates, listed, field))
			candidates[count++] =
				candidate_of(&(struct layout_item){
					.field = field, .rank = RANK_EXTRA});
	}
	return count;
}

/* With a blank between columns. */
static int least_width(const struct candidate *candidates, size_t count)
{
	int width = 0;
	for (size_t i = 0; i < count; i++) {
		if (!candidates[i].left_out)
			width += candidates[i].least + (width > 0);
	}
	return width;
}

/* The one to leave out next: highest rank, then rightmost; COUNT if only one
 * is left. */
static size_t most_dispensable(const struct candidate *candidates, size_t count)
{
	size_t found = count;
	size_t left = 0;
	for (size_t i = 0; i < count; i++) {
		if (candidates[i].left_out)
			continue;
		left++;
		if (found == count ||
		    candidates[i].rank >= candidates[found].rank)
			found = i;
	}
	return left > 1 ? found : count;
}

/* What the text that takes the rest wants beyond its least. */
static int wish_of_rest(const struct candidate *candidates, size_t count)
{
	int wish = 0;
	for (size_t i = 0; i < count; i++)
		if (candidates[i].takes_rest)
			wish += candidates[i].wanted - candidates[i].least;
	return wish;
}

static void leave_out(struct candidate *candidates, size_t count, int width)
{
	int wish = wish_of_rest(candidates, count);
	while (least_width(candidates, count) + wish > width) {
		size_t i = most_dispensable(candidates, count);
		if (i == count || candidates[i].rank < RANK_BEFORE_REST)
			break;
		candidates[i].left_out = true;
	}
	while (least_width(candidates, count) > width) {
		size_t i = most_dispensable(candidates, count);
		if (i == count)
			return;
		candidates[i].left_out = true;
	}
}

/* Leaves out what no view names, from the right, until the column that takes
 * the rest has enough. */
static void leave_out_extras(struct candidate *candidates, size_t listed,
			     size_t count, int width)
{
	int needed = -1;
	for (size_t i = 0; i < count; i++) {
		bool rest = candidates[i].takes_rest;
		needed += 1 + (rest ? REST_ENOUGH : candidates[i].wanted);
	}
	while (count > listed && needed > width) {
		count--;
		candidates[count].left_out = true;
		needed -= 1 + candidates[count].wanted;
	}
}

/* Widens columns towards what they want; returns what is left. */
static int widen(struct candidate *candidates, size_t count, bool rest,
		 int left)
{
	for (size_t i = 0; i < count && left > 0; i++) {
		struct candidate *candidate = &candidates[i];
		int more = candidate->wanted - candidate->least;
		if (candidate->left_out || candidate->takes_rest != rest)
			continue;
		more = more < left ? more : left;
		candidate->least += more;
		left -= more;
	}
	return left;
}

/* Gives what is left to what was cut, then to the column that takes the rest.
 */
static void spread(struct candidate *candidates, size_t count, int width)
{
	int left = width - least_width(candidates, count);
	left = widen(candidates, count, true, left);
	left = widen(candidates, count, false, left);
	for (size_t i = 0; i < count && left > 0; i++) {
		if (candidates[i].takes_rest && !candidates[i].left_out) {
			candidates[i].least += left;
			left = 0;
		}
	}
}

void columns_layout(struct columns *columns, const struct layout *layout,
		    int width)
{
	struct candidate candidates[COLUMNS_LIMIT];
	size_t listed = parse_columns(layout, candidates);
	size_t count = listed;
	if (!layout->chosen)
		count = add_extras(layout->view, candidates, listed);
	leave_out_extras(candidates, listed, count, width);
	leave_out(candidates, count, width);
	spread(candidates, count, width);
	columns->count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct candidate *candidate = &candidates[i];
		if (candidate->left_out)
			continue;
		size_t at = columns->count++;
		columns->at[at].field = candidate->field;
		columns->at[at].width = candidate->least;
		columns->at[at].right = field_is_number(candidate->field);
	}
	if (columns->count == 1 && columns->at[0].width > width && width > 0)
		columns->at[0].width = width;
}

void columns_all(struct columns *columns, const struct layout *layout)
{
	struct candidate candidates[COLUMNS_LIMIT];
	struct layout named = *layout;
	int width = REST_WHOLE;
	size_t count = parse_columns(layout, candidates);
	if (!named.chosen) /* no others, though there is room */
		named.chosen = layout->view->columns;
	for (size_t i = 0; i < count; i++)
		width += candidates[i].wanted + 1;
	columns_layout(columns, &named, width);
}

/* What the terminal can show of TEXT, into BUF; its width in columns. */
static int put_showable(struct buf *buf, const char *text, bool ascii)
{
	int width = 0;
	size_t len = strlen(text);
	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		size_t n = escape_decode_utf8(text + i, len - i, &c);
		int columns = n ? escape_char_width(c) : -1;
		size_t before = buf->len;
		n = n ? n : 1;
		if (columns < 0 || (ascii && c >= 0x80)) {
			escape_ascii(buf, text + i, n);
			columns = (int)(buf->len - before);
		} else {
			buf_write(buf, text + i, n);
		}
		width += columns;
		i += n;
	}
	return width;
}

/* As much of TEXT as fits into WIDTH columns; how many it took. */
static int put_start(struct buf *buf, const char *text, int width)
{
	int used = 0;
	size_t len = strlen(text);
	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		size_t n = escape_decode_utf8(text + i, len - i, &c);
		int columns = n ? escape_char_width(c) : 1;
		n = n ? n : 1;
		if (used + columns > width)
			break;
		buf_write(buf, text + i, n);
		used += columns;
		i += n;
	}
	return used;
}

static void put_blanks(struct buf *buf, int count)
{
	if (count > 0)
		buf_pad(buf, ' ', buf->len + (size_t)count);
}

void columns_fit(struct buf *buf, const char *text, int width, bool right,
		 bool ascii)
{
	char shown[CELL_LIMIT];
	struct buf showable;
	buf_init(&showable, shown, sizeof(shown));
	int used = put_showable(&showable, text, ascii);
	if (used > width) {
		used = put_start(buf, shown, width - 1);
		buf_puts(buf, ascii ? "~" : "\xe2\x80\xa6");
		put_blanks(buf, width - 1 - used);
		return;
	}
	if (right)
		put_blanks(buf, width - used);
	buf_puts(buf, shown);
	if (!right)
		put_blanks(buf, width - used);
}

/* The characters of each kind of glyphs, and how they are drawn where there are
 * better ones. */
static const struct {
	const char *ascii;
	const char *blocks[9];
} glyphs[] = {
	[FIELD_HEIGHTS] = {" .:-=+*%@",
			   {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}},
	[FIELD_SHADES] = {" .:*#", {" ", "░", "▒", "▓", "█"}},
	[FIELD_BAR] = {" #", {" ", "█"}},
};

void columns_strip(struct buf *buf, const struct value *value, int width,
		   bool ascii)
{
	const char *text = value->text;
	int len = (int)strlen(text);
	if (value->glyphs == FIELD_SHADES && len > width)
		text += len - width; /* the latest count */
	for (int i = 0; i < width; i++) {
		char c = i < len ? text[i] : ' ';
		const char *known = glyphs[value->glyphs].ascii;
		const char *found = strchr(known, c);
		if (ascii || !found)
			buf_putc(buf, c);
		else
			buf_puts(buf,
				 glyphs[value->glyphs].blocks[found - known]);
	}
}

void columns_cell(struct buf *buf, const struct columns *columns, size_t i,
		  const struct value *value, bool ascii)
{
	char data[CELL_LIMIT];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	const struct field *field = columns->at[i].field;
	if (value->known && value->glyphs) {
		columns_strip(buf, value, columns->at[i].width, ascii);
		return;
	}
	if (field->unit == UNIT_COUNT)
		field_print_exact(&text, field, value);
	if (field->unit != UNIT_COUNT ||
	    text.len > (size_t)columns->at[i].width) {
		buf_clear(&text);
		field_print(&text, field, value);
	}
	columns_fit(buf, data, columns->at[i].width, columns->at[i].right,
		    ascii);
}
