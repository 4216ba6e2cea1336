/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "ui/table.h"

#include <string.h>

#include "base/buf.h"
#include "model/past.h"
#include "ui/draw.h"
#include "ui/pager.h"
#include "ui/term.h"
#include "view/layout.h"
#include "view/tags.h"
#include "view/tree.h"
#include "view/views.h"

#define SECOND_NS 1000000000ull
#define TAG_WIDTH 1
#define CELL_SIZE 4096 /* the longest cell: a path in UTF-8, escaped */

static void settle(struct table *table, const struct row *rows, size_t count,
		   size_t index)
{
	if (count == 0) {
		table->placed = false;
		table->cursor = 0;
		table->top = 0;
		return;
	}
	table->cursor = index < count ? index : count - 1;
	table->kind = rows[table->cursor].kind;
	table->id = rows[table->cursor].id;
	table->placed = true;
}

static bool is_cursor(const struct table *table, const struct row *row)
{
	return row->id == table->id && row->kind == table->kind;
}

void table_place(struct table *table, const struct row *rows, size_t count)
{
	if (table->follow) {
		settle(table, rows, count, count);
		return;
	}
	size_t at = table->cursor;
	size_t line = at - table->top;
	if (!table->pinned && !table->anchored) {
		at = 0;
	} else if (table->placed &&
		   !(at < count && is_cursor(table, &rows[at]))) {
		for (size_t i = 0; i < count; i++)
			if (is_cursor(table, &rows[i]) ||
			    (table->anchored && rows[i].id > table->id)) {
				at = i; /* it, or what came next */
				break;
			}
	}
	settle(table, rows, count, at);
	if (table->anchored)
		table->top = table->cursor > line ? table->cursor - line : 0;
}

void table_move_to(struct table *table, const struct row *rows, size_t count,
		   size_t index)
{
	settle(table, rows, count, index);
	table->pinned = true;
}

void table_move(struct table *table, const struct row *rows, size_t count,
		long delta)
{
	size_t at = table->cursor;
	if (delta < 0)
		at = (size_t)-delta > at ? 0 : at - (size_t)-delta;
	else
		at += (size_t)delta;
	table_move_to(table, rows, count, at);
}

const struct row *table_row(const struct table *table, const struct row *rows,
			    size_t count)
{
	return table->cursor < count ? &rows[table->cursor] : NULL;
}

static void scroll_to_cursor(struct table *table, size_t count)
{
	size_t height = table->height > 0 ? (size_t)table->height : 1;
	if (table->cursor < table->top)
		table->top = table->cursor;
	if (table->cursor >= table->top + height)
		table->top = table->cursor - height + 1;
	if (count <= height)
		table->top = 0;
	else if (table->top > count - height)
		table->top = count - height;
}

/* Fields whose value above zero is bad news, and those that are remarks.  Of
 * the rows of a field the first counts that is about the value. */
struct field_role {
	const char *name;
	const char *text; /* only of this value; NULL: of any */
	uint64_t from;    /* only of so many and more: counts, times */
	enum role role;
};

/* clang-format off */
static const struct field_role field_roles[] = {
	{"error_pct",  NULL, 0, ROLE_BAD},
	{"error_rate", NULL, 0, ROLE_BAD},
	{"errors",     NULL, 0, ROLE_BAD},
	{"errno",      NULL, 0, ROLE_BAD},
	{"lost",       NULL, 0, ROLE_BAD},
	{"time_ns",    NULL, 0, ROLE_DIM},
	{"end_ns",     NULL, 0, ROLE_DIM},
	{"class",      NULL, 0, ROLE_DIM},
	{"meaning",    NULL, 0, ROLE_DIM},
	{"result",     NULL, 0, ROLE_GOOD},
	{"age_ns",     NULL, 60 * SECOND_NS, ROLE_BAD},
	{"age_ns",     NULL, SECOND_NS, ROLE_WARN},
	{"usual",      "no", 0, ROLE_WARN},
	{"usual",      NULL, 0, ROLE_DIM},
	{"error_text", NULL, 0, ROLE_DIM},
};
/* clang-format on */

static bool is_zero(const struct field *field, const struct value *value)
{
	switch (field->unit) {
	case UNIT_RATE:
	case UNIT_PERCENT:
		return !(value->f > 0);
	case UNIT_COUNT:
	case UNIT_NS:
	case UNIT_BYTES:
	case UNIT_TICK:
		return value->u == 0;
	case UNIT_TIME:
	case UNIT_DATE:
	case UNIT_ID:
	case UNIT_INT:
	case UNIT_TEXT:
	case UNIT_ARGS:
		return false;
	}
	return false;
}

/* A process that has ended: its status says so too. */
static bool is_over(const struct model *model, const struct row *row)
{
	return row->kind == ROW_PROCESS && past_has_ended(model, row);
}

static bool is_about(const struct field_role *role, const struct field *field,
		     const struct value *value)
{
	return strcmp(role->name, field->name) == 0 &&
	       (!role->text || strcmp(role->text, value->text) == 0) &&
	       (!role->from || value->u >= role->from);
}

