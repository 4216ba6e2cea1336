/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/play.h"

#include <errno.h>

#include "app/chips.h"
#include "app/desk.h"
#include "app/facts.h"
#include "app/reopen.h"
#include "app/session.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fmt.h"
#include "feed/live.h"
#include "feed/merge.h"
#include "model/model.h"

static void put_host(const struct facts *facts, struct chips *chips)
{
	if (facts->host[0])
		chips_add(chips, FRAME_NOBODY, "on %s, %s", facts->host,
			  facts->release);
	if (facts->command)
		chips_add(chips, FRAME_NOBODY, "of %s", facts->command);
	chips_add_text(chips, FRAME_SCREEN, "recorded with -F", facts->filter);
}

/* What may be cut off by a narrow screen comes last. */
static void put_chips(const struct play *play)
{
	const struct session *session = play->session;
	const struct merge *merge = session->merge;
	struct chips *chips = play->chips;
	char text[32];
	struct buf when;
	chips->count = play->others;
	if (play->gaps)
		chips_add(chips, FRAME_NOBODY, "incomplete");
	if (session->facts->source[0]) {
		chips_add(chips, FRAME_NOBODY, "text of %s",
			  session->facts->source);
		return;
	}
	buf_init(&when, text, sizeof(text));
	fmt_date(&when, merge_start_ns(merge) + merge_wall_offset_ns(merge));
	chips_add(chips, FRAME_NOBODY, "recorded %s", text);
	for (unsigned i = 0; i < merge_count(merge); i++)
		put_host(&session->facts[i], chips);
}

static struct model *new_model(void *self)
{
	const struct play *play = self;
	play->session->sieve.dropped = 0; /* the model counts anew */
	return reopen_new_model(play->session);
}

static struct sink sink_into(void *self, struct model *model)
{
	const struct play *play = self;
	const struct sink to = {.put = model_put, .self = model};
	const struct sink sieve = sieve_sink(&play->session->sieve, model, &to);
	return reopen_sink(play->session, &sieve);
}

static void show(void *self, struct model *model)
{
	const struct play *play = self;
	model_free(play->session->model);
	play->session->model = model;
}

void play_init(struct play *play, struct session *session, struct desk *desk,
	       struct chips *chips)
{
	const struct player_config config = {
		.merge = session->merge,
		.new_model = new_model,
		.paced = session->options.demo, /* it is short */
		.sink = sink_into,
		.show = show,
		.now_ns = live_now_ns,
		.self = play,
	};
	*play = (struct play){
		.session = session,
		.desk = desk,
		.chips = chips,
		.others = chips->count,
	};
	put_chips(play);
	player_init(&play->player, &config, desk);
}

void play_done(struct play *play)
{
	player_done(&play->player);
}

static void tell_gaps(struct play *play)
{
	if (play->gaps == play->session->gaps)
		return;
	desk_say(play->desk, ROLE_ALARM, "%s", play->session->gap_text);
	play->gaps = play->session->gaps;
	put_chips(play);
	play->desk->chip_count = play->chips->count;
	play->desk->stale = true;
}

static void hear(void *desk, const char *text)
{
	desk_say(desk, ROLE_ALARM, "%s", text);
}

bool play_turn(struct play *play, uint64_t now_ns, bool *ret_behind)
{
	bool any = player_turn(&play->player, now_ns, ret_behind);
	tell_gaps(play);
	session_hear(play->session, hear, play->desk);
	return any;
}

int play_limit_rows(void *self, const pid_t *pids, size_t count, bool follow,
		    struct err *err)
{
	(void)self; /* whatever is asked for */
	(void)pids;
	(void)count;
	(void)follow;
	return err_set(
		err, -ENOTSUP,
		"a recording has its rows already: narrow them with + or "
		"F4");
}

int play_list_files(void *self, pid_t pid, uint64_t start_ns,
		    void (*add)(void *to, const struct inventory_file *file),
		    void *to, struct err *err)
{
	(void)self; /* whatever is asked for */
	(void)pid;
	(void)start_ns;
	(void)add;
	(void)to;
	return err_set(err, -ENOTSUP,
		       "a recording does not tell which files a process has "
		       "open: see its events");
}
