/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The screen about a recording: all of it, as fast as it can be read; and what
 * the screen of a running machine can do and this one cannot.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct chips;
struct desk;
struct err;
struct inventory_file;
struct session;
struct sink;

struct play {
	unsigned gaps; /* of those that the recording has, told on the screen */
	bool is_over;  /* the end was told */
	size_t others; /* chips that are not about the recording */
};

/* Says in the chips where it is from. */
void play_init(struct play *play, const struct session *session,
	       struct chips *chips);

/* Says what came with the latest events: gaps, the end. */
void play_tell(struct play *play, const struct session *session,
	       struct desk *desk, struct chips *chips);

/* Hooks of the desk: each refuses with a sentence. */
int play_limit_rows(void *self, const pid_t *pids, size_t count, bool follow,
		    struct err *err);
int play_list_files(void *self, pid_t pid, uint64_t start_ns,
		    void (*add)(void *to, const struct inventory_file *file),
		    void *to, struct err *err);
