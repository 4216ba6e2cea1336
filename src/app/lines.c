/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/lines.h"

#include <stdarg.h>
#include <string.h>

#include "app/header.h"
#include "app/output.h"
#include "app/paint.h"
#include "app/playkeys.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/fmt.h"
#include "model/field.h"
#include "model/model.h"
#include "ui/keycode.h"
#include "ui/term.h"
#include "view/columns.h"
#include "view/layout.h"
#include "view/views.h"

#define LINE_SIZE  65536 /* a call with all its arguments, and more */
#define AROUND     6     /* lines of the terminal that are not for rows */
#define ROWS_LEAST 5
#define CHOSEN     "Chosen is "

/* A line.  What is more to a terminal than a character is a "?", as on the
 * screen.  A reader that is gone reads nothing: this cannot fail. */
static void put(const struct lines *lines, const char *text)
{
	size_t len = strlen(text);
	for (size_t i = 0; i < len;) {
		uint32_t c = 0;
		size_t size = escape_decode_utf8(text + i, len - i, &c);
		if (size == 0 || escape_is_hostile(c))
			(void)fputc('?', lines->file);
		else
			(void)fwrite(text + i, 1, size, lines->file);
		i += size ? size : 1;
	}
	(void)fputc('\n', lines->file);
}

__attribute__((format(printf, 2, 3))) static void
put_format(const struct lines *lines, const char *format, ...)
{
	char data[LINE_SIZE];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(data, sizeof(data), format,
			args); /* a cut line still tells */
	va_end(args);
	put(lines, data);
}

static void print_order(struct buf *buf, const struct desk_place *place)
{
	if (place->sort)
		buf_printf(buf, ", by %s, %s", place->sort->title,
			   place->descending ? "highest first"
					     : "lowest first");
	if (place->by_class)
		buf_puts(buf, ", by class");
	if (place->tree)
		buf_puts(buf, ", as a tree");
}

static void print_place(struct buf *buf, const struct desk *desk)
{
	const struct desk_place *place = desk_place((struct desk *)desk);
	buf_puts(buf, views_at(desk->root)->title);
	for (size_t i = 0; i < desk->depth; i++)
		buf_printf(buf, ", %s: %s", desk->drilled[i].name,
			   desk->drilled[i].view->title);
	print_order(buf, place);
	if (desk->paused)
		buf_puts(buf, ", paused");
	if (desk->failed_only)
		buf_puts(buf, ", failed only");
	if (place->filter[0])
		buf_printf(buf, ", filter %s", place->filter);
	if (place->search[0])
		buf_printf(buf, ", search %s", place->search);
}

/* What is open, so that another title means that something else is. */
static void print_title(struct buf *buf, const struct desk *desk)
{
	switch (desk->mode) {
	case DESK_PAGE:
		buf_puts(buf, desk->pager.title);
		return;
	case DESK_LIST:
	case DESK_QUESTION:
	case DESK_CONFIRM:
		buf_puts(buf, desk->popup.title);
		return;
	case DESK_OUTPUT:
		buf_printf(buf, "Output of %s", desk->command);
		return;
	case DESK_PROMPT:
		buf_puts(buf, desk->prompt.label);
		return;
	case DESK_SETUP:
		buf_printf(buf, "Setup, %s", setup_title(desk));
		if (desk->setup.section == SETUP_COLUMNS)
			buf_printf(buf, " of %s", desk->setup.view->title);
		return;
	case DESK_TABLE:
		print_place(buf, desk);
		return;
	}
}

static void print_figures(struct buf *buf, const struct model_summary *summary)
{
	fmt_rate(buf, summary->seen_per_s);
	buf_puts(buf, " calls per second seen, ");
	fmt_rate(buf, summary->shown_per_s);
	buf_puts(buf, " shown, ");
	fmt_rate(buf, summary->filtered_per_s);
	buf_puts(buf, " filtered out, ");
	char why[128];
	struct buf text;
	buf_init(&text, why, sizeof(why));
	fmt_count(buf, frame_print_lost(&text, summary));
	buf_printf(buf, " %s. ", why);
	if (summary->lost[EVENT_LOST_SAMPLED]) {
		fmt_count(buf, summary->lost[EVENT_LOST_SAMPLED]);
		buf_puts(buf, " left out by sampling. ");
	}
	buf_printf(buf, "%u of %u calls traced, ", summary->traced,
		   summary->syscalls);
	frame_print_cost(buf, summary);
	buf_putc(buf, '.');
}

