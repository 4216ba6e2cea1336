/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a model knows as events that lead another one, which is empty, to the
 * same: which calls are traced, tasks, what rows refer to, sums of counters.
 * Rows are not among them.
 */
#pragma once

struct event;
struct model;

/* Hands each over to PUT; the last is the latest tick. */
void snapshot_tell(const struct model *model,
		   void (*put)(void *self, const struct event *ev), void *self);
