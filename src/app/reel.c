/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/reel.h"

#include <string.h>

#include "app/action.h"
#include "app/desk.h"
#include "app/keys.h"
#include "app/recorder.h"
#include "app/session.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/escape.h"
#include "base/fmt.h"

#define SECOND_NS 1000000000ull

/* "0:05", "1:02:03" */
static void print_span(struct buf *buf, uint64_t ns)
{
	uint64_t s = ns / SECOND_NS;
	if (s >= 3600)
		buf_printf(buf, "%u:%02u:%02u", (unsigned)(s / 3600),
			   (unsigned)(s / 60 % 60), (unsigned)(s % 60));
	else
		buf_printf(buf, "%u:%02u", (unsigned)(s / 60),
			   (unsigned)(s % 60));
}

static void print_name(struct buf *buf, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	if (strcmp(path, "-") == 0)
		buf_puts(buf, "to a pipe");
	else
		escape_text(buf, name, strlen(name));
}

static void begin(struct recorder *recorder, struct desk *desk,
		  const char *path)
{
	struct err err = {0};
	char key[KEYCODE_NAME_SIZE];
	if (recorder_begin(recorder, path, &err) < 0)
		desk_say(desk, ROLE_ALARM, "%s", err.text);
	else
		desk_say(desk, ROLE_MESSAGE, "recording into %s; %s ends it",
			 path, keys_name(desk, "record", key));
}

static void end(struct recorder *recorder, struct desk *desk)
{
	struct recorder_status status;
	struct record_totals totals = {0};
	struct err err = {0};
	char data[PROMPT_SIZE + 64];
	struct buf text;
	recorder_status(recorder, &status);
	buf_init(&text, data, sizeof(data));
	buf_puts(&text, "recorded ");
	print_name(&text, status.path);
	if (recorder_end(recorder, &totals, &err) < 0) {
		desk_say(desk, ROLE_ALARM,
			 "%s; what was written before can be "
			 "opened",
			 err.text);
		return;
	}
	buf_puts(&text, ": ");
	fmt_count(&text, totals.calls);
	buf_puts(&text, totals.calls == 1 ? " call, " : " calls, ");
	fmt_bytes(&text, totals.bytes);
	desk_say(desk, ROLE_MESSAGE, "%s", data);
}

void reel_record(const struct session *session, struct desk *desk,
		 const char *path)
{
	if (path)
		begin(session->recorder, desk, path);
	else
		end(session->recorder, desk);
	(void)reel_tell(session, desk); /* whoever pressed the key draws */
}

unsigned reel_tell(const struct session *session, struct desk *desk)
{
	struct desk_tape *tape = &desk->tape;
	struct recorder_status status;
	struct buf text;
	recorder_status(session->recorder, &status);
	bool failed = status.code != 0;
	bool news = failed && !tape->failed;
	tape->failed = failed;
	buf_init(&text, tape->text, sizeof(tape->text));
	if (!status.path[0])
		return ACTION_NOTHING;
	buf_puts(&text, failed ? "not recording any more: " : "recording ");
	if (failed) {
		buf_puts(&text, strerror(-status.code));
	} else {
		print_name(&text, status.path);
		buf_puts(&text, ", ");
		fmt_bytes(&text, status.totals.bytes);
		buf_puts(&text, ", ");
		print_span(&text, desk->now_ns > status.since_ns
					  ? desk->now_ns - status.since_ns
					  : 0);
	}
	if (!news)
		return ACTION_NOTHING;
	desk_say(desk, ROLE_ALARM, "%s", status.err.text);
	return ACTION_DRAW;
}
