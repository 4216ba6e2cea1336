/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Where events go.  Feeds fill sinks; the model, the batch printer and a
 * recorder are sinks. */
#pragma once

struct event;

struct sink {
	/* EV is borrowed for the call, aligned to 8, well-formed, of any kind.
	 */
	void (*put)(void *self, const struct event *ev);
	void *self;
};

static inline void sink_put(const struct sink *sink, const struct event *ev)
{
	sink->put(sink->self, ev);
}