static void put_header(const struct lines *lines, struct desk *desk)
{
	static const char *const sides[FRAME_SIDES] = {
		[FRAME_NOBODY] = "",
		[FRAME_KERNEL] = ", decided in the kernel",
		[FRAME_BOTH] = ", decided in the kernel and here",
		[FRAME_SCREEN] = ", decided here",
	};
	struct model_summary summary;
	struct header_chips chips;
	char data[512];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	model_summary(desk->model, &summary);
	print_figures(&buf, &summary);
	put(lines, data);
	if (desk->player) {
		buf_init(&buf, data, sizeof(data));
		playkeys_print(desk, &buf);
		(void)fprintf(lines->file, "The %s.\n", data);
	}
	header_gather(desk, &summary, &chips);
	for (size_t i = 0; i < chips.count; i++)
		put_format(lines, "%s%s%s.", chips.at[i].alarm ? "Note: " : "",
			   chips.at[i].text, sides[chips.at[i].side]);
}

/* Strips of characters say nothing when they are read. */
static bool is_picture(const struct field *field)
{
	return field->kinds & FIELD_STRIP;
}

static void print_cell(struct buf *buf, const struct field *field,
		       const struct value *value)
{
	if (field->unit == UNIT_TICK) {
		static const char *const words[] = {"not traced", "traced",
						    "partly traced"};
		buf_puts(buf, words[value->u % 3]);
		buf_puts(buf, value->u && value->more ? " with stacks" : "");
		return;
	}
	buf_printf(buf, "%s ", field->title);
	if (value->known)
		field_print(buf, field, value);
	else
		buf_puts(buf, "without a value");
}

/* What a row is called comes first, whether it is ticked behind that. */
static const struct field *field_of(const struct columns *columns, size_t i)
{
	bool ticks =
		columns->count > 1 && columns->at[0].field->unit == UNIT_TICK;
	return columns->at[ticks && i < 2 ? 1 - i : i].field;
}

static void put_row(const struct lines *lines, struct desk *desk,
		    const struct row *row)
{
	const struct layout layout = desk_layout(desk, desk_place(desk));
	struct columns columns;
	char data[LINE_SIZE];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	columns_all(&columns, &layout);
	buf_puts(&buf, tags_has(&desk->tags, row) ? "tagged" : "");
	for (size_t i = 0; i < columns.count; i++) {
		const struct field *field = field_of(&columns, i);
		struct field_scratch scratch;
		const struct value value =
			field_get(field, desk->model, row, &scratch);
		if (is_picture(field) || !value.known)
			continue;
		buf_puts(&buf, buf.len ? ", " : "");
		print_cell(&buf, field, &value);
	}
	put(lines, data);
}

/* As many as the terminal has lines for, so that a page is a page: from the
 * cursor's row on, or the last ones. */
static void put_rows(const struct lines *lines, struct desk *desk)
{
	struct desk_place *place = desk_place(desk);
	int rows = term_rows(desk->term) - AROUND;
	place->table.height = rows < ROWS_LEAST ? ROWS_LEAST : rows;
	size_t height = (size_t)place->table.height;
	size_t first = place->table.cursor;
	if (first + height > desk->count)
		first = desk->count > height ? desk->count - height : 0;
	size_t end = first + height;
	if (desk->count == 0) {
		put(lines, paint_empty(desk, place));
		return;
	}
	if (end > desk->count)
		end = desk->count;
	put_format(lines,
		   "Rows %zu to %zu of %zu, the cursor on row %zu:", first + 1,
		   end, desk->count, place->table.cursor + 1);
	for (size_t i = first; i < end; i++)
		put_row(lines, desk, &desk->rows[i]);
}

static void put_item(const struct lines *lines, const char *before,
		     const struct popup_item *item)
{
	const char key[] = {item->key, '\0'};
	put_format(lines, "%s%s%s%s%s%s", before, key, key[0] ? ": " : "",
		   item->text, item->note[0] ? ", " : "", item->note);
}

static void put_popup(const struct lines *lines, const struct popup *popup)
{
	for (size_t i = 0; i < popup->count; i++)
		put_item(lines, "", &popup->items[i]);
	if (!popup->question && popup->cursor < popup->count)
		put_item(lines, CHOSEN, &popup->items[popup->cursor]);
}

static void put_page(const struct lines *lines, const struct pager *pager)
{
	for (size_t i = 0; i < pager->count; i++) {
		const struct pager_line *line = &pager->lines[i];
		put_format(lines, "%s%s%s", line->label,
			   line->label[0] ? ": " : "", line->text);
	}
}

static void put_prompt(const struct lines *lines, const struct desk *desk)
{
	put_format(lines, "%s %s", desk->prompt.label, desk->prompt.text);
}

static void put_mistake(const struct lines *lines, const struct desk *desk)
{
	if (desk->asked == DESK_ASK_FILTER && desk->mistake.text[0])
		put_format(lines, "Column %zu: %s", desk->mistake_at + 1,
			   desk->mistake.text);
}

