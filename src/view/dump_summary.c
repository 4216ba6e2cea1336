/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The table of -c.  It is made twice: once to see how wide each column must be,
 * once to print it.  Counters are exact here, not rounded.
 */
#include "config.h"

#include "view/dump.h"

#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "base/escape.h"
#include "model/field.h"
#include "model/query.h"
#include "model/stat.h"

#define COLUMNS_MAX 32   /* more than there are fields of a syscall */
#define LINE_LIMIT  4096 /* bytes */

struct summary {
	const struct model *model;
	const struct field *fields[COLUMNS_MAX];
	size_t count;
	size_t widths[COLUMNS_MAX];
	struct query_result rows;
	struct stat_class total;
};

static void choose_fields(struct summary *summary,
			  const struct dump_options *options)
{
	static const char *const usual[] = {
		"calls", "errors", "time", "mean", "p99", "max", "syscall",
	};
	bool given = options->field_count > 0;
	size_t count =
		given ? options->field_count : sizeof(usual) / sizeof(usual[0]);
	for (size_t i = 0; i < count && i < COLUMNS_MAX; i++)
		summary->fields[summary->count++] =
			given ? options->fields[i]
			      : field_of_kind(ROW_SYSCALL, usual[i]);
}

static bool is_total(const struct summary *summary, const struct row *row)
{
	return row->object == &summary->total;
}

static void put_cell(struct buf *buf, const struct summary *summary,
		     const struct field *field, const struct row *row)
{
	struct field_scratch scratch;
	bool total = is_total(summary, row);
	if (total && !field_is_number(field)) {
		if (strcmp(field->name, "syscall") == 0)
			buf_puts(buf, "total");
		return;
	}
	struct value value = field_get(field, summary->model, row, &scratch);
	if (total && !value.known)
		return;
	if (field->unit == UNIT_NS)
		field_print(buf, field, &value);
	else
		field_print_exact(buf, field, &value);
}

static size_t cell_width(const struct summary *summary,
			 const struct field *field, const struct row *row)
{
	char data[LINE_LIMIT];
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	put_cell(&buf, summary, field, row);
	return escape_width(data, buf.len);
}

static void measure(struct summary *summary, const struct row *row)
{
	for (size_t i = 0; i < summary->count; i++) {
		size_t width = cell_width(summary, summary->fields[i], row);
		if (width > summary->widths[i])
			summary->widths[i] = width;
	}
}

/* Numbers to the right; the last column is not padded. */
static void put_column(struct buf *line, const struct summary *summary,
		       size_t i, const char *text)
{
	size_t width = escape_width(text, strlen(text));
	size_t blanks =
		summary->widths[i] > width ? summary->widths[i] - width : 0;
	bool right = field_is_number(summary->fields[i]);
	if (i > 0)
		buf_puts(line, "  ");
	if (right)
		buf_pad(line, ' ', line->len + blanks);
	buf_puts(line, text);
	if (!right && i + 1 < summary->count)
		buf_pad(line, ' ', line->len + blanks);
}

static void print_heading(const struct summary *summary, struct buf *line)
{
	buf_clear(line);
	for (size_t i = 0; i < summary->count; i++)
		put_column(line, summary, i, summary->fields[i]->title);
	buf_putc(line, '\n');
}

static void print_row(const struct summary *summary, struct buf *line,
		      const struct row *row)
{
	char data[LINE_LIMIT];
	struct buf cell;
	buf_init(&cell, data, sizeof(data));
	buf_clear(line);
	for (size_t i = 0; i < summary->count; i++) {
		buf_clear(&cell);
		put_cell(&cell, summary, summary->fields[i], row);
		put_column(line, summary, i, data);
	}
	buf_putc(line, '\n');
}

/* Of the syscalls that were made. */
static void find_rows(struct summary *summary, const struct field *sort)
{
	const struct query query = {
		.kind = ROW_SYSCALL,
		.syscall = SYSCALL_NONE,
		.sort = sort,
		.descending = field_is_number(sort),
	};
	struct query_result *rows = &summary->rows;
	query_run(&query, summary->model, rows);
	size_t kept = 0;
	for (size_t i = 0; i < rows->count; i++) {
		const struct stat_syscall *stat = rows->rows[i].object;
		if (stat->sum.calls > 0)
			rows->rows[kept++] = rows->rows[i];
	}
	rows->count = kept;
}

void dump_summary(const struct model *model, const struct dump_options *options,
		  const struct field *sort,
		  void (*write)(void *self, const char *line), void *self)
{
	struct summary summary = {.model = model};
	const struct row total = {.kind = ROW_CLASS, .object = &summary.total};
	char data[LINE_LIMIT];
	struct buf line;
	buf_init(&line, data, sizeof(data));
	choose_fields(&summary, options);
	find_rows(&summary, sort ? sort : field_of_kind(ROW_SYSCALL, "time"));
	model_total(model, &summary.total);
	for (size_t i = 0; i < summary.count; i++)
		summary.widths[i] = strlen(summary.fields[i]->title);
	for (size_t i = 0; i < summary.rows.count; i++)
		measure(&summary, &summary.rows.rows[i]);
	measure(&summary, &total);
	print_heading(&summary, &line);
	write(self, data);
	for (size_t i = 0; i < summary.rows.count; i++) {
		print_row(&summary, &line, &summary.rows.rows[i]);
		write(self, data);
	}
	print_row(&summary, &line, &total);
	write(self, data);
	query_done(&summary.rows);
}
