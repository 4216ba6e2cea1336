/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/chosen.h"
#include "app/desk.h"
#include "base/buf.h"
#include "base/xalloc.h"
#include "ui/term.h"
#include "view/columns.h"
#include "view/export.h"

#define LINE_SIZE (1 << 20) /* every column full, each byte escaped */

struct lines {
	FILE *file;
	char *data; /* of LINE_SIZE */
	struct buf buf;
	int error; /* errno of the first that failed */
};

static void put_line(struct lines *lines)
{
	buf_putc(&lines->buf, '\n');
	if (fwrite(lines->buf.data, 1, lines->buf.len, lines->file) <
		    lines->buf.len &&
	    !lines->error)
		lines->error = errno;
	buf_clear(&lines->buf);
}

static void put_rows(struct lines *lines, const struct desk *desk,
		     const struct row *rows, size_t count,
		     enum export_format format)
{
	const struct layout layout =
		desk_layout(desk, desk_place((struct desk *)desk));
	struct columns columns;
	if (format == EXPORT_TEXT)
		columns_layout(&columns, &layout, term_cols(desk->term));
	else
		columns_all(&columns, &layout);
	export_heading(&lines->buf, format, &columns);
	if (lines->buf.len > 0)
		put_line(lines);
	for (size_t i = 0; i < count; i++) {
		export_row(&lines->buf, format, &columns, desk->model,
			   &rows[i]);
		put_line(lines);
	}
}

void write_rows(struct desk *desk, const char *name)
{
	struct lines lines = {0};
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd >= 0)
		lines.file = fdopen(fd, "w");
	if (fd >= 0 && !lines.file)
		(void)close(fd); /* nothing was written */
	if (!lines.file) {
		desk_say(desk, ROLE_ALARM, "cannot write '%s': %s%s", name,
			 strerror(errno),
			 errno == EEXIST ? "; choose another name" : "");
		return;
	}
	lines.data = xmalloc(LINE_SIZE);
	buf_init(&lines.buf, lines.data, LINE_SIZE);
	if (desk->stale)
		desk_refresh(desk);
	struct row *tagged = NULL;
	size_t count = desk->count;
	if (chosen_are_tagged(desk))
		count = chosen_rows(desk, &tagged);
	put_rows(&lines, desk, tagged ? tagged : desk->rows, count,
		 export_format_of(name));
	bool only_tagged = tagged != NULL;
	free(tagged);
	if (fclose(lines.file) != 0 && !lines.error)
		lines.error = errno;
	if (lines.error)
		desk_say(desk, ROLE_ALARM, "cannot write '%s': %s", name,
			 strerror(lines.error));
	else
		desk_say(desk, ROLE_MESSAGE, "wrote %zu %srows to %s", count,
			 only_tagged ? "tagged " : "", name);
	free(lines.data);
}