static enum role role_of(const struct model *model, const struct row *row,
			 const struct field *field, const struct value *value)
{
	if (row->kind == ROW_CLASS)
		return ROLE_GROUP;
	if (is_over(model, row))
		return ROLE_DIM;
	if (!value->known || is_zero(field, value))
		return ROLE_DIM;
	if (field->unit == UNIT_TICK)
		return ROLE_TICK;
	if (field->unit == UNIT_TEXT && value->text && value->text[0] == '-' &&
	    strcmp(field->name, "result") == 0)
		return ROLE_BAD; /* a failed call */
	for (size_t i = 0; i < sizeof(field_roles) / sizeof(field_roles[0]);
	     i++)
		if (is_about(&field_roles[i], field, value))
			return field_roles[i].role;
	return ROLE_TEXT;
}

/* Columns between the area's left edge and X, or what SHIFT hid of it. */
struct span {
	int x, width, skip;
};

static bool visible(const struct area *area, int shift, int at, int width,
		    struct span *ret)
{
	int x = at - shift;
	int skip = x < 0 ? -x : 0;
	x += skip;
	width -= skip;
	if (x + width > area->cols)
		width = area->cols - x;
	*ret = (struct span){.x = area->x + x, .width = width, .skip = skip};
	return width > 0;
}

/* The mark of the sorted column may take the gap between two columns. */
static void draw_title(struct term *term, const struct area *area, int shift,
		       const struct columns *columns, size_t i, int at,
		       const char *mark)
{
	char data[128];
	struct buf buf;
	bool right = columns->at[i].right;
	int gap = mark[0] && at > 0 ? 1 : 0;
	buf_init(&buf, data, sizeof(data));
	buf_puts(&buf, columns->at[i].field->title);
	buf_puts(&buf, mark);
	int from = at;
	int end = at + columns->at[i].width;
	if (!right)
		end += gap;
	else if (end - draw_width(data) > at - gap)
		from = end - draw_width(data);
	else
		from = at - gap;
	struct span span;
	if (visible(area, shift, from, end - from, &span))
		(void)draw_foreign_from(
			term, area->y, span.x, span.width, span.skip,
			mark[0] ? ROLE_HEADING_SORT : ROLE_HEADING, data);
}

/* Above the chosen character of a strip over time. */
static void draw_mark(struct term *term, const struct area *area,
		      const struct table *table,
		      const struct table_content *content,
		      const struct columns *columns)
{
	int at = 0;
	for (size_t i = 0; i < columns->count; i++) {
		int width = columns->at[i].width;
		int shown = width < PAST_SAMPLES ? width : PAST_SAMPLES;
		int x = at + shown - (int)content->mark;
		struct span span;
		if (strcmp(columns->at[i].field->name, "heat") == 0 &&
		    x >= at && visible(area, table->shift, x, 1, &span) &&
		    span.skip == 0)
			(void)draw_text(term, area->y, span.x, 1,
					ROLE_HEADING_SORT,
					term_is_ascii(term) ? "v" : "▼");
		at += width + 1;
	}
}

static void draw_titles(struct term *term, const struct area *area,
			const struct table *table,
			const struct table_content *content,
			const struct columns *columns)
{
	const char *marks[] = {term_is_ascii(term) ? "^" : "△",
			       term_is_ascii(term) ? "v" : "▽"};
	draw_blank(term, area->y, area->x, area->cols, ROLE_HEADING);
	int at = 0;
	for (size_t i = 0; i < columns->count; i++) {
		bool sorted = columns->at[i].field == content->sort;
		draw_title(term, area, table->shift, columns, i, at,
			   sorted ? marks[content->descending] : "");
		at += columns->at[i].width + 1;
	}
	if (content->mark)
		draw_mark(term, area, table, content, columns);
}

static enum role cursor_role(const struct table *table,
			     const struct field *field)
{
	return table->cell == field ? ROLE_CELL : ROLE_CURSOR;
}

/* With the lines of a tree before it, of which half stays the name's. */
static void put_cell(struct buf *cell, const struct columns *columns, size_t i,
		     const struct tree_branch *branch,
		     const struct value *value, bool ascii)
{
	struct columns rest = {.count = 1, .at[0] = columns->at[i]};
	const char *name = rest.at[0].field->name;
	if (branch && strcmp(name, LAYOUT_TREE_FIELD) == 0)
		rest.at[0].width -=
			tree_lines(cell, branch, rest.at[0].width / 2, ascii);
	columns_cell(cell, &rest, 0, value, ascii);
}

