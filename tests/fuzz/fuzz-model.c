/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Any stream of well-formed events: the model keeps it, every format prints it,
 * every field of every row is asked for. */
#include "config.h"

#include "model/model.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "abi/syscall.h"
#include "base/buf.h"
#include "model/field.h"
#include "model/query.h"
#include "view/columns.h"
#include "view/dump.h"
#include "view/layout.h"
#include "view/views.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void print_event(const struct model *model, const struct event *ev)
{
	static const struct dump_options options = {
		.decode.string_limit = 32,
		.stamp = DUMP_STAMP_MICRO,
		.duration = true,
	};
	char text[2000]; /* too small for some, on purpose */
	struct buf buf;
	buf_init(&buf, text, sizeof(text));
	dump_json(&buf, model, ev, &options);
	buf_clear(&buf);
	dump_text(&buf, model, ev, &options);
	if (ev->kind != EVENT_CALL)
		return;
	buf_clear(&buf);
	dump_csv(&buf, model, (const void *)ev, &options);
}

static void draw_rows(const struct model *model, const struct view *view)
{
	const struct query query = {
		.kind = view->kind,
		.syscall = SYSCALL_NONE,
		.text = "e",
		.sort = field_of_kind(view->kind, "syscall"),
		.limit = 7,
	};
	struct query_result result = {0};
	struct field_scratch scratch;
	struct columns columns;
	char text[512];
	struct buf buf;
	columns_layout(&columns, &(struct layout){.view = view}, 200);
	query_run(&query, model, &result);
	for (size_t i = 0; i < result.count; i++) {
		for (size_t c = 0; c < columns.count; c++) {
			struct value value =
				field_get(columns.at[c].field, model,
					  &result.rows[i], &scratch);
			buf_init(&buf, text, sizeof(text));
			columns_cell(&buf, &columns, c, &value, c & 1);
		}
	}
	query_done(&result);
}

static void ignore_line(void *self, const char *line)
{
	(void)self;
	assert(line[strlen(line) - 1] == '\n');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct dump_options options = {0};
	const struct catalogue_config config = {.events_fd = -1};
	const struct model_limits limits = {
		.row_bytes = 1,
		.count_bytes = 4096,
		.name_bytes = 256,
	};
	struct catalogue *cat = NULL;
	assert(catalogue_new(&cat, &config, NULL) == 0);
	struct model *model = model_new(cat, &limits);
	for (size_t at = 0; size - at >= sizeof(struct event);) {
		struct event head;
		memcpy(&head, data + at, sizeof(head));
		size_t len = head.size < size - at ? head.size : size - at;
		struct event *ev = malloc(len ? len : 1);
		memcpy(ev, data + at, len);
		if (decode_is_sane(ev, len)) {
			model_put(model, ev);
			print_event(model, ev);
		}
		free(ev);
		at += len ? len : sizeof(struct event);
		if (at > size)
			break;
	}
	for (size_t i = 0; i < views_count(); i++)
		draw_rows(model, views_at(i));
	dump_summary(model, &options, NULL, ignore_line, NULL);
	model_zero(model);
	model_free(model);
	catalogue_free(cat);
	return 0;
}
