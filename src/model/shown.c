/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "model/shown.h"

#include <string.h>

#include "abi/syscall.h"

const struct picture *shown_picture(const struct model *model)
{
	const struct pictures *pictures = &model->pictures;
	return pictures->shown ? pictures->shown : pictures->held;
}

uint64_t shown_tick(const struct model *model)
{
	const struct picture *picture = shown_picture(model);
	return picture ? picture->tick : model->tick;
}

uint64_t shown_interval_ns(const struct model *model)
{
	const struct picture *picture = shown_picture(model);
	return picture ? picture->interval_ns : model->interval_ns;
}

uint64_t shown_clock_ns(const struct model *model)
{
	const struct picture *picture = shown_picture(model);
	return picture ? picture->time_ns : model->last.h.time_ns;
}

bool shown_since_mark(const struct model *model)
{
	const struct picture *picture = shown_picture(model);
	const struct picture *mark = model->pictures.mark;
	return mark && (!picture || picture->number >= mark->number);
}

bool shown_process_is(const struct model *model,
		      const struct task_process *process)
{
	const struct picture *picture = shown_picture(model);
	return !picture || process->id <= picture->last_process;
}

bool shown_file_is(const struct model *model, uint64_t id)
{
	const struct picture *picture = shown_picture(model);
	return !picture || id <= picture->last_file;
}

bool shown_has_ended(const struct model *model,
		     const struct task_process *process)
{
	const struct picture *picture = shown_picture(model);
	return process->ended &&
	       (!picture || process->ended_ns <= picture->seen_ns);
}

static struct picture_state state_of_syscall(const struct stat_syscall *stat)
{
	struct picture_state state = {.sum = stat->sum,
				      .processes = stat->processes};
	for (size_t i = 0; i < EVENT_LOST_CAUSES; i++)
		state.lost += stat->lost[i];
	return state;
}

static struct picture_state state_of_failure(const struct failure *failure)
{
	return (struct picture_state){
		.sum = {.errors = failure->count,
			.tick = failure->tick,
			.open.errors = failure->open,
			.closed.errors = failure->closed},
		.last_call = failure->last_call,
	};
}

static struct picture_state state_now(const struct row *row)
{
	switch (row->kind) {
	case ROW_CLASS:
		return (struct picture_state){
			.sum = ((const struct stat_class *)row->object)->sum};
	case ROW_PAIR:
		return (struct picture_state){
			.sum = ((const struct stat_pair *)row->object)->sum};
	case ROW_PROCESS:
		return (struct picture_state){
			.sum = ((const struct task_process *)row->object)->sum};
	case ROW_ERROR:
		return state_of_failure(row->object);
	case ROW_FILE:
		return fileuse_state(row->object);
	case ROW_SYSCALL:
	case ROW_BUCKET:
		return state_of_syscall(row->object);
	case ROW_CALL:
	case ROW_BLOCKED:
	case ROW_KINDS:
		break;
	}
	return (struct picture_state){0};
}

static const uint64_t *hist_now(const struct row *row)
{
	return row->kind == ROW_CLASS
		       ? ((const struct stat_class *)row->object)->hist
		       : ((const struct stat_syscall *)row->object)->hist;
}

/* NULL where the row's object is as it was then. */
static const struct picture_image *image_at(const struct picture *picture,
					    const struct row *row)
{
	if (row->kind != ROW_BUCKET)
		return pictures_find(picture, row->kind, row->id);
	const struct stat_syscall *stat = row->object;
	return pictures_find(picture, ROW_SYSCALL, stat->index);
}

struct picture_state shown_state_at(const struct picture *picture,
				    const struct row *row)
{
	const struct picture_image *image = image_at(picture, row);
	return image ? image->state : state_now(row);
}

struct picture_state shown_whole(const struct model *model,
				 const struct row *row)
{
	return shown_state_at(shown_picture(model), row);
}

static uint64_t since(uint64_t now, uint64_t then)
{
	return now > then ? now - then : 0;
}

/* The longest since then is known only where it is longer than any before. */
static void subtract(struct stat_sum *sum, const struct stat_sum *then)
{
	sum->calls = since(sum->calls, then->calls);
	sum->errors = since(sum->errors, then->errors);
	sum->restarted = since(sum->restarted, then->restarted);
	sum->time_ns = since(sum->time_ns, then->time_ns);
	sum->bytes = since(sum->bytes, then->bytes);
	if (then->max_ns > sum->max_floor_ns)
		sum->max_floor_ns = then->max_ns;
	if (sum->max_ns <= sum->max_floor_ns)
		sum->max_ns = 0;
}

