/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/recorder.h"

#include <stdlib.h>

#include "abi/abi.h"
#include "app/facts.h"
#include "app/maker.h"
#include "app/session.h"
#include "app/sudo.h"
#include "base/xalloc.h"
#include "feed/live.h"
#include "feed/redact.h"
#include "model/model.h"
#include "model/snapshot.h"

struct recorder {
	const struct session *session; /* borrowed */
	struct record *record;         /* NULL: none now */
	struct model *state; /* owned: what a reader must know to begin now;
				NULL: nothing is recorded */
	char *facts;
	char *path; /* owned: of the file */
	uint64_t since_ns;
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

/* What all recordings of the session have in common. */
static struct record_config config_of(struct recorder *recorder,
				      const char *path, uint32_t flags)
{
	const struct session *session = recorder->session;
	struct record_config config = {
		.path = path,
		.flags = flags |
			 (session->options.redact ? RECORDING_REDACTED : 0),
		.abi = abi_native() == ABI_ARM64 ? RECORDING_ARM64
						 : RECORDING_X86_64,
		.start_ns = live_now_ns(),
		.wall_offset_ns = model_wall_offset_ns(session->model),
		.make = maker_make,
		.self = session->maker,
		.stop_fd = session->stop_fd,
	};
	free(recorder->facts);
	recorder->facts = facts_print(session, &config.facts_size);
	config.facts = recorder->facts;
	return config;
}

static int open_file(struct recorder *recorder,
		     const struct record_config *config, struct err *err)
{
	int code = record_open(&recorder->record, config, err);
	if (code)
		return code;
	recorder->since_ns = config->start_ns;
	begin_state(recorder);
	return 0;
}

int recorder_open(struct recorder *recorder, struct err *err)
{
	const struct options *options = &recorder->session->options;
	const struct sudo_user owner = sudo_user();
	recorder->path = xstrdup(options->record);
	struct record_config config = config_of(recorder, recorder->path, 0);
	config.rotate_bytes = options->rotate.bytes;
	config.rotate_ns = options->rotate.ns;
	config.keep = options->keep;
	config.make = NULL; /* privileges are there still, or kept */
	config.owner = owner.uid;
	config.group = owner.gid;
	return open_file(recorder, &config, err);
}

int recorder_begin(struct recorder *recorder, const char *path, struct err *err)
{
	char *copy = xstrdup(path);
	const struct record_config config =
		config_of(recorder, copy, RECORDING_BEGUN);
	int code = open_file(recorder, &config, err);
	if (code) {
		free(copy);
		return code;
	}
	recorder->path = copy;
	return 0;
}

static void put_state(struct recorder *recorder, uint64_t now_ns)
{
	record_begin_state(recorder->record, now_ns);
	snapshot_tell(recorder->state, record_put, recorder->record);
	record_end_state(recorder->record);
}

void recorder_put(struct recorder *recorder, const struct event *ev)
{
	if (!recorder || !recorder->state)
		return;
	ev = shaped(recorder, ev);
	if (recorder->record && record_wants_state(recorder->record))
		put_state(recorder, ev->time_ns);
	if (recorder->record)
		record_put(recorder->record, ev);
	if (ev->kind != EVENT_CALL) /* rows are no state */
		model_put(recorder->state, ev);
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

int recorder_poll(struct recorder *recorder, uint64_t now_ns)
{
	if (!recorder || !recorder->record)
		return 0;
	record_poll(recorder->record, now_ns);
	return record_failure(recorder->record, NULL);
}

bool recorder_is_on(const struct recorder *recorder)
{
	return recorder && recorder->record &&
	       record_failure(recorder->record, NULL) == 0;
}

void recorder_status(const struct recorder *recorder,
		     struct recorder_status *ret)
{
	*ret = (struct recorder_status){.path = ""};
	if (!recorder || !recorder->record)
		return;
	ret->path = recorder->path;
	ret->since_ns = recorder->since_ns;
	ret->code = record_failure(recorder->record, &ret->err);
	record_totals(recorder->record, &ret->totals);
}

int recorder_end(struct recorder *recorder, struct record_totals *ret,
		 struct err *err)
{
	if (recorder->record)
		record_finish(recorder->record);
	if (recorder->record && ret)
		record_totals(recorder->record, ret);
	int code = record_close(recorder->record, err);
	recorder->record = NULL;
	free(recorder->path);
	recorder->path = NULL;
	model_free(recorder->state);
	recorder->state = NULL;
	return code;
}

int recorder_close(struct recorder *recorder, struct err *err)
{
	if (!recorder)
		return 0;
	int code = recorder_end(recorder, NULL, err);
	free(recorder->facts);
	free(recorder);
	return code;
}
