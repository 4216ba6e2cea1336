/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A time line in the Trace Event Format, which Perfetto's UI, chrome://tracing
 * and speedscope open: an array of JSON objects, one per line.  A call is a
 * complete event on its thread's track, within a slice for the program that its
 * process runs; times are CLOCK_MONOTONIC in microseconds.  Functions of these
 * serve as struct foreign_format.
 */
#pragma once

#include <stdbool.h>

struct buf;
struct event;
struct foreign_config;

void *timeline_new(const struct foreign_config *config, unsigned variant);
void timeline_free(void *self);
void timeline_begin(void *self, struct buf *buf);
void timeline_put(void *self, struct buf *buf, const struct event *ev);
bool timeline_end(void *self, struct buf *buf);
