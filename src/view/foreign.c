/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "view/foreign.h"

#include <stdlib.h>
#include <string.h>

#include "base/xalloc.h"
#include "view/folded.h"
#include "view/timeline.h"

/* clang-format off */
static const struct foreign_format table[] = {
	{"trace-event", "a time line for Perfetto and chrome://tracing (Trace Event Format)",
	 timeline_new, timeline_free, timeline_begin, timeline_put, timeline_end, NULL, 0},
	{"folded", "stacks for flame graphs, by nanoseconds: process;call time",
	 folded_new, folded_free, NULL, folded_put, folded_end, folded_rest, FOLDED_TIME},
	{"folded-calls", "the same, by number of calls",
	 folded_new, folded_free, NULL, folded_put, folded_end, folded_rest, FOLDED_CALLS},
	{"folded-files", "the same as folded, with the file: process;call;path time",
	 folded_new, folded_free, NULL, folded_put, folded_end, folded_rest, FOLDED_FILES},
};
/* clang-format on */

#define FORMATS (sizeof(table) / sizeof(table[0]))

struct foreign {
	const struct foreign_format *format;
	void *self;
};

const struct foreign_format *foreign_at(size_t i)
{
	return i < FORMATS ? &table[i] : NULL;
}

struct foreign *foreign_new(const char *name,
			    const struct foreign_config *config)
{
	size_t i = 0;
	while (i + 1 < FORMATS && strcmp(table[i].name, name) != 0)
		i++;
	struct foreign *foreign = xcalloc(1, sizeof(*foreign));
	foreign->format = &table[i];
	foreign->self = table[i].new(config, table[i].variant);
	return foreign;
}

void foreign_free(struct foreign *foreign)
{
	if (!foreign)
		return;
	foreign->format->free(foreign->self);
	free(foreign);
}

void foreign_begin(struct foreign *foreign, struct buf *buf)
{
	if (foreign->format->begin)
		foreign->format->begin(foreign->self, buf);
}

void foreign_put(struct foreign *foreign, struct buf *buf,
		 const struct event *ev)
{
	foreign->format->put(foreign->self, buf, ev);
}

bool foreign_end(struct foreign *foreign, struct buf *buf)
{
	return foreign->format->end(foreign->self, buf);
}

uint64_t foreign_folded(const struct foreign *foreign)
{
	return foreign->format->folded ? foreign->format->folded(foreign->self)
				       : 0;
}
