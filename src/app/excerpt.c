/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/excerpt.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "abi/errno.h"
#include "abi/sysset.h"
#include "app/options.h"
#include "base/buf.h"
#include "base/err.h"
#include "feed/live.h"

static void print_ids(struct buf *buf, const char *field, const pid_t *ids,
		      size_t count)
{
	for (size_t i = 0; i < count; i++)
		buf_printf(buf, "%s%s%d", i ? ", " : field, i ? "" : " in (",
			   ids[i]);
	buf_puts(buf, count ? ")" : "");
}

/* A backslash stands before a quote, and nowhere else for itself. */
static void print_text(struct buf *buf, const char *field, const char *operator,
		       const char * text)
{
	buf_printf(buf, "%s %s \"", field, operator);
	for (; *text; text++) {
		if (*text == '"')
			buf_putc(buf, '\\');
		buf_putc(buf, *text);
	}
	buf_putc(buf, '"');
}

#define PRINT(name)                                                            \
	static void print_##name(struct buf *buf, const struct options *options)

PRINT(pids)
{
	print_ids(buf, "pid", options->pids, options->pid_count);
}

PRINT(tids)
{
	print_ids(buf, "tid", options->tids, options->tid_count);
}

PRINT(comm)
{
	if (options->comm)
		print_text(buf, "comm",
			   options->comm[strcspn(options->comm, "*?[")] ? "~"
									: "==",
			   options->comm);
}

/* By the names that the recorded machine had. */
PRINT(user)
{
	if (options->uid >= 0)
		buf_printf(buf, "uid == %" PRIi64, options->uid);
	else if (options->user)
		print_text(buf, "user", "==", options->user);
}

/* A call without a result has done neither, and one that was interrupted. */
PRINT(outcome)
{
	if (options->outcome == LIVE_SUCCEEDED)
		buf_puts(buf, "ret >= 0 || ret < -4095");
	if (options->outcome == LIVE_FAILED)
		buf_puts(buf, "failed");
}

PRINT(errnos)
{
	for (size_t i = 0; i < options->errno_count; i++) {
		const char *name = errno_name(options->errnos[i]);
		buf_puts(buf, i ? ", " : "errno in (");
		if (name)
			buf_puts(buf, name);
		else
			buf_s64(buf, options->errnos[i]);
	}
	buf_puts(buf, options->errno_count ? ")" : "");
}

PRINT(min_time)
{
	if (options->min_ns)
		buf_printf(buf, "duration >= %" PRIu64 "ns", options->min_ns);
}

#undef PRINT

/* What an option says of each call. */
static void (*const table[])(struct buf *buf, const struct options *options) = {
	print_pids,    print_tids,   print_comm,     print_user,
	print_outcome, print_errnos, print_min_time,
};

void excerpt_print(struct buf *buf, const struct options *options)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		size_t start = buf->len;
		buf_puts(buf, start ? " && (" : "(");
		size_t empty = buf->len;
		table[i](buf, options);
		if (buf->len > empty)
			buf_putc(buf, ')');
		else
			buf->len = start;
		buf->data[buf->len] = '\0';
	}
}

bool excerpt_is_asked_for(const struct options *options)
{
	char some[16];
	struct buf buf;
	buf_init(&buf, some, sizeof(some)); /* a cut one is one */
	excerpt_print(&buf, options);
	return buf.len > 0 || options->trace.count > 0;
}

int excerpt_calls(struct sysset *set, const struct options *options,
		  struct err *err)
{
	for (size_t i = 0; i < options->trace.count; i++) {
		struct err why = {0};
		if (sysset_parse(set, options->trace.at[i], &why) < 0)
			return err_set(err, -EINVAL,
				       "-e, --trace takes syscalls: %.400s",
				       why.text);
	}
	return 0;
}