static void draw_row(struct term *term, const struct area *line,
		     const struct table *table,
		     const struct table_content *content,
		     const struct columns *columns, const struct row *row)
{
	bool cursor = is_cursor(table, row);
	bool tagged = tags_has(content->tags, row);
	if (cursor)
		draw_blank(term, line->y, line->x, line->cols, ROLE_CURSOR);
	const struct tree_branch *branch =
		content->branches ? &content->branches[row - content->rows]
				  : NULL;
	struct field_scratch scratch;
	char data[CELL_SIZE];
	struct buf cell;
	buf_init(&cell, data, sizeof(data));
	int at = 0;
	for (size_t i = 0; i < columns->count; i++) {
		const struct field *field = columns->at[i].field;
		struct value value =
			field_get(field, content->model, row, &scratch);
		struct span span;
		enum role role = role_of(content->model, row, field, &value);
		if (tagged && (role == ROLE_TEXT || role == ROLE_DIM))
			role = ROLE_STRONG;
		buf_clear(&cell);
		put_cell(&cell, columns, i, branch, &value,
			 term_is_ascii(term));
		if (visible(line, table->shift, at, columns->at[i].width,
			    &span))
			(void)draw_foreign_from(
				term, line->y, span.x, span.width, span.skip,
				cursor ? cursor_role(table, field) : role,
				cell.data);
		at += columns->at[i].width + 1;
	}
}

/* Why there is no row, wrapped to the width. */
static void draw_empty(struct term *term, const struct area *area,
		       const char *why)
{
	const struct area below = {.y = area->y + 2,
				   .x = area->x + 2,
				   .rows = area->rows - 2,
				   .cols = area->cols - 4};
	struct pager pager;
	pager_init(&pager, "");
	pager_add(&pager, "", ROLE_TEXT, why);
	pager_draw(term, &below, &pager);
	pager_done(&pager);
}

struct area table_beside_tags(const struct area *area, const struct tags *tags,
			      enum row_kind kind)
{
	struct area beside = *area;
	int width = tags_count(tags, kind) > 0 ? TAG_WIDTH : 0;
	beside.x += width;
	beside.cols -= width;
	return beside;
}

static void draw_tag(struct term *term, const struct area *area, int y,
		     const struct table *table,
		     const struct table_content *content, const struct row *row)
{
	bool tagged = tags_has(content->tags, row);
	enum role role = is_cursor(table, row) ? ROLE_CURSOR : ROLE_STRONG;
	if (is_cursor(table, row))
		draw_blank(term, y, area->x, TAG_WIDTH, ROLE_CURSOR);
	(void)draw_text(term, y, area->x, TAG_WIDTH, role, tagged ? "*" : "");
}

void table_draw(struct term *term, const struct area *whole,
		struct table *table, const struct table_content *content)
{
	struct columns columns;
	const struct area beside = table_beside_tags(
		whole, content->tags, content->layout->view->kind);
	const struct area *area = &beside;
	columns_layout(&columns, content->layout, area->cols + table->shift);
	if (area->x > whole->x)
		draw_blank(term, area->y, whole->x, TAG_WIDTH, ROLE_HEADING);
	table->height = area->rows - 1;
	scroll_to_cursor(table, content->count);
	draw_titles(term, area, table, content, &columns);
	for (int i = 0; i < table->height; i++) {
		size_t index = table->top + (size_t)i;
		if (index >= content->count)
			break;
		const struct area line = {.y = area->y + 1 + i,
					  .x = area->x,
					  .rows = 1,
					  .cols = area->cols};
		draw_row(term, &line, table, content, &columns,
			 &content->rows[index]);
		if (area->x > whole->x)
			draw_tag(term, whole, line.y, table, content,
				 &content->rows[index]);
	}
	if (content->count == 0 && area->rows > 2)
		draw_empty(term, area, content->empty);
}

#define FURTHER 16 /* columns that come into sight behind the last one */

void table_move_cell(struct table *table, const struct layout *layout, int cols,
		     int step)
{
	struct columns columns;
	columns_layout(&columns, layout, cols + table->shift);
	size_t i = 0;
	while (i < columns.count && columns.at[i].field != table->cell)
		i++;
	bool was_in = table->cell && i < columns.count;
	if (!was_in)
		i = 0;
	else if (step < 0)
		i -= i > 0;
	else if (i + 1 < columns.count)
		i++;
	else if (table->shift < TABLE_SHIFT_LIMIT)
		table->shift += FURTHER;
	table->cell = columns.at[i].field;
	int start = 0;
	for (size_t n = 0; n < i; n++)
		start += columns.at[n].width + 1;
	int end = start + columns.at[i].width;
	if (was_in && end > cols + table->shift)
		table->shift = end - cols;
	if (start < table->shift && (step < 0 || !was_in))
		table->shift = start;
}

const struct field *table_field_at(const struct area *area,
				   const struct table *table,
				   const struct layout *layout, int x)
{
	struct columns columns;
	columns_layout(&columns, layout, area->cols + table->shift);
	int at = area->x - table->shift;
	for (size_t i = 0; i < columns.count; i++) {
		if (x >= at && x <= at + columns.at[i].width)
			return columns.at[i].field;
		at += columns.at[i].width + 1;
	}
	return NULL;
}
