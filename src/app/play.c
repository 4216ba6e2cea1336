/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/play.h"

#include <errno.h>

#include "app/chips.h"
#include "app/desk.h"
#include "app/facts.h"
#include "app/session.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/fmt.h"
#include "feed/merge.h"

static void put_host(const struct facts *facts, struct chips *chips)
{
	if (facts->host[0])
		chips_add(chips, FRAME_NOBODY, "on %s, %s", facts->host,
			  facts->release);
	if (facts->command)
		chips_add(chips, FRAME_NOBODY, "of %s", facts->command);
}

/* What may be cut off by a narrow screen comes last. */
static void put_chips(const struct play *play, const struct session *session,
		      struct chips *chips)
{
	const struct merge *merge = session->merge;
	char text[32];
	struct buf when;
	chips->count = play->others;
	if (play->gaps)
		chips_add(chips, FRAME_NOBODY, "incomplete");
	buf_init(&when, text, sizeof(text));
	fmt_date(&when, merge_start_ns(merge) + merge_wall_offset_ns(merge));
	chips_add(chips, FRAME_NOBODY, "recorded %s%s", text,
		  play->is_over ? "" : ", reading");
	for (unsigned i = 0; i < merge_count(merge); i++)
		put_host(&session->facts[i], chips);
}

void play_init(struct play *play, const struct session *session,
	       struct chips *chips)
{
	*play = (struct play){.others = chips->count};
	put_chips(play, session, chips);
}

void play_tell(struct play *play, const struct session *session,
	       struct desk *desk, struct chips *chips)
{
	bool over = merge_is_over(session->merge);
	if (play->gaps == session->gaps && play->is_over == over)
		return;
	if (play->gaps != session->gaps)
		desk_say(desk, ROLE_ALARM, "%s", session->gap_text);
	play->gaps = session->gaps;
	play->is_over = over;
	put_chips(play, session, chips);
	desk->chip_count = chips->count;
	desk->stale = true;
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
