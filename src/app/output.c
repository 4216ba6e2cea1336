/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/output.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/xalloc.h"
#include "ui/draw.h"

#define LIMIT_MIN  4096 /* at least one long line */
#define LINE_SIZE  1024 /* bytes of a line that are kept */
#define TAB_COLUMN 8

/* Where in a terminal's control sequence the next byte is (ECMA-48). */
enum state {
	PLAIN,
	ESCAPE,  /* after ESC */
	CONTROL, /* after ESC [, until a final byte */
	STRING,  /* after ESC ] P _ ^ X, until BEL or ESC \ */
	STRING_ESCAPE,
};

struct output {
	char *data; /* complete lines, each with its newline */
	size_t len, limit;
	size_t lines;
	uint64_t lines_gone;  /* that were there before */
	char line[LINE_SIZE]; /* the one being written */
	size_t line_len;
	bool restart; /* a carriage return: the next byte begins anew */
	enum state state;
};

struct output *output_new(size_t limit_bytes)
{
	struct output *output = xcalloc(1, sizeof(*output));
	output->limit = limit_bytes < LIMIT_MIN ? LIMIT_MIN : limit_bytes;
	output->data = xmalloc(output->limit);
	return output;
}

void output_free(struct output *output)
{
	if (!output)
		return;
	free(output->data);
	free(output);
}

/* Lets the oldest quarter go, so that it is moved seldom. */
static void make_room(struct output *output, size_t wanted)
{
	if (output->len + wanted <= output->limit)
		return;
	size_t gone = output->limit / 4 + wanted;
	if (gone > output->len)
		gone = output->len;
	while (gone < output->len && output->data[gone - 1] != '\n')
		gone++;
	for (size_t i = 0; i < gone; i++) {
		output->lines -= output->data[i] == '\n';
		output->lines_gone += output->data[i] == '\n';
	}
	memmove(output->data, output->data + gone, output->len - gone);
	output->len -= gone;
}

static void end_line(struct output *output)
{
	make_room(output, output->line_len + 1);
	memcpy(output->data + output->len, output->line, output->line_len);
	output->len += output->line_len;
	output->data[output->len++] = '\n';
	output->lines++;
	output->line_len = 0;
	output->restart = false;
}

static void put(struct output *output, char c)
{
	if (output->restart)
		output->line_len = 0;
	output->restart = false;
	if (output->line_len < LINE_SIZE)
		output->line[output->line_len++] = c;
}

static void put_plain(struct output *output, char c)
{
	switch (c) {
	case '\n':
		end_line(output);
		break;
	case '\r':
		output->restart = true;
		break;
	case '\b':
		if (output->line_len > 0)
			output->line_len--;
		break;
	case '\t':
		do
			put(output, ' ');
		while (output->line_len % TAB_COLUMN != 0);
		break;
	case '\033':
		output->state = ESCAPE;
		break;
	case '\a':
	case '\0':
		break;
	default:
		put(output, c);
	}
}

static void put_byte(struct output *output, char c)
{
	switch (output->state) {
	case PLAIN:
		put_plain(output, c);
		break;
	case ESCAPE:
		output->state = c == '['                  ? CONTROL
				: c && strchr("]P_^X", c) ? STRING
							  : PLAIN;
		break;
	case CONTROL:
		if (c >= 0x40 && c <= 0x7e)
			output->state = PLAIN;
		break;
	case STRING:
		if (c == '\a')
			output->state = PLAIN;
		else if (c == '\033')
			output->state = STRING_ESCAPE;
		break;
	case STRING_ESCAPE:
		output->state = PLAIN;
		break;
	}
}

void output_add(struct output *output, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		put_byte(output, bytes[i]);
}

size_t output_lines(const struct output *output)
{
	return output->lines + 1;
}

uint64_t output_lines_ever(const struct output *output)
{
	return output->lines_gone + output_lines(output);
}

static void draw_line(struct term *term, const struct area *area, int y,
		      const char *text, size_t len)
{
	char data[LINE_SIZE * 4 + 1]; /* each byte may become \xNN */
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	escape_text(&buf, text, len);
	(void)draw_foreign(term, y, area->x, area->cols, ROLE_TEXT, data);
}

/* Start of the line that ends before END, a position after a newline. */
static size_t line_start(const struct output *output, size_t end)
{
	size_t start = end - 1;
	while (start > 0 && output->data[start - 1] != '\n')
		start--;
	return start;
}

static void print_line(FILE *file, const char *text, size_t len)
{
	char data[LINE_SIZE * 4 + 1]; /* each byte may become \xNN */
	struct buf buf;
	buf_init(&buf, data, sizeof(data));
	escape_text(&buf, text, len);
	(void)fprintf(file, "%s\n",
		      data); /* a reader that is gone reads nothing */
}

void output_draw(struct term *term, const struct area *area,
		 const struct output *output, size_t back)
{
	size_t rows = (size_t)area->rows;
	size_t total = output_lines(output);
	size_t last =
		total > back ? total - back : 1; /* lines shown end here */
	size_t first = last > rows ? last - rows : 0;
	if (last == total)
		draw_line(term, area, area->y + (int)(last - 1 - first),
			  output->line, output->line_len);
	size_t end = output->len;
	for (size_t i = output->lines; i-- > first && end > 0;) {
		size_t start = line_start(output, end);
		if (i < last)
			draw_line(term, area, area->y + (int)(i - first),
				  output->data + start, end - 1 - start);
		end = start;
	}
}

void output_print(const struct output *output, size_t count, FILE *file)
{
	size_t start = output->len;
	for (size_t i = 0; i < count && i < output->lines && start > 0; i++)
		start = line_start(output, start);
	while (start < output->len) {
		const char *line = output->data + start;
		size_t len = strcspn(line, "\n");
		print_line(file, line, len);
		start += len + 1;
	}
	print_line(file, output->line, output->line_len);
}
