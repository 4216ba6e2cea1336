/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/clipboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/action.h"
#include "app/chosen.h"
#include "app/desk.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "model/field.h"
#include "view/columns.h"
#include "view/export.h"
#include "view/layout.h"

/* https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, "Ps = 5 2" */
#define OSC_52 "\033]52;c;"
#define BEL    "\007"

/* What documents that it has OSC 52, switched on: the beginnings of $TERM, and
 * $TERM_PROGRAM. */
static const char *const types[] = {"alacritty",  "contour", "foot",
				    "rio",        "wezterm", "xterm-ghostty",
				    "xterm-kitty"};
static const char *const programs[] = {"WezTerm", "ghostty", "rio"};

/* Consoles and serial lines, and what is used there. */
static const char *const devices[] = {"/dev/tty", "/dev/hvc", "/dev/console"};
static const char *const plain[] = {"linux", "vt", "dumb", "ansi", "cons25"};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool begins_with_any(const char *text, const char *const *words,
			    size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static const char *variable(const char *name)
{
	const char *value = getenv(name);
	return value ? value : "";
}

void clipboard_look(struct clipboard_terminal *ret)
{
	const char *device = ttyname(STDOUT_FILENO);
	*ret = (struct clipboard_terminal){
		.type = variable("TERM"),
		.program = variable("TERM_PROGRAM"),
		.device = device ? device : "",
		.tmux = variable("TMUX")[0] ||
			strncmp(variable("TERM"), "tmux", 4) == 0,
		.screen = variable("STY")[0] ||
			  strncmp(variable("TERM"), "screen", 6) == 0,
	};
}

const char *clipboard_why_not(enum options_clipboard wanted,
			      const struct clipboard_terminal *terminal)
{
	if (wanted == CLIPBOARD_ON)
		return NULL;
	if (wanted == CLIPBOARD_OFF)
		return "not copied: --clipboard=off; w writes to a file";
	if (terminal->tmux)
		return "not copied: \"tmux set -s set-clipboard on\", then "
		       "--clipboard=on; or w to a file";
	if (terminal->screen)
		return "not copied: screen does not pass it on; w writes to a "
		       "file";
	if (begins_with_any(terminal->device, devices, COUNT(devices)) ||
	    begins_with_any(terminal->type, plain, COUNT(plain)))
		return "not copied: a console has no clipboard; w writes to a "
		       "file";
	if (begins_with_any(terminal->type, types, COUNT(types)) ||
	    begins_with_any(terminal->program, programs, COUNT(programs)))
		return NULL;
	return "not copied: unsure whether this terminal can; "
	       "--clipboard=on, or w to a file";
}

void clipboard_print(struct buf *buf, const char *text, size_t len)
{
	buf_puts(buf, OSC_52);
	base64_put(buf, text, len);
	buf_puts(buf, BEL);
}

static void send(const struct desk *desk, const char *text, size_t len)
{
	size_t size = BASE64_SIZE(len) + sizeof(OSC_52) + sizeof(BEL);
	char *data = xmalloc(size);
	struct buf buf;
	buf_init(&buf, data, size);
	clipboard_print(&buf, text, len);
	desk->hooks->to_terminal(desk->hooks->self, buf.data, buf.len);
	free(data);
}

void clipboard_send(struct desk *desk, const char *what, const char *text,
		    size_t len)
{
	static const struct clipboard_terminal unknown = {
		.type = "", .program = "", .device = ""};
	const char *why =
		clipboard_why_not(desk->options->clipboard,
				  desk->terminal ? desk->terminal : &unknown);
	if (why) {
		desk_say(desk, ROLE_ALARM, "%s", why);
		return;
	}
	send(desk, text, len);
	desk_say(desk, ROLE_MESSAGE,
		 "sent %s to the terminal's clipboard: %zu %s", what, len,
		 len == 1 ? "byte" : "bytes");
}

static void print_rows(struct buf *buf, const struct desk *desk,
		       const struct row *rows, size_t count)
{
	const struct desk_place *place = desk_place((struct desk *)desk);
	const struct layout layout = desk_layout(desk, place);
	struct columns columns;
	columns_all(&columns, &layout);
	for (size_t i = 0; i < count; i++) {
		export_row(buf, EXPORT_TEXT, &columns, desk->model, &rows[i]);
		buf_puts(buf, count > 1 ? "\n" : "");
	}
}

/* What is in the cell, all of it; escaped, so that pasting does no harm. */
static void print_cells(struct buf *buf, const struct desk *desk,
			const struct field *field, const struct row *rows,
			size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct field_scratch scratch;
		struct value value =
			field_get(field, desk->model, &rows[i], &scratch);
		field_print_exact(buf, field, &value);
		buf_puts(buf, count > 1 ? "\n" : "");
	}
}

unsigned clipboard_copy(struct desk *desk, int unused)
{
	(void)unused;
	struct row *rows;
	size_t count = chosen_rows(desk, &rows);
	const struct field *cell = desk_place(desk)->table.cell;
	char *data = xmalloc(CLIPBOARD_LIMIT + 1);
	char what[48];
	struct buf text;
	buf_init(&text, data, CLIPBOARD_LIMIT + 1);
	if (cell)
		print_cells(&text, desk, cell, rows, count);
	else
		print_rows(&text, desk, rows, count);
	const char *unit = cell ? "cell" : "row";
	if (count == 1)
		(void)snprintf(what, sizeof(what), "the %s", unit); /* fits */
	else
		(void)snprintf(what, sizeof(what), "%zu %ss", count,
			       unit); /* fits */
	if (count == 0)
		desk_say(desk, ROLE_MESSAGE, "there is no row here");
	else if (text.cut)
		desk_say(desk, ROLE_ALARM,
			 "more than %d bytes are too much to copy; w writes "
			 "to a file",
			 CLIPBOARD_LIMIT);
	else
		clipboard_send(desk, what, text.data, text.len);
	free(data);
	free(rows);
	return ACTION_DRAW;
}
