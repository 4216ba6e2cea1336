/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a model is made of: for the files of this folder only. */
#pragma once

#include "model/blocked.h"
#include "model/fileuse.h"
#include "model/hosts.h"
#include "model/model.h"
#include "model/pictures.h"
#include "model/references.h"
#include "model/ring.h"
#include "model/stat.h"
#include "model/target.h"
#include "model/task.h"

/* A pair's identity: its process's above, its syscall's index below; that of an
 * error has the errno below that. */
#define MODEL_PAIR_BITS  16
#define MODEL_ERROR_BITS 12

/* The call of which most rows were left out in an interval, and how many. */
struct state_sampled {
	uint32_t syscall; /* index */
	uint64_t rows;    /* 0: of none */
};

struct model {
	struct model_limits limits;
	struct catalogue *cat; /* borrowed */
	struct strtab *names;
	struct task_table tasks;
	struct stat_table stats;
	struct ring *ring;
	struct blocked blocked;
	struct references references;
	struct fileuse_table uses;
	struct target_plans *plans; /* owned: made as calls come */
	uint64_t nameless; /* calls about a file whose name never came */
	struct hosts hosts;
	size_t pair_bytes;
	uint64_t folded; /* processes */
	uint64_t lost[EVENT_LOST_CAUSES];
	struct state_sampled sampled; /* in the open interval */
	struct state_sampled closed_sampled;
	uint64_t compat_calls;
	uint64_t tick;        /* number of the open interval */
	uint64_t interval_ns; /* length of the closed one; 0: none yet */
	uint64_t rows;        /* that came in the open interval */
	uint64_t closed_rows;
	uint64_t seen_ns; /* time of the latest event */
	struct pictures pictures;
	uint64_t wall_offset_ns;
	struct event_tick last; /* ticks; zeroed before the first */
	struct event_tick previous;
	double bpf_ns_per_run; /* as last measured; negative: never */
};

/* The slot of its syscall's histogram that a ROW_BUCKET is about. */
unsigned model_bucket_slot(const struct row *row);

struct row model_row_of_pair(const struct stat_pair *pair);
struct row model_row_of_failure(const struct failure *failure);

/* Whatever time is shown. */
void model_summary_now(const struct model *model, struct model_summary *ret);

/* The process a row is about, or NULL. */
const struct task_process *model_process_of(const struct model *model,
					    const struct row *row);
