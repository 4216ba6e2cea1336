/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Recent calls within a byte budget: packed copies of events, numbered from 1
 * in the order they came.  The oldest go first.
 */
#pragma once

#include "bpf/event.h"

#include <stddef.h>
#include <stdint.h>

struct ring;

struct ring *ring_new(size_t limit_bytes); /* at least two largest events */
void ring_free(struct ring *ring);

/* Copies EV, whose size must be right; returns its number. */
uint64_t ring_put(struct ring *ring, const struct event_call *ev);

/* NULL if it has gone.  Borrowed until the next ring_put(). */
const struct event_call *ring_get(const struct ring *ring, uint64_t number);

/* Numbers of the oldest and newest call; newest below oldest: empty. */
uint64_t ring_oldest(const struct ring *ring);
uint64_t ring_newest(const struct ring *ring);

uint64_t ring_shed(const struct ring *ring); /* gone for want of room */
void ring_clear(struct ring *ring);          /* numbers go on */
