/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The screen about a recording: what it says of itself; and what the screen of
 * a running machine can do and this one cannot.  src/app/player.h plays it.
 */
#pragma once

#include "app/player.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct chips;
struct desk;
struct err;
struct inventory_file;
struct session;

struct play {
	struct session *session;
	struct desk *desk;
	struct chips *chips;
	size_t others; /* chips that are not about the recording */
	unsigned gaps; /* of those that the recording has, told on the screen */
	struct player player;
};

/* Says in the chips where it is from, and begins to play it. */
void play_init(struct play *play, struct session *session, struct desk *desk,
	       struct chips *chips);
void play_done(struct play *play);

/* player_turn(), and says what is missing in what was read. */
bool play_turn(struct play *play, uint64_t now_ns, bool *ret_behind);

/* Hooks of the desk: each refuses with a sentence. */
int play_limit_rows(void *self, const pid_t *pids, size_t count, bool follow,
		    struct err *err);
int play_list_files(void *self, pid_t pid, uint64_t start_ns,
		    void (*add)(void *to, const struct inventory_file *file),
		    void *to, struct err *err);