struct picture_state shown_state(const struct model *model,
				 const struct row *row)
{
	struct picture_state state = shown_whole(model, row);
	if (!shown_since_mark(model))
		return state;
	const struct picture_state then =
		shown_state_at(model->pictures.mark, row);
	subtract(&state.sum, &then.sum);
	state.bytes_in = since(state.bytes_in, then.bytes_in);
	state.lost = since(state.lost, then.lost);
	return state;
}

static const uint64_t *hist_at(const struct picture *picture,
			       const struct row *row)
{
	const struct picture_image *image = image_at(picture, row);
	return image && image->hist ? image->hist : hist_now(row);
}

void shown_hist(const struct model *model, const struct row *row,
		uint64_t hist[EVENT_HIST_SLOTS])
{
	const uint64_t *at = hist_at(shown_picture(model), row);
	const uint64_t *then = shown_since_mark(model)
				       ? hist_at(model->pictures.mark, row)
				       : NULL;
	for (unsigned i = 0; i < EVENT_HIST_SLOTS; i++)
		hist[i] = since(at[i], then ? then[i] : 0);
}

void shown_heat(const struct model *model, const struct row *row,
		struct shown_heat *ret)
{
	const struct pictures *pictures = &model->pictures;
	const struct picture *picture = pictures->held;
	const uint64_t *later = NULL;
	ret->count = 0;
	if (!picture)
		picture = pictures_newest(pictures);
	for (; picture && ret->count < PAST_SAMPLES;
	     picture = picture == pictures->list ? NULL : picture->prev) {
		if (!picture->regular)
			continue;
		const uint64_t *hist = hist_at(picture, row);
		for (unsigned i = 0; later && i < EVENT_HIST_SLOTS; i++)
			ret->calls[ret->count][i] = since(later[i], hist[i]);
		ret->count += later != NULL;
		later = hist;
	}
}

void shown_note_syscall(struct model *model, uint32_t index)
{
	struct stat_syscall *stat = stat_at(&model->stats, index);
	struct stat_class *class =
		&model->stats.classes[catalogue_get(model->cat, index)->class];
	struct pictures *pictures = &model->pictures;
	if (pictures_want(pictures, stat->sum.noted)) {
		const struct picture_state state = state_of_syscall(stat);
		pictures_note(pictures, ROW_SYSCALL, index, &stat->sum.noted,
			      &state, stat->hist);
	}
	if (pictures_want(pictures, class->sum.noted)) {
		const struct picture_state state = {.sum = class->sum};
		pictures_note(pictures, ROW_CLASS, class->class,
			      &class->sum.noted, &state, class->hist);
	}
}

static void note(struct model *model, const struct row *row, uint64_t *noted)
{
	if (!pictures_want(&model->pictures, *noted))
		return;
	const struct picture_state state = state_now(row);
	pictures_note(&model->pictures, row->kind, row->id, noted, &state,
		      NULL);
}

void shown_note_process(struct model *model, struct task_process *process)
{
	const struct row row = {ROW_PROCESS, process, process->id};
	note(model, &row, &process->sum.noted);
}

void shown_note_pair(struct model *model, struct stat_pair *pair)
{
	const struct row row = model_row_of_pair(pair);
	note(model, &row, &pair->sum.noted);
}

void shown_note_failure(struct model *model, struct failure *failure)
{
	const struct row row = model_row_of_failure(failure);
	note(model, &row, &failure->noted);
}

void shown_fold(struct model *model, const struct row *from,
		const struct row *into)
{
	const struct picture_part a = {.id = from->id,
				       .state = state_now(from)};
	const struct picture_part b = {.id = into->id,
				       .state = state_now(into)};
	if (model->pictures.list)
		pictures_fold(&model->pictures, from->kind, &a, &b);
}

struct picture *shown_open(struct model *model, bool regular)
{
	struct picture about = {
		.regular = regular,
		.tick = model->tick,
		.interval_ns = model->interval_ns,
		.time_ns = model->last.h.time_ns,
		.seen_ns = model->seen_ns,
		.calls = model->stats.total.calls,
		.last_process = model->tasks.last_id,
		.last_file = model->uses.last_id,
		.last_call = ring_newest(model->ring),
	};
	if (model->pictures.limit_bytes == 0)
		return NULL;
	model_summary_now(model, &about.summary);
	return pictures_open(&model->pictures, &about);
}