static void put_form_line(const struct lines *lines, const char *before,
			  const struct form_line *line)
{
	static const char *const boxes[] = {
		[FORM_NO_BOX] = "", [FORM_OFF] = "off: ", [FORM_ON] = "on: "};
	put_format(lines, "%s%s%s%s%s", before, boxes[line->box], line->name,
		   line->value[0] ? ", " : "", line->value);
}

static void put_setup(const struct lines *lines, struct desk *desk, bool all)
{
	struct form_lines form;
	size_t at = setup_lines(desk, &form);
	for (size_t i = 0; all && i < form.count; i++)
		put_form_line(lines, "", &form.at[i]);
	if (at >= form.count)
		return;
	put_form_line(lines, all ? CHOSEN : "", &form.at[at]);
	put(lines, setup_hint(desk));
}

static void put_output(struct lines *lines, const struct desk *desk, bool all)
{
	uint64_t ever = output_lines_ever(desk->output);
	size_t count = (size_t)(ever - lines->outputs);
	if (all)
		count = (size_t)term_rows(desk->term);
	output_print(desk->output, count, lines->file);
	lines->outputs = ever;
}

static void put_all(struct lines *lines, struct desk *desk)
{
	switch (desk->mode) {
	case DESK_TABLE:
		put_header(lines, desk);
		put_rows(lines, desk);
		break;
	case DESK_PROMPT:
		put_prompt(lines, desk);
		put(lines, paint_prompt_hint(desk));
		break;
	case DESK_LIST:
	case DESK_QUESTION:
	case DESK_CONFIRM:
		put_popup(lines, &desk->popup);
		break;
	case DESK_PAGE:
		put_page(lines, &desk->pager);
		break;
	case DESK_OUTPUT:
		put_output(lines, desk, true);
		break;
	case DESK_SETUP:
		put_setup(lines, desk, true);
		break;
	}
}

static void put_message(const struct lines *lines, const struct desk *desk)
{
	if (desk->message[0])
		put(lines, desk->message);
}

static void refresh(struct desk *desk)
{
	if (desk->mode != DESK_PAGE && desk->mode != DESK_OUTPUT && desk->stale)
		desk_refresh(desk);
}

void lines_print(struct lines *lines, struct desk *desk)
{
	struct buf title;
	refresh(desk);
	buf_init(&title, lines->title, sizeof(lines->title));
	print_title(&title, desk);
	if (desk->mode != DESK_PROMPT) {
		put(lines, "");
		put_format(lines, "%s.", lines->title);
	}
	put_all(lines, desk);
	put_message(lines, desk);
	lines->cell = desk_place(desk)->table.cell;
	(void)fflush(lines->file);
}

static void put_here(const struct lines *lines, struct desk *desk)
{
	const struct desk_place *place = desk_place(desk);
	const struct row *row = desk_row(desk);
	struct field_scratch scratch;
	char data[LINE_SIZE];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	if (!row) {
		put(lines, paint_empty(desk, place));
	} else if (place->table.cell && place->table.cell != lines->cell) {
		const struct value value = field_get(
			place->table.cell, desk->model, row, &scratch);
		print_cell(&buf, place->table.cell, &value);
		put(lines, data);
	} else {
		put_row(lines, desk, row);
	}
}

/* Of what stays open: where the cursor is now. */
static void put_change(struct lines *lines, struct desk *desk)
{
	const struct popup *popup = &desk->popup;
	switch (desk->mode) {
	case DESK_TABLE:
		put_here(lines, desk);
		break;
	case DESK_PROMPT:
		put_prompt(lines, desk);
		if (desk->key == KEYCODE_ENTER)
			put_mistake(lines, desk);
		break;
	case DESK_LIST:
		if (popup->cursor < popup->count)
			put_item(lines, "", &popup->items[popup->cursor]);
		break;
	case DESK_OUTPUT:
		put_output(lines, desk, false);
		break;
	case DESK_SETUP:
		put_setup(lines, desk, false);
		break;
	case DESK_PAGE: /* all of it was printed, and is not moved */
	case DESK_QUESTION:
	case DESK_CONFIRM:
		break;
	}
}

void lines_tell(struct lines *lines, struct desk *desk)
{
	char data[LINES_TITLE_SIZE];
	struct buf title;
	refresh(desk);
	buf_init(&title, data, sizeof(data));
	print_title(&title, desk);
	bool page =
		desk->key == KEYCODE_PAGE_UP || desk->key == KEYCODE_PAGE_DOWN;
	if (strcmp(data, lines->title) != 0) {
		lines_print(lines, desk);
		return;
	}
	if (desk->message[0])
		put_message(lines, desk);
	else if (page && desk->mode == DESK_TABLE)
		put_rows(lines, desk);
	else
		put_change(lines, desk);
	lines->cell = desk_place(desk)->table.cell;
	(void)fflush(lines->file);
}
