/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/chips.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include "abi/errno.h"
#include "app/excerpt.h"
#include "app/options.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/fmt.h"
#include "feed/live.h"

void chips_add(struct chips *chips, enum frame_side side, const char *format,
	       ...)
{
	if (chips->count == CHIPS_LIMIT)
		return;
	char *text = chips->text[chips->count];
	va_list args;
	va_start(args, format);
	(void)vsnprintf(text, CHIPS_SIZE, format,
			args); /* a cut chip still tells */
	va_end(args);
	chips->at[chips->count++] =
		(struct frame_chip){.text = text, .side = side};
}

static void add_ids(struct chips *chips, const char *what, const pid_t *ids,
		    size_t count)
{
	char data[CHIPS_SIZE - 16];
	struct buf text;
	if (count == 0)
		return;
	buf_init(&text, data, sizeof(data));
	for (size_t i = 0; i < count; i++)
		buf_printf(&text, "%s%d", i ? "," : "", ids[i]);
	chips_add(chips, FRAME_KERNEL, "%s %s%s", what, data,
		  text.cut ? "..." : "");
}

void chips_add_text(struct chips *chips, enum frame_side side, const char *what,
		    const char *typed)
{
	char data[CHIPS_SIZE];
	struct buf text;
	if (!typed)
		return;
	buf_init(&text, data, sizeof(data));
	escape_text(&text, typed, strlen(typed));
	chips_add(chips, side, "%s%s%s", what, what[0] ? " " : "", data);
}

static void add_errnos(struct chips *chips, const int *errnos, size_t count)
{
	char data[CHIPS_SIZE - 16];
	struct buf text;
	if (count == 0)
		return;
	buf_init(&text, data, sizeof(data));
	for (size_t i = 0; i < count; i++) {
		const char *name = errno_name(errnos[i]);
		buf_printf(&text, "%s%s", i ? "," : "", name ? name : "?");
	}
	chips_add(chips, FRAME_KERNEL, "errno %s%s", data,
		  text.cut ? "..." : "");
}

static void add_min_time(struct chips *chips, uint64_t min_ns)
{
	char data[32];
	struct buf text;
	if (!min_ns)
		return;
	buf_init(&text, data, sizeof(data));
	fmt_duration(&text, min_ns);
	chips_add(chips, FRAME_KERNEL, "from %s on", data);
}

/* Of a recording nothing is decided in a kernel. */
static void add_excerpt(struct chips *chips, const struct options *options)
{
	char data[CHIPS_SIZE];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	excerpt_print(&text, options);
	if (text.len)
		chips_add_text(chips, FRAME_SCREEN, "", data);
	for (size_t i = 0; i < options->trace.count; i++)
		chips_add_text(chips, FRAME_SCREEN, "-e", options->trace.at[i]);
	chips_add_text(chips, FRAME_SCREEN, "", options->filter);
}

void chips_of_options(struct chips *chips, const struct options *options,
		      bool is_decided)
{
	if (options->replay.count) {
		add_excerpt(chips, options);
		return;
	}
	chips_add_text(chips, FRAME_NOBODY, "command",
		       options->command ? options->command[0] : 0);
	add_ids(chips, "pid", options->pids, options->pid_count);
	add_ids(chips, "tid", options->tids, options->tid_count);
	if (options->no_follow)
		chips_add(chips, FRAME_KERNEL, "no descendants");
	chips_add_text(chips, FRAME_KERNEL, "comm", options->comm);
	if (options->uid < 0)
		chips_add_text(chips, FRAME_KERNEL, "user", options->user);
	else
		chips_add(chips, FRAME_KERNEL, "uid %lld",
			  (long long)options->uid);
	chips_add_text(chips, FRAME_KERNEL, "cgroup", options->cgroup);
	if (options->outcome == LIVE_SUCCEEDED)
		chips_add(chips, FRAME_KERNEL, "succeeded only");
	if (options->outcome == LIVE_FAILED)
		chips_add(chips, FRAME_KERNEL, "failed only");
	add_errnos(chips, options->errnos, options->errno_count);
	add_min_time(chips, options->min_ns);
	chips_add_text(chips, is_decided ? FRAME_KERNEL : FRAME_BOTH, "",
		       options->filter);
}
