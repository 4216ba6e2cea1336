/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The paths that rows refer to by an id, within a byte budget: those that
 * nobody asked for longest go first.
 */
#pragma once

#include "bpf/event.h"

#include <stddef.h>
#include <stdint.h>

struct files;

struct files *files_new(size_t limit_bytes);
void files_free(struct files *files);

/* Copies EV, whose sizes must be right. */
void files_put(struct files *files, const struct event_file *ev);

/* NULL if it is not, or no more, known.  Borrowed until the next
 * files_put(). */
const struct event_file *files_find(struct files *files, uint64_t id);

/* How many of usual length LIMIT_BYTES hold. */
uint64_t files_count_in(size_t limit_bytes);
