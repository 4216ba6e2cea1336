/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What rows show of their counters: as they were at the time that is shown.
 * For the files of this folder only.
 */
#pragma once

#include "model/past.h"
#include "model/pictures.h"
#include "model/state.h"

/* The picture that is shown; NULL: now. */
const struct picture *shown_picture(const struct model *model);

/* The number of the interval that was open then, and the length of the one
 * before: what rates are about. */
uint64_t shown_tick(const struct model *model);
uint64_t shown_interval_ns(const struct model *model);
uint64_t shown_clock_ns(const struct model *model);

/* Whether the mark is before that. */
bool shown_since_mark(const struct model *model);

/* All that was counted until PICTURE; NULL: until now. */
struct picture_state shown_state_at(const struct picture *picture,
				    const struct row *row);

/* The same until the time that is shown. */
struct picture_state shown_whole(const struct model *model,
				 const struct row *row);

/* That since the mark, if there is one. */
struct picture_state shown_state(const struct model *model,
				 const struct row *row);
void shown_hist(const struct model *model, const struct row *row,
		uint64_t hist[EVENT_HIST_SLOTS]);

/* Whether the object of that id was there. */
bool shown_process_is(const struct model *model,
		      const struct task_process *process);
bool shown_file_is(const struct model *model, uint64_t id);
bool shown_has_ended(const struct model *model,
		     const struct task_process *process);

/* What the histogram of ROW's syscall grew by in each of the latest intervals
 * before the time that is held, the latest first. */
struct shown_heat {
	unsigned count;
	uint64_t calls[PAST_SAMPLES][EVENT_HIST_SLOTS];
};
void shown_heat(const struct model *model, const struct row *row,
		struct shown_heat *ret);

/* Before an object changes. */
void shown_note_syscall(struct model *model, uint32_t index);
void shown_note_process(struct model *model, struct task_process *process);
void shown_note_pair(struct model *model, struct stat_pair *pair);
void shown_note_failure(struct model *model, struct failure *failure);
void shown_note_file(struct model *model, struct fileuse *file);

/* Before an object is added to another. */
void shown_fold(struct model *model, const struct row *from,
		const struct row *into);

/* Opens a picture of now: at a tick, and when a time is pinned. */
struct picture *shown_open(struct model *model, bool regular);
