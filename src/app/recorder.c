/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/recorder.h"

#include <signal.h>
#include <stdlib.h>

#include "app/flight.h"
#include "app/recfile.h"
#include "app/session.h"
#include "app/sudo.h"
#include "base/xalloc.h"
#include "feed/live.h"
#include "feed/redact.h"
#include "model/model.h"
#include "model/snapshot.h"

struct recorder {
	const struct session *session; /* borrowed */
	struct recfile file;           /* zeroes: none now */
	struct flight *flight;         /* --flight; or NULL */
	struct model *state; /* owned: what a reader must know to begin now;
				NULL: nothing is recorded */
	struct sink to;
	union {
		struct event h;
		uint8_t bytes[EVENT_SIZE_LIMIT];
	} redacted;
};

struct recorder *recorder_new(const struct session *session)
{
	struct recorder *recorder = xcalloc(1, sizeof(*recorder));
	recorder->session = session;
	return recorder;
}

/* As it is recorded: with --redact without contents. */
static const struct event *shaped(struct recorder *recorder,
				  const struct event *ev)
{
	const struct session *session = recorder->session;
	if (!session->options.redact)
		return ev;
	redact_event(&recorder->redacted.h, ev, session->catalogue);
	return &recorder->redacted.h;
}

static void learn(void *self, const struct event *ev)
{
	struct recorder *recorder = self;
	model_put(recorder->state, shaped(recorder, ev));
}

/* Knows from now on what the session knows. */
static void begin_state(struct recorder *recorder)
{
	const struct session *session = recorder->session;
	const struct model_limits limits = {
		.count_bytes = session->options.count_bytes,
		.name_bytes = session->options.name_bytes,
	};
	if (recorder->state)
		return;
	recorder->state = model_new(session->catalogue, &limits);
	snapshot_tell(session->model, learn, recorder);
}

int recorder_open(struct recorder *recorder, struct err *err)
{
	const struct session *session = recorder->session;
	const struct options *options = &session->options;
	const struct sudo_user owner = sudo_user();
	struct record_config config = recfile_config(session);
	config.rotate_bytes = options->rotate.bytes;
	config.rotate_ns = options->rotate.ns;
	config.keep = options->keep;
	config.make = NULL; /* privileges are there still, or kept */
	config.owner = owner.uid;
	config.group = owner.gid;
	int code = 0;
	if (options->flight.bytes)
		code = flight_new(&recorder->flight, session, err);
	else if (options->record)
		code = recfile_open(&recorder->file, session, options->record,
				    &config, err);
	if (code == 0 && (recorder->flight || recorder->file.record))
		begin_state(recorder);
	return code;
}

int recorder_begin(struct recorder *recorder, const char *path, struct err *err)
{
	struct record_config config = recfile_config(recorder->session);
	config.flags |= RECORDING_BEGUN;
	int code = recfile_open(&recorder->file, recorder->session, path,
				&config, err);
	if (code == 0)
		begin_state(recorder);
	return code;
}

static void put_into(const struct recorder *recorder, struct record *record,
		     const struct event *ev)
{
	if (record_wants_state(record)) {
		record_begin_state(record, ev->time_ns);
		snapshot_tell(recorder->state, record_put, record);
		record_end_state(record);
	}
	record_put(record, ev);
}

void recorder_put(struct recorder *recorder, const struct event *ev)
{
	if (!recorder || !recorder->state)
		return;
	const struct event *shape = shaped(recorder, ev);
	if (recorder->file.record)
		put_into(recorder, recorder->file.record, shape);
	if (recorder->flight)
		put_into(recorder, flight_record(recorder->flight), shape);
	if (ev->kind != EVENT_CALL) /* rows are no state */
		model_put(recorder->state, shape);
	else if (recorder->flight)
		flight_look(recorder->flight, recorder->state,
			    (const void *)ev);
}

static void put(void *self, const struct event *ev)
{
	struct recorder *recorder = self;
	recorder_put(recorder, ev);
	sink_put(&recorder->to, ev);
}

struct sink recorder_sink(struct recorder *recorder, const struct sink *to)
{
	if (!recorder || !recorder->state)
		return *to;
	recorder->to = *to;
	return (struct sink){.put = put, .self = recorder};
}

void recorder_ask_flight(struct recorder *recorder)
{
	if (recorder && recorder->flight)
		flight_ask(recorder->flight, live_now_ns());
}

bool recorder_poll_flight(struct recorder *recorder, uint64_t now_ns,
			  struct err *ret)
{
	if (!recorder || !recorder->flight)
		return false;
	if (flight_is_due(recorder->flight, now_ns))
		recorder_sample(recorder);
	return flight_poll(recorder->flight, now_ns, ret);
}

bool recorder_finish_flight(struct recorder *recorder, struct err *ret)
{
	return recorder && recorder->flight &&
	       flight_finish(recorder->flight, ret);
}

bool recorder_takes_signal(struct recorder *recorder, uint32_t number)
{
	if (number != SIGUSR1)
		return false;
	recorder_ask_flight(recorder);
	return true;
}

/* So that counters are as far as rows. */
void recorder_sample(struct recorder *recorder)
{
	const struct sink sink = {.put = put, .self = recorder};
	if (recorder->to.put)
		live_sample(recorder->session->live, &sink);
}

int recorder_poll(struct recorder *recorder, uint64_t now_ns)
{
	struct err news = {0};
	if (!recorder)
		return 0;
	if (recorder->session->options.mode != MODE_SCREEN &&
	    recorder_poll_flight(recorder, now_ns, &news))
		session_notice("%s", news.text);
	if (!recorder->file.record)
		return 0;
	record_poll(recorder->file.record, now_ns);
	return record_failure(recorder->file.record, NULL);
}

bool recorder_is_on(const struct recorder *recorder)
{
	return recorder && (recorder->flight ||
			    (recorder->file.record &&
			     record_failure(recorder->file.record, NULL) == 0));
}

void recorder_status(const struct recorder *recorder,
		     struct recorder_status *ret)
{
	*ret = (struct recorder_status){.path = ""};
	if (!recorder || !recorder->file.record)
		return;
	ret->path = recorder->file.path;
	ret->since_ns = recorder->file.since_ns;
	ret->code = record_failure(recorder->file.record, &ret->err);
	record_totals(recorder->file.record, &ret->totals);
}

void recorder_print_flight(const struct recorder *recorder, uint64_t now_ns,
			   struct buf *buf)
{
	if (recorder && recorder->flight)
		flight_print(recorder->flight, now_ns, buf);
}

int recorder_end(struct recorder *recorder, struct record_totals *ret,
		 struct err *err)
{
	int code = recfile_close(&recorder->file, ret, err);
	if (recorder->flight)
		return code; /* which leans on it */
	model_free(recorder->state);
	recorder->state = NULL;
	return code;
}

int recorder_close(struct recorder *recorder, struct err *err)
{
	if (!recorder)
		return 0;
	flight_free(recorder->flight);
	recorder->flight = NULL;
	int code = recorder_end(recorder, NULL, err);
	free(recorder);
	return code;
}
