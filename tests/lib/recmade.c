/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "tests/lib/recmade.h"

#include <stdlib.h>

#include "abi/syscall.h"
#include "base/xalloc.h"
#include "bpf/event.h"
#include "feed/record.h"
#include "model/model.h"
#include "model/snapshot.h"

struct recmade {
	struct record *record;
	struct model *state;
	unsigned ticks, left; /* until a state is due */
	bool due;
};

struct recmade *recmade_new(const struct recmade_config *config)
{
	static const char facts[] = "host\texample\nrelease\t6.18\nzone\tUTC\n"
				    "rule\tUTC0\n";
	const struct record_config recording = {
		.path = config->path,
		.facts = facts,
		.facts_size = sizeof(facts) - 1,
		.abi = RECORDING_X86_64,
		.start_ns = config->start_ns,
		.wall_offset_ns = config->wall_offset_ns,
		.owner = (uid_t)-1,
		.stop_fd = -1,
	};
	const struct model_limits limits = {.count_bytes = 32 << 20,
					    .name_bytes = 16 << 20};
	struct recmade *made = xcalloc(1, sizeof(*made));
	made->ticks = made->left = config->ticks;
	if (record_open(&made->record, &recording, NULL) < 0) {
		free(made);
		return NULL;
	}
	made->state = model_new(config->catalogue, &limits);
	for (uint32_t i = 0; i < catalogue_count(config->catalogue); i++)
		model_set_traced(made->state, i,
				 catalogue_get(config->catalogue, i)->marks &
					 SYSCALL_DEFAULT);
	return made;
}

static void put_state(struct recmade *made, uint64_t now_ns)
{
	record_begin_state(made->record, now_ns);
	snapshot_tell(made->state, record_put, made->record);
	record_end_state(made->record);
	made->due = false;
}

void recmade_put(void *self, const struct event *ev)
{
	struct recmade *made = self;
	if (made->due || record_wants_state(made->record))
		put_state(made, ev->time_ns);
	record_put(made->record, ev);
	if (ev->kind != EVENT_CALL) /* rows are no state */
		model_put(made->state, ev);
	if (ev->kind == EVENT_TICK && made->left && --made->left == 0) {
		made->left = made->ticks;
		made->due = true;
	}
}

uint64_t recmade_size(const struct recmade *made)
{
	struct record_totals totals;
	record_totals(made->record, &totals);
	return totals.bytes;
}

bool recmade_free(struct recmade *made)
{
	bool whole = record_close(made->record, NULL) == 0;
	model_free(made->state);
	free(made);
	return whole;
}
