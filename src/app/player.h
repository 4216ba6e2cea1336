/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A recording on the screen: the position in it, which moves at some speed or
 * jumps.  The model always has all that came up to the position, and rows from
 * a time on that a jump has chosen; a jump fills another model, which takes the
 * place of the one that is shown when it is there.
 */
#pragma once

#include "feed/sink.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct desk;
struct model;
struct merge;

/* What a player needs of the rest; SELF goes with each. */
struct player_config {
	struct merge *merge;
	bool paced; /* begins at the speed of its time, not as fast as it can */
	/* One without events; who asks owns it. */
	struct model *(*new_model)(void *self);
	/* Where events go on their way into that model. */
	struct sink (*sink)(void *self, struct model *model);
	/* That model, which is given away, is shown from now on. */
	void (*show)(void *self, struct model *model);
	uint64_t (*now_ns)(void); /* of this machine */
	void *self;
};

struct player {
	struct player_config config;
	struct desk *desk;
	bool is_file;               /* else only playing and holding go */
	uint64_t first_ns, last_ns; /* of a file */
	uint64_t at_ns;             /* the position */
	uint64_t since_ns;          /* rows are there from then on; 0: all */
	bool plays;
	bool is_over;    /* all has been read */
	size_t speed;    /* enum of player.c; the last: as fast as it can be */
	uint64_t now_ns; /* of this machine: until then it has played */

	bool jumps;           /* to TARGET_NS */
	bool steps;           /* to the next call */
	uint64_t target_ns;   /* of a jump */
	uint64_t coming_ns;   /* what SINCE_NS will be */
	struct model *coming; /* owned; NULL: a jump by reading on */
	bool arrived; /* since the latest turn: what is shown is another time */
};

/* Plays all of it; DESK shows it. */
void player_init(struct player *player, const struct player_config *config,
		 struct desk *desk);
void player_done(struct player *player);

/* Reads what is due, for a short while at most; whether there was any.  BEHIND:
 * there is more. */
bool player_turn(struct player *player, uint64_t now_ns, bool *ret_behind);

/* Whether it has jumped since this was asked last. */
bool player_arrived(struct player *player);

/* Goes to a time, back or on, within the recording.  Short ways are gone at
 * once. */
void player_go(struct player *player, uint64_t time_ns);

/* Where it is, or will be when it has jumped; of a file between its ends. */
uint64_t player_at(const struct player *player);

void player_toggle(struct player *player);
void player_step(struct player *player); /* on to the next call, and holds */

/* Slower or faster; false: this is the slowest, or fastest. */
bool player_change_speed(struct player *player, int step);

const char *player_state(const struct player *player); /* "playing" */
const char *player_speed(const struct player *player); /* "x1" */
