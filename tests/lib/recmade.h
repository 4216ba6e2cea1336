/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Recordings that are made of events, with states as a recorder writes them. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct catalogue;
struct event;
struct recmade;

struct recmade_config {
	const char *path; /* no file yet */
	struct catalogue *catalogue;
	uint64_t start_ns, wall_offset_ns;
	unsigned
		ticks; /* behind so many a state comes; 0: as a recorder does */
};

/* NULL: the file cannot be made. */
struct recmade *recmade_new(const struct recmade_config *config);

/* The sink: SELF is a struct recmade. */
void recmade_put(void *self, const struct event *ev);

/* Bytes so far. */
uint64_t recmade_size(const struct recmade *made);

/* Closes the file; false if something could not be written. */
bool recmade_free(struct recmade *made);
