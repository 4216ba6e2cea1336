/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/player.h"

#include <string.h>

#include "app/desk.h"
#include "app/exchange.h"
#include "feed/merge.h"
#include "model/model.h"

#define TURN_NS     20000000ull  /* then keys and drawing come */
#define AT_ONCE_NS  200000000ull /* a jump that takes no longer is one step */
#define PUMP_EVENTS 4096         /* between two looks at the clock */

struct speed {
	const char *name;
	unsigned times, parts; /* as the recorded machine; times 0: no limit */
};

static const struct speed speeds[] = {
	{"x1/8", 1, 8}, {"x1/4", 1, 4}, {"x1/2", 1, 2}, {"x1", 1, 1},
	{"x2", 2, 1},   {"x4", 4, 1},   {"x8", 8, 1},   {"x16", 16, 1},
	{"x32", 32, 1}, {"x64", 64, 1}, {"fast", 0, 1},
};
#define SPEEDS  (sizeof(speeds) / sizeof(speeds[0]))
#define USUAL   3
#define FASTEST (SPEEDS - 1)

static void measure(struct player *player)
{
	player->is_file = merge_span(player->config.merge, &player->first_ns,
				     &player->last_ns);
}

/* Whether a host's recording begins with a later file than the first. */
static bool lacks_parts(const struct merge *merge)
{
	for (unsigned i = 0; i < merge_count(merge); i++)
		if (merge_header(merge, i)->part)
			return true;
	return false;
}

void player_init(struct player *player, const struct player_config *config,
		 struct desk *desk)
{
	*player = (struct player){
		.config = *config,
		.desk = desk,
		.plays = true,
		.speed = config->paced ? USUAL : FASTEST,
		.now_ns = config->now_ns(), /* it has played until now */
	};
	measure(player);
	player->at_ns = player->first_ns;
	/* What was counted in files before counts, as after a jump. */
	if (player->is_file && lacks_parts(config->merge))
		(void)merge_seek(config->merge, 0); /* it is a file */
	desk->player = player;
}

void player_done(struct player *player)
{
	model_free(player->coming);
	player->coming = NULL;
}

struct stretch {
	struct model *model;
	uint64_t until_ns;   /* of the recording */
	uint64_t give_up_ns; /* when this is over by our clock */
	size_t at_once;      /* events between two looks */
	uint64_t after;      /* a call that is newer ends it; or UINT64_MAX */
};

/* Whether anything was read; more is due if *RET_BEHIND. */
static bool read_on(struct player *player, const struct stretch *stretch,
		    bool *ret_behind)
{
	const struct player_config *config = &player->config;
	const struct sink sink = config->sink(config->self, stretch->model);
	size_t taken = 0;
	size_t n;
	do {
		n = merge_pump(config->merge, &sink, stretch->at_once,
			       stretch->until_ns);
		taken += n;
		*ret_behind = n == stretch->at_once;
		if (stretch->after < model_last_call(stretch->model))
			break;
	} while (*ret_behind && config->now_ns() < stretch->give_up_ns);
	return taken > 0;
}

/* The end of what there is. */
static void take_end(struct player *player)
{
	if (!merge_is_over(player->config.merge) || player->is_over)
		return;
	player->is_over = true;
	player->plays = false;
	if (player->speed == FASTEST)
		player->speed = USUAL;
	if (player->is_file)
		measure(player); /* its recorder may go on */
	if (player->is_file)
		player->at_ns = player->last_ns;
}

static void arrive(struct player *player)
{
	const struct player_config *config = &player->config;
	player->jumps = false;
	player->arrived = true;
	player->at_ns = player->target_ns;
	player->is_over = merge_is_over(config->merge);
	player->desk->stale = true;
	if (!player->coming)
		return;
	exchange_model(player->desk, player->coming);
	config->show(config->self, player->coming);
	player->coming = NULL;
	player->since_ns = player->coming_ns;
}

static bool jump_on(struct player *player, uint64_t give_up_ns,
		    bool *ret_behind)
{
	const struct stretch stretch = {
		.model = player->coming ? player->coming : player->desk->model,
		.until_ns = player->target_ns,
		.give_up_ns = give_up_ns,
		.at_once = PUMP_EVENTS,
		.after = UINT64_MAX,
	};
	bool any = read_on(player, &stretch, ret_behind);
	if (!*ret_behind)
		arrive(player);
	return any || !*ret_behind;
}

/* The time of the call that was read last. */
static void take_call(struct player *player)
{
	struct row row;
	const struct model *model = player->desk->model;
	if (model_find_row(model, ROW_CALL, model_last_call(model), &row))
		player->at_ns =
			((const struct event_call *)row.object)->h.time_ns;
}

