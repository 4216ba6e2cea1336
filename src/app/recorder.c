/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/recorder.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "abi/abi.h"
#include "app/facts.h"
#include "app/session.h"
#include "base/err.h"
#include "base/quantity.h"
#include "base/xalloc.h"
#include "feed/live.h"
#include "feed/record.h"
#include "feed/redact.h"
#include "model/model.h"
#include "model/snapshot.h"

struct recorder {
	struct record *record;
	struct model *state; /* owned: what a reader must know to begin now */
	char *facts;
	struct catalogue *cat; /* borrowed; NULL: contents are recorded too */
	struct sink to;
	union {
		struct event h;
		uint8_t bytes[EVENT_SIZE_LIMIT];
	} redacted;
};

/* Under sudo the files are those of who called it. */
static uint32_t id_of(const char *name)
{
	const char *text = geteuid() == 0 ? getenv(name) : NULL;
	uint64_t id = 0;
	if (!text || quantity_number(&id, text) < 0 || id >= UINT32_MAX)
		return UINT32_MAX;
	return (uint32_t)id;
}

int recorder_open(struct recorder **ret, const struct session *session,
		  struct err *err)
{
	const struct options *options = &session->options;
	const struct model_limits limits = {
		.count_bytes = options->count_bytes,
		.name_bytes = options->name_bytes,
	};
	struct recorder *recorder = xcalloc(1, sizeof(*recorder));
	struct record_config config = {
		.path = options->record,
		.flags = options->redact ? RECORDING_REDACTED : 0,
		.abi = abi_native() == ABI_ARM64 ? RECORDING_ARM64
						 : RECORDING_X86_64,
		.start_ns = live_now_ns(),
		.wall_offset_ns = model_wall_offset_ns(session->model),
		.rotate_bytes = options->rotate.bytes,
		.rotate_ns = options->rotate.ns,
		.keep = options->keep,
		.owner = id_of("SUDO_UID"),
		.group = id_of("SUDO_GID"),
		.stop_fd = session->stop_fd,
	};
	recorder->facts = facts_print(session, &config.facts_size);
	config.facts = recorder->facts;
	int code = record_open(&recorder->record, &config, err);
	if (code) {
		(void)recorder_close(recorder, NULL); /* ERR says why */
		return code;
	}
	recorder->cat = options->redact ? session->catalogue : NULL;
	recorder->state = model_new(session->catalogue, &limits);
	*ret = recorder;
	return 0;
}

static void put_state(struct recorder *recorder, uint64_t now_ns)
{
	record_begin_state(recorder->record, now_ns);
	snapshot_tell(recorder->state, record_put, recorder->record);
	record_end_state(recorder->record);
}

static void record_event(struct recorder *recorder, const struct event *ev)
{
	if (record_wants_state(recorder->record))
		put_state(recorder, ev->time_ns);
	record_put(recorder->record, ev);
	if (ev->kind != EVENT_CALL) /* rows are no state */
		model_put(recorder->state, ev);
}

static void put(void *self, const struct event *ev)
{
	struct recorder *recorder = self;
	if (recorder->cat)
		redact_event(&recorder->redacted.h, ev, recorder->cat);
	record_event(recorder, recorder->cat ? &recorder->redacted.h : ev);
	sink_put(&recorder->to, ev);
}

struct sink recorder_sink(struct recorder *recorder, const struct sink *to)
{
	if (!recorder)
		return *to;
	recorder->to = *to;
	return (struct sink){.put = put, .self = recorder};
}

int recorder_poll(struct recorder *recorder, uint64_t now_ns)
{
	if (!recorder)
		return 0;
	record_poll(recorder->record, now_ns);
	return record_failure(recorder->record, NULL);
}

int recorder_close(struct recorder *recorder, struct err *err)
{
	if (!recorder)
		return 0;
	int code = record_close(recorder->record, err);
	model_free(recorder->state);
	free(recorder->facts);
	free(recorder);
	return code;
}
