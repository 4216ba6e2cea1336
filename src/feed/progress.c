/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "feed/progress.h"

#include <string.h>

#include "bpf/control.h"
#include "feed/live.h"
#include "feed/walk.h"

struct progress {
	const uint64_t *on_ns;
	const struct sink *to;
};

static void put(void *self, const struct event *ev)
{
	const struct progress *progress = self;
	union {
		struct event_call call;
		char bytes[EVENT_SIZE_LIMIT];
	} found;
	if (!(ev->flags & EVENT_CALL_FOUND)) {
		sink_put(progress->to, ev);
		return;
	}
	memcpy(&found, ev, ev->size);
	uint64_t on_ns =
		progress->on_ns[control_place(found.call.nr, ev->compat)];
	found.call.duration_ns = ev->time_ns > on_ns ? ev->time_ns - on_ns : 0;
	sink_put(progress->to, &found.call.h);
}

int progress_walk(struct bpf_link *link, const uint64_t *on_ns,
		  const struct sink *to, struct err *err)
{
	struct progress progress = {.on_ns = on_ns, .to = to};
	const struct sink sink = {.put = put, .self = &progress};
	int code = walk_tasks(link, &sink, err);
	const struct event end = {.size = sizeof(end),
				  .kind = EVENT_BLOCKED_END,
				  .time_ns = live_now_ns()};
	sink_put(to, &end);
	return code;
}
