/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Prints every type of object that JSON output has, a line each, of the events
 * of tests/data and of some more: with the usual keys, then, with "all", with
 * every key that --fields can ask of a call.  tests/schema.sh looks at them.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/xalloc.h"
#include "model/field.h"
#include "model/model.h"
#include "tests/lib/evtext.h"
#include "abi/abi.h"
#include "abi/syscall.h"
#include "view/dump.h"

#define LINE_SIZE    65536
#define FIELDS_LIMIT 64

static const char more[] =
	"tick t=1s wall=1732147200s\n"
	"signal t=2s pid=7 action=0 info=17,0,1,0,9,1000,3\n"
	"signal pid=7 action=1 info=10,0,0,0,7,0\n"
	"signal pid=7 action=2 info=11,0,1,0,0,0\n"
	"signal pid=7 action=2 info=34,0,-1,0,7,0,5,0\n"
	"signal pid=7 action=2 info=31,0,1,0,0,0,3,0\n"
	"signal pid=0 start=3 comm=\"\\xff\" action=2 info=29,0,1,0,3,0,4,0\n"
	"exec pid=7 comm=ls cmdline=\"ls\\0-l\" status=7 row\n"
	"exec pid=7 comm=ls status=9 row\n"
	"exit pid=7 status=0x300 row\n"
	"exit pid=7 status=9 row dead\n"
	"lost nr=0 cause=ring count=3\n"
	"lost cause=state count=1\n"
	"lost nr=1 cause=budget count=2\n"
	"lost nr=1 cause=sampled count=2\n"
	"stat nr=0 calls=5 errors=1 time=5us max=2us hist=9:4\n"
	"count pid=7 start=5ms nr=0 calls=5\n"
	"count pid=0 start=0 nr=0 calls=5\n"
	"call pid=7 nr=257 args=3,1,0 text1=\"/a\\xff\" ret=-2\n"
	"call pid=7 nr=257 args=3,1,0 cut1=\"/a\" ret=3\n"
	"call pid=7 nr=257 args=3,1,0 unreadable1 noresult\n"
	"call pid=0 start=9 nr=999 ret=-512\n";

struct printer {
	struct model *model;
	struct dump_options options;
};

static void print(void *self, const struct event *ev)
{
	static char text[LINE_SIZE];
	const struct printer *printer = self;
	struct buf line;
	buf_init(&line, text, sizeof(text));
	model_put(printer->model, ev);
	dump_json(&line, printer->model, ev, &printer->options);
	if (line.len)
		(void)puts(text); /* main() looks */
}

static bool print_all(const struct printer *printer)
{
	static const char *const files[] = {"machine.ev", "files.ev",
					    "stacks.ev"};
	bool good = true;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		good &= evtext_feed_file(files[i], print,
					 (void *)(uintptr_t)printer) == 0;
	return good &&
	       evtext_feed(more, print, (void *)(uintptr_t)printer) == 0;
}

int main(int argc, char **argv)
{
	const struct catalogue_config config = {.events_fd = -1,
						.native = ABI_X86_64};
	const struct model_limits limits = {1 << 20, 1 << 20, 1 << 20, 0};
	const struct field *fields[FIELDS_LIMIT];
	struct printer printer = {0};
	struct catalogue *cat = NULL;
	if (catalogue_new(&cat, &config, NULL) < 0)
		return 1;
	printer.model = model_new(cat, &limits);
	printer.options.decode.string_limit = 32;
	printer.options.decode.files = model_files(printer.model);
	printer.options.stacks = true;
	bool all = argc > 1 && strcmp(argv[1], "all") == 0;
	for (size_t i = 0; all && i < field_count(); i++) {
		if (field_has(field_at(i), ROW_CALL))
			fields[printer.options.field_count++] = field_at(i);
	}
	printer.options.fields = all ? fields : NULL;
	bool good = print_all(&printer);
	model_free(printer.model);
	catalogue_free(cat);
	return good && fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
