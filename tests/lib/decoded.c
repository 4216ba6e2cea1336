/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/decoded.h"

#include <stdio.h>
#include <string.h>

#include "abi/decode.h"
#include "abi/syscall.h"
#include "base/buf.h"
#include "tests/lib/evtext.h"

typedef void print_part(struct buf *buf, const struct syscall *sc,
			const struct event_call *ev,
			const struct decode_options *options);

struct printing {
	const struct syscall *sc;
	struct decode_options options;
	print_part *print;
	struct buf buf;
	bool was_sane;
};

static void print_event(void *self, const struct event *ev)
{
	struct printing *printing = self;
	printing->was_sane = decode_is_sane(ev, ev->size);
	if (printing->was_sane)
		printing->print(&printing->buf, printing->sc,
				(const struct event_call *)ev,
				&printing->options);
}

static char *print(const char *name, const char *words,
		   struct printing *printing)
{
	static char text[16384];
	static char line[8192];
	struct catalogue *cat = NULL;
	const struct catalogue_config config = {.events_fd = -1,
						.native = ABI_X86_64};
	cr_assert(eq(int, catalogue_new(&cat, &config, NULL), 0));
	uint32_t index = catalogue_by_name(cat, name);
	cr_assert(ne(u32, index, SYSCALL_NONE), "no system call %s", name);
	bool compat = strstr(words, "compat") != NULL;
	int n = snprintf(line, sizeof(line), "call nr=%d %s",
			 catalogue_nr(cat, index, compat), words);
	cr_assert(n > 0 && (size_t)n < sizeof(line));
	buf_init(&printing->buf, text, sizeof(text));
	printing->sc = catalogue_get(cat, index);
	cr_assert(eq(int, evtext_feed(line, print_event, printing), 0),
		  "not understood: %s", line);
	cr_assert(printing->was_sane, "not sane: %s", line);
	catalogue_free(cat);
	return text;
}

char *decoded_limited(const char *name, const char *words,
		      unsigned string_limit)
{
	struct printing printing = {
		.options = {.string_limit = string_limit},
		.print = decode_args,
	};
	return print(name, words, &printing);
}

char *decoded(const char *name, const char *words)
{
	return decoded_limited(name, words, 32);
}

char *decoded_result(const char *name, const char *words)
{
	struct printing printing = {
		.options = {.string_limit = 32},
		.print = decode_result,
	};
	return print(name, words, &printing);
}
