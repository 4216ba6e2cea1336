/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/playkeys.h"

#include <stdint.h>

#include "app/action.h"
#include "app/desk.h"
#include "app/dialog.h"
#include "app/moment.h"
#include "app/options.h"
#include "app/player.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fmt.h"
#include "model/model.h"
#include "model/past.h"
#include "ui/scrub.h"
#include "ui/term.h"

#define NS_PER_S  1000000000ull
#define DIGITS    3 /* of a second, where there is room */
#define TIME_SIZE (FMT_CLOCK_WIDTH + 1)

/* A pipe cannot be gone about in. */
static bool can_go(struct desk *desk)
{
	if (desk->player->is_file)
		return true;
	desk_say(desk, ROLE_MESSAGE,
		 "a recording from a pipe goes by as it comes: it can only be "
		 "held");
	return false;
}

/* The line says it all; without one, words do. */
static unsigned told(struct desk *desk)
{
	char data[sizeof(desk->message)];
	struct buf text;
	buf_init(&text, data, sizeof(data));
	playkeys_print(desk, &text);
	if (desk->options->lines)
		desk_say(desk, ROLE_MESSAGE, "%s", data);
	return ACTION_ROWS;
}

unsigned playkeys_toggle(struct desk *desk, int unused)
{
	(void)unused;
	struct player *player = desk->player;
	if (player->is_over && !player->is_file)
		(void)can_go(desk); /* not from its beginning */
	else
		player_toggle(player);
	return told(desk);
}

unsigned playkeys_speed(struct desk *desk, int step)
{
	if (!can_go(desk))
		return ACTION_DRAW;
	if (!player_change_speed(desk->player, step))
		desk_say(desk, ROLE_MESSAGE, "%s",
			 step < 0 ? "this is the slowest"
				  : "this is as fast as it can be read");
	else
		return told(desk);
	return ACTION_DRAW;
}

unsigned playkeys_skip(struct desk *desk, int seconds)
{
	struct player *player = desk->player;
	if (!can_go(desk))
		return ACTION_DRAW;
	uint64_t at_ns = player_at(player);
	uint64_t room_ns = seconds < 0 ? at_ns - player->first_ns
				       : player->last_ns - at_ns;
	uint64_t by_ns =
		(unsigned)(seconds < 0 ? -seconds : seconds) * NS_PER_S;
	by_ns = by_ns < room_ns ? by_ns : room_ns;
	if (room_ns == 0)
		desk_say(desk, ROLE_MESSAGE, "this is the %s of the recording",
			 seconds < 0 ? "beginning" : "end");
	else
		player_go(player, seconds < 0 ? at_ns - by_ns : at_ns + by_ns);
	return room_ns ? told(desk) : ACTION_DRAW;
}

unsigned playkeys_step(struct desk *desk, int unused)
{
	(void)unused;
	struct player *player = desk->player;
	if (!can_go(desk))
		return ACTION_DRAW;
	if (player->is_over) {
		desk_say(desk, ROLE_MESSAGE, "there is no later call");
		return ACTION_DRAW;
	}
	player_step(player);
	return told(desk);
}

unsigned playkeys_ask(struct desk *desk, int unused)
{
	(void)unused;
	return can_go(desk) ? dialog_ask(desk, DESK_ASK_MOMENT, "")
			    : ACTION_DRAW;
}

static uint64_t offset_of(const struct desk *desk)
{
	return model_wall_offset_ns(desk->model);
}

bool playkeys_take_moment(struct desk *desk, const char *text)
{
	struct player *player = desk->player;
	const struct moment_span span = {
		.first_ns = player->first_ns,
		.last_ns = player->last_ns,
		.at_ns = player_at(player),
		.wall_offset_ns = offset_of(desk),
	};
	struct err err = {0};
	uint64_t to_ns = 0;
	if (!text[0])
		return true;
	if (moment_parse(&to_ns, text, &span, &err) < 0) {
		desk_say(desk, ROLE_ALARM, "%s", err.text);
		return false;
	}
	player_go(player, to_ns);
	(void)told(desk); /* rows are listed anew */
	return true;
}

static const char *print_clock(const struct desk *desk, char text[TIME_SIZE],
			       uint64_t time_ns, int digits)
{
	struct buf buf;
	buf_init(&buf, text, TIME_SIZE);
	fmt_clock(&buf, time_ns + offset_of(desk), digits);
	return text;
}

/* Rows are there from a jump on, and as far back as there is room; 0: all. */
static uint64_t since_ns(const struct desk *desk)
{
	uint64_t kept_ns = past_rows_since_ns(desk->model);
	uint64_t read_ns = desk->player->since_ns;
	return kept_ns > read_ns ? kept_ns : read_ns;
}

struct texts {
	char at[TIME_SIZE], first[TIME_SIZE], last[TIME_SIZE];
};

static void fill(const struct desk *desk, struct scrub *scrub,
		 struct texts *texts)
{
	const struct player *player = desk->player;
	int digits = term_cols(desk->term) >= SCRUB_COLS ? DIGITS : 1;
	*scrub = (struct scrub){
		.state = player_state(player),
		.speed = player->is_file ? player_speed(player) : "",
		.first_ns = player->first_ns,
		.last_ns = player->last_ns,
		.since_ns = since_ns(desk),
		.at_ns = player_at(player),
	};
	scrub->at = print_clock(desk, texts->at, scrub->at_ns, digits);
	scrub->first = print_clock(desk, texts->first, scrub->first_ns, 0);
	scrub->last = print_clock(desk, texts->last, scrub->last_ns, 0);
}

void playkeys_draw(struct desk *desk, int y)
{
	struct scrub scrub;
	struct texts texts;
	fill(desk, &scrub, &texts);
	scrub_draw(desk->term, y, &scrub);
}

unsigned playkeys_click(struct desk *desk, int x)
{
	struct scrub scrub;
	struct texts texts;
	uint64_t to_ns = 0;
	fill(desk, &scrub, &texts);
	if (!scrub_time_at(desk->term, &scrub, x, &to_ns))
		return ACTION_NOTHING;
	player_go(desk->player, to_ns);
	return told(desk);
}

bool playkeys_print_since(const struct desk *desk, struct buf *buf)
{
	char text[TIME_SIZE];
	if (!desk->player || since_ns(desk) == 0)
		return false;
	buf_printf(buf, "rows from %s",
		   print_clock(desk, text, since_ns(desk), 0));
	return true;
}

void playkeys_print(const struct desk *desk, struct buf *buf)
{
	struct scrub scrub;
	struct texts texts;
	fill(desk, &scrub, &texts);
	buf_printf(buf, "recording %s", scrub.state);
	if (scrub.speed[0])
		buf_printf(buf, ", %s", scrub.speed);
	buf_printf(buf, ", at %s", scrub.at);
	if (scrub.last_ns > scrub.first_ns)
		buf_printf(buf, ", from %s to %s", scrub.first, scrub.last);
}
