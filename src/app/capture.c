/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "config.h"

#include "app/capture.h"

#include <stdint.h>

#include "abi/sysset.h"
#include "app/session.h"

/* How many calls there are to trace. */
static uint32_t count_all(const struct session *session)
{
	struct sysset *every = sysset_new(session->catalogue);
	uint32_t count = sysset_parse(every, "all", NULL) == 0
				 ? sysset_count(every)
				 : UINT32_MAX;
	sysset_free(every);
	return count;
}

bool capture_records(const struct options *options)
{
	return options->mode != MODE_SUMMARY && /* it has no rows */
	       (options->record || options->flight.bytes);
}

/* Of chosen processes they are rows; those of the whole machine only where
 * every call is, else they would bury what was asked for. */
bool capture_remarks(const struct session *session)
{
	const struct options *options = &session->options;
	if (options->mode != MODE_BATCH && options->mode != MODE_JSON &&
	    options->mode != MODE_EXPORT && !capture_records(options))
		return false;
	if (options->filter) /* it is about calls */
		return false;
	return options_is_narrow(options) ||
	       sysset_count(session->traced) >= count_all(session);
}

enum live_fds capture_shown_fds(const struct options *options)
{
	static const enum live_fds levels[] = {
		[FDS_NONE] = LIVE_FDS_NONE,
		[FDS_PATH] = LIVE_FDS_PATH,
		[FDS_ALL] = LIVE_FDS_ALL,
	};
	if (options->mode == MODE_SUMMARY) /* it has no rows to tell them in */
		return LIVE_FDS_NONE;
	if (options->fds == FDS_USUAL)
		return options->mode == MODE_SCREEN ? LIVE_FDS_ALL
						    : LIVE_FDS_NONE;
	return levels[options->fds];
}

enum live_fds capture_fds(const struct options *options)
{
	return options->fds == FDS_USUAL && capture_records(options)
		       ? LIVE_FDS_ALL
		       : capture_shown_fds(options);
}

void capture_notice(const struct session *session)
{
	uint32_t traced = sysset_count(session->traced);
	uint32_t all = count_all(session);
	if (traced < all)
		session_notice("tracing %u of %u calls; -e all for every one",
			       traced, all);
}