static bool step_on(struct player *player, uint64_t give_up_ns,
		    bool *ret_behind)
{
	const struct stretch stretch = {
		.model = player->desk->model,
		.until_ns = UINT64_MAX,
		.give_up_ns = give_up_ns,
		.at_once = 1,
		.after = model_last_call(player->desk->model),
	};
	bool any = read_on(player, &stretch, ret_behind);
	if (stretch.after < model_last_call(stretch.model)) {
		*ret_behind = player->steps = false;
		player->arrived = true;
		take_call(player);
	} else if (!*ret_behind) {
		player->steps = false;
		take_end(player);
	}
	return any;
}

/* So far the position is to come by now. */
static uint64_t due(const struct player *player, uint64_t now_ns)
{
	const struct speed *speed = &speeds[player->speed];
	uint64_t passed_ns =
		now_ns > player->now_ns ? now_ns - player->now_ns : 0;
	if (speed->times == 0)
		return UINT64_MAX;
	return player->at_ns + passed_ns * speed->times / speed->parts;
}

static bool play_on(struct player *player, uint64_t now_ns, bool *ret_behind)
{
	const struct stretch stretch = {
		.model = player->desk->model,
		.until_ns = due(player, now_ns),
		.give_up_ns = now_ns + TURN_NS,
		.at_once = PUMP_EVENTS,
		.after = UINT64_MAX,
	};
	bool any = read_on(player, &stretch, ret_behind);
	uint64_t seen_ns = model_seen_ns(stretch.model);
	bool follows = *ret_behind || stretch.until_ns == UINT64_MAX;
	if (!follows)
		player->at_ns = stretch.until_ns;
	else if (seen_ns > player->at_ns)
		player->at_ns = seen_ns;
	take_end(player);
	return any;
}

bool player_turn(struct player *player, uint64_t now_ns, bool *ret_behind)
{
	bool any = false;
	*ret_behind = false;
	if (player->jumps)
		any = jump_on(player, now_ns + TURN_NS, ret_behind);
	else if (player->steps)
		any = step_on(player, now_ns + TURN_NS, ret_behind);
	else if (player->plays)
		any = play_on(player, now_ns, ret_behind);
	player->now_ns = now_ns;
	return any;
}

bool player_arrived(struct player *player)
{
	bool arrived = player->arrived;
	player->arrived = false;
	return arrived;
}

/* Whether reading on is the shortest way. */
static bool is_ahead(const struct player *player, uint64_t time_ns)
{
	return !player->coming && time_ns >= player->at_ns &&
	       merge_state_ns(player->config.merge, time_ns) <= player->at_ns;
}

void player_go(struct player *player, uint64_t time_ns)
{
	const struct player_config *config = &player->config;
	bool behind = true;
	bool ahead = is_ahead(player, time_ns);
	player->jumps = true;
	player->steps = false;
	player->target_ns = time_ns;
	if (player->speed == FASTEST) { /* it would only run to the end */
		player->plays = false;
		player->speed = USUAL;
	}
	if (!ahead) {
		model_free(player->coming);
		player->coming = config->new_model(config->self);
		int code = merge_seek(config->merge, time_ns);
		if (code)
			desk_say(player->desk, ROLE_ALARM,
				 "a file of the recording cannot be read any "
				 "more: %s",
				 strerror(-code));
		player->coming_ns = merge_since_ns(config->merge);
	}
	player->is_over = false;
	(void)jump_on(player, player->config.now_ns() + AT_ONCE_NS, &behind);
}

uint64_t player_at(const struct player *player)
{
	uint64_t at_ns = player->jumps ? player->target_ns : player->at_ns;
	if (player->is_file && at_ns < player->first_ns)
		return player->first_ns;
	return player->is_file && at_ns > player->last_ns ? player->last_ns
							  : at_ns;
}

void player_toggle(struct player *player)
{
	bool again = player->is_over && player->is_file;
	player->steps = false;
	if (again)
		player_go(player, player->first_ns);
	player->plays = again || (!player->plays && !player->is_over);
}

void player_step(struct player *player)
{
	bool behind = true;
	player->plays = false;
	player->steps = true;
	if (!player->jumps)
		(void)step_on(player, player->config.now_ns() + AT_ONCE_NS,
			      &behind);
}

bool player_change_speed(struct player *player, int step)
{
	size_t speed = player->speed + (size_t)step;
	if (speed >= SPEEDS) /* below the slowest, too */
		return false;
	player->speed = speed;
	return true;
}

const char *player_state(const struct player *player)
{
	if (player->jumps || player->steps)
		return "jumping";
	if (player->plays)
		return player->speed == FASTEST ? "reading" : "playing";
	return player->is_over ? "at end" : "paused";
}

const char *player_speed(const struct player *player)
{
	return speeds[player->speed].name;
}
