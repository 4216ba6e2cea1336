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
	recorder_sample(recorder);
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

static void print_tape(struct desk *desk, const struct recorder_status *status)
{
	struct buf text;
	buf_init(&text, desk->tape.text, sizeof(desk->tape.text));
	if (!status->path[0])
		return;
	if (status->code) {
		buf_printf(&text, "not recording any more: %s",
			   strerror(-status->code));
		return;
	}
	buf_puts(&text, "recording ");
	print_name(&text, status->path);
	buf_puts(&text, ", ");
	fmt_bytes(&text, status->totals.bytes);
	buf_puts(&text, ", ");
	fmt_span(&text, desk->now_ns > status->since_ns
				? desk->now_ns - status->since_ns
				: 0);
}

static void print_flight(struct desk *desk, const struct recorder *recorder)
{
	struct buf text;
	buf_init(&text, desk->tape.flight, sizeof(desk->tape.flight));
	buf_puts(&text, "flight ");
	recorder_print_flight(recorder, desk->now_ns, &text);
}

/* Of --flight; whether there is something to say. */
static bool tell_flight(struct recorder *recorder, struct desk *desk)
{
	struct err news = {0};
	if (!desk->hooks->write_flight)
		return false;
	print_flight(desk, recorder);
	if (!recorder_poll_flight(recorder, desk->now_ns, &news))
		return false;
	desk_say(desk, news.code ? ROLE_ALARM : ROLE_MESSAGE, "%s", news.text);
	return true;
}

unsigned reel_tell(const struct session *session, struct desk *desk)
{
	struct recorder_status status;
	(void)recorder_poll(session->recorder, desk->now_ns); /* told below */
	recorder_status(session->recorder, &status);
	bool failed = status.code != 0;
	bool news = failed && !desk->tape.failed;
	desk->tape.failed = failed;
	print_tape(desk, &status);
	if (news)
		desk_say(desk, ROLE_ALARM, "%s", status.err.text);
	if (tell_flight(session->recorder, desk))
		news = true;
	return news ? ACTION_DRAW : ACTION_NOTHING;
}
